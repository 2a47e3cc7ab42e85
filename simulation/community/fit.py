"""Whether an imported network fits the scenario that names it: outlets, agencies, one group, numbers of people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set

from getok.simulation.community.imports import PEOPLE, ImportedNetwork, NodeRow
from getok.simulation.errors import Problem
from getok.simulation.names import OUTLET_KIND_NAMES


def key_of(name: str) -> int:
    """Key of an agent by its id: the number after a single letter, else a hash, so that order never matters.

    Examples
    --------
    >>> key_of("b17")
    17
    """
    digits = name[1:] if name[:1].isalpha() else name
    if digits.isdecimal() and len(digits) < 16:
        return int(digits)
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big") + 10**16


def misfits(network: ImportedNetwork, outlets: Mapping[str, str], services: Set[str], name: str) -> list[Problem]:
    """Faults of a network that can only be seen together with its scenario.

    Parameters
    ----------
    outlets : mapping
        Kind of each outlet of the scenario, by id.
    services : set of str
        Ids of its services.
    name : str
        What to call the file of nodes.
    """
    found = [*_unknown(network, outlets, services), *_too_many(network)]
    return [Problem(f"{name}:{node.line}", "id", what) for node, what in found]


def _unknown(network: ImportedNetwork, outlets: Mapping[str, str], services: Set[str]) -> Iterator[tuple[NodeRow, str]]:
    for node in network.nodes:
        if node.kind in OUTLET_KIND_NAMES and node.id not in outlets:
            yield node, f"the scenario has no outlet '{node.id}'; add it to 'outlets' in the scenario"
        elif node.kind in OUTLET_KIND_NAMES and outlets[node.id] != node.kind:
            yield node, f"'{node.id}' is a {outlets[node.id]} in the scenario"
        elif node.kind == "agency" and node.id not in services:
            yield node, f"the scenario has no service '{node.id}'; add it to 'agencies' in the scenario"


def _too_many(network: ImportedNetwork) -> Iterator[tuple[NodeRow, str]]:
    for node in network.of_kind(["group"])[1:]:
        yield node, "an imported community holds one group"
    keys: dict[int, str] = {}
    for node in network.of_kind(PEOPLE):
        key = key_of(node.id)
        if key in keys:
            yield node, f"'{node.id}' and '{keys[key]}' end with the same number; rename one"
        keys.setdefault(key, node.id)

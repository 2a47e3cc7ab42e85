"""What is looked at in a few weeks only: ties, reach, and on request every buyer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.names import CATEGORY_NAMES, COOPERATION_NAMES, SOURCE_NAMES, STAGE_NAMES, ZONE_NAMES
from simulation.record.tables import NETWORK, PEOPLE, REACH, TIES, Table
from simulation.scenario.resolved import Scenario
from simulation.state import NEVER, TRUST_ONE, Outlets, Stage, World

FAR = 6
"""Hops and generations from here on are counted together."""

Columns = dict[str, NDArray[Any]]


def names(of: tuple[str, ...], codes: NDArray[Any]) -> NDArray[Any]:
    """Text for an array of codes."""
    labels: NDArray[Any] = np.array(of, dtype=object)
    return np.asarray(labels[codes])


def ties_at(world: World, scenario: Scenario) -> Columns:
    """Supply and service ties of every group, as they are now (rows of ``ties``)."""
    owners = np.flatnonzero(world.outlets["kind"] != Outlets.ONLINE)
    outlets = world.outlets[owners]
    n_groups, n_services = world.service_trust.shape
    outlet_ids = np.array([outlet.id for outlet in scenario.outlets], dtype=object)
    service_ids = np.array([service.id for service in scenario.services], dtype=object)
    n = len(owners) + n_groups * n_services
    cooperation = np.concatenate([outlets["cooperation"], world.service_cooperation.ravel()])
    return {
        "week": np.full(n, world.week, dtype=np.int16),
        "group": np.concatenate([outlets["group"], np.repeat(np.arange(n_groups, dtype=np.int32), n_services)]),
        "kind": names(("supply", "service"), (np.arange(n) >= len(owners)).astype(np.int64)),
        "other": np.concatenate([outlet_ids[outlets["key"] % 1000], np.tile(service_ids, n_groups)]),
        "trust": np.concatenate([outlets["trust"], world.service_trust.ravel()]),
        "cooperation": names(COOPERATION_NAMES, cooperation),
    }


def reach_at(world: World) -> Columns:
    """Buyers by group, zone, hop, generation and source, as they are now (rows of ``reach``)."""
    b = world.buyers[world.buyers["member_of"] < 0]
    entry = world.buyer_entry[world.buyers["member_of"] < 0]
    group = np.where(b["group"] >= 0, b["group"], b["catchment"])
    hop = np.minimum(b["hop"], FAR)
    generation = np.where(b["stage"] == Stage.UNAWARE, -1, np.minimum(b["generation"], FAR))
    shape = (len(world.groups) + 1, len(ZONE_NAMES), FAR + 2, FAR + 2, len(SOURCE_NAMES))
    code = np.ravel_multi_index((group + 1, b["zone"], hop + 1, generation + 1, b["source_kind"]), shape)
    uses = (b["stage"] == Stage.IMPLEMENTATION) | (b["stage"] == Stage.CONFIRMATION)
    ever = entry[:, Stage.IMPLEMENTATION] != NEVER
    size = int(np.prod(shape))
    n = np.bincount(code, minlength=size)
    rows = np.flatnonzero(n)
    where = np.unravel_index(rows, shape)
    return {
        "week": np.full(len(rows), world.week, dtype=np.int16),
        "group": (where[0] - 1).astype(np.int32),
        "zone": names(ZONE_NAMES, where[1]),
        "hop": (where[2] - 1).astype(np.int16),
        "generation": (where[3] - 1).astype(np.int16),
        "source": names(SOURCE_NAMES, where[4]),
        "n": n[rows].astype(np.int32),
        "adopters": np.bincount(code[uses], minlength=size)[rows].astype(np.int32),
        "ever_adopted": np.bincount(code[ever], minlength=size)[rows].astype(np.int32),
    }


def people_at(world: World) -> Columns:
    """Every buyer as it is now (rows of ``people``)."""
    b = world.buyers
    aware = b["stage"] != Stage.UNAWARE
    return {
        "week": np.full(len(b), world.week, dtype=np.int16),
        "buyer": np.arange(len(b), dtype=np.int32),
        "zone": names(ZONE_NAMES, b["zone"]),
        "block": b["block"].copy(),
        "hop": b["hop"].copy(),
        "member": (b["member_of"] >= 0).astype(np.int8),
        "category": names(CATEGORY_NAMES, b["category"]),
        "stage": names(STAGE_NAMES, b["stage"]),
        "trust": b["trust"].copy(),
        "generation": np.where(aware, b["generation"], -1).astype(np.int16),
        "source": names(SOURCE_NAMES, b["source_kind"]),
    }


def network_of(world: World) -> Columns:
    """Every social tie once a direction (rows of ``network``)."""
    degree = np.diff(world.tie_start)
    return {
        "from": np.repeat(np.arange(len(world.buyers), dtype=np.int32), degree),
        "to": world.tie_to.copy(),
        "trust": world.tie_trust_prior / TRUST_ONE,
    }


def stacked(parts: list[Columns]) -> Columns:
    """Rows of several weeks below one another."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


class Snapshots:
    """Collects the tables that are filled in a few weeks only.

    Parameters
    ----------
    scenario : Scenario
        Gives the names.
    people : bool
        Whether every buyer and tie is kept, too.
    """

    def __init__(self, scenario: Scenario, *, people: bool) -> None:
        self._scenario = scenario
        self._people = people
        self._ties: list[Columns] = []
        self._reach: list[Columns] = []
        self._persons: list[Columns] = []

    def take(self, world: World) -> None:
        """Look at the world now."""
        self._ties.append(ties_at(world, self._scenario))
        self._reach.append(reach_at(world))
        if self._people:
            self._persons.append(people_at(world))

    def tables(self, world: World) -> dict[str, Table]:
        """Filled tables by name."""
        tables = {"ties": Table(TIES, stacked(self._ties)), "reach": Table(REACH, stacked(self._reach))}
        if self._people:
            tables["people"] = Table(PEOPLE, stacked(self._persons))
            tables["network"] = Table(NETWORK, network_of(world))
        return tables

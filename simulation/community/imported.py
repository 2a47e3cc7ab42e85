"""A world out of an imported network; what the files do not say is drawn as in a generated one."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from getok.simulation.community.assemble import assemble
from getok.simulation.community.layout import Layout, starts
from getok.simulation.community.members import members_of
from getok.simulation.community.owners import groups_of, outlets_of
from getok.simulation.community.people import expose, first_trust, give_character, hops, settle_members, unaware_people
from getok.simulation.community.ties import Ties, ties_of
from getok.simulation.errors import NetworkFileError
from getok.simulation.names import CATEGORY_NAMES, COOPERATION_NAMES, OUTLET_KIND_NAMES, ZONE_NAMES
from getok.simulation.scenario.network_files import (
    PEOPLE,
    ImportedNetwork,
    NodeRow,
    TieRow,
    key_of,
    misfits,
    read_network,
)
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.state import TRUST_ONE, Records, World, Zone


def build_imported(scenario: Scenario, key: int) -> World:
    """Build the world of a scenario whose community comes from files.

    Raises
    ------
    NetworkFileError
        If the files are wrong, or name outlets or agencies that the scenario does not have.
    """
    network = read_network(scenario.community.nodes_csv, scenario.community.ties_csv)
    kinds = {outlet.id: outlet.kind.value for outlet in scenario.outlets}
    problems = misfits(network, kinds, {service.id for service in scenario.services}, "nodes.csv")
    if problems:
        raise NetworkFileError(problems)
    people = in_order(network.of_kind(PEOPLE))
    layout = layout_of(people)
    keys = np.array([key_of(node.id) for node in people], dtype=np.int64)
    place = {node.id: i for i, node in enumerate(people)}
    homes = np.array([i for i, node in enumerate(people) if node.kind != "household"], dtype=np.int64)
    officer = np.array([people[i].kind == "officer" for i in homes], dtype=np.bool_)
    social = [tie for tie in network.ties if tie.kind == "social"]
    ties = told_trust(social_ties(social, place, keys, key), social, place)
    buyers = unaware_people(layout, keys)
    buyers["hop"] = hops(ties.start, ties.to, homes)
    give_character(buyers, scenario.parameters, key)
    trust = first_trust(buyers, scenario.parameters, key)
    tell(buyers, trust, people)
    group = np.zeros(len(homes), dtype=np.int64)
    settle_members(buyers, homes, group)
    expose(buyers, ties)
    number = {outlet.id: i for i, outlet in enumerate(scenario.outlets)}
    outlets = outlets_of(scenario, 1, key)
    tell_owners(outlets, network.of_kind(OUTLET_KIND_NAMES), number)
    n_rw_blocks = len({node.block for node in people if node.zone == "rw"})
    blocks = np.array([[0, max(1, n_rw_blocks)]])
    groups = groups_of(scenario.parameters, np.array([len(homes)]), np.array([len(outlets)]), blocks)
    visits = [tie for tie in network.ties if tie.kind == "patronage"]
    who = np.array([place[tie.source] for tie in visits], dtype=np.int64)
    where = np.array([number[tie.target] for tie in visits], dtype=np.int64)
    members = members_of(homes, keys, group, officer)
    world = assemble(scenario, key, layout, buyers, trust, ties, members, groups, outlets, (who, where))
    tell_ties(world, network, scenario, social, visits, place)
    return world


def in_order(people: Sequence[NodeRow]) -> list[NodeRow]:
    """People zone by zone, block by block and by key, as the arrays need them, whatever the order of the lines."""
    return sorted(people, key=lambda node: (ZONE_NAMES.index(node.zone), block_order(node.block), key_of(node.id)))


def block_order(block: str) -> tuple[bool, int, str]:
    """Order of blocks: those with a number first, then by name."""
    is_number = block.isdecimal()
    return (not is_number, int(block) if is_number else 0, block)


def layout_of(people: Sequence[NodeRow]) -> Layout:
    """Places of imported people: a unit a zone, a block a named block."""
    zone = np.array([ZONE_NAMES.index(node.zone) for node in people], dtype=np.uint8)
    names = list(dict.fromkeys((node.zone, node.block) for node in people))
    block = np.array([names.index((node.zone, node.block)) for node in people], dtype=np.int32)
    return Layout(
        zone=zone,
        catchment=np.zeros(len(people), dtype=np.int32),
        unit=zone.astype(np.int32),
        unit_start=starts(np.bincount(zone, minlength=len(Zone))),
        block=block,
        block_start=starts(np.bincount(block, minlength=len(names))).astype(np.int32),
        block_unit=np.array([ZONE_NAMES.index(name) for name, _ in names], dtype=np.int32),
    )


def social_ties(social: Sequence[TieRow], place: dict[str, int], keys: NDArray[np.int64], key: int) -> Ties:
    """Social ties in both directions, with drawn trust."""
    pairs = np.array([(place[tie.source], place[tie.target]) for tie in social], dtype=np.int64).reshape(-1, 2)
    return ties_of(pairs, keys, key)


def told_trust(ties: Ties, social: Sequence[TieRow], place: dict[str, int]) -> Ties:
    """Put in the trust that the file tells: a tie told once counts in both directions."""
    told: dict[tuple[int, int], float] = {}
    for tie in social:
        if tie.trust is not None:
            told.setdefault((place[tie.target], place[tie.source]), tie.trust)
    for tie in social:
        if tie.trust is not None:
            told[place[tie.source], place[tie.target]] = tie.trust
    trust = ties.trust.copy()
    for e in range(len(trust)):
        value = told.get((int(ties.owner[e]), int(ties.to[e])))
        if value is not None:
            trust[e] = max(1, round(value * TRUST_ONE))
    return dataclasses.replace(ties, trust=trust)


def tell(buyers: Records, trust: NDArray[np.float64], people: Sequence[NodeRow]) -> None:
    """Put in what the file tells about people."""
    for i, node in enumerate(people):
        if node.trust is not None:
            trust[i] = node.trust
        if node.threshold is not None:
            buyers["threshold"][i] = node.threshold
        if node.category is not None:
            buyers["category"][i] = CATEGORY_NAMES.index(node.category)
        if node.online is not None:
            buyers["online"][i] = node.online


def tell_owners(outlets: Records, nodes: Sequence[NodeRow], number: dict[str, int]) -> None:
    """Put in what the file tells about shop owners: their threshold, and their trust in the group."""
    for node in nodes:
        o = number[node.id]
        if node.threshold is not None:
            outlets["threshold"][o] = node.threshold
        if node.trust is not None:
            outlets["trust"][o] = outlets["trust_start"][o] = node.trust


def tell_ties(
    world: World,
    network: ImportedNetwork,
    scenario: Scenario,
    social: Sequence[TieRow],
    visits: Sequence[TieRow],
    place: dict[str, int],
) -> None:
    """Put in what the file tells about trust and cooperation of all ties, trust on social ones apart."""
    outlets = {outlet.id: i for i, outlet in enumerate(scenario.outlets)}
    services = {service.id: i for i, service in enumerate(scenario.services)}
    tell_patronage(world, visits, place, outlets)
    tell_social_cooperation(world, social, place)
    for tie in network.ties:
        if tie.kind == "supply":
            tell_supply(world, tie, outlets[tie.source])
        elif tie.kind == "service":
            tell_service(world, tie, services[tie.target])


def tell_patronage(world: World, visits: Sequence[TieRow], place: dict[str, int], outlets: dict[str, int]) -> None:
    """Put in the trust of buyers in outlets."""
    for tie in visits:
        i = place[tie.source]
        row = slice(world.patron_start[i], world.patron_start[i + 1])
        if tie.trust is not None:
            world.patron_trust[row][world.patron_outlet[row] == outlets[tie.target]] = tie.trust


def tell_social_cooperation(world: World, social: Sequence[TieRow], place: dict[str, int]) -> None:
    """Put in cooperation between households, the same in both directions."""
    for tie in social:
        if tie.cooperation is not None:
            for i, j in ((place[tie.source], place[tie.target]), (place[tie.target], place[tie.source])):
                row = slice(world.tie_start[i], world.tie_start[i + 1])
                world.tie_cooperation[row][world.tie_to[row] == j] = COOPERATION_NAMES.index(tie.cooperation)


def tell_supply(world: World, tie: TieRow, o: int) -> None:
    """Put in an owner's trust in the group, and their cooperation."""
    if tie.trust is not None:
        world.outlets["trust"][o] = world.outlets["trust_start"][o] = tie.trust
    if tie.cooperation is not None:
        level = COOPERATION_NAMES.index(tie.cooperation)
        world.outlets["cooperation"][o] = world.outlets["cooperation_goal"][o] = level


def tell_service(world: World, tie: TieRow, s: int) -> None:
    """Put in the group's trust in a service, and their cooperation."""
    if tie.trust is not None:
        world.service_trust[0, s] = tie.trust
    if tie.cooperation is not None:
        world.service_cooperation[0, s] = COOPERATION_NAMES.index(tie.cooperation)

"""Process 0: a community out of parameters and keyed draws (model.md 5)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.community.assemble import assemble
from getok.simulation.community.imported import build_imported
from getok.simulation.community.layout import Layout, lay_out
from getok.simulation.community.members import choose_homes, members_of
from getok.simulation.community.owners import groups_of, outlets_of
from getok.simulation.community.pairs import all_pairs
from getok.simulation.community.patronage import uses_of
from getok.simulation.community.people import expose, first_trust, give_character, hops, settle_members, unaware_people
from getok.simulation.community.ties import ties_of
from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.state import World


def rw_blocks(layout: Layout, n_groups: int) -> NDArray[np.int64]:
    """First and last block of each group's RW, the last excluded; shape (n_groups, 2)."""
    groups = np.arange(n_groups)
    first = np.searchsorted(layout.block_unit, groups, side="left")
    return np.column_stack([first, np.searchsorted(layout.block_unit, groups, side="right")])


def build_world(scenario: Scenario, key: int) -> World:
    """Build the community of one replicate: the same key, the same community.

    Parameters
    ----------
    scenario : Scenario
        Gives parameters, outlets and services, and how many groups in how many RWs.
    key : int
        Key of the draws (:func:`getok.simulation.draws.replicate_key`).

    Raises
    ------
    ScenarioError
        If there are fewer RWs than groups.
    """
    if scenario.community.kind == "imported":
        return build_imported(scenario, key)
    p, n_groups = scenario.parameters, scenario.community.n_groups
    if scenario.community.n_rw < n_groups:
        what = f"{scenario.community.n_rw} RW for {n_groups} groups; groups cannot share an RW yet"
        raise ScenarioError([Problem(scenario.name, "community.n_rw", what)])
    layout = lay_out(p, n_groups, scenario.community.n_rw)
    keys = np.arange(layout.n)
    n_members = min(int(p["n_members"]), int(p["n_households_rw"]))
    homes = choose_homes(layout, key, n_groups, n_members)
    group = np.repeat(np.arange(n_groups), n_members)
    officer = np.tile(np.arange(n_members) < p["n_officers"], n_groups)
    ties = ties_of(all_pairs(p, layout, key, homes), keys, key)
    buyers = unaware_people(layout, keys)
    buyers["hop"] = hops(ties.start, ties.to, homes)
    give_character(buyers, p, key)
    trust = first_trust(buyers, p, key)
    settle_members(buyers, homes, group)
    expose(buyers, ties)
    outlets = outlets_of(scenario, n_groups, key)
    groups = groups_of(
        p, np.full(n_groups, n_members), np.full(n_groups, len(scenario.outlets)), rw_blocks(layout, n_groups)
    )
    uses = uses_of(buyers, outlets, scenario.outlets, p, key)
    members = members_of(homes, keys, group, officer)
    return assemble(scenario, key, layout, buyers, trust, ties, members, groups, outlets, uses)

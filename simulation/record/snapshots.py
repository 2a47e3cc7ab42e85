"""What is looked at in a few weeks only: ties, reach, and on request every buyer."""

from __future__ import annotations

import numpy as np

from getok.simulation.names import CATEGORY_NAMES, COOPERATION_NAMES, SOURCE_NAMES, STAGE_NAMES, ZONE_NAMES
from getok.simulation.record.columns import Columns, names
from getok.simulation.record.reach import reach_at
from getok.simulation.record.tables import NETWORK, PEOPLE, REACH, TIES, Table
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.state import TRUST_ONE, Outlets, Stage, World


class TieColumns:
    """Supply and service ties of every group: names are put together once, what changes is added at each look.

    Parameters
    ----------
    world : World
        Which outlets and services there are.
    scenario : Scenario
        Gives their names.
    """

    def __init__(self, world: World, scenario: Scenario) -> None:
        outlets = world.outlets
        self._owners = np.flatnonzero(outlets["kind"] != Outlets.ONLINE)
        n_groups, n_services = world.service_trust.shape
        ids = names(tuple(outlet.id for outlet in scenario.outlets), outlets["key"][self._owners] % 1000)
        services = np.tile(np.array([service.id for service in scenario.services], dtype=object), n_groups)
        groups = np.repeat(np.arange(n_groups, dtype=np.int32), n_services)
        self._n = len(self._owners) + n_groups * n_services
        self._same: Columns = {
            "group": np.concatenate([outlets["group"][self._owners], groups]),
            "kind": np.repeat(np.array(["supply", "service"], dtype=object), [len(self._owners), len(groups)]),
            "other": np.concatenate([ids, services]),
        }

    def at(self, world: World) -> Columns:
        """Ties as they are now (rows of ``ties``)."""
        cooperation = np.concatenate([world.outlets["cooperation"][self._owners], world.service_cooperation.ravel()])
        return {
            "week": np.full(self._n, world.week, dtype=np.int16),
            **self._same,
            "trust": np.concatenate([world.outlets["trust"][self._owners], world.service_trust.ravel()]),
            "cooperation": names(COOPERATION_NAMES, cooperation),
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
        "trust": world.buyer_trust.copy(),
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
        self._tie_columns: TieColumns | None = None
        self._ties: list[Columns] = []
        self._reach: list[Columns] = []
        self._persons: list[Columns] = []

    def take(self, world: World) -> None:
        """Look at the world now."""
        if self._tie_columns is None:
            self._tie_columns = TieColumns(world, self._scenario)
        self._ties.append(self._tie_columns.at(world))
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

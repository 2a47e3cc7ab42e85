"""A replicate, from the community to its tables: institutions between spans of compiled weeks.

``burn_in`` and ``simulate`` are what a run calls; :class:`Simulation` is the same, week by week, for Mesa's face.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.simulation.community.generate import build_world
from getok.simulation.compiled import is_compiled
from getok.simulation.draws import replicate_key
from getok.simulation.institutions.weekly_steps import Institutions
from getok.simulation.record.event_log import EventLog, events_table
from getok.simulation.record.outlets import outlets_table
from getok.simulation.record.snapshots import Snapshots
from getok.simulation.record.summary import share_by_group, summary_table
from getok.simulation.record.tables import SNAPSHOT_WEEKS, Table
from getok.simulation.record.weekly import income_table, weekly_table
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.resolved_json import burn_in_inputs
from getok.simulation.state import World
from getok.simulation.week.arrays import Log, Scratch, Weeks, arrays_of, no_log, scratch_for, weeks_for
from getok.simulation.week.schedule import run_weeks
from getok.simulation.whole import MOST_WEEKS, whole_number

__all__ = ["Simulation", "Snapshot", "burn_in", "is_compiled", "simulate"]

MOST_PEOPLE = 50_000
"""Buyers up to which every one of them is worth its row in a table: no picture shows a whole city."""

EVENTS_A_WEEK = 8
"""Most events of one agent in a week, for the room that the log keeps."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A world at the end of its burn-in, from which any scenario with the same burn-in may go on.

    Attributes
    ----------
    world : World
        At week 0; never changed.
    seed, replicate : int
        Whose draws it has.
    inputs : tuple
        What the community and the burn-in depended on.
    """

    world: World
    seed: int
    replicate: int
    inputs: tuple[Any, ...]


def run_span(world: World, weeks: Weeks, scratch: Scratch, log: Log, last_week: int, first_row_week: int) -> None:
    """Run compiled weeks up to one."""
    run_weeks(arrays_of(world), weeks, log, scratch, world.key, world.week + 1, last_week, first_row_week)
    world.week = last_week


def run_burn_in(world: World) -> None:
    """Run the weeks before week 1: door-to-door selling, no programme."""
    first = world.week + 1
    if first <= 0:
        run_span(world, weeks_for(world, 1 - first), scratch_for(world), no_log(), 0, first)


def burn_in(scenario: Scenario, seed: int, replicate: int) -> Snapshot:
    """Build the community of a replicate and run its burn-in once, for all scenarios that share it."""
    world = build_world(scenario, replicate_key(seed, replicate))
    run_burn_in(world)
    return Snapshot(world, seed, replicate, burn_in_inputs(scenario))


class Simulation:
    """One replicate of one scenario, week by week.

    Parameters
    ----------
    scenario : Scenario
        What happens.
    seed, replicate : int
        Which draws; replicate ``r`` of seed ``s`` has the same community in every scenario.
    burnt_in : Snapshot, optional
        Burn-in to go on from; without it the burn-in is run first.
    people : bool
        Keep every buyer and tie at the snapshot weeks, in communities of up to :data:`MOST_PEOPLE` buyers.
    events : bool
        Keep the event log.

    Raises
    ------
    ValueError
        If ``burnt_in`` belongs to another seed, replicate or community.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        replicate: int,
        burnt_in: Snapshot | None = None,
        *,
        people: bool = False,
        events: bool = False,
    ) -> None:
        if burnt_in is None:
            burnt_in = burn_in(scenario, seed, replicate)
            self.world = burnt_in.world
        elif (burnt_in.seed, burnt_in.replicate, burnt_in.inputs) != (
            seed,
            replicate,
            burn_in_inputs(scenario),
        ):
            raise ValueError("the burn-in belongs to another seed, replicate or community")
        else:
            self.world = burnt_in.world.copy()
        self.scenario = scenario
        self.institutions = Institutions(scenario, len(self.world.groups))
        self.weeks: Weeks = weeks_for(self.world, scenario.horizon_weeks)
        self.log = EventLog() if events else None
        self._scratch = scratch_for(self.world)
        self._snapshots = Snapshots(scenario, people=people and len(self.world.buyers) <= MOST_PEOPLE)
        self._snapshot_weeks = sorted({*SNAPSHOT_WEEKS, scenario.observation_week})
        self._snapshots.take(self.world)

    def advance(self, n_weeks: int) -> None:
        """Run some weeks, not beyond the horizon.

        Raises
        ------
        UsageError
            If it is no whole number from 0 to 1040.
        """
        n_weeks = whole_number("number of weeks", n_weeks, 0, MOST_WEEKS)
        target = min(self.world.week + n_weeks, self.scenario.horizon_weeks)
        while self.world.week < target:
            week = self.world.week + 1
            if self.institutions.next_week(self.world.week) == week:
                flows = self.weeks.flows
                before = flows[week - 2] if week > 1 else None
                self.institutions.step(self.world, week, flows[week - 1], self.log, before)
            self._run_until(min(target, self._end_of_span(week)))

    def _end_of_span(self, week: int) -> int:
        """Last week that can be run without Python: before the institutions' next week, at the next snapshot."""
        if self.log is not None:
            return week
        snapshot = next((w for w in self._snapshot_weeks if w >= week), self.scenario.horizon_weeks)
        return min(self.institutions.next_week(week) - 1, snapshot)

    def _run_until(self, last: int) -> None:
        world = self.world
        if self.log is None:
            log = no_log()
        else:
            n_agents = len(world.buyers) + len(world.outlets) + len(world.members)
            self.log.ensure(EVENTS_A_WEEK * n_agents)
            log = self.log.as_compiled()
        run_span(world, self.weeks, self._scratch, log, last, 1)
        if last in self._snapshot_weeks:
            self._snapshots.take(world)

    def warnings(self) -> tuple[str, ...]:
        """Interventions that never took place, once the horizon is reached."""
        return self.institutions.end_of_run()

    def tables(self) -> dict[str, Table]:
        """Tables of the weeks so far, by name."""
        weeks = self.weeks.first(max(1, self.world.week))
        programme = self.institutions.programme_table()
        tables = {
            "weekly": weekly_table(weeks),
            "outlets": outlets_table(self.world, weeks, self.scenario),
            "income": income_table(weeks, self.world),
            "cases": self.institutions.cases_table(),
            "programme": programme,
            "summary": summary_table(self.world, weeks, tasks_done_share(programme, len(self.world.groups))),
            **self._snapshots.tables(self.world),
        }
        if self.log is not None:
            tables["events"] = events_table(self.log)
        return tables


def tasks_done_share(programme: Table, n_groups: int) -> NDArray[np.float64]:
    """Share of a group's tasks that are done; NaN without a programme."""
    group, done = programme.columns["group"], ~np.isnan(programme.columns["done_week"])
    return share_by_group(group, done, n_groups)


def simulate(
    scenario: Scenario,
    seed: int,
    replicate: int,
    burnt_in: Snapshot | None = None,
    *,
    people: bool = False,
    events: bool = False,
) -> dict[str, Table]:
    """Run one replicate of a scenario to its horizon and return its tables.

    Parameters are those of :class:`Simulation`.
    """
    simulation = Simulation(scenario, seed, replicate, burnt_in, people=people, events=events)
    simulation.advance(scenario.horizon_weeks)
    return simulation.tables()

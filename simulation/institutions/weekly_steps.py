"""Processes 1 to 3 together: what the engine calls in the weeks in which institutions have something to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.institutions.agencies import Agencies
from getok.simulation.institutions.calendar import NO_WEEK, Calendar
from getok.simulation.institutions.programme import Programme
from getok.simulation.interventions.context import Context
from getok.simulation.interventions.contract import Aim
from getok.simulation.interventions.registry import INTERVENTIONS
from getok.simulation.record.event_log import EventLog
from getok.simulation.record.tables import CASES, PROGRAMME, Schema, Table
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.state import Records, World


class Institutions:
    """Calendar, programme and agencies of one run, over all its groups.

    Parameters
    ----------
    scenario : Scenario
        The resolved scenario.
    n_groups : int
        Groups of the world, all of which follow the scenario's programme.

    Raises
    ------
    ScenarioError
        If a task or a sub-state names an outlet or service that does not exist.
    """

    __slots__ = ("_parameters", "_programme", "_scenario", "agencies", "calendar")

    def __init__(self, scenario: Scenario, n_groups: int) -> None:
        check_names(scenario)
        self._scenario = scenario
        self._parameters = scenario.parameters
        self.calendar = Calendar(scenario)
        self._programme = Programme(scenario, self.calendar, n_groups)
        self.agencies = Agencies(scenario, self.calendar, self._programme.plans)

    def next_week(self, after: int) -> int:
        """First week after this one in which :meth:`step` has something to do; very large if there is none."""
        after = max(0, after)
        programme = self._programme.due
        week = min(
            self.calendar.next_break(after),
            max(after + 1, programme) if programme < NO_WEEK else NO_WEEK,
            self.agencies.next_week(after),
        )
        return min(week, NO_WEEK)

    def step(
        self,
        world: World,
        week: int,
        flows: Records,
        log: EventLog | None = None,
        previous: Records | None = None,
    ) -> None:
        """Step processes 1, 2 (effort) and 3 of one week; nothing happens in the burn-in.

        Parameters
        ----------
        flows : Records, shape (n_groups,)
            The week's flows, to which effort, costs and grants are added.
        log : EventLog, optional
            Takes meetings, agreements, tasks, cases and incidents.
        previous : Records, shape (n_groups,), optional
            Last week's flows, which a trigger on packs a week looks at.
        """
        if week <= 0:
            return
        context = Context(world, week, flows, self._parameters, self.agencies, log, previous)
        self.calendar.step(context)
        self._programme.step(context)
        self.agencies.step(context)

    def end_of_run(self) -> tuple[str, ...]:
        """Return warnings: interventions that never fired, targets left out, cases that nobody can finish."""
        plans = self._programme.plans
        warnings: list[str] = []
        if plans:
            for place, work in enumerate(plans[0].works):
                if work.job.obstacle:
                    warnings.append(f"task '{work.job.task.id}' leaves out '{work.job.target}': {work.job.obstacle}")
                elif all(plan.works[place].start_week is None for plan in plans):
                    target = f" for '{work.job.target}'" if work.job.target else ""
                    warnings.append(f"task '{work.job.task.id}'{target} never fired")
        for service, needed in self.agencies.never_asked():
            warnings.append(f"service '{service}' waits for '{needed}', which nobody applied for")
        return tuple(warnings)

    def cases_table(self) -> Table:
        """Return the history of every case: one row for each sub-state it entered."""
        agencies = self.agencies
        rows = [
            (case.group, case.place, case.attempt, entry.position, entry.state, entry.week)
            for case in agencies.cases
            for entry in case.entries
        ]
        rows.sort(key=lambda row: row[:4])
        named = [(row[0], agencies.stations[row[1]].service.id, *row[2:]) for row in rows]
        return table(CASES, named)

    def programme_table(self) -> Table:
        """Return the programme: one row for each group, task and target."""
        rows = [
            (
                plan.group,
                work.job.task.id,
                work.job.task.kind.value,
                work.job.target,
                np.nan if work.start_week is None else work.start_week,
                np.nan if work.done_week is None else work.done_week,
                work.visits,
                work.cost_public_rupiah,
                work.cost_group_rupiah,
            )
            for plan in self._programme.plans
            for work in plan.works
        ]
        return table(PROGRAMME, rows)


def table(schema: Schema, rows: Sequence[tuple[object, ...]]) -> Table:
    """Fill a table from rows in the order of its columns."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema.columns)
    filled: dict[str, NDArray[Any]] = {
        column.name: np.array(values, dtype=np.str_ if column.dtype == "str" else column.dtype)
        for column, values in zip(schema.columns, columns, strict=True)
    }
    return Table(schema, filled)


def check_names(scenario: Scenario) -> None:
    """Refuse a programme or a service that names what does not exist."""
    outlets = {outlet.id for outlet in scenario.outlets}
    services = {service.id for service in scenario.services}
    known = {Aim.GROUP: outlets | services, Aim.OUTLET: outlets, Aim.SERVICE: services}
    problems = [
        Problem("", f"programme.{task.id}.targets", f"unknown target '{target}'")
        for task in scenario.programme
        for target in task.targets
        if target not in known[INTERVENTIONS[task.kind].aim]
    ]
    problems += [
        Problem("", f"agencies.{service.id}.steps", f"requires '{needed}', which is not a service")
        for service in scenario.services
        for step in service.steps
        for needed in step.requires
        if needed not in services
    ]
    if problems:
        raise ScenarioError(problems)

"""When the programme would get where, were the facilitator's visits all there is: a reading aid, not a simulation."""

from __future__ import annotations

import math
from dataclasses import dataclass

from getok.simulation.scenario.resolved import Scenario, Task, TaskKind

EARLY = (TaskKind.MAPPING, TaskKind.SELECTION, TaskKind.APPLICATION)
"""Kinds that later ones wait for, in this order; each begins a new week."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Weeks in which a task would be worked on; ``last`` is None if the facilitator leaves before its end."""

    task: Task
    first: int
    last: int | None
    visits: float


def rank(task: Task) -> int:
    """Place of a task's kind in the order of precedence."""
    return EARLY.index(task.kind) if task.kind in EARLY else len(EARLY)


def effort(task: Task) -> float:
    """Visits that a task takes in all."""
    meetings = task.repeats if task.kind is TaskKind.MEETING else 1
    return task.visits * meetings * max(1, 1 if task.kind is TaskKind.SELECTION else len(task.targets))


def timetable(scenario: Scenario) -> list[Slot]:
    """Weeks of every task in the order in which it would be worked on."""
    who = scenario.facilitator
    supply = who.visits_a_group
    slots: list[Slot] = []
    spent = 0.0
    for current in range(len(EARLY) + 1):
        spent = math.ceil(spent / supply) * supply if supply else spent
        for task in (task for task in scenario.programme if rank(task) == current):
            visits = effort(task)
            if supply == 0:
                slots.append(Slot(task, who.first_week, None, visits))
                continue
            spent = max(spent, (task.first_week - who.first_week) * supply)
            first = who.first_week + math.floor(spent / supply)
            spent += visits
            last = who.first_week + math.ceil(spent / supply) - 1
            slots.append(Slot(task, first, last if last <= who.last_week else None, visits))
    return slots

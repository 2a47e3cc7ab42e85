"""Every programme that can be made of the parts of another: each part left out, at once, or half a year later."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from getok.simulation.scenario.resolved import Scenario, Task, TaskKind

LATER = 27
"""Week from which a part is worked on that waits half a year."""

COMPANION_UNTIL = 52
"""The facilitator may come for a year; only visits that are spent cost money."""

PARTS: dict[str, frozenset[TaskKind]] = {
    "legality": frozenset({TaskKind.APPLICATION}),
    "partners": frozenset({TaskKind.MEETING, TaskKind.MOU}),
    "training": frozenset({TaskKind.TRAINING}),
    "capital": frozenset({TaskKind.BROKER, TaskKind.GRANT_PROPOSAL, TaskKind.CREDIT}),
    "online": frozenset({TaskKind.ONLINE_ACCOUNT}),
}
"""What a programme can be made of; mapping and selection come with any of them."""


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme: a scenario, and from which week each of its parts is worked on."""

    scenario: Scenario
    starts: tuple[tuple[str, int], ...]


def programmes(origin: Scenario) -> list[Programme]:
    """All programmes made of the parts that a scenario has, but the empty one.

    Parameters
    ----------
    origin : Scenario
        Gives the tasks; its facilitator comes for up to a year.
    """
    present = [name for name, kinds in PARTS.items() if any(task.kind in kinds for task in origin.programme)]
    made = []
    begins = (0, 1, LATER) if origin.horizon_weeks >= LATER else (0, 1)
    for weeks in itertools.product(begins, repeat=len(present)):
        starts = tuple((name, week) for name, week in zip(present, weeks, strict=True) if week)
        if starts:
            made.append(Programme(scenario_of(origin, dict(starts)), starts))
    return made


def name_of(starts: Sequence[tuple[str, int]]) -> str:
    """Name of the scenario in which only some parts are worked on.

    Examples
    --------
    >>> name_of([("legality", 1), ("training", 27)])
    'legality.1_training.27'
    """
    return "_".join(f"{part}.{week}" for part, week in starts)


def starts_of(name: str) -> tuple[tuple[str, int], ...]:
    """Parts and their weeks of a scenario that :func:`name_of` has named; nothing of another.

    Examples
    --------
    >>> starts_of("legality.1_training.27"), starts_of("baseline_reflection")
    ((('legality', 1), ('training', 27)), ())
    """
    found = [piece.partition(".") for piece in name.split("_")]
    known = all(part in PARTS and week.isascii() and week.isdigit() for part, _, week in found)
    return tuple((part, int(week)) for part, _, week in found) if known else ()


def scenario_of(origin: Scenario, starts: dict[str, int]) -> Scenario:
    """Make the scenario in which only some parts are worked on, each from its week."""
    facilitator = replace(origin.facilitator, last_week=companion_until(origin))
    tasks = tuple(kept(origin, starts))
    name = name_of(tuple(starts.items()))
    return replace(origin, name=name, facilitator=facilitator, programme=tasks, assumptions=())


def companion_until(origin: Scenario) -> int:
    """Last week in which the facilitator comes in every programme."""
    return min(COMPANION_UNTIL, origin.horizon_weeks)


def kept(origin: Scenario, starts: dict[str, int]) -> Iterator[Task]:
    """Tasks of the parts that are worked on, and those that are no part of any."""
    for task in origin.programme:
        part = next((name for name, kinds in PARTS.items() if task.kind in kinds), None)
        if part is None:
            yield task
        elif part in starts:
            yield begun(task, starts[part])


def begun(task: Task, week: int) -> Task:
    """Let a task wait for a week; a window that would be over by then moves with it."""
    first = max(task.first_week, week)
    last = task.last_week if task.last_week >= first else task.last_week + first - task.first_week
    return replace(task, first_week=first, last_week=last)

"""What a scenario asks for and can never have: tasks that never happen, papers that no agency will ever grant.

The one place for it: ``check`` refuses or warns by it, ``explain`` says it, an import is checked by it. Everything here
errs on the side of the possible: the facilitator's and the members' effort is taken at its most, every case at its
quickest, so that what is said to be impossible is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from getok.simulation.scenario.resolved import Scenario, Service, ServiceKind, ShockKind, Task, TaskKind
from getok.simulation.texts.catalogue import EXPLAIN_WORDS, Lang

OUTLET_TASKS = frozenset({TaskKind.MEETING, TaskKind.MOU, TaskKind.ONLINE_ACCOUNT})
FILING_TASKS = frozenset(
    {TaskKind.APPLICATION, TaskKind.TRAINING, TaskKind.BROKER, TaskKind.GRANT_PROPOSAL, TaskKind.CREDIT}
)
WEEKS_A_YEAR = 52
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something cannot be: a sentence of the catalogue and what to fill it with."""

    key: str
    slots: dict[str, object] = field(default_factory=dict)

    def text(self, lang: Lang) -> str:
        """Say it."""
        slots = {name: one.text(lang) if isinstance(one, Reason) else one for name, one in self.slots.items()}
        return EXPLAIN_WORDS[lang][f"never.{self.key}"].format(**slots)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A task, or one target of it, that can never happen; or a service that it asks in vain.

    Attributes
    ----------
    place : int
        Place of the task in the programme.
    target : str
        The outlet or service; empty if the whole task is meant.
    reason : Reason
        Why.
    is_case : bool
        Whether the papers are handed in, and the case cannot end well within the horizon.
    is_answered : bool
        Whether the case tells nothing new: too few members to be admitted, which a scenario may well be about.
    is_fault : bool
        Whether no run could differ: a certificate whose prerequisites can never be had.
    """

    place: int
    target: str
    reason: Reason
    is_case: bool = False
    is_answered: bool = False
    is_fault: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """First week in which a service can be granted, or why it never can (``needs``: for want of another)."""

    week: int
    reason: Reason | None = None
    for_want: bool = False


def obstacles(scenario: Scenario) -> list[Obstacle]:
    """Find everything that a scenario asks for and can never have, in the order of its programme."""
    found = [one for place, task in enumerate(scenario.programme) for one in _of_task(scenario, place, task)]
    return [*found, *_of_cases(scenario, found)]


def possible(scenario: Scenario) -> Scenario:
    """Leave out of a programme what can never happen."""
    gone: dict[int, set[str]] = {}
    for one in obstacles(scenario):
        if not one.is_case:
            gone.setdefault(one.place, set()).add(one.target)
    kept = []
    for place, task in enumerate(scenario.programme):
        targets = tuple(target for target in task.targets if target not in gone.get(place, ()))
        if "" not in gone.get(place, ()) and (targets or not task.targets):
            kept.append(replace(task, targets=targets))
    return replace(scenario, programme=tuple(kept))


# Tasks.


def _of_task(s: Scenario, place: int, task: Task) -> Iterator[Obstacle]:
    reason = next((why for rule in TASK_RULES if (why := rule(s, task)) is not None), None)
    if reason is not None:
        yield Obstacle(place, "", reason)
        return
    for target in task.targets:
        why = next((why for rule in TARGET_RULES if (why := rule(s, task, target)) is not None), None)
        if why is not None:
            yield Obstacle(place, target, why)


def _nobody(s: Scenario, task: Task) -> Reason | None:
    return Reason("nobody") if s.facilitator.visits_per_week == 0 and task.visits > 0 else None


def _trigger_too_late(s: Scenario, task: Task) -> Reason | None:
    last = min(task.last_week, s.horizon_weeks)
    return Reason("trigger") if task.when is not None and task.when.after_week >= last else None


def _no_budget(s: Scenario, task: Task) -> Reason | None:
    costs = task.visits * s.parameters["visit_cost_rupiah"] + task.cost_rupiah
    return Reason("budget") if task.budget_rupiah is not None and costs > task.budget_rupiah else None


def _too_few_visits(s: Scenario, task: Task) -> Reason | None:
    """Whether even all effort until the end of its window is too little."""
    if task.visits == 0:
        return None
    last = min(task.last_week, s.horizon_weeks)
    there = sum(_effort(s, week) for week in range(task.first_week, last + 1))
    if there <= 0:
        return Reason("no_visits", {"first": task.first_week, "last": last})
    if there + ROUNDING >= task.visits:
        return None
    return Reason("too_few", {"visits": f"{task.visits:g}", "most": f"{there:g}"})


def _effort(s: Scenario, week: int) -> float:
    """Most visits that a group can be given, and give itself, in a week."""
    who = s.facilitator
    away = any(one.kind is ShockKind.FACILITATOR_EXIT and one.first_week <= week <= one.last_week for one in s.shocks)
    companion = who.visits_a_group if who.first_week <= week <= who.last_week and not away else 0.0
    has_mapping = any(task.kind is TaskKind.MAPPING for task in s.programme)
    return companion + (s.parameters["self_effort_rate"] if has_mapping and who.visits_per_week > 0 else 0.0)


def _not_selected(s: Scenario, task: Task, target: str) -> Reason | None:
    chosen = {one for other in s.programme if other.kind is TaskKind.SELECTION for one in other.targets}
    is_left_out = chosen and task.kind in OUTLET_TASKS and target not in chosen
    return Reason("not_selected", {"target": target}) if is_left_out else None


def _no_meeting(s: Scenario, task: Task, target: str) -> Reason | None:
    if task.kind is not TaskKind.MOU:
        return None
    met = {one for other in s.programme if other.kind is TaskKind.MEETING for one in other.targets}
    return None if target in met else Reason("no_meeting", {"target": target})


def _is_held(s: Scenario, task: Task, target: str) -> Reason | None:
    return Reason("held", {"target": target}) if task.kind in FILING_TASKS and target in s.held else None


TASK_RULES: tuple[Callable[[Scenario, Task], Reason | None], ...] = (
    _nobody,
    _trigger_too_late,
    _no_budget,
    _too_few_visits,
)
TARGET_RULES: tuple[Callable[[Scenario, Task, str], Reason | None], ...] = (_not_selected, _no_meeting, _is_held)


# Cases.


def _of_cases(s: Scenario, gone: list[Obstacle]) -> Iterator[Obstacle]:
    services = {service.id: service for service in s.services}
    asked = _asked(s, gone)
    for place, task in enumerate(s.programme):
        for target in task.targets if task.kind in FILING_TASKS else ():
            if any(one.place == place and one.target in {"", target} for one in gone):
                continue
            reach = _reach(s, services, asked, target)
            is_certificate = services[target].kind is ServiceKind.CERTIFICATE
            if reach.reason is not None:
                yield Obstacle(
                    place,
                    target,
                    reach.reason,
                    is_case=True,
                    is_answered=reach.reason.key == "members",
                    is_fault=reach.for_want and is_certificate,
                )
            elif reach.week > s.horizon_weeks:
                why = Reason("late", {"week": reach.week, "horizon": s.horizon_weeks})
                yield Obstacle(place, target, why, is_case=True)


def _asked(s: Scenario, gone: list[Obstacle]) -> dict[str, tuple[int, int]]:
    """First and last week in which papers may be handed in, by service; letters are asked for with what needs them."""
    asked: dict[str, tuple[int, int]] = {}
    left_out = {(one.place, one.target) for one in gone}
    planned = {target for task in s.programme for target in task.targets}

    def ask(name: str, first: int, last: int) -> None:
        before = asked.get(name, (first, last))
        asked[name] = min(first, before[0]), max(last, before[1])

    for place, task in enumerate(s.programme):
        if task.kind in FILING_TASKS and (place, "") not in left_out:
            for target in task.targets:
                if (place, target) not in left_out:
                    ask(target, *_window(s, task))
    for service in s.services:
        needed = {name for step in service.steps for name in step.requires}
        for letter in s.services if service.id in asked else ():
            if letter.kind is ServiceKind.LETTER and letter.id in needed and letter.id not in planned:
                ask(letter.id, *asked[service.id])
    return asked


def _window(s: Scenario, task: Task) -> tuple[int, int]:
    """First week in which a task can be done, and the last."""
    last = min(task.last_week, s.horizon_weeks)
    first = task.first_week if task.when is None else max(task.first_week, task.when.after_week + 1)
    done, week = 0.0, first
    while week < last:
        done += _effort(s, week)
        if done + ROUNDING >= task.visits:
            break
        week += 1
    return week, last


def _reach(s: Scenario, services: dict[str, Service], asked: dict[str, tuple[int, int]], name: str) -> Reach:
    if name in s.held:
        return Reach(0)
    service = services[name]
    if (why := _closed_door(s, service, *asked[name])) is not None:
        return Reach(0, why)
    week = float(asked[name][0])
    for step in service.steps:
        for needed in step.requires:
            if needed not in asked and needed not in s.held:
                return Reach(0, Reason("not_asked", {"target": needed}), for_want=True)
            reach = _reach(s, services, asked, needed)
            if reach.reason is not None:
                return Reach(0, Reason("needs", {"target": needed, "why": reach.reason}), for_want=True)
            week = max(week, reach.week)
        week += step.share * service.delay.low
    return Reach(math.floor(week + ROUNDING))


def _closed_door(s: Scenario, service: Service, first: int, last: int) -> Reason | None:
    """Why a service grants nothing to anybody who asks between two weeks."""
    if service.acceptance == 0:
        return Reason("refused")
    if service.quota_per_year == 0 or _cut_to_nothing(s, service):
        return Reason("quota")
    years = {s.start_year + (week - 1) // WEEKS_A_YEAR for week in range(first, last + 1)}
    if years <= set(service.closed_years):
        return Reason("closed", {"years": ", ".join(str(year) for year in sorted(years))})
    n_members = s.parameters["n_members"]
    if s.community.kind == "generated" and n_members < service.min_participants:
        return Reason("members", {"least": service.min_participants, "members": f"{n_members:g}"})
    return None


def _cut_to_nothing(s: Scenario, service: Service) -> bool:
    """Whether a cut of the quota that lasts the whole run leaves not one place."""
    quota = service.quota_per_year
    cuts = [one for one in s.shocks if one.kind is ShockKind.QUOTA_CUT and one.target == service.id]
    return quota is not None and any(
        cut.first_week <= 1 and cut.last_week >= s.horizon_weeks and math.floor(quota * cut.value) == 0 for cut in cuts
    )

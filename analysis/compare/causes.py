"""Why a scenario that differs from the baseline lives the same weeks: what differs never came to act."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from getok.analysis.options import TOLD
from getok.analysis.patterns.evidence import Evidence
from getok.simulation.scenario import reachability
from getok.simulation.scenario.reachability import FILING_TASKS, obstacles
from getok.simulation.scenario.resolved import Scenario, Service, Shock, Task

QUEUES = frozenset({"capacity_per_week", "desks", "quota_per_year"})
"""Fields of a service that act only where more groups come than it can take."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why nothing changed: key of a sentence, and what is filled in."""

    key: str
    slots: tuple[tuple[str, str | int | reachability.Reason], ...] = ()


@dataclass(frozen=True, slots=True)
class Two:
    """A scenario and the baseline, with their tables."""

    evidence: Evidence
    before: Scenario
    after: Scenario

    def changed(self, field: str) -> Iterator[tuple[str, object, object]]:
        """Entries of a list that are not alike in both scenarios: key, before and after, None where there is none."""
        old, new = ({one.id: one for one in getattr(played, field)} for played in (self.before, self.after))
        for key in dict.fromkeys([*old, *new]):
            if old.get(key) != new.get(key):
                yield key, old.get(key), new.get(key)

    def ever(self, table: str, key: str, value: str, column: str) -> list[float]:
        """What a column holds in the rows of one task or service, of both scenarios; what is no number left out."""
        found: list[float] = []
        for played in (self.before, self.after):
            rows = self.evidence.rows(played.name, table)
            values = np.asarray(rows[column][rows[key] == value], dtype=np.float64)
            found += values[~np.isnan(values)].tolist()
        return found


def causes(two: Two) -> tuple[Reason, ...]:
    """Give every reason that is known; that none is, where none is."""
    fields = [field.name for field in dataclasses.fields(Scenario) if field.name not in TOLD]
    if all(getattr(two.before, name) == getattr(two.after, name) for name in fields):
        return (Reason("why.same_scenario"),)
    known = [*of_facilitator(two), *of_tasks(two), *of_services(two), *of_parameters(two), *of_shocks(two)]
    return (Reason("why.no_week"), *(known or [Reason("why.unknown")]))


def of_facilitator(two: Two) -> Iterator[Reason]:
    """No work was left when the companion would have come or gone; or facilitators are shared by one group alone."""
    before, after = two.before.facilitator, two.after.facilitator
    if before == after:
        return
    n_groups = two.after.community.n_groups
    if n_groups == 1 and (before.number, before.groups_each) != (after.number, after.groups_each):
        yield Reason("why.shared")
    worked = [last_week_with(two, played.name, "facilitator_visits") for played in (two.before, two.after)]
    if before.last_week != after.last_week and max(worked) <= min(before.last_week, after.last_week):
        stays = min(after.last_week, after.first_week + two.after.horizon_weeks)
        yield Reason("why.no_work", (("week", max(worked)), ("last", stays)))


def last_week_with(two: Two, scenario: str, column: str) -> int:
    """Last week in which a column of the weekly table is above 0 in any replicate; 0 if in none."""
    rows = two.evidence.rows(scenario, "weekly")
    return int(rows["week"][rows[column] > 0].max(initial=0))


def of_tasks(two: Two) -> Iterator[Reason]:
    """Tasks that differ were never done, or what was applied for was never granted."""
    for key, before, after in two.changed("programme"):
        if not two.ever("programme", "task", key, "done_week"):
            yield Reason("why.never_done", (("task", key),))
            yield from can_never(two, key)
            continue
        task = after if after is not None else before
        assert isinstance(task, Task)  # noqa: S101 - a list holds one kind
        for service in task.targets if task.kind in FILING_TASKS else ():
            if not granted(two, service):
                yield Reason("why.never_granted", (("service", service),))
                yield from can_never(two, key, service)


def can_never(two: Two, task: str, service: str = "") -> Iterator[Reason]:
    """Say why a task can never be done, or a service that it asks never granted; nothing where it could."""
    found = {
        one.reason.key: one.reason
        for played in (two.before, two.after)
        for one in obstacles(played)
        if played.programme[one.place].id == task and one.is_case == bool(service) and service in {"", one.target}
    }
    yield from (Reason("why.can_never", (("never", reason),)) for reason in found.values())


def granted(two: Two, service: str) -> bool:
    """Whether a service granted anything in any replicate."""
    rows = [two.evidence.rows(played.name, "cases") for played in (two.before, two.after)]
    return any(((one["service"] == service) & (one["state"] == "granted")).any() for one in rows)


def of_services(two: Two) -> Iterator[Reason]:
    """Services that differ were never asked, or differ in what acts only where groups queue."""
    for key, before, after in two.changed("services"):
        if not any((two.evidence.rows(one.name, "cases")["service"] == key).any() for one in (two.before, two.after)):
            yield Reason("why.not_asked", (("service", key),))
        elif isinstance(before, Service) and isinstance(after, Service) and differing(before, after) <= QUEUES:
            yield Reason("why.queue", (("service", key), ("n", two.after.community.n_groups)))


def differing(before: Service, after: Service) -> set[str]:
    """Names of the fields in which two services differ."""
    names = (field.name for field in dataclasses.fields(Service))
    return {name for name in names if getattr(before, name) != getattr(after, name)}


def of_parameters(two: Two) -> Iterator[Reason]:
    """Parameters that differ: nothing that happened reads them."""
    before, after = two.before.parameters, two.after.parameters
    yield from (
        Reason("why.parameter", (("parameter", name),))
        for name in after
        if after[name] != before.get(name, after[name])
    )


def of_shocks(two: Two) -> Iterator[Reason]:
    """Shocks that differ met nothing that they could change."""
    for key, before, after in two.changed("shocks"):
        shock = after if after is not None else before
        assert isinstance(shock, Shock)  # noqa: S101 - a list holds one kind
        yield Reason("why.shock_idle", (("shock", key), ("week", shock.first_week)))

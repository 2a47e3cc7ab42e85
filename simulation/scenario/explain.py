"""A scenario read back in plain words: what will happen, what is assumed, what differs from its parent."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from simulation.scenario.phrases import PHRASES, Lang
from simulation.scenario.resolved import Scenario, Service, Shock, Task, TaskKind
from simulation.scenario.timetable import Slot, timetable
from simulation.scenario.units import thousands

CONFIDENCE = ("low", "medium", "high")
NOT_SAID = ("name", "question", "parents", "assumptions", "field_map")
LISTS = {"programme": "id", "outlets": "id", "services": "id", "shocks": "id", "partners": "id"}


def explain(scenario: Scenario, lang: Lang) -> str:
    """Say what will happen, week by week where it can be said."""
    say = PHRASES[lang]
    lines = [say["title"].format(name=scenario.name, question=getattr(scenario.question, lang)), ""]
    lines += [*_setting(scenario, lang), ""]
    lines += [*_partners(scenario, lang)]
    lines += _programme(scenario, lang)
    lines += [say["shock"].format(first=s.first_week, last=s.last_week, what=_shock(s, lang)) for s in scenario.shocks]
    lines += ["", say["assumptions"], *_assumptions(scenario, lang)]
    return "\n".join(lines)


def explain_difference(scenario: Scenario, parent: Scenario, lang: Lang) -> str:
    """Say how a scenario differs from its parent."""
    say = PHRASES[lang]
    found = list(_differences(scenario, parent, lang))
    return "\n".join([say["difference"].format(parent=parent.name), *(found or [say["nothing"]])])


def _setting(scenario: Scenario, lang: Lang) -> Iterator[str]:
    say, who = PHRASES[lang], scenario.facilitator
    yield say["setting"].format(
        groups=scenario.community.n_groups,
        members=f"{scenario.parameters['n_members']:g}",
        outlets=len(scenario.outlets),
        services=len(scenario.services),
        horizon=scenario.horizon_weeks,
        year=scenario.start_year,
        burn_in=scenario.burn_in_weeks,
        observation=scenario.observation_week,
    )
    if who.visits_per_week:
        visits = f"{who.visits_per_week:g}"
        yield say["facilitator"].format(visits=visits, first=who.first_week, last=who.last_week)
        if who.number is not None:
            groups = scenario.community.n_groups
            accompanied = min(groups, who.number * who.groups_each)
            yield say["facilitators"].format(number=who.number, accompanied=accompanied, groups=groups)
        if who.groups_each > 1:
            yield say["facilitators_shared"].format(each=who.groups_each, visits=f"{who.visits_a_group:g}")
    else:
        yield say["no_facilitator"]


def _partners(scenario: Scenario, lang: Lang) -> Iterator[str]:
    say = PHRASES[lang]
    outlets = {outlet.id: outlet.name for outlet in scenario.outlets}
    services = {service.id: service.name for service in scenario.services}
    for partner in scenario.partners:
        parts = []
        if partner.trust is not None:
            who = "owner" if partner.id in outlets else "group"
            parts.append(say[f"partner.trust.{who}"].format(trust=f"{partner.trust:g}"))
        if partner.cooperation is not None:
            parts.append(say["partner.cooperation"].format(level=say[f"cooperation.{partner.cooperation.value}"]))
        if partner.carrying:
            parts.append(say["partner.carrying"])
        if partner.importance is not None:
            parts.append(say["partner.importance"].format(importance=f"{partner.importance:g}"))
        if parts:
            name = outlets.get(partner.id) or services.get(partner.id, partner.id)
            yield say["partner"].format(name=name, what="; ".join(parts))
    if scenario.field_map.notes or scenario.field_map.ties:
        n = len(scenario.field_map.notes) + len(scenario.field_map.ties)
        yield say["field_map"].format(n=n)


def _programme(scenario: Scenario, lang: Lang) -> Iterator[str]:
    say = PHRASES[lang]
    if not scenario.programme:
        yield say["no_programme"].format(offer=f"{scenario.parameters['adhoc_offer_weeks']:g}")
        return
    yield say["programme"]
    for slot in timetable(scenario):
        yield _slot(slot, scenario, lang)
    used = {target for task in scenario.programme if task.kind is not TaskKind.SELECTION for target in task.targets}
    services = [service for service in scenario.services if service.id in used]
    if services:
        yield ""
        yield say["agencies"]
        yield from (_service(service, lang) for service in services)


def _slot(slot: Slot, scenario: Scenario, lang: Lang) -> str:
    say, task = PHRASES[lang], slot.task
    what = say[f"kind.{task.kind.value}"].format(targets=", ".join(_names(task, scenario)))
    extra = say["from_week"].format(week=task.first_week) if task.first_week > 1 else ""
    if task.when is not None:
        relation, value = (
            ("below", task.when.below) if task.when.below is not None else ("at_least", task.when.at_least)
        )
        metric = task.when.metric.value.replace("_", " ")
        extra += say["when"].format(
            metric=metric, relation=say[relation], value=f"{value:g}", week=task.when.after_week
        )
    visits = f"{slot.visits:g}"
    if slot.last is None:
        return say["task_later"].format(end=scenario.facilitator.last_week, what=what, visits=visits, extra=extra)
    return say["task"].format(start=slot.first, end=slot.last, what=what, visits=visits, extra=extra)


def _names(task: Task, scenario: Scenario) -> list[str]:
    known = {outlet.id: outlet.name for outlet in scenario.outlets}
    known |= {service.id: service.name for service in scenario.services}
    return [known.get(target, target) for target in task.targets]


def _service(service: Service, lang: Lang) -> str:
    say = PHRASES[lang]
    payer = say[f"payer.{service.payer.value}"]
    cost = say["fee"].format(amount=thousands(service.fee_rupiah), payer=payer) if service.fee_rupiah else say["free"]
    closed = say["closed"].format(years=", ".join(map(str, service.closed_years))) if service.closed_years else ""
    bounds = (("capacity", service.capacity_per_week), ("desks", service.desks), ("quota", service.quota_per_year))
    limits = "".join(say[f"limit.{key}"].format(n=n) for key, n in bounds if n is not None)
    return say["service"].format(
        name=service.name,
        low=f"{service.delay.low:g}",
        mode=f"{service.delay.mode:g}",
        high=f"{service.delay.high:g}",
        acceptance=f"{service.acceptance:g}",
        cost=cost,
        limits=limits,
        closed=closed,
    )


def _shock(shock: Shock, lang: Lang) -> str:
    return PHRASES[lang][f"shock.{shock.kind.value}"].format(value=f"{shock.value:g}", target=shock.target)


def _assumptions(scenario: Scenario, lang: Lang) -> Iterator[str]:
    say = PHRASES[lang]
    for one in sorted(scenario.assumptions, key=lambda assumption: CONFIDENCE.index(assumption.confidence)):
        confidence = say[f"confidence.{one.confidence}"]
        yield say["assumption"].format(key=one.key, note=one.note, source=one.source, confidence=confidence)


def _differences(scenario: Scenario, parent: Scenario, lang: Lang) -> Iterator[str]:
    for field in dataclasses.fields(Scenario):
        if field.name in NOT_SAID:
            continue
        before, after = getattr(parent, field.name), getattr(scenario, field.name)
        if field.name in LISTS:
            named = [{item.id: item for item in items} for items in (before, after)]
            yield from _mappings(field.name, named[0], named[1], lang)
        elif isinstance(after, dict):
            yield from _mappings(field.name, before, after, lang)
        else:
            yield from _values(field.name, before, after, lang)


def _mappings(path: str, before: dict[str, Any], after: dict[str, Any], lang: Lang) -> Iterator[str]:
    say = PHRASES[lang]
    for key in [*after, *(key for key in before if key not in after)]:
        if key not in before:
            yield say["added"].format(what=f"{path} {key}")
        elif key not in after:
            yield say["removed"].format(what=f"{path} {key}")
        else:
            yield from _values(f"{path}.{key}", before[key], after[key], lang)


def _values(path: str, before: Any, after: Any, lang: Lang) -> Iterator[str]:  # noqa: ANN401 - any part of a scenario
    if before == after:
        return
    if dataclasses.is_dataclass(after) and type(before) is type(after):
        for field in dataclasses.fields(after):
            yield from _values(f"{path}.{field.name}", getattr(before, field.name), getattr(after, field.name), lang)
    else:
        yield PHRASES[lang]["changed"].format(what=path, before=_text(before), after=_text(after))


def _text(value: Any) -> str:  # noqa: ANN401 - any part of a scenario
    if isinstance(value, tuple):
        return "[" + ", ".join(map(str, value)) + "]"
    if value is None:
        return "-"
    return f"{value:g}" if isinstance(value, float) else str(value)

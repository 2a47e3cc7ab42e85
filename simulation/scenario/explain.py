"""A scenario read back in plain words: what will happen, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.reachability import Obstacle, obstacles, possible
from getok.simulation.scenario.resolved import Assumption, Scenario, Service, TaskKind
from getok.simulation.scenario.timetable import Slot, timetable
from getok.simulation.scenario.values import written
from getok.simulation.scenario.wording.happenings import shock_text, task_text, trigger_text
from getok.simulation.scenario.wording.keys import key_text
from getok.simulation.scenario.wording.names import Names, names_of
from getok.simulation.scenario.wording.terms import confidence_word, source_text
from getok.simulation.scenario.wording.values import span_text
from getok.simulation.texts.catalogue import EXPLAIN_WORDS, Lang
from getok.simulation.texts.numbers import given_rupiah, plain

CONFIDENCE = ("low", "medium", "high")


def explain(scenario: Scenario, lang: Lang) -> str:
    """Say what will happen, week by week where it can be said."""
    say, names = EXPLAIN_WORDS[lang], names_of(scenario, lang)
    lines = [say["title"].format(name=scenario.name, question=scenario.question.in_(lang)), ""]
    lines += [*_setting(scenario, lang), ""]
    lines += [*_observed(scenario, lang)]
    lines += [*_partners(scenario, names)]
    if scenario.held:
        lines.append(say["held"].format(names=", ".join(names.services[name] for name in scenario.held)))
    lines += _programme(scenario, names)
    for shock in scenario.shocks:
        what = shock_text(shock, names)
        lines.append(say["shock"].format(first=shock.first_week, last=shock.last_week, what=what))
    lines += ["", say["assumptions"], *_assumptions(scenario, lang)]
    return "\n".join(lines)


def weakest_first(assumptions: tuple[Assumption, ...]) -> list[Assumption]:
    """Assumptions of low confidence first, otherwise in their order."""
    return sorted(assumptions, key=lambda assumption: CONFIDENCE.index(assumption.confidence))


def _setting(scenario: Scenario, lang: Lang) -> Iterator[str]:
    say, groups = EXPLAIN_WORDS[lang], scenario.community.n_groups
    yield say["setting"].format(
        groups=say["groups.one"] if groups == 1 else say["groups.many"].format(n=plain(groups, lang)),
        members=plain(scenario.parameters["n_members"], lang),
        outlets=len(scenario.outlets),
        services=len(scenario.services),
        horizon=scenario.horizon_weeks,
        year=scenario.start_year,
        burn_in=scenario.burn_in_weeks,
        observation=scenario.observation_week,
    )
    yield from _facilitator(scenario, lang)


def _observed(scenario: Scenario, lang: Lang) -> Iterator[str]:
    say = EXPLAIN_WORDS[lang]
    if scenario.observed:
        yield say["observed"]
    for name in scenario.observed:
        what = key_text(f"parameters.{name}", scenario, lang)
        yield say["observed_one"].format(what=what, value=written(BY_NAME[name], scenario.parameters[name]))


def _facilitator(scenario: Scenario, lang: Lang) -> Iterator[str]:
    say, who, groups = EXPLAIN_WORDS[lang], scenario.facilitator, scenario.community.n_groups
    if not who.visits_per_week:
        yield say["no_facilitator"]
        return
    visits = plain(who.visits_per_week, lang)
    yield say["facilitator"].format(visits=visits, first=who.first_week, last=who.last_week)
    if who.number is not None:
        accompanied = min(groups, who.number * who.groups_each)
        counts = {"number": who.number, "accompanied": accompanied, "groups": groups}
        yield say["facilitators"].format(**{key: plain(count, lang) for key, count in counts.items()})
    if who.groups_each > 1:
        visits = plain(who.visits_a_group, lang)
        yield say["facilitators_shared"].format(each=plain(who.groups_each, lang), visits=visits)


def _partners(scenario: Scenario, names: Names) -> Iterator[str]:
    say, lang = EXPLAIN_WORDS[names.lang], names.lang
    for partner in scenario.partners:
        parts = []
        if partner.trust is not None:
            who = "owner" if partner.id in names.outlets else "group"
            parts.append(say[f"partner.trust.{who}"].format(trust=plain(partner.trust, lang)))
        if partner.cooperation is not None:
            parts.append(say["partner.cooperation"].format(level=say[f"cooperation.{partner.cooperation.value}"]))
        if partner.carrying:
            parts.append(say["partner.carrying"])
        if partner.importance is not None:
            parts.append(say["partner.importance"].format(importance=plain(partner.importance, lang)))
        if parts:
            yield say["partner"].format(name=names.target(partner.id), what="; ".join(parts))
    if scenario.field_map.notes or scenario.field_map.ties:
        n = len(scenario.field_map.notes) + len(scenario.field_map.ties)
        yield say["field_map"].format(n=n)


def _programme(scenario: Scenario, names: Names) -> Iterator[str]:
    say = EXPLAIN_WORDS[names.lang]
    if not scenario.programme:
        yield say["no_programme"].format(offer=plain(scenario.parameters["adhoc_offer_weeks"], names.lang))
        return
    yield say["programme"]
    for slot in timetable(possible(scenario)):
        yield _slot(slot, scenario, names)
    in_vain = obstacles(scenario)
    yield from (_never(one, scenario, names) for one in in_vain if not one.is_case)
    used = {target for task in scenario.programme if task.kind is not TaskKind.SELECTION for target in task.targets}
    services = [service for service in scenario.services if service.id in used]
    if services:
        yield ""
        yield say["agencies"]
        yield from (_service(service, names) for service in services)
        yield from (_case_never(one, names) for one in in_vain if one.is_case)


def _never(obstacle: Obstacle, scenario: Scenario, names: Names) -> str:
    task = scenario.programme[obstacle.place]
    meant = replace(task, targets=(obstacle.target,)) if obstacle.target else task
    why = obstacle.reason.text(names.lang)
    return EXPLAIN_WORDS[names.lang]["task_never"].format(what=task_text(meant, names), why=why)


def _case_never(obstacle: Obstacle, names: Names) -> str:
    form = "case_late" if obstacle.reason.key == "late" else "case_never"
    name = names.services[obstacle.target]
    return EXPLAIN_WORDS[names.lang][form].format(name=name, why=obstacle.reason.text(names.lang))


def _slot(slot: Slot, scenario: Scenario, names: Names) -> str:
    say, task, lang = EXPLAIN_WORDS[names.lang], slot.task, names.lang
    extra = f"; {say['from_week'].format(week=task.first_week)}" if task.first_week > 1 else ""
    if task.when is not None:
        extra += f"; {trigger_text(task.when, lang)}"
    visits = EXPLAIN_WORDS.counted("visits", slot.visits, lang).format(n=plain(slot.visits, lang))
    said = {"what": task_text(task, names), "visits": visits, "extra": extra}
    if slot.last is None:
        return say["task_later"].format(end=scenario.facilitator.last_week, **said)
    if slot.first >= slot.last:
        return say["task_one"].format(start=slot.first, **said)
    return say["task"].format(start=slot.first, end=slot.last, **said)


def _service(service: Service, names: Names) -> str:
    say, lang = EXPLAIN_WORDS[names.lang], names.lang
    payer = say[f"payer.{service.payer.value}"]
    fee = given_rupiah(service.fee_rupiah, lang)
    closed = say["closed"].format(years=", ".join(map(str, service.closed_years))) if service.closed_years else ""
    bounds = (("capacity", service.capacity_per_week), ("desks", service.desks), ("quota", service.quota_per_year))
    return say["service"].format(
        name=names.services[service.id],
        agency=names.agencies[service.id],
        span=span_text(service.delay, lang),
        acceptance=plain(service.acceptance, lang),
        cost=say["fee"].format(amount=fee, payer=payer) if service.fee_rupiah else say["free"],
        limits="".join(say[f"limit.{key}"].format(n=plain(n, lang)) for key, n in bounds if n is not None),
        closed=closed,
    )


def _assumptions(scenario: Scenario, lang: Lang) -> Iterator[str]:
    for one in weakest_first(scenario.assumptions):
        yield EXPLAIN_WORDS[lang]["assumption"].format(
            what=key_text(one.key, scenario, lang),
            note=one.note.in_(lang),
            source=source_text(one.source, lang),
            confidence=confidence_word(one.confidence, lang),
            key=one.key,
        )

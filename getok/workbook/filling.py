"""A form filled from a scenario: its own partners, and what an earlier map left in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from getok.simulation.scenario.mapped import MapTie, Partner
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.resolved import Outlet, Scenario, TaskKind
from getok.simulation.scenario.values import written
from getok.simulation.sweep.stated import is_stated
from getok.workbook.columns import (
    CARRYING_KINDS,
    FACILITATOR,
    FACTS,
    NUMBERS,
    OUTLET_KINDS,
    OWN_QUESTION,
    plain,
)
from getok.workbook.form import ActorRow, Answer, Form, MemberRow, TieRow
from getok.workbook.partners import kind_of_service
from getok.workbook.scenario_file import FULL
from getok.workbook.told import GROUP_WORD

LOAN = "credit"
"""Kind of any lender in maps from before banks and cooperatives were told apart."""

KIND_OF_OUTLET = {place: kind for kind, place in OUTLET_KINDS.items()}


def is_map(scenario: Scenario) -> bool:
    """Whether a scenario was made of a map, so that the form builds on its parent again."""
    return bool(scenario.field_map.actors or scenario.field_map.members)


def form_of(scenario: Scenario, parent: str) -> Form:
    """Fill a form from a scenario; ``parent`` is what a scenario made of the form builds on."""
    return Form(
        answers=tuple(answers_of(scenario, parent)),
        others=tuple(
            Answer(n.about.removeprefix(OWN_QUESTION), n.note)
            for n in scenario.field_map.notes
            if n.about not in {*FACTS, *FACILITATOR}
        ),
        members=tuple(MemberRow(one.name, one.role, one.block, one.note) for one in scenario.field_map.members),
        actors=tuple(actors_of(scenario)),
        ties=tuple(ties_of(scenario)),
    )


def answers_of(scenario: Scenario, parent: str) -> Iterator[Answer]:
    """Answers about the group; of a scenario that was no map, only its numbers and what to build on."""
    notes = {note.about: note.note for note in scenario.field_map.notes}
    yield from (Answer(key, notes[key]) for key in FACTS if key in notes)
    if is_map(scenario):
        yield Answer("name", scenario.name)
        yield Answer("question_id", scenario.question.id)
        yield Answer("question_en", scenario.question.en)
    yield Answer("parent", parent)
    for key in filter(partial(is_stated, scenario), NUMBERS):
        yield Answer(key, written(BY_NAME[key], scenario.parameters[key]))
    yield from (Answer(key, notes[key]) for key in FACILITATOR if key in notes)


def actors_of(scenario: Scenario) -> Iterator[ActorRow]:
    """Actors of the map, or else every outlet and service of the scenario."""
    carrying = {partner.id for partner in scenario.partners if partner.carrying}
    lends = {service.id: kind_of_service(service) for service in scenario.services}
    for actor in scenario.field_map.actors:
        carries = actor.partner in carrying and actor.kind in CARRYING_KINDS
        kind = lends.get(actor.partner, "other") if actor.kind == LOAN else actor.kind
        yield ActorRow(actor.name, kind, actor.where, carries, actor.chosen, actor.note)
    if scenario.field_map.actors:
        return
    chosen = {name for task in scenario.programme if task.kind is not TaskKind.MAPPING for name in task.targets}
    for outlet in scenario.outlets:
        kind = kind_of_outlet(outlet)
        yield ActorRow(outlet.name, kind, "", outlet.id in carrying and kind in CARRYING_KINDS, outlet.id in chosen)
    for service in scenario.services:
        yield ActorRow(service.agency, kind_of_service(service), "", False, service.id in chosen, service.name)


def kind_of_outlet(outlet: Outlet) -> str:
    """Kind of actor that an outlet is; one with patrons of an imported map goes by its kind alone."""
    place = (outlet.kind.value, outlet.patrons)
    return KIND_OF_OUTLET.get(place) or next(kind for (own, _), kind in KIND_OF_OUTLET.items() if own == place[0])


def ties_of(scenario: Scenario) -> Iterator[TieRow]:
    """Ties of partners with the group, then those that were kept; what they are about stands beside the former."""
    names = names_of(scenario)
    kept = {(plain(tie.source), plain(tie.target)): tie for tie in scenario.field_map.ties}
    told: dict[tuple[str, str], TieRow] = {}
    for partner in scenario.partners:
        if partner.trust is None and partner.cooperation is None and partner.importance is None and not partner.note:
            continue
        name = names.get(partner.id, partner.id)
        tie = tie_of(partner, name, kept)
        before = told.get((plain(name), ""))
        if before is not None and before != tie:
            tie = TieRow("", name, "", tie.trust, tie.cooperation, tie.importance, tie.note)
        told[plain(tie.source), plain(tie.target)] = tie
    yield from told.values()
    for (source, target), left in kept.items():
        one_way = ("" if source == GROUP_WORD else source, target)
        is_only_about = left.trust is None and left.cooperation is None and left.importance is None and not left.note
        if one_way not in told and not (is_only_about and one_way[::-1] in told):
            yield kept_tie(left)


def names_of(scenario: Scenario) -> dict[str, str]:
    """Names of partners as the form writes them."""
    names = {outlet.id: outlet.name for outlet in scenario.outlets}
    names |= {service.id: service.agency for service in scenario.services}
    return names | {actor.partner: actor.name for actor in scenario.field_map.actors if actor.partner}


def tie_of(partner: Partner, name: str, kept: Mapping[tuple[str, str], MapTie]) -> TieRow:
    """Tie of a partner with the group."""
    about = kept.get((plain(name), "")) or kept.get((GROUP_WORD, plain(name)))
    return TieRow(
        source=name,
        about=about.about if about is not None else "",
        trust=height(partner.trust),
        cooperation=None if partner.cooperation is None else partner.cooperation.value,
        importance=height(partner.importance),
        note=partner.note,
    )


def kept_tie(tie: MapTie) -> TieRow:
    """Tie that the model has no place for."""
    cooperation = None if tie.cooperation is None else tie.cooperation.value
    source = "" if tie.source == GROUP_WORD else tie.source
    return TieRow(source, tie.target, tie.about, height(tie.trust), cooperation, height(tie.importance), tie.note)


def height(level: float | None) -> int | None:
    """Level from 0 to 1 as the nearest whole number from 0 to 10."""
    return None if level is None else round(FULL * level)

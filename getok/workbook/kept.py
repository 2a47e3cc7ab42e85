"""What of a map no rule reads, and what was decided on the way: said, so that nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from getok.simulation.errors import Problem
from getok.simulation.scenario.resolved import OutletKind
from getok.workbook.columns import FACILITATOR, FACTS, word
from getok.workbook.opened import Book
from getok.workbook.partners import Place
from getok.workbook.plan import chosen, prerequisites
from getok.workbook.scenario_file import FULL, Map

Line = tuple[str, str, dict[str, object]]
"""Sheet, sentence, slots."""


def kept_lines(mapped: Map, book: Book, sheets: Mapping[str, str]) -> list[Problem]:
    """Lines about what was kept for readers only."""
    return [
        Problem(book.where(sheets[sheet]), "", book.say(key, **slots))
        for sheet, key, slots in (*_members(mapped), *_actors(mapped), *_ties(mapped), *_group(mapped))
        if slots.get("n") != 0
    ]


def _members(mapped: Map) -> Iterator[Line]:
    yield "members", "kept.members", {"n": len(mapped.form.members)}


def _actors(mapped: Map) -> Iterator[Line]:
    yield "actors", "kept.actors", {"n": sum(1 for place in mapped.places if not place.id)}
    yield "actors", "kept.where", {"n": sum(1 for place in mapped.places if place.actor.where)}
    yield "actors", "kept.notes", {"n": sum(1 for place in mapped.places if place.actor.note)}


def _ties(mapped: Map) -> Iterator[Line]:
    told = mapped.told
    services = {place.id for place in mapped.places if place.service is not None}
    online = {place.id for place in mapped.places if place.actor.kind == "online"}
    about = [tie for tie in told.kept if tie.about and tie.trust is None and tie.cooperation is None]
    yield "ties", "kept.ties", {"n": len(told.kept) - len(about) - told.n_both_ways}
    yield "ties", "kept.both_ways", {"n": told.n_both_ways}
    yield "ties", "kept.about", {"n": len(about)}
    yield "ties", "kept.notes", {"n": sum(1 for tie in mapped.form.ties if tie.note)}
    yield "ties", "kept.importance", {"n": sum(1 for tie in told.partners.values() if tie.importance is not None)}
    known = [name for name, tie in told.partners.items() if tie.trust is not None or tie.cooperation is not None]
    yield "ties", "kept.service_trust", {"n": len(services.intersection(known))}
    if online.intersection(name for name in known if told.partners[name].trust is not None):
        yield "ties", "kept.online_trust", {}


def _group(mapped: Map) -> Iterator[Line]:
    form = mapped.form
    n = sum(1 for key in FACTS if key != "papers" and form.answer(key)) + len(form.others)
    yield "group", "kept.group", {"n": n}
    if form.answer("papers"):
        yield "group", "kept.papers", {}
    if not chosen(mapped) and any(form.answer(key) for key in FACILITATOR):
        yield "group", "kept.facilitator", {}


def note_decisions(mapped: Map, book: Book, sheets: Mapping[str, str]) -> None:
    """Note what was decided on the way, where the reader may have meant something else."""
    parent = mapped.parent
    if not mapped.form.members:
        book.note(sheets["members"], "", "odd.no_member", n=f"{parent.parameters['n_members']:g}")
    if not mapped.has_outlets:
        book.note(sheets["actors"], "", "odd.no_outlet", parent=parent.name)
    names = {outlet.id: outlet.name for outlet in parent.outlets}
    for key, outlets in (("odd.stays", mapped.needed_outlets()), ("odd.gone", mapped.gone_outlets())):
        if outlets:
            listed = ", ".join(names[name] for name in outlets)
            book.note(sheets["actors"], "", key, parent=parent.name, outlets=listed, n=len(outlets))
    for place in mapped.places:
        note_place(place, mapped, book, sheets)
    if not parent.programme and (needed := prerequisites(mapped)):
        services = {service.id: service.name for service in parent.services}
        book.note(sheets["actors"], "", "odd.needed", names=", ".join(services[name] for name in needed))
    if chosen(mapped) and parent.programme:
        book.note(sheets["actors"], "", "odd.plan", parent=parent.name)


def note_place(place: Place, mapped: Map, book: Book, sheets: Mapping[str, str]) -> None:
    """Note what one actor became, if that needs a word."""
    actor, cell = place.actor, f"A{place.actor.row}"
    if not place.id and actor.kind != "other":
        kind = word(book.lang, "kind", actor.kind)
        book.note(sheets["actors"], cell, "odd.no_template", parent=mapped.parent.name, kind=kind, name=actor.name)
    if place.is_new and place.service is not None:
        book.note(sheets["actors"], cell, "odd.template", name=actor.name, other=place.service.name)
    if actor.kind == "letter" and actor.chosen:
        book.note(sheets["actors"], cell, "odd.letter", name=actor.name)
    tie = mapped.told.partners.get(place.id) if place.id else None
    decides = place.outlet is not None and place.outlet.kind in {OutletKind.WARUNG, OutletKind.INSTITUTION}
    threshold = mapped.parent.parameters["owner_threshold_mean"]
    if tie is not None and decides and not actor.carrying and tie.trust is not None and tie.trust / FULL > threshold:
        slots = {"name": actor.name, "trust": tie.trust, "threshold": f"{FULL * threshold:g}"}
        book.note(sheets["ties"], tie.trust_cell, "odd.trust", **slots)

"""The scenario file that a map becomes: what rules read under its own keys, all else kept beside it for readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.schema import VERSION
from getok.simulation.scenario.text import LANGUAGES
from getok.simulation.texts.catalogue import FORM_WORDS, Lang
from getok.workbook.columns import FACILITATOR, FACTS, NUMBERS, OWN_QUESTION, plain
from getok.workbook.form import Form, TieRow
from getok.workbook.partners import Place, places_of
from getok.workbook.service_text import written_service
from getok.workbook.told import GROUP_WORD, Told, sort_ties
from getok.workbook.yaml_text import Bare, said, section

Entry = dict[str, object]
FULL = 10
"""Trust and importance of full height on the form; 0 to 10 become 0 to 1 in equal steps."""


@dataclass(frozen=True, slots=True)
class Map:
    """A form beside the scenario that it changes.

    Attributes
    ----------
    form : Form
        What was filled in.
    parent : Scenario
        What the map builds on.
    places : list of Place
        What each actor became.
    told : Told
        What ties say about partners, and the others.
    """

    form: Form
    parent: Scenario
    places: list[Place]
    told: Told

    @property
    def has_outlets(self) -> bool:
        """Whether an outlet is on the map; without one those of the parent stay."""
        return any(place.outlet is not None for place in self.places)

    def missing_outlets(self) -> list[str]:
        """Outlets of the parent that are not on the map."""
        there = {place.id for place in self.places if place.outlet is not None}
        return [outlet.id for outlet in self.parent.outlets if self.has_outlets and outlet.id not in there]

    def needed_outlets(self) -> list[str]:
        """Those of them that the parent's programme or shocks are about, which therefore stay."""
        targets = {target for task in self.parent.programme for target in task.targets}
        targets |= {shock.target for shock in self.parent.shocks}
        return [name for name in self.missing_outlets() if name in targets]

    def gone_outlets(self) -> list[str]:
        """Those that are left out."""
        needed = self.needed_outlets()
        return [name for name in self.missing_outlets() if name not in needed]


def make_map(form: Form, parent: Scenario) -> Map:
    """Lay a form beside the scenario that it changes."""
    places = places_of(form.actors, parent)
    return Map(form, parent, places, sort_ties(form.ties, places))


def scenario_text(mapped: Map, name: str, extends: str, source: str, lang: Lang) -> str:
    """Text of the scenario file.

    Parameters
    ----------
    mapped : Map
        The form and what its actors became.
    name, extends : str
        Name of the scenario, and of its parent as the file has to write it.
    source : str
        Name of the workbook.
    lang : {"id", "en"}
        Language of assumptions and notes.
    """
    lines = [
        f"# {source}: getok import",
        f"schema: {VERSION}",
        f"name: {name}",
        f"extends: {extends}",
        *section("question", questions(mapped.form, name)),
        *section("observed", observed(mapped.form)),
        *section("outlets", outlets(mapped)),
        *section("agencies", agencies(mapped)),
        *section("partners", partners(mapped)),
        *section("assumptions", assumptions(mapped, source, lang)),
    ]
    return "\n".join([*lines, *field_map(mapped)]) + "\n"


def questions(form: Form, name: str) -> Entry:
    """The question in both languages; what nobody wrote is asked in general."""
    group = form.answer("group_name") or name
    return {
        lang: form.answer(f"question_{lang}") or FORM_WORDS[lang]["question"].format(group=group) for lang in LANGUAGES
    }


def observed(form: Form) -> Entry:
    """Numbers that the group told, and how many members and officers it has: facts, which no set replaces."""
    found: Entry = {}
    if form.members:
        found["n_members"] = len(form.members)
        officers = sum(1 for member in form.members if member.role == "officer")
        found |= {"n_officers": officers} if officers else {}
    return found | {key: Bare(form.answer(key)) for key in NUMBERS if form.answer(key)}


def outlets(mapped: Map) -> list[dict[str, object]]:
    """Outlets on the map, and those of the parent that go."""
    found: list[Entry] = []
    for place in mapped.places:
        if place.outlet is not None:
            one = place.outlet
            found.append({"id": Bare(one.id), "name": one.name, "kind": Bare(one.kind), "patrons": Bare(one.patrons)})
    return [*found, *({"id": Bare(name), "remove": True} for name in mapped.gone_outlets())]


def agencies(mapped: Map) -> Entry:
    """New services, and the names of those who offer the parent's."""
    found: Entry = {}
    for place in mapped.places:
        if place.service is None:
            continue
        name, service = place.actor.name, place.service
        if place.is_new:
            found[place.id] = written_service(service, name)
        elif plain(name) not in {plain(service.id), plain(service.name), plain(service.agency)}:
            found[place.id] = {"agency": name}
    return found


def partners(mapped: Map) -> Entry:
    """What is known about partners at the start."""
    found: Entry = {}
    for place in mapped.places:
        tie = mapped.told.partners.get(place.id) if place.id else None
        known = (
            levels(tie) | said(carrying=place.actor.carrying)
            if tie is not None
            else said(carrying=place.actor.carrying)
        )
        if tie is not None and tie.note:
            known["note"] = tie.note
        if known:
            found[place.id] = known
    return found


def levels(tie: TieRow) -> Entry:
    """Trust, cooperation and importance of a tie, as far as they are told."""
    return said(
        trust=None if tie.trust is None else tie.trust / FULL,
        cooperation=None if tie.cooperation is None else Bare(tie.cooperation),
        importance=None if tie.importance is None else tie.importance / FULL,
    )


def assumptions(mapped: Map, source: str, lang: Lang) -> list[dict[str, object]]:
    """What a reader must know about the numbers."""
    say = FORM_WORDS[lang]
    found: list[Entry] = []
    if any(levels(tie) for tie in mapped.told.partners.values()):
        found.append(assumed("partners", source, say["assumed.trust"]))
    for place in mapped.places:
        if place.is_new and place.service is not None:
            note = say["assumed.service"].format(other=place.service.name, name=place.actor.name)
            found.append(assumed(f"agencies.{place.id}", "assumption", note))
    return found


def assumed(key: str, source: str, note: str) -> Entry:
    """One assumption of low confidence."""
    return {"key": Bare(key), "source": source, "confidence": Bare("low"), "note": note}


def field_map(mapped: Map) -> list[str]:
    """Lines of what no rule reads."""
    form = mapped.form
    members = [said(name=one.name, role=Bare(one.role), block=one.block, note=one.note) for one in form.members]
    parts = [
        *section("members", list(members), "  "),
        *section("actors", [actor_entry(place) for place in mapped.places], "  "),
        *section("ties", [tie_entry(tie) for tie in mapped.told.kept], "  "),
        *section("notes", list(note_entries(form)), "  "),
    ]
    return ["field_map:", *parts] if parts else []


def actor_entry(place: Place) -> dict[str, object]:
    """What was said about an actor beside its ties."""
    one = place.actor
    partner = Bare(place.id) if place.id else ""
    where = Bare(one.where) if one.where else ""
    return said(name=one.name, kind=Bare(one.kind), partner=partner, where=where, chosen=one.chosen, note=one.note)


def tie_entry(tie: TieRow) -> dict[str, object]:
    """A tie that the model has no place for."""
    kept = said(source=tie.source or GROUP_WORD, target=tie.target, about=tie.about) | levels(tie)
    return kept | said(note=tie.note)


def kept_question(key: str) -> str:
    """Subject of the note that keeps a question of one's own, unlike that of any question of the form.

    Examples
    --------
    >>> kept_question("Who buys?"), kept_question("papers"), kept_question("? papers")
    ('Who buys?', '? papers', '? ? papers')
    """
    is_taken = key in {*FACTS, *FACILITATOR} or key.startswith(OWN_QUESTION)
    return f"{OWN_QUESTION}{key}" if is_taken else key


def note_entries(form: Form) -> Iterator[dict[str, object]]:
    """Answers for readers, those about the programme, and notes of the form's own words."""
    for key in (*FACTS, *FACILITATOR):
        if form.answer(key):
            yield {"about": Bare(key), "note": form.answer(key)}
    for other in form.others:
        yield {"about": kept_question(other.key), "note": other.value}

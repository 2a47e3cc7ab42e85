"""From a workbook to a form, with every fault told in one pass."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from getok.simulation.texts.catalogue import FORM_WORDS
from getok.workbook.cells import Cells
from getok.workbook.columns import ACTORS, CARRYING_KINDS, LANGS, MEMBERS, NEEDED, TIES, Table, plain, word
from getok.workbook.form import ActorRow, Form, MemberRow, TieRow
from getok.workbook.group_sheet import read_group
from getok.workbook.opened import Book
from getok.workbook.tables import Rows, read_table, sheet_names

GROUP = frozenset(plain(FORM_WORDS[lang]["our_group"]) for lang in LANGS) | {"kube", "group", "kelompok"}
"""What the group may be called among ties, beside its own name."""

SEVERAL = re.compile(r"\s(?:dan|and)\s|[&;/+]", re.IGNORECASE)
"""What stands between two names in one cell."""

MOST_HINTS = 20
"""Strangers for whom the nearest name is looked for: that takes a while where there are many."""

Ends = tuple[str, str]


def read_form(book: Book) -> tuple[Form, dict[str, str]]:
    """Read the form in a workbook, and what each of its sheets is called there; faults are noted in the book."""
    names = sheet_names(book)
    for key in NEEDED:
        if key not in names:
            there = ", ".join(f"'{name}'" for name in book.values.sheetnames)
            book.fault("", "", "fault.sheet", sheet=FORM_WORDS[book.lang][f"sheet.{key}"], there=there)
    answers, others = read_group(Cells(book, names["group"])) if "group" in names else ((), ())
    people, parties = table_in(book, names, MEMBERS), table_in(book, names, ACTORS)
    members, actors = members_in(people), actors_in(parties)
    known = None if not (people and people.place and parties and parties.place) else names_known(people, parties)
    called = next((answer.value for answer in answers if answer.key == "group_name"), "")
    ties = ties_in(table_in(book, names, TIES), known, GROUP | ({plain(called)} if called else set()))
    return Form(answers, others, members, actors, ties), names


def table_in(book: Book, names: Mapping[str, str], table: Table) -> Rows | None:
    """Rows of a sheet, if it is there."""
    return read_table(Cells(book, names[table.key]), table) if table.key in names else None


def names_known(*tables: Rows) -> dict[str, str]:
    """Names on the sheets, those of rows with a fault too, which is not told again for every tie."""
    return {plain(said["name"]): said["name"] for rows in tables for _, said in rows.said if said["name"]}


def members_in(rows: Rows | None) -> tuple[MemberRow, ...]:
    """Members; nobody is there twice."""
    found: dict[str, MemberRow] = {}
    for row, said in rows.said if rows else ():
        one = MemberRow(said["name"], said["role"] or "member", said["block"], said["note"], row)
        before = found.get(plain(one.name))
        if rows and before is not None and one.name:
            rows.fault(row, "name", "fault.twice", value=one.name, row=before.row)
        elif rows and SEVERAL.search(one.name):
            rows.note(row, "name", "odd.several", value=one.name)
        found.setdefault(plain(one.name) or f"#{row}", one)
    return tuple(one for one in found.values() if one.name)


def actors_in(rows: Rows | None) -> tuple[ActorRow, ...]:
    """Actors; the same one may be there in several roles, but not in one role twice."""
    found: dict[tuple[str, str], ActorRow] = {}
    online: ActorRow | None = None
    for row, said in rows.said if rows else ():
        one = ActorRow(said["name"], said["kind"], said["where"], said["carrying"], said["chosen"], said["note"], row)
        before = found.get((plain(one.name), one.kind))
        if rows is None or not one.name or not one.kind:
            continue
        if before is not None:
            rows.fault(row, "name", "fault.twice", value=one.name, row=before.row)
        elif one.kind == "online" and online is not None:
            rows.fault(row, "kind", "fault.one_online")
        if one.carrying and one.kind not in CARRYING_KINDS:
            rows.fault(row, "carrying", "fault.carrying", kind=word(rows.cells.book.lang, "kind", one.kind))
        online = one if one.kind == "online" else online
        found.setdefault((plain(one.name), one.kind), one)
    return tuple(found.values())


def ties_in(rows: Rows | None, known: Mapping[str, str] | None, group: Iterable[str]) -> tuple[TieRow, ...]:
    """Ties between people, actors and the group; the group, on either side, is an empty name."""
    found: dict[Ends, TieRow] = {}
    for row, said in rows.said if rows else ():
        if rows is None or not said["source"]:
            continue
        ends = [end_of(rows, row, column, said[column], known, frozenset(group)) for column in ("source", "target")]
        if None in ends:
            continue
        source, target = (end or "" for end in ends)
        levels = {key: said[key] for key in ("trust", "importance")}
        one = TieRow(
            source,
            target,
            said["about"],
            cooperation=said["cooperation"] or None,
            note=said["note"],
            row=row,
            trust_cell=rows.cells.name(row, rows.place.get("trust", 1)),
            **levels,
        )
        if source == target:
            rows.fault(row, "target", "fault.itself", value=said["source"])
        elif (source, target) in found:
            rows.fault(row, "source", "fault.tie_twice", row=found[source, target].row)
        found.setdefault((source, target), one)
    return tuple(found.values())


def end_of(
    rows: Rows, row: int, column: str, said: str, known: Mapping[str, str] | None, group: frozenset[str]
) -> str | None:
    """Name of one end of a tie as the other sheets write it; empty for the group; None for a stranger."""
    name = plain(said)
    if known is None:
        return said
    if name in known:
        return known[name]
    if not said or name in group:
        return ""
    book = rows.cells.book
    near = difflib.get_close_matches(name, list(known), n=1) if len(book.problems) < MOST_HINTS else []
    hint = book.say("hint.nearest", word=known[near[0]]) if near else ""
    sheets = {key: FORM_WORDS[book.lang][f"sheet.{key}"] for key in ("actors", "members")}
    rows.fault(row, column, "fault.stranger", value=said, hint=hint, **sheets)
    return None

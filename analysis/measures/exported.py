"""The network that ``getok export`` writes: people, outlets, agencies and groups in one file, of which people adopt."""

from __future__ import annotations

from dataclasses import replace

from getok.analysis.measures.remarks import Remark
from getok.simulation.delimited import Delimited
from getok.simulation.names import OUTLET_KIND_NAMES, TIE_KIND_NAMES

PEOPLE = frozenset({"household", "member", "officer"})
OTHERS = frozenset({*OUTLET_KIND_NAMES, "agency", "group"})
SOCIAL = "social"


def without_institutions(people: Delimited, ties: Delimited) -> tuple[Delimited, Delimited, tuple[Remark, ...]]:
    """Keep the people and the social ties of a network that getok exported; any other files as they are."""
    if "kind" not in people.header or "kind" not in ties.header:
        return people, ties, ()
    kinds, of_ties = people.column("kind"), ties.column("kind")
    if not (PEOPLE & set(kinds) and set(kinds) <= PEOPLE | OTHERS and set(of_ties) <= set(TIE_KIND_NAMES)):
        return people, ties, ()
    persons = _where(people, [kind in PEOPLE for kind in kinds])
    social = _where(ties, [kind == SOCIAL for kind in of_ties])
    slots = {"people": len(persons), "others": len(people) - len(persons), "ties": len(ties) - len(social)}
    return persons, social, (Remark("exported", slots),)


def _where(table: Delimited, keep: list[bool]) -> Delimited:
    rows = [row for row, kept in zip(table.rows, keep, strict=True) if kept]
    return replace(table, rows=rows, lines=[line for line, kept in zip(table.lines, keep, strict=True) if kept])

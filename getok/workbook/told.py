"""What ties say about partners of the model, and which ties the model has no place for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from getok.workbook.columns import plain
from getok.workbook.form import TieRow
from getok.workbook.partners import Place

GROUP_WORD = "group"
"""What a kept tie calls the group where it is the one who trusts."""


@dataclass(frozen=True, slots=True)
class Told:
    """Ties sorted.

    Attributes
    ----------
    partners : dict of str to TieRow
        What is said about each partner, by its id.
    kept : tuple of TieRow
        Ties that the model has no place for, and what the others are about.
    n_both_ways : int
        Ties that were written in both directions, of which the model reads one.
    """

    partners: dict[str, TieRow]
    kept: tuple[TieRow, ...]
    n_both_ways: int


def sort_ties(ties: Sequence[TieRow], places: Sequence[Place]) -> Told:
    """Sort ties into what is known about partners and what is kept for readers.

    Of an outlet the owner's trust in the group is read, of a service the group's trust in it; if only the other
    direction is written, that is taken.
    """
    by_ends = {ends(tie): tie for tie in ties}
    partners: dict[str, TieRow] = {}
    for place in places:
        name = plain(place.actor.name)
        ways = [by_ends.get((name, "")), by_ends.get(("", name))]
        chosen = next((tie for tie in (ways if place.outlet is not None else ways[::-1]) if tie is not None), None)
        if place.id and chosen is not None:
            partners[place.id] = chosen
    read = {ends(tie) for tie in partners.values()}
    kept = [tie if ends(tie) not in read else about_alone(tie) for tie in ties]
    named = {plain(place.actor.name) for place in places if place.id}
    unread = [tie for tie in ties if ends(tie) not in read and "" in (tie.source, tie.target)]
    n_both = sum(1 for tie in unread if plain(tie.source or tie.target) in named)
    return Told(partners, tuple(tie for tie in kept if tie is not None), n_both)


def ends(tie: TieRow) -> tuple[str, str]:
    """Who trusts whom, however it is spelled."""
    return plain(tie.source), plain(tie.target)


def about_alone(tie: TieRow) -> TieRow | None:
    """What a tie is about, which partners do not hold; nothing if it does not say."""
    if not tie.about:
        return None
    return replace(tie, trust=None, cooperation=None, importance=None, note="")

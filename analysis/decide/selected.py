"""What the selection of parameter sets has settled before anything is compared over them."""

from __future__ import annotations

from dataclasses import dataclass

from getok.analysis.behavioural.criteria import BASE, DONE
from getok.analysis.ensemble.ensemble import Ensemble

FOREGONE = {"P19": (DONE, BASE)}
"""Patterns by which a set is selected and that a comparison repeats: which scenario is ahead of which."""


@dataclass(frozen=True, slots=True)
class Foregone:
    """An order by which the sets were selected: that it is found again says little."""

    pattern: str
    ahead: str
    behind: str


@dataclass(frozen=True, slots=True)
class Selected:
    """How the sets that are compared over were selected.

    Attributes
    ----------
    seed : int
        Seed of the runs by which they were.
    same_luck : bool
        Whether the runs compared have that seed too.
    foregone : tuple of Foregone
        Orders of scenarios compared here by which they were selected.
    """

    seed: int
    same_luck: bool
    foregone: tuple[Foregone, ...]


def selected(ensemble: Ensemble) -> Selected | None:
    """Tell what the selection has settled; None for sets that were not selected."""
    selection = ensemble.selection
    if selection is None:
        return None
    foregone = tuple(
        Foregone(pattern, *pair)
        for pattern, pair in FOREGONE.items()
        if pattern in selection.patterns and set(pair) <= set(ensemble.scenarios)
    )
    return Selected(selection.seed, selection.seed == ensemble.seed, foregone)

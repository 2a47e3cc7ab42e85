"""For pairs whose order turns: the box of parameters in which the usual winner loses."""

from __future__ import annotations

from dataclasses import dataclass

from getok.analysis.decide.boxes import Box, find_box
from getok.analysis.decide.peeling import SMALLEST, Values
from getok.analysis.decide.ranks import Pair
from getok.analysis.ensemble.ensemble import Ensemble


@dataclass(frozen=True, slots=True)
class Reversal:
    """A pair whose order turns, and where.

    Attributes
    ----------
    pair : Pair
        Who usually wins, and how often.
    box : Box or None
        Where ``pair.behind`` beats ``pair.ahead``, by more than the tolerance, more often than elsewhere; None if no
        box is better than chance makes them, or there are too few sets to look.
    searched : bool
        Whether there were enough sets to look: ``SMALLEST`` in which it does, as many in which it does not.
    """

    pair: Pair
    box: Box | None
    searched: bool


def reversals(ensemble: Ensemble, gains: Values, pairs: tuple[Pair, ...]) -> tuple[Reversal, ...]:
    """Look for a box for every pair whose order turns.

    ``gains`` has shape (n_scenarios, n_sets, n_seeds), and more is better.
    """
    of_sets = dict(zip(ensemble.scenarios, gains.mean(axis=2), strict=True))
    found = []
    for pair in pairs:
        if pair.reverses:
            lost = of_sets[pair.ahead] - of_sets[pair.behind] < -pair.tolerance
            searched = min(pair.losses, pair.n - pair.losses) >= SMALLEST
            box = find_box(ensemble.parameters, ensemble.points, lost) if searched else None
            found.append(Reversal(pair, box, searched))
    return tuple(found)

"""Which assumption turns a ranking: the box of parameters in which the usual winner loses (scenario discovery).

Bryant & Lempert (2010), Technological Forecasting and Social Change 77, 34-49. A box is told only if dealing
out the results anew over the parameter sets seldom yields a box as good: among many parameters something always looks
like a pattern.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from getok.analysis.decide.peeling import SMALLEST, Limits, Sorted, accuracy, find_limits, sort_points

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEVEL = 0.01
"""Share of shuffled results that may yield a box as good; of a hundred rankings without a pattern one gets a box."""

SHUFFLES = 199
"""Shuffles of a permutation test that is not stopped early."""

QUASI = 0.05
"""Quasi-p above which a restriction is dropped as chance."""

FOLDS = 5
"""Parts of the sets of which each is held back once."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """One side or both sides of a box.

    Attributes
    ----------
    parameter : str
        Name.
    low, high : float or None
        Limits in units of the parameter, both inside; None where there is none.
    quasi_p : float
        Chance of as many cases in the box if this restriction did nothing: binomial, with the density without it.
    """

    parameter: str
    low: float | None
    high: float | None
    quasi_p: float


@dataclass(frozen=True, slots=True)
class Box:
    """Where cases are many.

    Attributes
    ----------
    restrictions : tuple of Restriction
        At most three, all of which hold together.
    n_inside, n_cases_inside : int
        Sets in the box, and cases among them.
    n_outside, n_cases_outside : int
        The same elsewhere.
    density_held_out : float
        Share of cases in boxes that were found without the sets they are judged by: what to expect of new sets. The
        density in the box itself is flattered, because the box was chosen for it.
    p_value : float
        Share of shuffled results with a box as good.
    """

    restrictions: tuple[Restriction, ...]
    n_inside: int
    n_cases_inside: int
    n_outside: int
    n_cases_outside: int
    density_held_out: float
    p_value: float

    @property
    def density(self) -> float:
        """Share of cases in the box."""
        return self.n_cases_inside / self.n_inside

    @property
    def density_outside(self) -> float:
        """Share of cases elsewhere; NaN if nothing is elsewhere."""
        return self.n_cases_outside / self.n_outside if self.n_outside else float("nan")

    @property
    def coverage(self) -> float:
        """Share of all cases that lie in the box."""
        return self.n_cases_inside / (self.n_cases_inside + self.n_cases_outside)


def find_box(parameters: tuple[str, ...], points: Values, cases: Flags) -> Box | None:
    """Find the box in which cases are many.

    None if cases are too few, shuffled results yield boxes as good, or sets held back are cases no more often than all.

    Parameters
    ----------
    parameters : tuple of str
        Names, shape (n_parameters,).
    points : float64, shape (n_sets, n_parameters)
        Parameter sets.
    cases : bool, shape (n_sets,)
        Whether what is asked for happens in a set.
    """
    if min(int(cases.sum()), int((~cases).sum())) < SMALLEST:
        return None
    data = sort_points(points)
    whole = find_limits(data, cases)
    limits = pruned(points, cases, whole)
    if not limits.restricted():
        return None
    p_value = permutation_p(data, cases, accuracy(whole.holds(points), cases))
    if p_value > LEVEL:
        return None
    held_out = density_held_out(points, cases)
    if held_out is None or held_out <= cases.mean():
        return None
    inside = limits.holds(points)
    return Box(
        restrictions=tuple(restriction(parameters, points, cases, limits, k) for k in limits.restricted()),
        n_inside=int(inside.sum()),
        n_cases_inside=int(cases[inside].sum()),
        n_outside=int((~inside).sum()),
        n_cases_outside=int(cases[~inside].sum()),
        density_held_out=held_out,
        p_value=p_value,
    )


def pruned(points: Values, cases: Flags, limits: Limits) -> Limits:
    """Drop restrictions that chance explains, the weakest first."""
    while limits.restricted():
        weights = {place: quasi_p(points, cases, limits, place) for place in limits.restricted()}
        weakest = max(weights, key=lambda place: weights[place])
        if weights[weakest] <= QUASI:
            break
        limits = limits.freed(weakest)
    return limits


def quasi_p(points: Values, cases: Flags, limits: Limits, place: int) -> float:
    """Chance of as many cases in the box or more, if the restriction of one parameter did nothing."""
    inside, wider = limits.holds(points), limits.freed(place).holds(points)
    return float(stats.binom.sf(cases[inside].sum() - 1, inside.sum(), cases[wider].mean()))


def restriction(parameters: tuple[str, ...], points: Values, cases: Flags, limits: Limits, place: int) -> Restriction:
    """One restriction of a box."""
    low, high = float(limits.low[place]), float(limits.high[place])
    return Restriction(
        parameter=parameters[place],
        low=low if np.isfinite(low) else None,
        high=high if np.isfinite(high) else None,
        quasi_p=quasi_p(points, cases, limits, place),
    )


def permutation_p(data: Sorted, cases: Flags, found: float) -> float:
    """Share of shuffles with a box at least as accurate.

    It stops as soon as the level cannot be kept (Besag & Clifford 1991, Biometrika 78, 301-304). The shuffling has a
    fixed seed of its own: the same sets, the same answer.
    """
    chooser = np.random.default_rng(20190116)
    as_good = 0
    for tried in range(1, SHUFFLES + 1):
        shuffled = chooser.permutation(cases)
        as_good += accuracy(find_limits(data, shuffled).holds(data.points), shuffled) >= found
        if (as_good + 1) / (SHUFFLES + 1) > LEVEL:
            return (as_good + 1) / (tried + 1)
    return (as_good + 1) / (SHUFFLES + 1)


def density_held_out(points: Values, cases: Flags) -> float | None:
    """Share of cases among sets that lie in a box that was found without them."""
    n_in, n_cases = 0, 0
    for fold in range(FOLDS):
        held = np.arange(len(cases)) % FOLDS == fold
        limits = pruned(points[~held], cases[~held], find_limits(sort_points(points[~held]), cases[~held]))
        inside = held & limits.holds(points) & bool(limits.restricted())
        n_in, n_cases = n_in + int(inside.sum()), n_cases + int(cases[inside].sum())
    return n_cases / n_in if n_in else None

"""Sobol indices: which share of the variance of an outcome each parameter explains, alone and with others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from getok.analysis.sensitivity.design import Design, Kind, Values
from getok.analysis.sensitivity.estimates import Estimates, floor_of, percentiles, resamples
from getok.analysis.sensitivity.library import salib
from getok.analysis.sensitivity.morris import standard_errors
from getok.simulation.errors import UsageError

T = TypeVar("T")
Estimator = Callable[..., Values]
Sampled = tuple[Values, Values, Values, Values]
"""Outcomes of A and B (n_base, m), of A with one column of B, and of B with one column of A (n_base, n_columns, m)."""


def sobol(design: Design, values: Values, rng: np.random.Generator) -> tuple[Estimates, ...]:
    """First-order (S1) and total (ST) indices, and those of pairs (S2) if the design allows.

    Of the mean over replicates, and of each replicate. What seeds alone make of a total index is half the squared
    standard error of the differences it is made of, over the variance.

    Raises
    ------
    UsageError
        If the design is not that of Saltelli.

    References
    ----------
    Saltelli et al. 2010, Computer Physics Communications 181 (the estimators, as in SALib).
    """
    if design.kind is not Kind.SALTELLI:
        raise UsageError(f"Sobol indices need a Saltelli design; this one is {design.kind.value}")
    drawn = resamples(design.n_blocks, rng)
    sums = _Sums(_standardised(design, values.mean(axis=1, keepdims=True)), _standardised(design, values), drawn)
    library = salib("analyze.sobol")
    found = (
        _singles("S1", library.first_order, design, sums, np.zeros(len(design.columns))),
        _singles("ST", library.total_order, design, sums, _luck(design, values)),
    )
    return (*found, _pairs(library.second_order, design, sums)) if design.second_order else found


@dataclass(frozen=True, slots=True)
class _Sums:
    """Outcomes of the mean and of each replicate, and which base points each resample draws."""

    whole: Sampled
    each: Sampled
    drawn: NDArray[np.int64]

    def apply(self, of: Callable[[Sampled, T], Values], things: Sequence[T]) -> tuple[Values, Values, Values, Values]:
        """Estimate, ends of the interval, and values by replicate of the index of several things."""
        a, b, ab, ba = self.whole
        redrawn = a[self.drawn, 0], b[self.drawn, 0], _at(ab, self.drawn), _at(ba, self.drawn)
        estimate = np.array([of(self.whole, thing)[0] for thing in things])
        low, high = percentiles(np.array([of(redrawn, thing) for thing in things]))
        by_replicate = np.array([of(self.each, thing) for thing in things]).T
        flat = np.r_[self.each[0], self.each[1]].std(axis=0) == 0
        return estimate, low, high, np.where(flat[:, None], np.nan, by_replicate)


def _at(crossed: Values, drawn: NDArray[np.int64]) -> Values:
    return np.asarray(np.moveaxis(crossed[:, :, 0][drawn], 2, 1))


def _split(design: Design, values: Values) -> Sampled:
    """Take the rows of a Saltelli design apart: A, A with each column of B, (B with each column of A,) B."""
    n, k = design.n_blocks, len(design.columns)
    rows = values.reshape(n, design.block, -1)
    return rows[:, 0], rows[:, -1], rows[:, 1 : k + 1], rows[:, k + 1 : -1]


def _standardised(design: Design, values: Values) -> Sampled:
    """Outcomes with mean 0 and variance 1 over A and B, each column on its own; flat ones stay at 0."""
    a, b, ab, ba = _split(design, values)
    both = np.r_[a, b]
    mean, sd = both.mean(axis=0), both.std(axis=0)
    scale = np.where(sd > 0, sd, 1.0)
    a, b, ab, ba = ((part - mean) / scale for part in (a, b, ab, ba))
    return a, b, ab, ba


def _luck(design: Design, values: Values) -> Values:
    a, b, ab, _ = _split(design, values)
    variance = np.r_[a, b].mean(axis=1).var()
    return np.asarray(0.5 * (standard_errors(ab - a[:, None]) ** 2).mean(axis=0) / variance)


def _singles(index: str, estimator: Estimator, design: Design, sums: _Sums, luck: Values) -> Estimates:
    def of(s: Sampled, j: int) -> Values:
        return estimator(s[0], s[2][:, j], s[1])

    names = design.columns
    estimate, low, high, by_replicate = sums.apply(of, range(len(names)))
    dummy = np.arange(len(names)) == design.dummy
    floor = floor_of(estimate, dummy, luck)
    return Estimates(index, names, estimate, low, high, by_replicate, floor, dummy)


def _pairs(estimator: Estimator, design: Design, sums: _Sums) -> Estimates:
    """Indices of pairs; the floor of a pair is the larger of those of its two with the dummy."""

    def of(s: Sampled, pair: tuple[int, int]) -> Values:
        i, j = pair
        return estimator(s[0], s[2][:, i], s[2][:, j], s[3][:, i], s[1])

    k, names = len(design.columns), design.columns
    pairs = list(combinations(range(k), 2))
    estimate, low, high, by_replicate = sums.apply(of, pairs)
    dummy = np.array([design.dummy in pair for pair in pairs])
    size = dict(zip(pairs, np.abs(estimate), strict=True))
    of_one = [size.get((i, k - 1), 0.0) for i in range(k)]
    floor = np.array([max(of_one[i], of_one[j]) for i, j in pairs])
    labels = tuple(f"{names[i]} × {names[j]}" for i, j in pairs)
    return Estimates("S2", labels, estimate, low, high, by_replicate, floor, dummy)

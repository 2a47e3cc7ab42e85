"""How well a mean difference over parameter sets and seeds is known, and what would make it better known.

The sets are a sample of all that fit, and a seed is the same luck in all sets, so the mean of S sets and R seeds has
the variance ``sets / S + seeds / R + rest / (S R)`` (components of :mod:`getok.analysis.decide.variance`). The first
part does not shrink with more seeds: then only more sets help. Degrees of freedom after Satterthwaite (1946,
*Biometrics Bulletin* 2, 110-114).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from getok.analysis.decide.precision import LIMIT, LOOK_AHEAD, N_MIN, Precision
from getok.analysis.decide.variance import Components, components

Values = NDArray[np.float64]

LEAST_SETS = N_MIN + LOOK_AHEAD
"""Sets below which no half-width is believed."""


@dataclass(frozen=True, slots=True)
class Size:
    """So many parameter sets, each with so many seeds."""

    sets: int
    seeds: int


@dataclass(frozen=True, slots=True)
class Known:
    """How well the mean difference is known.

    Attributes
    ----------
    size : Size
        Sets and seeds seen.
    mean : float
        Over all of them, in units of the outcome, as all below.
    half_width : float
        Half the width of the t interval of the mean.
    wanted : float
        Half-width that was asked for.
    of_sets : float
        Half-width that would be left with endless seeds of these sets.
    sets_alone : int
        Sets that would do with endless seeds; so many at least are needed.
    """

    size: Size
    mean: float
    half_width: float
    wanted: float
    of_sets: float
    sets_alone: int

    @property
    def only_sets_help(self) -> bool:
        """Whether no number of seeds of these sets would do."""
        return self.of_sets > self.wanted


def known(differences: Values, precision: Precision) -> Known:
    """Say how well the mean of differences of shape (n_sets, n_seeds) is known.

    Raises
    ------
    ValueError
        If there are fewer than two sets or seeds, or a difference is missing.
    """
    parts = parted(differences)
    n_sets, n_seeds = differences.shape
    mean = float(differences.mean())
    wanted = precision.half_width(mean)
    many = np.unique(np.geomspace(2, LIMIT, 500).astype(np.int64))
    alone = many[half_widths(parts, many, np.inf, precision.confidence) <= wanted]
    return Known(
        size=Size(n_sets, n_seeds),
        mean=mean,
        half_width=float(half_widths(parts, n_sets, n_seeds, precision.confidence)),
        wanted=wanted,
        of_sets=float(half_widths(parts, n_sets, np.inf, precision.confidence)),
        sets_alone=int(alone[0]) if len(alone) else LIMIT,
    )


def enough_over(differences: Values, precision: Precision) -> bool:
    """Whether these sets and seeds are enough: now, and with each of the last numbers of sets.

    As :func:`getok.analysis.decide.precision.enough`, with sets in the place of pairs: never with fewer than 15.

    Raises
    ------
    ValueError
        As :func:`known`.
    """
    n_sets = len(differences)
    if n_sets < LEAST_SETS:
        return False
    return all(precise_over(differences[:k], precision) for k in range(n_sets - LOOK_AHEAD, n_sets + 1))


def precise_over(differences: Values, precision: Precision) -> bool:
    """Whether the interval of the mean is narrow enough, looked at once."""
    seen = known(differences, precision)
    return seen.half_width <= seen.wanted


def cheapest(differences: Values, precision: Precision, most: Size) -> Size | None:
    """Sets and seeds that would be enough with the fewest runs, from the components seen so far.

    Parameters
    ----------
    most : Size
        No more than these; never fewer than are there.

    Returns
    -------
    Size or None
        None if not even ``most`` would do.
    """
    n_sets, n_seeds = differences.shape
    sets, seeds = np.meshgrid(np.arange(n_sets, most.sets + 1), np.arange(n_seeds, most.seeds + 1), indexing="ij")
    wanted = precision.half_width(float(differences.mean()))
    would_do = half_widths(parted(differences), sets, seeds, precision.confidence) <= wanted
    if not would_do.any():
        return None
    runs = np.where(would_do, sets * seeds, np.iinfo(np.int64).max)
    place = np.unravel_index(int(runs.argmin()), runs.shape)
    return Size(int(sets[place]), int(seeds[place]))


def parted(differences: Values) -> Components:
    """Components of the variance, none below 0."""
    if np.isnan(differences).any():
        raise ValueError("a difference is missing; failed replicates are not precise")
    found = components(differences)
    if found is None:
        raise ValueError("two sets and two seeds at least are needed to tell them apart")
    return Components(max(found.sets, 0.0), max(found.seeds, 0.0), max(found.residual, 0.0))


def half_widths(
    parts: Components, n_sets: NDArray[np.int64] | int, n_seeds: NDArray[np.int64] | float, confidence: float
) -> Values:
    """Half the width of the t interval of the mean, for so many sets and seeds.

    Examples
    --------
    Between sets alone this is the interval of the means of the sets: t(9 degrees) x 2 / sqrt(10).

    >>> round(float(half_widths(Components(4.0, 0.0, 0.0), 10, 5, 0.95)), 4)
    1.4307
    """
    sets, seeds = np.asarray(n_sets, dtype=np.float64), np.asarray(n_seeds, dtype=np.float64)
    rest = parts.residual / (sets * seeds)
    terms: list[tuple[Values, Values]] = []  # each an estimate, and its degrees of freedom
    if parts.sets > 0:
        terms.append((parts.sets / sets + rest, sets - 1))
    if parts.seeds > 0:
        terms.append((parts.seeds / seeds + rest, seeds - 1))
    if len(terms) != 1:  # with both the rest is counted twice, with none not at all
        terms.append((rest * (1 - len(terms)), (sets - 1) * (seeds - 1)))
    variance = np.asarray(sum(term for term, _ in terms))
    doubt = np.asarray(sum(term**2 / freedom for term, freedom in terms))
    freedom = np.divide(variance**2, doubt, out=np.full(variance.shape, np.inf), where=doubt > 0)
    t = special.stdtrit(np.maximum(freedom, 1.0), (1 + confidence) / 2)
    return np.asarray(t * np.sqrt(variance))

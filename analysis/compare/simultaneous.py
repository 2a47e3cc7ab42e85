"""Intervals of several scenarios that hold together: who looks at many must not find chance in one of them.

Max-t by signs drawn anew for each pair, one sign for all scenarios: what they share in a pair they share in the
interval (Wu 1986, *Annals of Statistics* 14, 1261-1295; Romano & Wolf 2005, *Econometrica* 73, 1237-1282). Signs make
differences symmetric; what skewness does to the ends is put back by :mod:`getok.analysis.skewness`.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from getok.analysis.compare.statistics import CONFIDENCE, ROUNDING
from getok.analysis.resampling import signs
from getok.analysis.skewness import ends, skewness_of_mean

Values = NDArray[np.float64]

FEWEST = 20
"""Pairs below which signs are too few to tell; there t intervals are widened after Bonferroni."""

RESAMPLES = 1999


def simultaneous(differences: Values) -> Values:
    """Intervals of the mean differences of several scenarios that all hold together with 95 %.

    Parameters
    ----------
    differences : float64, shape (n_scenarios, n_pairs)
        Paired differences; NaN where a pair has no value, but not in a whole row.

    Returns
    -------
    float64, shape (n_scenarios, 2)
        Lower and upper ends; infinite with one pair.

    Examples
    --------
    Of a single scenario it is its own interval.

    >>> simultaneous(np.array([[1.0, 2.0, 3.0]])).round(2).tolist()
    [[-0.48, 4.48]]
    """
    known = ~np.isnan(differences)
    n = known.sum(axis=1)
    mean = np.nansum(differences, axis=1) / n
    centred = np.where(known, differences - mean[:, None], 0.0)
    centred[np.abs(centred) <= ROUNDING * np.abs(mean)[:, None]] = 0.0
    squares = (centred**2).sum(axis=1)
    error = np.sqrt(np.divide(squares, n * (n - 1.0), out=np.full(len(n), np.inf), where=n > 1))
    low, high = ends(mean, error, critical(centred, n), skewness_of_mean(centred))
    return np.stack([np.where(error > 0, low, mean), np.where(error > 0, high, mean)], axis=1)


def critical(centred: Values, n: NDArray[np.int64]) -> Values:
    """Standard errors to either side of a mean, one a scenario."""
    varied = (centred != 0).any(axis=1)
    if varied.sum() < 2 or n.min() < FEWEST:
        tail = (1 - CONFIDENCE) / (2 * max(1, int(varied.sum())))
        return np.asarray(special.stdtrit(np.maximum(n - 1, 1), 1 - tail))
    largest = largest_t(centred[varied], n[varied])
    place = int(np.ceil(CONFIDENCE * (RESAMPLES + 1))) - 1
    return np.full(len(n), np.sort(largest)[place])


def largest_t(centred: Values, n: NDArray[np.int64]) -> Values:
    """Largest absolute t over the scenarios, with each set of signs."""
    means = signs_of(centred.shape[1]) @ centred.T / n
    variance = ((centred**2).sum(axis=1) - n * means**2) / (n - 1)
    t = np.abs(means) * np.sqrt(n) / np.sqrt(np.maximum(variance, np.finfo(np.float64).tiny))
    return np.asarray(t.max(axis=1))


@cache
def signs_of(n_pairs: int) -> Values:
    """Signs of pairs, drawn once for all outcomes."""
    return signs(RESAMPLES, n_pairs)

"""Moran's I: whether those who look at one another resemble one another (Moran 1950; Cliff & Ord 1981)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from getok.analysis.measures.diffusion import Diffusion, Ties
from getok.analysis.measures.reasons import CannotMeasureError
from getok.simulation.errors import UsageError

AT_ONCE = 200
"""Permutations that are computed together at most: enough to be quick."""

NO_SPREAD = 1e-12
"""Standard deviation of draws that do not differ."""

MOST_VALUES = 4_000_000
"""Values that are dealt out together at most: 32 MB."""


@dataclass(frozen=True, slots=True)
class Moran:
    """Moran's I against permutations of the values.

    Attributes
    ----------
    value : float
        Moran's I.
    mean, sd : float
        Of the permutations.
    z : float
        (value - mean) / sd.
    p : float
        Share of permutations, the data counted among them, at least as far from their mean: two-sided.
    permutations : int
        How many there were.
    """

    value: float
    mean: float
    sd: float
    z: float
    p: float
    permutations: int


def row_normalised(ties: Ties, *, valued: bool = False) -> Ties:
    """Weights that add up to 1 for everybody who looks at somebody."""
    data = ties.data if valued else np.ones(len(ties.data))
    rows = np.repeat(np.arange(ties.shape[0]), np.diff(ties.indptr))
    total = np.bincount(rows, data, minlength=ties.shape[0])
    return sparse.csr_array((data / total[rows], ties.indices, ties.indptr), shape=ties.shape)


def moran(values: NDArray[np.float64], weights: Ties) -> float:
    """Moran's I of values, shape (n,), under weights, shape (n, n).

    I = n / (sum of all w_ij) * (sum of w_ij z_i z_j) / (sum of z_i^2), where z are differences from the mean.

    Raises
    ------
    UsageError
        If all values are the same, or nobody is tied.
    """
    z = values - values.mean()
    total = float(weights.sum())
    if total == 0 or not np.any(z):
        raise CannotMeasureError("moran")
    return float(len(values) / total * (z @ (weights @ z)) / (z @ z))


def moran_test(
    values: NDArray[np.float64],
    weights: Ties,
    rng: np.random.Generator,
    *,
    permutations: int = 1000,
    groups: NDArray[np.int64] | None = None,
) -> Moran:
    """Moran's I, and what it is when the values are dealt out anew.

    Parameters
    ----------
    values, weights
        As for :func:`moran`.
    rng : numpy.random.Generator
        Deals the values out.
    permutations : int
        How often.
    groups : int64, shape (n,), optional
        Values stay within these groups, such as villages; so what the group has in common is not taken for contagion.

    Raises
    ------
    UsageError
        As :func:`moran`, and if there are fewer than 2 permutations, or they all give the same.
    """
    if permutations < 2:
        raise UsageError(f"{permutations} permutations; at least 2 are needed")
    value = moran(values, weights)
    z = values - values.mean()
    scale = len(values) / float(weights.sum()) / float(z @ z)
    dealt: list[NDArray[np.float64]] = []
    at_once = max(1, min(AT_ONCE, MOST_VALUES // len(z)))
    for first in range(0, permutations, at_once):
        others = z[shuffles(len(z), min(at_once, permutations - first), rng, groups)].T
        dealt.append(scale * np.einsum("ik,ik->k", others, weights @ others))
    drawn = np.concatenate(dealt)
    mean, sd = float(drawn.mean()), float(drawn.std(ddof=1))
    if sd <= NO_SPREAD:
        raise CannotMeasureError("moran_rigid")
    z_score = (value - mean) / sd
    return Moran(value, mean, sd, z_score, two_sided(value, drawn), permutations)


def moran_of_times(
    d: Diffusion,
    rng: np.random.Generator,
    *,
    permutations: int = 1000,
    groups: NDArray[np.int64] | None = None,
    valued: bool = False,
) -> Moran:
    """Moran's I of times of adoption with row-normalised weights.

    Who did not adopt has the first period after being watched: the earliest that it can have been.
    """
    weights = row_normalised(d.ties, valued=valued)
    return moran_test(d.time_or_later(), weights, rng, permutations=permutations, groups=groups)


def shuffles(n: int, k: int, rng: np.random.Generator, groups: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """``k`` random orders of ``n`` places, shape (k, n); each place gets one of its own group."""
    order = np.argsort(rng.random((k, n)), axis=1)
    if groups is None:
        return order
    drawn = np.take_along_axis(np.broadcast_to(groups, (k, n)), order, axis=1).argsort(axis=1, kind="stable")
    dealt = np.empty((k, n), dtype=np.int64)
    dealt[:, np.argsort(groups, kind="stable")] = np.take_along_axis(order, drawn, axis=1)
    return dealt


def two_sided(value: float, drawn: NDArray[np.float64]) -> float:
    """Share of draws, the value counted among them, at least as far from the mean of the draws."""
    centre = drawn.mean()
    further = np.abs(drawn - centre) >= abs(value - centre) - 1e-12
    return float((1 + np.count_nonzero(further)) / (1 + len(drawn)))

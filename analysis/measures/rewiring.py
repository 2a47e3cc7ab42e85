"""Structure test: would a statistic be the same on another network with the same degrees? (Maslov & Sneppen 2002)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.measures.diffusion import Diffusion, Ties
from getok.analysis.measures.moran import NO_SPREAD, moran, row_normalised, two_sided
from getok.analysis.measures.reasons import CannotMeasureError
from getok.analysis.measures.swaps import swap
from getok.analysis.measures.threshold import thresholds
from getok.simulation.errors import UsageError

SWAPS_A_TIE = 10
"""Swaps tried for each tie; half as many and eight times as many give the farmers' figures, too (docs/measures.md)."""

Statistic = Callable[[Diffusion], float]


@dataclass(frozen=True, slots=True)
class StructureTest:
    """A statistic of a diffusion against its values on rewired networks.

    Attributes
    ----------
    value : float
        On the network as it is.
    mean, sd : float
        On rewired networks.
    p : float
        Share of networks, the one that is counted among them, at least as far from the mean: two-sided.
    rewirings : int
        How many rewired networks there were.
    """

    value: float
    mean: float
    sd: float
    p: float
    rewirings: int


def mean_threshold(d: Diffusion, *, lag: int = 1, valued: bool = False) -> float:
    """Mean lagged threshold: small if people adopt before those they look at."""
    return thresholds(d, lag=lag, valued=valued).mean


def moran_index(d: Diffusion, *, valued: bool = False) -> float:
    """Moran's I of times of adoption."""
    return moran(d.time_or_later(), row_normalised(d.ties, valued=valued))


def structure_test(
    d: Diffusion,
    statistic: Statistic,
    rng: np.random.Generator,
    *,
    rewirings: int = 1000,
    groups: NDArray[np.int64] | None = None,
) -> StructureTest:
    """Compute a statistic on networks where everybody looks at, and is looked at by, as many as before.

    Each rewired network starts from the one that is. Times of adoption stay.

    Parameters
    ----------
    statistic : callable
        What is computed, such as :func:`mean_threshold`.
    rng : numpy.random.Generator
        Chooses the swaps.
    rewirings : int
        How many networks.
    groups : int64, shape (n,), optional
        Who looks from one group to another still does after a swap: as many ties between each two groups.

    Raises
    ------
    UsageError
        If there are fewer than 2 rewirings, the statistic is not defined on the network as it is, or is the same on all
        rewired ones.
    """
    if rewirings < 2:
        raise UsageError(f"{rewirings} rewirings; at least 2 are needed")
    value = statistic(d)
    if not np.isfinite(value) or not len(d.ties.data):
        raise CannotMeasureError("structure")
    drawn = np.array([statistic(with_ties(d, rewired(d.ties, rng, groups=groups))) for _ in range(rewirings)])
    if drawn.std(ddof=1) <= NO_SPREAD:
        raise CannotMeasureError("structure_rigid")
    return StructureTest(value, float(drawn.mean()), float(drawn.std(ddof=1)), two_sided(value, drawn), rewirings)


def with_ties(d: Diffusion, ties: Ties) -> Diffusion:
    """Return the same diffusion on other ties."""
    return Diffusion(d.ids, d.time, d.observed_until, d.n_periods, ties, d.attributes)


def rewired(
    ties: Ties, rng: np.random.Generator, *, groups: NDArray[np.int64] | None = None, swaps_a_tie: int = SWAPS_A_TIE
) -> Ties:
    """Rewire by exchanging the ends of two ties again and again; an exchange that would double a tie is not made.

    Values stay with the one who looks. If every tie has its mirror, the mirrors are exchanged, too, so that the network
    stays mutual.
    """
    places = ties.indices.astype(np.int64)
    looks = np.repeat(np.arange(ties.shape[0], dtype=np.int64), np.diff(ties.indptr))
    code = np.zeros(ties.shape[0], dtype=np.int64) if groups is None else groups
    pairs = pairs_of_ties(code[looks], swaps_a_tie * len(looks), rng)
    swap(ties.indptr.astype(np.int64), looks, places, mirrors(looks, places), code, pairs)
    made = type(ties)((ties.data.copy(), places, ties.indptr.copy()), shape=ties.shape)
    made.sort_indices()
    return made


def pairs_of_ties(group: NDArray[np.int64], n_pairs: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Pairs of ties to be exchanged, shape (n_pairs, 2): every other pair is drawn from ties that start in one group.

    Of pairs drawn from all ties, hardly one may be exchanged where there are many groups. The ties that start in a
    group are the same after every exchange, so a pair is as probable as the pair that undoes it.
    """
    pairs = rng.integers(0, len(group), size=(n_pairs, 2))
    order = np.argsort(group, kind="stable")
    first, count = np.searchsorted(group[order], group), np.bincount(group)[group]
    one = pairs[::2, 0]
    pairs[::2, 1] = order[first[one] + (rng.random(len(one)) * count[one]).astype(np.int64)]
    return pairs


def mirrors(looks: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place of the mirror of each tie; empty if not every tie has one."""
    there, back = np.lexsort((places, looks)), np.lexsort((looks, places))
    if not (np.array_equal(looks[there], places[back]) and np.array_equal(places[there], looks[back])):
        return np.zeros(0, dtype=np.int64)
    mirror = np.empty(len(looks), dtype=np.int64)
    mirror[there] = back
    return mirror

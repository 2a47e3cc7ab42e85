"""Infectiousness and susceptibility: who was followed, and who followed (Myers 2000; Valente et al. 2015)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.analysis.measures.diffusion import Diffusion, tally
from getok.simulation.errors import UsageError


def infectiousness(
    d: Diffusion, *, periods: int = 1, valued: bool = False, normalised: bool = True
) -> NDArray[np.float64]:
    """How much of those who look at an adopter adopted right after.

    For i, who adopted at t: the sum over k = 1..K of (1/k) times those who look at i and adopted at t + k, over the sum
    of (1/k) times those who look at i and adopted at t + k or later.

    Parameters
    ----------
    periods : int
        K, how many periods after adoption count; the k-th counts 1/k.
    valued : bool
        Count ties by their value.
    normalised : bool
        Divide as above; otherwise give the sum above the line.

    Returns
    -------
    float64, shape (n,)
        NaN for who did not adopt, and if normalised also where nobody who looks at i was left to adopt.

    Raises
    ------
    UsageError
        If there is not at least one period.
    """
    looks, seen = d.lookers(), d.ties.indices
    return _ratio(d, seen, d.time[looks] - d.time[seen], periods, valued=valued, normalised=normalised)


def susceptibility(
    d: Diffusion, *, periods: int = 1, valued: bool = False, normalised: bool = True
) -> NDArray[np.float64]:
    """How much of those whom an adopter looks at had adopted right before.

    For i, who adopted at t: the sum over k = 1..K of (1/k) times those at whom i looks who adopted at t - k, over the
    sum of (1/k) times those at whom i looks who adopted at t - k or before. Parameters and result are those of
    :func:`infectiousness`.
    """
    looks, seen = d.lookers(), d.ties.indices
    return _ratio(d, looks, d.time[looks] - d.time[seen], periods, valued=valued, normalised=normalised)


def _ratio(
    d: Diffusion, whose: NDArray[np.integer], gap: NDArray[np.float64], periods: int, *, valued: bool, normalised: bool
) -> NDArray[np.float64]:
    """Ties whose gap in time is k, over those whose gap is k or more, discounted by 1/k; NaN gaps count in neither."""
    if periods < 1:
        raise UsageError(f"{periods} periods of contagion; at least 1 is needed")
    weights = d.weights(valued=valued)
    above, below = np.zeros(d.n), np.zeros(d.n)
    for k in range(1, periods + 1):
        above += tally(whose, weights * (gap == k) / k, d.n)
        below += tally(whose, weights * (gap >= k) / k, d.n)
    if not normalised:
        return np.where(d.adopted, above, np.nan)
    result = np.full(d.n, np.nan)
    return np.asarray(np.divide(above, below, out=result, where=d.adopted & (below > 0)))

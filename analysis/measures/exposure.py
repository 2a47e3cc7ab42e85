"""Exposure: how much of an agent's personal network has adopted (Valente 1995; Burt 1987 for other networks)."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from getok.analysis.measures.diffusion import Diffusion, tally
from getok.simulation.errors import UsageError


class Exposure(Enum):
    """How exposure is counted."""

    SHARE = "share"
    """Share of those looked at who have adopted, by weight; 0 for who looks at nobody."""
    COUNT = "count"
    """Number (or sum of values) of those looked at who have adopted."""


def exposure_at(
    d: Diffusion, period: int, *, lag: int = 0, kind: Exposure = Exposure.SHARE, valued: bool = False
) -> NDArray[np.float64]:
    """Exposure of everybody in one period: to those who have adopted at the end of ``lag`` periods before.

    Returns
    -------
    float64, shape (n,)
        NaN where ``period - lag`` is before the first period: nothing is known of that time.

    Raises
    ------
    UsageError
        If the lag is negative.
    """
    if lag < 0:
        raise UsageError(f"a lag of {lag} periods; exposure is to the past or the present, a lag is 0 or more")
    if period - lag < 1:
        return np.full(d.n, np.nan)
    weights = d.weights(valued=valued)
    adopted = d.adopted_by(period - lag)[d.ties.indices]
    looks = d.lookers()
    count = tally(looks, weights * adopted, d.n)
    return count if kind is Exposure.COUNT else shares(count, tally(looks, weights, d.n))


def exposure(
    d: Diffusion, *, lag: int = 0, kind: Exposure = Exposure.SHARE, valued: bool = False
) -> NDArray[np.float64]:
    """Exposure of everybody in every period, shape (n, n_periods); see :func:`exposure_at`."""
    periods = range(1, d.n_periods + 1)
    return np.stack([exposure_at(d, period, lag=lag, kind=kind, valued=valued) for period in periods], axis=1)


def shares(count: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64]:
    """Parts of wholes, at most 1; 0 where the whole is 0."""
    return np.minimum(np.divide(count, total, out=np.zeros(len(count)), where=total > 0), 1.0)

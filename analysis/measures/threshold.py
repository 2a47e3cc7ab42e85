"""Threshold: the exposure at which an agent adopted (Valente 1996)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.measures.diffusion import Diffusion, tally
from getok.analysis.measures.exposure import Exposure, shares
from getok.simulation.errors import UsageError


@dataclass(frozen=True, slots=True, eq=False)
class Thresholds:
    """Exposure of every adopter at adoption.

    Attributes
    ----------
    values : float64, shape (n,)
        NaN for who did not adopt, and for who adopted before there was a period ``lag`` earlier.
    n_too_early : int
        How many adopted in the first ``lag`` periods.
    n_without_ties : int
        How many of those with a threshold look at nobody (their share is 0 by agreement, not by measurement).
    """

    values: NDArray[np.float64]
    n_too_early: int
    n_without_ties: int

    @property
    def known(self) -> NDArray[np.float64]:
        """Thresholds that are known, shape (n_known,)."""
        return self.values[~np.isnan(self.values)]

    @property
    def mean(self) -> float:
        """Mean of the known thresholds; NaN if there are none."""
        return float(self.known.mean()) if self.known.size else float("nan")

    @property
    def share_zero(self) -> float:
        """Share of adopters with a threshold of zero: they adopted before anybody they look at."""
        return float((self.known == 0).mean()) if self.known.size else float("nan")


def thresholds(d: Diffusion, *, lag: int = 1, kind: Exposure = Exposure.SHARE, valued: bool = False) -> Thresholds:
    """Exposure at adoption, to those who had adopted ``lag`` periods before.

    Raises
    ------
    UsageError
        If the lag is negative.
    """
    if lag < 0:
        raise UsageError(f"a lag of {lag} periods; a threshold is exposure to the past or the present")
    looks, weights = d.lookers(), d.weights(valued=valued)
    before = d.time[d.ties.indices] <= d.time[looks] - lag
    values = tally(looks, weights * before, d.n)
    if kind is Exposure.SHARE:
        values = shares(values, tally(looks, weights, d.n))
    has = d.time > lag
    early = int(np.count_nonzero(d.adopted & ~has))
    return Thresholds(np.where(has, values, np.nan), early, int(np.count_nonzero(has & (d.degree == 0))))

"""Hazard: how probable adoption was in a period for who had not adopted yet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.measures.diffusion import Diffusion


@dataclass(frozen=True, slots=True, eq=False)
class Hazard:
    """New adopters and who could have been, by period.

    Attributes
    ----------
    adopters, at_risk : int64, shape (n_periods,)
        New adopters, and who had not adopted before and was still watched.
    """

    adopters: NDArray[np.int64]
    at_risk: NDArray[np.int64]

    @property
    def values(self) -> NDArray[np.float64]:
        """Hazard of each period, shape (n_periods,); NaN where nobody was at risk."""
        rate = np.full(len(self.adopters), np.nan)
        return np.asarray(np.divide(self.adopters, self.at_risk, out=rate, where=self.at_risk > 0))

    @property
    def mean(self) -> float:
        """Adoptions an agent-period at risk, over all periods."""
        return float(self.adopters.sum() / self.at_risk.sum())


def hazard(d: Diffusion) -> Hazard:
    """Hazard of each period: (q_t - q_(t-1)) / (n - q_(t-1)) where q_t have adopted at the end of period t.

    Who is no longer watched is not counted in n.
    """
    last_at_risk = np.where(d.adopted, d.time, d.observed_until).astype(np.int64)
    leaving = np.bincount(last_at_risk, minlength=d.n_periods + 1)
    return Hazard(d.adopters, d.n - np.cumsum(leaving)[:-1])

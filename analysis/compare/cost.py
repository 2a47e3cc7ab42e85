"""Cost per added buyer: a ratio of means, with its uncertainty (never a mean of ratios)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
RESAMPLES = 4000
TAIL = 0.025


@dataclass(frozen=True, slots=True)
class CostPerBuyer:
    """What one more active buyer costs.

    Attributes
    ----------
    n : int
        Pairs; an interval out of fewer than 20 is told to nobody.
    added_cost_rupiah, added_buyers : float
        Means of the paired differences.
    ratio_rupiah : float or None
        Cost of an added buyer; None if no buyer is added in the mean.
    low_rupiah : float or None
        Lower end of the 95 % interval (percentiles of a paired bootstrap).
    high_rupiah : float or None
        Upper end; None if none can be given, because too many resamples add no buyer.
    share_without_gain : float
        Share of resamples that add no buyer.
    """

    n: int
    added_cost_rupiah: float
    added_buyers: float
    ratio_rupiah: float | None
    low_rupiah: float | None
    high_rupiah: float | None
    share_without_gain: float


def cost_per_buyer(added_cost: Values, added_buyers: Values) -> CostPerBuyer:
    """Cost of an added buyer from paired differences of cost and of active buyers.

    The resampling has a fixed seed of its own: the same pairs, the same interval.
    """
    cost, buyers = float(added_cost.mean()), float(added_buyers.mean())
    chooser = np.random.default_rng(20190116)
    chosen = chooser.integers(0, len(added_cost), size=(RESAMPLES, len(added_cost)))
    costs, gains = added_cost[chosen].mean(axis=1), added_buyers[chosen].mean(axis=1)
    without = float((gains <= 0).mean())
    ratios = np.sort(np.where(gains > 0, costs / np.where(gains > 0, gains, 1.0), np.inf))
    low = float(ratios[int(TAIL * RESAMPLES)])
    high = float(ratios[min(RESAMPLES - 1, int((1 - TAIL) * RESAMPLES))])
    return CostPerBuyer(
        n=len(added_cost),
        added_cost_rupiah=cost,
        added_buyers=buyers,
        ratio_rupiah=cost / buyers if buyers > 0 else None,
        low_rupiah=low if np.isfinite(low) and buyers > 0 else None,
        high_rupiah=high if np.isfinite(high) and buyers > 0 else None,
        share_without_gain=without,
    )

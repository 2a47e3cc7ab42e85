"""Which parameters the patterns narrow, and which they leave as wide as they were drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from getok.analysis.compare.statistics import holm
from getok.simulation.scenario.points import Points
from getok.simulation.sweep.designs import spread_shares

LEVEL = 0.9
"""Share of the sets that the interval holds."""

FAMILYWISE = 0.05


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One parameter before and after.

    Attributes
    ----------
    low, high : float
        Where it was drawn from.
    kept_low, kept_median, kept_high : float
        Middle 90 % of the accepted sets, and their median.
    width : float
        Width of that interval against the same of what was drawn: 1 is as wide.
    p_holm : float
        Kolmogorov and Smirnov's p-value against the uniform draw, corrected for the number of parameters.
    """

    parameter: str
    low: float
    high: float
    kept_low: float
    kept_median: float
    kept_high: float
    width: float
    p_holm: float

    @property
    def is_narrowed(self) -> bool:
        """Whether accepted sets are not just drawn from the range."""
        return self.p_holm < FAMILYWISE


def narrowings(points: Points) -> list[Narrowing]:
    """Compare accepted sets with the ranges they were drawn from, the narrowest first."""
    tail = (1.0 - LEVEL) / 2.0
    found, p_values = [], []
    even = spread_shares(points.parameters, points.ranges, points.values, 0)
    for name, values, share, (low, high) in zip(points.parameters, points.values.T, even.T, points.ranges, strict=True):
        kept = np.quantile(values, (tail, 0.5, 1.0 - tail))
        p_values.append(float(stats.kstest(share, "uniform").pvalue))
        width = float(np.ptp(np.quantile(share, (tail, 1.0 - tail))) / LEVEL)
        found.append(
            Narrowing(name, float(low), float(high), float(kept[0]), float(kept[1]), float(kept[2]), width, 1.0)
        )
    made = [replace(one, p_holm=p) for one, p in zip(found, holm(p_values), strict=True)]
    return sorted(made, key=lambda one: one.width)

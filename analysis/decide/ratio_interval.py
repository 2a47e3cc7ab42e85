"""How well the cost of one more buyer is known over parameter sets and seeds.

A ratio ``r`` is in the interval if a mean added cost of ``r`` times the mean of added buyers cannot be ruled out: if
the interval of the mean of ``cost - r x buyers``, over sets and seeds (:mod:`getok.analysis.decide.two_levels`), holds
zero (Fieller 1954, *Journal of the Royal Statistical Society B* 16, 175-185).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from getok.analysis.decide.two_levels import Seen, half_widths, parted
from getok.analysis.decide.variance import Components

Values = NDArray[np.float64]

CONFIDENCE = 0.95
MOST_DOUBLINGS = 200
"""Steps after which an end that was not met is taken for none: far beyond any amount of money."""


@dataclass(frozen=True, slots=True)
class RatioInterval:
    """95 % interval of the cost of one more buyer.

    Attributes
    ----------
    low, high : float or None
        Its ends in rupiah for a buyer; both None if it cannot be ruled out that no buyer is added.
    """

    low: float | None
    high: float | None


def ratio_interval(added_cost: Values, added_buyers: Values) -> RatioInterval:
    """Interval of the mean added cost over the mean of added buyers, both of shape (n_sets, n_seeds).

    Examples
    --------
    >>> ratio_interval(np.full((30, 4), 200.0), np.full((30, 4), 2.0))
    RatioInterval(low=100.0, high=100.0)
    """
    if outside(0.0, added_buyers, added_buyers) <= 0 or added_buyers.mean() <= 0:
        return RatioInterval(None, None)
    ratio = float(added_cost.mean() / added_buyers.mean())
    return RatioInterval(*(end_from(ratio, way, added_cost, added_buyers) for way in (-1.0, 1.0)))


def outside(ratio: float, costs: Values, gains: Values) -> float:
    """How far zero lies outside the interval of the mean of ``costs - ratio x gains``; negative inside."""
    values = costs - ratio * gains
    n_sets, n_seeds = values.shape
    parts = parted(values) if n_seeds > 1 else Components(float(values.var(ddof=1)), 0.0, 0.0)
    return abs(float(values.mean())) - float(half_widths(Seen(parts), n_sets, n_seeds, CONFIDENCE))


def end_from(ratio: float, way: float, costs: Values, gains: Values) -> float | None:
    """End of the interval on one side of the ratio."""
    step = max(abs(ratio), 1.0) * 1e-9
    if outside(ratio, costs, gains) >= 0:
        return ratio
    for _ in range(MOST_DOUBLINGS):
        if outside(ratio + way * step, costs, gains) > 0:
            return float(optimize.brentq(outside, ratio, ratio + way * step, args=(costs, gains)))
        step *= 2
    return None

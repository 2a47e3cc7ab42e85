"""Likelihood of the Bass chain, and intervals from its profile."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize
from scipy.special import betaln, xlog1py, xlogy

from getok.analysis.measures.reasons import CannotMeasureError

HALF_CHI_SQUARE_95 = 1.920729
"""Drop of the log likelihood at the ends of a 95 % profile interval."""

FAR = 12.0
"""How far from the estimate, as a logarithm, the end of an interval is looked for."""

NOTHING = -30.0
"""Coordinate from which on a number is told as 0."""

IMPOSSIBLE = 1e12
START = (math.log(0.01), math.log(0.2))
Point = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The most probable point, and minus the log likelihood there."""

    x: Point
    minus_log: float


@dataclass(frozen=True, slots=True, eq=False)
class ChainLikelihood:
    """Coordinates are log p, log q and log(m n - adopters): every point is a possible model or nearly one.

    Attributes
    ----------
    adopters : float64, shape (n_periods,)
        New adopters of each period.
    n : int
        All agents.
    """

    adopters: NDArray[np.float64]
    n: int

    def numbers(self, x: Point) -> tuple[float, float, float]:
        """Innovation, imitation and ceiling (share of n) at a point."""
        return self._number(0, x[0]), self._number(1, x[1]), self._number(2, x[2])

    def coordinate(self, m: float) -> float:
        """Third coordinate of a ceiling."""
        return math.log(max(m * self.n - float(self.adopters.sum()), 1e-12))

    def minus_log(self, x: Point) -> float:
        """Minus log likelihood at a point."""
        p, q = math.exp(x[0]), math.exp(x[1])
        m = (float(self.adopters.sum()) + math.exp(x[2])) / self.n
        before = np.concatenate([[0.0], np.cumsum(self.adopters)[:-1]])
        chance = p + q * before / (m * self.n)
        left = m * self.n - before
        if chance.max() >= 1:
            return IMPOSSIBLE
        stay = np.maximum(left - self.adopters, 0.0)
        # Log of "left choose adopters"; the difference of three log gammas would lose its digits at a far ceiling.
        ways = -betaln(self.adopters + 1, stay + 1) - np.log(left + 1)
        return -float(np.sum(ways + xlogy(self.adopters, chance) + xlog1py(stay, -chance)))

    def best(self, fixed: Mapping[int, float], start: Point | None = None) -> Best:
        """Most probable point if some coordinates are given.

        Raises
        ------
        UsageError
            If the search does not come to an end.
        """
        point = np.array([*START, math.log(0.2 * self.n)]) if start is None else start.copy()
        free = [k for k in range(3) if k not in fixed]
        for k, value in fixed.items():
            point[k] = value

        def full(part: Point) -> Point:
            whole = point.copy()
            whole[free] = np.clip(part, -40.0, 40.0)
            return whole

        def cost(part: Any) -> float:  # noqa: ANN401 - scipy asks for a narrower array than numpy promises
            return self.minus_log(full(part))

        options: Any = {"xatol": 1e-6, "fatol": 1e-8, "maxiter": 4000, "maxfev": 4000}
        found: Any = minimize(cost, point[free].tolist(), method="Nelder-Mead", options=options)
        if not found.success or found.fun >= IMPOSSIBLE:
            raise CannotMeasureError("chain_no_end")
        return Best(full(found.x), float(found.fun))

    def interval(self, k: int, best: Best, fixed: Mapping[int, float]) -> tuple[float, float]:
        """95 % profile interval of the k-th number; 0 (or the share that adopted) and infinity where it has no end."""

        def drop(value: float) -> float:
            start = best.x.copy()
            start[k] = value
            if self.minus_log(start) >= IMPOSSIBLE:
                return IMPOSSIBLE
            return self.best({**fixed, k: value}, start).minus_log - best.minus_log - HALF_CHI_SQUARE_95

        centre = float(best.x[k])
        ends = []
        highest = math.log(self.n) if k == 2 else 0.0
        for far in (centre - FAR, max(centre, highest) + FAR):
            if drop(far) > 0:
                end = float(brentq(drop, centre, far, xtol=1e-4))
            else:
                end = -math.inf if far < centre else math.inf
            ends.append(self._number(k, end))
        return ends[0], ends[1]

    def _number(self, k: int, coordinate: float) -> float:
        """The k-th number at a coordinate of its own."""
        value = math.exp(coordinate) if coordinate > NOTHING else 0.0
        return (float(self.adopters.sum()) + value) / self.n if k == 2 else value

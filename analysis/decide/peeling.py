"""PRIM, the patient rule induction method: a box of parameters in which something happens more often than elsewhere.

Friedman & Fisher (1999), *Bump hunting in high-dimensional data*, Statistics and Computing 9, 123-143: peel away a
small share of the sets at the edge that gains most, again and again, then paste back what was too much. Two choices
are ours. The parameters to peel by are chosen first, by their best intervals. And the box that is taken from the
trajectory, in the original by hand, is the one with the highest weighted relative accuracy, (share of all sets that
lie in the box) x (density in the box - density overall), which pays for density and for coverage alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]

ALPHA = 0.05
"""Share of the sets in a box that is peeled off, or pasted on, at once."""

SMALLEST = 20
"""Sets that a box must hold at least."""

MOST = 3
"""Parameters that a box may restrict; more cannot be said in a sentence."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A box: from where to where each parameter goes, both ends inside; infinite where it is not restricted.

    Attributes
    ----------
    low, high : float64, shape (n_parameters,)
        In units of the parameters.
    """

    low: Values
    high: Values

    def holds(self, points: Values) -> Flags:
        """Which points lie in the box."""
        return np.asarray(((points >= self.low) & (points <= self.high)).all(axis=1))

    def restricted(self) -> list[int]:
        """Places of the parameters that are restricted."""
        return [int(place) for place in np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high))]

    def moved(self, place: int, side: int, limit: float) -> Limits:
        """The box with another lower (side 0) or upper (side 1) limit of one parameter."""
        low, high = self.low.copy(), self.high.copy()
        (low if side == 0 else high)[place] = limit
        return Limits(low, high)

    def freed(self, place: int) -> Limits:
        """The box without the restriction of one parameter."""
        return self.moved(place, 0, -np.inf).moved(place, 1, np.inf)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Points, and their order by each parameter, worked out once for all peels.

    Attributes
    ----------
    points : float64, shape (n, n_parameters)
        Parameter sets.
    order : int64, shape (2, n, n_parameters)
        Points from the lowest to the highest, and from the highest to the lowest.
    last : int64, shape (2, n, n_parameters)
        For each place of the order the last place that holds an equal value: equal values are peeled together.
    is_end : bool, shape (n + 1, n_parameters)
        Whether an interval may begin after, or end at, so many of the lowest points.
    """

    points: Values
    order: NDArray[np.int64]
    last: NDArray[np.int64]
    is_end: Flags

    def of(self, parameters: list[int]) -> Sorted:
        """The same of some parameters only."""
        return Sorted(
            self.points[:, parameters],
            np.ascontiguousarray(self.order[:, :, parameters]),
            np.ascontiguousarray(self.last[:, :, parameters]),
            self.is_end[:, parameters],
        )


def sort_points(points: Values) -> Sorted:
    """Sort points by each parameter, upwards and downwards."""
    upwards = np.argsort(points, axis=0, kind="stable")
    order = np.stack([upwards, upwards[::-1]])
    last = np.empty_like(order)
    for side in (0, 1):
        ordered = np.take_along_axis(points, order[side], axis=0)
        ends = np.vstack([ordered[1:] != ordered[:-1], np.ones((1, points.shape[1]), dtype=np.bool_)])
        places = np.where(ends, np.arange(len(points))[:, None], len(points))
        last[side] = np.minimum.accumulate(places[::-1], axis=0)[::-1]
    is_end = np.vstack([np.ones((1, points.shape[1]), dtype=np.bool_), last[0] == np.arange(len(points))[:, None]])
    return Sorted(points, order, last, is_end)


def accuracy(inside: Flags, cases: Flags) -> float:
    """Weighted relative accuracy: cases in the box beyond those in as many sets taken anywhere, over all sets."""
    return float((cases[inside].sum() - inside.sum() * cases.mean()) / len(cases))


def find_limits(data: Sorted, cases: Flags, smallest: int = SMALLEST) -> Limits:
    """Find the box in which cases are densest for its size; the box without limits if there is no such box."""
    chosen = screened(data, cases)
    few = data.of(chosen)
    box = paste(few.points, cases, trajectory_best(few, cases, smallest))
    n_parameters = data.points.shape[1]
    low, high = np.full(n_parameters, -np.inf), np.full(n_parameters, np.inf)
    low[chosen], high[chosen] = box.low, box.high
    return Limits(low, high)


def screened(data: Sorted, cases: Flags) -> list[int]:
    """Choose the parameters to peel by, ``MOST`` at most, one after the other by the best interval inside those before.

    Among many parameters the first peels would else go where chance made the edges poorest.
    """
    inside = np.ones(len(cases), dtype=np.bool_)
    chosen: list[int] = []
    for _ in range(min(MOST, data.points.shape[1])):
        weights = np.where(inside, cases - cases.mean(), 0.0)
        place, low, high = best_interval(data, weights, chosen)
        values = data.points[:, place]
        inside &= (values >= low) & (values <= high)
        chosen.append(place)
    return chosen


def best_interval(data: Sorted, weights: Values, without: list[int]) -> tuple[int, float, float]:
    """Parameter and interval with the highest sum of weights (Kadane), equal values in or out together."""
    order, columns = data.order[0], np.arange(data.order.shape[2])
    sums = np.zeros((len(order) + 1, len(columns)))
    np.cumsum(weights[order], axis=0, out=sums[1:])
    floor = np.minimum.accumulate(np.where(data.is_end, sums, np.inf), axis=0)
    gains = np.where(data.is_end[1:], sums[1:] - floor[:-1], -np.inf)
    ends = gains.argmax(axis=0)
    gain = gains[ends, columns]
    gain[without] = -np.inf
    place = int(gain.argmax())
    end = int(ends[place])
    before = np.where(data.is_end[: end + 1, place], sums[: end + 1, place], np.inf)
    values = data.points[order[[int(before.argmin()), end], place], place]
    return place, float(values[0]), float(values[1])


def trajectory_best(data: Sorted, cases: Flags, smallest: int) -> Limits:
    """Peel until the box is small, and take the most accurate box on the way."""
    n_parameters = data.points.shape[1]
    box = Limits(np.full(n_parameters, -np.inf), np.full(n_parameters, np.inf))
    inside = np.ones(len(cases), dtype=np.bool_)
    best, best_accuracy = box, 0.0
    while (peeled := peel(data, cases, box, inside, smallest)) is not None:
        box = peeled
        inside = box.holds(data.points)
        found = accuracy(inside, cases)
        if found > best_accuracy:
            best, best_accuracy = box, found
    return best


def peel(data: Sorted, cases: Flags, box: Limits, inside: Flags, smallest: int) -> Limits | None:
    """Take off the edge whose loss raises the density most for each set lost; None if the box would be too small."""
    n_inside, n_cases = int(inside.sum()), int(cases[inside].sum())
    size = max(1, int(ALPHA * n_inside))
    kept, kept_cases, limits = edges(data, cases, inside, size)
    density = np.divide(kept_cases, kept, out=np.zeros(kept.shape), where=kept > 0)
    gain = (density - n_cases / n_inside) / np.maximum(n_inside - kept, 1)
    gain[kept < smallest] = -np.inf
    side, place = (int(index) for index in np.unravel_index(int(np.argmax(gain)), gain.shape))
    if gain[side, place] == -np.inf:
        return None
    return box.moved(place, side, float(limits[side, place]))


def edges(data: Sorted, cases: Flags, inside: Flags, size: int) -> tuple[Values, Values, Values]:
    """Of each edge, shape (2, n_parameters): sets and cases that are left without it, and the new limit.

    An edge holds the ``size`` outermost sets of the box and all that equal the last of them.
    """
    n = len(cases)
    within = inside[data.order]
    counted, counted_cases = within.cumsum(axis=1), (within & cases[data.order]).cumsum(axis=1)
    at = np.argmax(counted == size, axis=1)
    cut = np.take_along_axis(data.last, at[:, None, :], axis=1)
    kept = (counted[:, -1:, :] - np.take_along_axis(counted, cut, axis=1))[:, 0]
    kept_cases = (counted_cases[:, -1:, :] - np.take_along_axis(counted_cases, cut, axis=1))[:, 0]
    following = np.take_along_axis(counted, cut, axis=1) + 1
    after = np.minimum(np.argmax(counted >= following, axis=1), n - 1)
    limits = np.stack(
        [data.points[data.order[side, after[side], range(after.shape[1])], range(after.shape[1])] for side in (0, 1)]
    )
    return kept.astype(np.float64), kept_cases.astype(np.float64), limits


def paste(points: Values, cases: Flags, box: Limits) -> Limits:
    """Give back at the edges what was peeled off too much, as long as the accuracy grows."""
    best = accuracy(box.holds(points), cases)
    improved = True
    while improved:
        improved = False
        for place in box.restricted():
            for side in (0, 1):
                wider = widened(points, box, place, side)
                found = accuracy(wider.holds(points), cases)
                if found > best:
                    box, best, improved = wider, found, True
    return box


def widened(points: Values, box: Limits, place: int, side: int) -> Limits:
    """The box with one limit moved out by a small share of its sets; without that limit if nothing lies beyond."""
    limit = (box.low, box.high)[side][place]
    sign = 1.0 if side == 0 else -1.0
    others = box.freed(place).holds(points)
    beyond = np.sort(sign * points[others & (sign * points[:, place] < sign * limit), place])[::-1]
    size = max(1, int(ALPHA * box.holds(points).sum()))
    if len(beyond) <= size:
        return box.moved(place, side, -sign * np.inf)
    return box.moved(place, side, float(sign * beyond[size - 1]))

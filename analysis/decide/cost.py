"""What added buyers cost over parameter sets: dominance, the efficient frontier, and a budget.

Ratios are ratios of means over sets, never means of ratios (Drummond et al. 2015, *Methods for the Economic Evaluation
of Health Care Programmes*, ch. 4; Stinnett & Mullahy 1997).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from getok.analysis.decide.ratio_interval import RatioInterval

Values = NDArray[np.float64]


class Status(StrEnum):
    """Where an option stands among all."""

    FRONTIER = "frontier"
    DOMINATED = "dominated"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class Option:
    """One scenario on the cost-effectiveness plane, against the baseline, in means over sets and seeds.

    Attributes
    ----------
    added_cost, added_effect : float
        In rupiah, and in active buyers.
    status : Status
        FRONTIER; DOMINATED (another costs no more and adds no less; of two that are equal the one named first stays);
        EXTENDED (a mixture of two others costs less for the same).
    after : str or None
        The next cheaper option of the frontier; None off the frontier and for its cheapest.
    ratio : float or None
        Rupiah for one more active buyer than with ``after``.
    interval : RatioInterval or None
        How well ``ratio`` is known; None where there is none, or from fewer than 20 sets.
    n_more_for_more, n_more_for_less, n_less_for_more, n_less_for_less : int
        Sets by quarter of the plane: the cost is above 0 or not ("more", "less"), for buyers added or not.
    """

    scenario: str
    added_cost: float
    added_effect: float
    status: Status
    after: str | None
    ratio: float | None
    n_more_for_more: int
    n_more_for_less: int
    n_less_for_more: int
    n_less_for_less: int
    interval: RatioInterval | None = None


def plane(costs: Values, effects: Values) -> Values:
    """Points of the plane: added cost and added effect of each scenario in each set, shape (2, n_scenarios, n_sets).

    Parameters
    ----------
    costs, effects : float64, shape (n_scenarios, n_sets, n_seeds)
        The first scenario is the baseline, whose points are (0, 0).
    """
    of_sets = np.stack([costs.mean(axis=2), effects.mean(axis=2)])
    return np.asarray(of_sets - of_sets[:, :1])


def options(scenarios: Sequence[str], points: Values) -> tuple[Option, ...]:
    """Judge all scenarios, the baseline too, by their points on the plane."""
    costs, effects = points.mean(axis=2)
    statuses = judge(costs, effects)
    steps = increments(costs, effects, statuses)
    found = []
    for place, name in enumerate(scenarios):
        cost, effect = points[:, place]
        after = steps.get(place)
        found.append(
            Option(
                scenario=name,
                added_cost=float(costs[place]),
                added_effect=float(effects[place]),
                status=statuses[place],
                after=None if after is None else scenarios[after[0]],
                ratio=None if after is None else after[1],
                n_more_for_more=int(((cost > 0) & (effect > 0)).sum()),
                n_more_for_less=int(((cost > 0) & (effect <= 0)).sum()),
                n_less_for_more=int(((cost <= 0) & (effect > 0)).sum()),
                n_less_for_less=int(((cost <= 0) & (effect <= 0)).sum()),
            )
        )
    return tuple(found)


def dominated(costs: Values, effects: Values) -> NDArray[np.bool_]:
    """Which options another one beats: it costs no more and has no less effect. Of equal ones the first stays.

    Examples
    --------
    >>> dominated(np.array([0.0, 2.0, 3.0]), np.array([0.0, 5.0, 4.0]))
    array([False, False,  True])
    """
    no_worse = (costs[:, None] <= costs[None, :]) & (effects[:, None] >= effects[None, :])
    equal = (costs[:, None] == costs[None, :]) & (effects[:, None] == effects[None, :])
    earlier = np.arange(len(costs))[:, None] < np.arange(len(costs))[None, :]
    return np.asarray((no_worse & (~equal | earlier)).any(axis=0))


def judge(costs: Values, effects: Values) -> list[Status]:
    """Status of each option: the frontier is the lower right hull of the plane."""
    out = dominated(costs, effects)
    statuses = [Status.DOMINATED if lost else Status.EXTENDED for lost in out]
    hull: list[int] = []
    for place in sorted(np.flatnonzero(~out).tolist(), key=lambda i: costs[i]):
        while len(hull) > 1 and slope(costs, effects, hull[-2], hull[-1]) >= slope(costs, effects, hull[-1], place):
            hull.pop()
        hull.append(place)
    for place in hull:
        statuses[place] = Status.FRONTIER
    return statuses


def slope(costs: Values, effects: Values, cheap: int, dear: int) -> float:
    """Cost of one more unit of effect when going from one option to the next."""
    return float((costs[dear] - costs[cheap]) / (effects[dear] - effects[cheap]))


def increments(costs: Values, effects: Values, statuses: Sequence[Status]) -> dict[int, tuple[int, float]]:
    """For each option of the frontier but the cheapest: the one before it, and the ratio."""
    hull = sorted((i for i, status in enumerate(statuses) if status is Status.FRONTIER), key=lambda i: costs[i])
    return {dear: (cheap, slope(costs, effects, cheap, dear)) for cheap, dear in pairwise(hull)}


def affordable(scenarios: Sequence[str], points: Values, budget: float) -> tuple[Option, ...]:
    """Judge anew only those whose expected added cost lies within a budget; empty if none does."""
    within = np.flatnonzero(points[0].mean(axis=1) <= budget).tolist()
    return options([scenarios[place] for place in within], points[:, within])

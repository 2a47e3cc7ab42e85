"""Who pays: the same economics for the public purse and for all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from getok.analysis.compare.comparison import FEW
from getok.analysis.decide.acceptability import Acceptability, acceptability, default_thresholds
from getok.analysis.decide.cost import Option, affordable, options, plane
from getok.analysis.decide.ratio_interval import ratio_interval

Values = NDArray[np.float64]

PAYERS = ("public", "total")
"""The public; the public and the groups together."""

EFFECT = "active_buyers"
"""Outcome in which the effect is counted."""


@dataclass(frozen=True, slots=True)
class Economics:
    """Cost and effect from the view of one payer.

    Attributes
    ----------
    payer : str
        ``public`` or ``total``.
    points : float64, shape (2, n_scenarios, n_sets)
        Added cost in rupiah and added active buyers by set; the baseline first.
    options : tuple of Option
        All scenarios, the baseline first.
    affordable : tuple of Option or None
        Those within the budget, judged among themselves; None without a budget.
    curve : Acceptability
        Which to take, by what a buyer is worth.
    """

    payer: str
    points: Values
    options: tuple[Option, ...]
    affordable: tuple[Option, ...] | None
    curve: Acceptability


def with_interval(option: Option, scenarios: Sequence[str], costs: Values, effects: Values) -> Option:
    """Say of an option of the frontier how well the cost of its step is known."""
    if option.after is None or costs.shape[1] < FEW:
        return option
    place, before = scenarios.index(option.scenario), scenarios.index(option.after)
    return replace(option, interval=ratio_interval(costs[place] - costs[before], effects[place] - effects[before]))


def economics(
    scenarios: Sequence[str], values: Mapping[str, Values], payer: str, budget: float | None = None
) -> Economics:
    """Judge scenarios from the view of one payer by outcomes of shape (n_scenarios, n_sets, n_seeds)."""
    costs, effects = values[f"cost_{payer}_rupiah"], values[EFFECT]
    points = plane(costs, effects)
    found = tuple(with_interval(one, scenarios, costs, effects) for one in options(scenarios, points))
    return Economics(
        payer=payer,
        points=points,
        options=found,
        affordable=None if budget is None else affordable(scenarios, points, budget),
        curve=acceptability(scenarios, points, default_thresholds(found)),
    )

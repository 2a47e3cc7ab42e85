"""Who pays: the same economics for the public purse and for all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.decide.acceptability import Acceptability, acceptability, default_thresholds
from analysis.decide.cost import Option, affordable, options, plane

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


def economics(
    scenarios: Sequence[str], values: Mapping[str, Values], payer: str, budget: float | None = None
) -> Economics:
    """Judge scenarios from the view of one payer by outcomes of shape (n_scenarios, n_sets, n_seeds)."""
    points = plane(values[f"cost_{payer}_rupiah"], values[EFFECT])
    found = options(scenarios, points)
    return Economics(
        payer=payer,
        points=points,
        options=found,
        affordable=None if budget is None else affordable(scenarios, points, budget),
        curve=acceptability(scenarios, points, default_thresholds(found)),
    )

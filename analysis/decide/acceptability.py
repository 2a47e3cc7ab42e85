"""Which scenario to take, by what an added buyer is worth: acceptability curve, its frontier, value of knowing more.

Curve and frontier: Fenwick, Claxton & Sculpher (2001), Health Economics 10, 779-787. Value of perfect information:
Claxton (1999), Journal of Health Economics 18, 341-364.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.decide.cost import Option
from getok.analysis.decide.ranks import rank_matrix

Values = NDArray[np.float64]

N_THRESHOLDS = 41
"""Values of a buyer at which the curve is worked out."""

ROUNDING = 1e-12
"""A value of information below this share of the largest net benefit is rounding."""


@dataclass(frozen=True, slots=True)
class Acceptability:
    """Net benefit by what an added active buyer is worth.

    Attributes
    ----------
    scenarios : tuple of str
        The first is the baseline.
    thresholds : float64, shape (n_thresholds,)
        Worth of one added buyer in rupiah.
    probability : float64, shape (n_scenarios, n_thresholds)
        Acceptability curve: share of sets in which a scenario has the highest net benefit; equal ones share.
    net_benefit : float64, shape (n_scenarios, n_thresholds)
        Mean over sets of worth x added buyers - added cost, in rupiah.
    chosen : tuple of str, length n_thresholds
        Scenario with the highest mean net benefit: the one to take if nothing more can be learned.
    frontier : float64, shape (n_thresholds,)
        Acceptability frontier: probability of the chosen one. It need not be the most probable.
    evpi : float64, shape (n_thresholds,)
        Expected value of knowing the parameters before choosing, in rupiah; 0 if one scenario is best in all sets.
    """

    scenarios: tuple[str, ...]
    thresholds: Values
    probability: Values
    net_benefit: Values
    chosen: tuple[str, ...]
    frontier: Values
    evpi: Values


def acceptability(scenarios: Sequence[str], points: Values, thresholds: Values) -> Acceptability:
    """Work out the curves from points of the plane, shape (2, n_scenarios, n_sets)."""
    costs, effects = points
    benefits = thresholds[:, None, None] * effects - costs
    mean = benefits.mean(axis=2)
    taken = mean.argmax(axis=1)
    probability = np.stack([rank_matrix(one)[:, 0] for one in benefits], axis=1)
    ideal = benefits.max(axis=1).mean(axis=1)
    of_taken = np.take_along_axis(mean, taken[:, None], axis=1)[:, 0]
    return Acceptability(
        scenarios=tuple(scenarios),
        thresholds=thresholds,
        probability=probability,
        net_benefit=mean.T,
        chosen=tuple(scenarios[place] for place in taken),
        frontier=probability[taken, np.arange(len(thresholds))],
        evpi=np.where(ideal - of_taken > ROUNDING * np.abs(benefits).max(), ideal - of_taken, 0.0),
    )


def default_thresholds(found: Sequence[Option]) -> Values:
    """Worths from 0 to twice the dearest step of the frontier, and each step: every change of choice is in sight.

    Without a step: to twice the highest cost of a buyer of any option that adds both; otherwise to one rupiah.
    """
    ratios = [one.ratio for one in found if one.ratio is not None and one.ratio > 0]
    ratios = ratios or [
        one.added_cost / one.added_effect for one in found if one.added_effect > 0 and one.added_cost > 0
    ]
    even = np.linspace(0.0, 2 * max(ratios, default=0.5), N_THRESHOLDS)
    return np.unique(np.concatenate([even, ratios]))


def closest_call(curve: Acceptability, found: Sequence[Option]) -> int:
    """Place of the threshold where the choice is closest: the step of the frontier at which not knowing costs most.

    Between steps the value of information mostly grows with the worth of a buyer: its peak over all worths says little.
    Without a step it is the middle.
    """
    steps = [int(np.abs(curve.thresholds - one.ratio).argmin()) for one in found if one.ratio is not None]
    return max(steps, key=lambda place: float(curve.evpi[place]), default=len(curve.thresholds) // 2)

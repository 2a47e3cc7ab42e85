"""What a choice costs where it is the wrong one, and how often it is good enough.

Regret: Savage (1951); robustness as regret or satisficing: McPhail et al. (2018), Earth's Future 6, 169-191.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Regret:
    """What one scenario lacks against the best of the same set, by the mean over seeds, in units of the outcome.

    Attributes
    ----------
    mean, q90, worst : float
        Over sets; 0 or more.
    n_near : int
        Sets in which it lacks no more than ``tolerance``.
    n : int
        Sets.
    """

    scenario: str
    mean: float
    q90: float
    worst: float
    n_near: int
    n: int
    tolerance: float


def regrets(gains: Values) -> Values:
    """Regret of each scenario in each set, shape (n_scenarios, n_sets).

    Parameters
    ----------
    gains : float64, shape (n_scenarios, n_sets, n_seeds)
        Outcome, turned so that more is better.
    """
    of_sets = gains.mean(axis=2)
    return np.asarray(of_sets.max(axis=0) - of_sets)


def summarise(scenarios: tuple[str, ...], gains: Values, tolerance: float = 0.0) -> tuple[Regret, ...]:
    """Regret of each scenario over sets; the choice is among all that are named, the baseline too."""
    return tuple(
        Regret(
            scenario=name,
            mean=float(lacks.mean()),
            q90=float(np.quantile(lacks, 0.9)),
            worst=float(lacks.max()),
            n_near=int((lacks <= tolerance).sum()),
            n=len(lacks),
            tolerance=tolerance,
        )
        for name, lacks in zip(scenarios, regrets(gains), strict=True)
    )


@dataclass(frozen=True, slots=True)
class Satisficing:
    """How often an outcome reaches a target.

    Attributes
    ----------
    scenario, outcome : str
        Whose, and what.
    target : float
        In units of the outcome.
    n_reached, n : int
        Sets in which the mean over seeds reaches it; sets.
    n_runs_reached, n_runs : int
        The same for single runs.
    """

    scenario: str
    outcome: str
    target: float
    n_reached: int
    n: int
    n_runs_reached: int
    n_runs: int


def satisfice(scenario: str, outcome: str, values: Values, target: float, *, higher_is_better: bool) -> Satisficing:
    """Count sets and runs that reach a target; ``values`` of shape (n_sets, n_seeds). Exactly the target is enough."""
    sign = 1.0 if higher_is_better else -1.0
    return Satisficing(
        scenario=scenario,
        outcome=outcome,
        target=target,
        n_reached=int((sign * values.mean(axis=1) >= sign * target).sum()),
        n=len(values),
        n_runs_reached=int((sign * values >= sign * target).sum()),
        n_runs=values.size,
    )

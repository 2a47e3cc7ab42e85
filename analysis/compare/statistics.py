"""Paired statistics: the difference between two scenarios, replicate by replicate, under the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

Values = NDArray[np.float64]
CONFIDENCE = 0.95
ROUNDING = 1e-12
"""Differences smaller than this share of the numbers are rounding."""


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """What a scenario changes against the baseline, over replicates.

    Attributes
    ----------
    n : int
        Pairs.
    baseline_mean, scenario_mean : float
        Levels.
    mean, low, high : float
        Mean of the pairs and its t interval (95 %), not adjusted for the number of scenarios.
    median, q10, q90 : float
        Quantiles of the pairs.
    n_higher, n_lower, n_equal : int
        Pairs in which the scenario was above, below, equal.
    correlation : float
        Correlation of the pairs, the gain of common random numbers; NaN if one does not vary.
    variance_ratio : float
        Variance of an unpaired difference over that of the paired one; how many times more replicates it would take.
    p_value : float
        Two-sided p of the paired t test; 1 if nothing differs.
    """

    n: int
    baseline_mean: float
    scenario_mean: float
    mean: float
    low: float
    high: float
    median: float
    q10: float
    q90: float
    n_higher: int
    n_lower: int
    n_equal: int
    correlation: float
    variance_ratio: float
    p_value: float


def paired_difference(scenario: Values, baseline: Values) -> PairedDifference:
    """Compare two scenarios pair by pair; pairs with NaN are left out.

    Raises
    ------
    ValueError
        If the two have not the same replicates, or no pair is left.
    """
    if scenario.shape != baseline.shape:
        raise ValueError(f"{len(scenario)} values of the scenario, {len(baseline)} of the baseline")
    known = ~(np.isnan(scenario) | np.isnan(baseline))
    a, b = scenario[known], baseline[known]
    if len(a) == 0:
        raise ValueError("no pair has a value in both scenarios")
    d = a - b
    low, high = t_interval(d)
    q10, median, q90 = np.quantile(d, [0.1, 0.5, 0.9])
    return PairedDifference(
        n=len(d),
        baseline_mean=float(b.mean()),
        scenario_mean=float(a.mean()),
        mean=float(d.mean()),
        low=low,
        high=high,
        median=float(median),
        q10=float(q10),
        q90=float(q90),
        n_higher=int((d > 0).sum()),
        n_lower=int((d < 0).sum()),
        n_equal=int((d == 0).sum()),
        correlation=correlation(a, b),
        variance_ratio=variance_ratio(a, b),
        p_value=p_value(d),
    )


def t_interval(d: Values) -> tuple[float, float]:
    """Interval of the mean of paired differences; infinite with one pair.

    Examples
    --------
    >>> t_interval(np.array([1.0, 1.0, 1.0]))
    (1.0, 1.0)
    """
    if len(d) < 2:
        return float("-inf"), float("inf")
    half = float(special.stdtrit(len(d) - 1, (1 + CONFIDENCE) / 2) * d.std(ddof=1) / np.sqrt(len(d)))
    return float(d.mean()) - half, float(d.mean()) + half


def correlation(a: Values, b: Values) -> float:
    """Correlation of the pairs; NaN where one of them does not vary."""
    if not (varies(a) and varies(b)):
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def variance_ratio(a: Values, b: Values) -> float:
    """Variance of the difference of unpaired replicates over that of the paired ones; NaN if it does not vary."""
    if not varies(a - b, np.abs(a).max(initial=0.0) + np.abs(b).max(initial=0.0)):
        return float("nan")
    return float((a.var(ddof=1) + b.var(ddof=1)) / (a - b).var(ddof=1))


def varies(values: Values, size: float = 0.0) -> bool:
    """Whether values differ by more than the rounding of numbers of this size, or of their own."""
    return len(values) > 1 and float(np.ptp(values)) > ROUNDING * max(size, float(np.abs(values).max()))


def p_value(d: Values) -> float:
    """Two-sided p of a paired t test."""
    if len(d) < 2 or (d == 0).all():
        return 1.0
    error = float(d.std(ddof=1) / np.sqrt(len(d)))
    return 2.0 * float(special.stdtr(len(d) - 1, -abs(float(d.mean())) / error)) if error else 0.0


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p values for having looked several times (Holm 1979).

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, i in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[i]))
        adjusted[i] = round(highest, 12)
    return adjusted

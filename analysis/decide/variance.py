"""How large a difference is over parameter sets and seeds, and how much of its spread each of the two explains.

The spread is split by a random-effects model with two crossed factors and one run a cell: difference = mean + set +
seed + rest, where seed ``r`` is the same luck in all sets. Expected mean squares give unbiased estimators (Searle,
Casella & McCulloch 1992, *Variance Components*, ch. 4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Components:
    """Variance of a difference by where it comes from, in squared units of the outcome.

    Unbiased, so that a component that is not there may come out below 0.

    Attributes
    ----------
    sets : float
        Between parameter sets: what is not known about the world. More seeds do not make it smaller.
    seeds : float
        Between seeds, in common to all sets: luck that helps or harms everywhere alike.
    residual : float
        The rest: luck that does something else in each set.
    """

    sets: float
    seeds: float
    residual: float

    def shares(self) -> tuple[float, float, float]:
        """Shares of sets, seeds and rest, clipped at 0 and adding up to 1; NaN if nothing varies."""
        parts = np.clip([self.sets, self.seeds, self.residual], 0.0, None)
        whole = parts.sum()
        shares = parts / whole if whole > 0 else np.full(3, np.nan)
        return float(shares[0]), float(shares[1]), float(shares[2])


def components(differences: Values) -> Components | None:
    """Split the variance of differences of shape (n_sets, n_seeds); None with fewer than two of either.

    Examples
    --------
    >>> components(np.array([[1.0, 1.0], [3.0, 3.0]]))
    Components(sets=2.0, seeds=0.0, residual=0.0)
    """
    n_sets, n_seeds = differences.shape
    if min(n_sets, n_seeds) < 2:
        return None
    of_sets, of_seeds, mean = differences.mean(axis=1), differences.mean(axis=0), differences.mean()
    rest = differences - of_sets[:, None] - of_seeds[None, :] + mean
    residual = float((rest**2).sum() / ((n_sets - 1) * (n_seeds - 1)))
    return Components(
        sets=float(of_sets.var(ddof=1)) - residual / n_seeds,
        seeds=float(of_seeds.var(ddof=1)) - residual / n_sets,
        residual=residual,
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """A paired difference over parameter sets and seeds.

    Attributes
    ----------
    scenario, outcome : str
        Whose difference from the baseline, and in what.
    n_sets, n_seeds : int
        Size of the design.
    mean : float
        Over all sets and seeds, in units of the outcome, as all below.
    median, q10, q90 : float
        Quantiles over all runs.
    sets_q10, sets_q90 : float
        Quantiles over sets of the mean over seeds.
    n_positive, n_negative : int
        Sets in which the mean over seeds is above 0, below 0.
    n_relevant : int
        Sets in which the mean over seeds is more than ``tolerance`` away from 0.
    n_runs_positive : int
        Single runs in which the difference is above 0.
    tolerance : float
        Smallest amount that matters.
    components : Components or None
        Where the variance comes from; None with fewer than two sets or seeds.
    """

    scenario: str
    outcome: str
    n_sets: int
    n_seeds: int
    mean: float
    median: float
    q10: float
    q90: float
    sets_q10: float
    sets_q90: float
    n_positive: int
    n_negative: int
    n_relevant: int
    n_runs_positive: int
    tolerance: float
    components: Components | None


def spread(scenario: str, outcome: str, differences: Values, tolerance: float = 0.0) -> Spread:
    """Describe differences of shape (n_sets, n_seeds)."""
    of_sets = differences.mean(axis=1)
    q10, median, q90 = np.quantile(differences, [0.1, 0.5, 0.9])
    sets_q10, sets_q90 = np.quantile(of_sets, [0.1, 0.9])
    return Spread(
        scenario=scenario,
        outcome=outcome,
        n_sets=differences.shape[0],
        n_seeds=differences.shape[1],
        mean=float(differences.mean()),
        median=float(median),
        q10=float(q10),
        q90=float(q90),
        sets_q10=float(sets_q10),
        sets_q90=float(sets_q90),
        n_positive=int((of_sets > 0).sum()),
        n_negative=int((of_sets < 0).sum()),
        n_relevant=int((np.abs(of_sets) > tolerance).sum()),
        n_runs_positive=int((differences > 0).sum()),
        tolerance=tolerance,
        components=components(differences),
    )

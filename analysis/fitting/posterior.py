"""Which parameter sets fit records: the nearest runs, moved to where the records are.

Approximate Bayesian computation with learnt summaries (Fearnhead and Prangle 2012) and local-linear adjustment
(Beaumont, Zhang and Balding 2002). Parameters are regressed on the statistics of runs; the expectation of each
parameter that the statistics foresee at all is a summary, and distance is measured in summaries, each in its own error.
Among the nearest runs what is left of a parameter beside its summaries is kept, and put where the records' summaries
are. The luck of a run is in its statistics, so it counts as noise without more ado.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.fitting.regression import Scale, foreseen, ridge, scale_of

Values = NDArray[np.float64]

PENALTY = 100.0
"""Of the summaries' regression: 10 to 300 foresee equally well in the case."""

FORESEEN = 0.05
"""Share of a parameter's variance that is foreseen in runs held out; below it the parameter stays as drawn."""

FEWEST = 50

NARROW = {"packs_mean": 0.85}
"""Parameters whose middle 90 % of what fits holds the truth less often, and how often (verification/recovery.py)."""


@dataclass(frozen=True, slots=True)
class Summaries:
    """What statistics tell of parameters.

    Attributes
    ----------
    told : int64, shape (n_told,)
        Places of the parameters that are foreseen.
    shares : float64, shape (n_parameters,)
        Share of variance foreseen in runs held out.
    unseen : float64, shape (n, n_told)
        Summaries of the runs themselves, each foreseen from others: as blind as those of records are.
    """

    told: NDArray[np.int64]
    shares: Values
    scale: Scale
    coefficients: Values
    errors: Values
    unseen: Values

    def of(self, statistics: Values) -> Values:
        """Summaries of statistics, shape (n, n_told), each in units of its error."""
        return np.asarray(self.scale.basis(statistics) @ self.coefficients / self.errors)


def summaries_of(unit: Values, statistics: Values) -> Summaries:
    """Learn what statistics tell of parameters.

    Parameters
    ----------
    unit : float64, shape (n, n_parameters)
        Parameter sets as shares of their ranges, from 0 to 1.
    statistics : float64, shape (n, n_statistics)
    """
    scale = scale_of(statistics)
    basis = scale.basis(statistics)
    blind = foreseen(basis, unit, PENALTY)
    error = ((unit - blind) ** 2).mean(axis=0)
    shares = 1.0 - error / unit.var(axis=0)
    told = np.flatnonzero(shares > FORESEEN)
    errors = np.sqrt(error[told])
    return Summaries(told, shares, scale, ridge(basis, unit[:, told], PENALTY), errors, blind[:, told] / errors)


@dataclass(frozen=True, slots=True)
class Posterior:
    """Parameter sets that fit.

    Attributes
    ----------
    unit : float64, shape (n_kept, n_parameters)
        As shares of their ranges.
    nearest : int64, shape (n_kept,)
        The runs that they come from, the nearest first.
    shares : float64, shape (n_parameters,)
        Share of each parameter's variance that the statistics foresee.
    """

    unit: Values
    nearest: NDArray[np.int64]
    shares: Values


def posterior(unit: Values, statistics: Values, observed: Values, keep: int) -> Posterior:
    """Keep the nearest runs and move their parameters.

    Parameters
    ----------
    unit, statistics
        Runs, as :func:`summaries_of` takes them.
    observed : float64, shape (n_statistics,)
        Statistics of the records.
    keep : int
        Sets to keep.

    Raises
    ------
    ValueError
        If fewer runs are there than sets are to be kept, or fewer are to be kept than can be fitted.
    """
    learnt = summaries_of(unit, statistics)
    if not FEWEST + 2 * len(learnt.told) <= keep <= len(unit):
        raise ValueError(
            f"{keep} sets of {len(unit)} runs; at least {FEWEST + 2 * len(learnt.told)} are needed, at most all runs"
        )
    apart = learnt.unseen - learnt.of(observed[np.newaxis])
    nearest = np.argsort((apart**2).sum(axis=1), kind="stable")[:keep]
    kept = unit[nearest].copy()
    kept[:, learnt.told] = adjusted(kept[:, learnt.told], apart[nearest])
    return Posterior(kept, nearest, learnt.shares)


def adjusted(unit: Values, apart: Values) -> Values:
    """Move parameters to where the records are, by linear regression of their logits.

    Parameters
    ----------
    unit : float64, shape (n, n_told)
        Parameters of the nearest runs.
    apart : float64, shape (n, n_summaries)
        Their summaries less those of the records.
    """
    n, terms = len(unit), apart.shape[1] + 1
    edge = 1e-9
    logit = np.log(np.clip(unit, edge, 1 - edge) / (1.0 - np.clip(unit, edge, 1 - edge)))
    basis = np.hstack([np.ones((n, 1)), apart])
    coefficients = ridge(basis, logit, 1e-6)
    left = (logit - basis @ coefficients) * np.sqrt(n / (n - terms))
    return np.asarray(1.0 / (1.0 + np.exp(-(coefficients[0] + left))))

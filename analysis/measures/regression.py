"""Discrete-time hazard regression: does lagged exposure go with adoption, period by period? (Allison 1982)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.families.links import CLogLog, Logit
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

from getok.analysis.measures.agent_periods import AgentPeriods, agent_periods
from getok.analysis.measures.diffusion import Diffusion
from getok.analysis.measures.hazard import hazard
from getok.analysis.measures.reasons import CannotMeasureError

MOST_CELLS = 50_000_000
"""Largest design (rows times columns) that is fitted: 0.4 GB."""


MOST_ROWS = 20_000_000
"""Most agent-periods that are put into a table: 0.7 GB."""

LARGEST_ERROR = 50.0
"""Standard error from which on a coefficient has no estimate: it has run off."""


class Link(Enum):
    """What is linear in exposure."""

    LOGIT = "logit"
    """Log odds of adopting in a period."""
    CLOGLOG = "cloglog"
    """Log of the rate in continuous time whose chance to act within a period is the hazard."""


@dataclass(frozen=True, slots=True)
class HazardRegression:
    """Coefficient of lagged exposure.

    Attributes
    ----------
    link : Link
        Which model.
    coefficient, error : float
        Estimate for exposure going from 0 to 1, and its standard error.
    low, high : float
        95 % interval (normal).
    p : float
        Two-sided, against no effect (normal).
    n_rows, n_events : int
        Agent-periods and adoptions used.
    n_periods_dropped, n_groups_dropped : int
        Periods and groups without variation: nobody, or everybody at risk, adopted; their dummies have no estimate.
    n_rows_dropped : int
        Agent-periods in those.
    """

    link: Link
    coefficient: float
    error: float
    low: float
    high: float
    p: float
    n_rows: int
    n_events: int
    n_periods_dropped: int
    n_groups_dropped: int
    n_rows_dropped: int


def hazard_regression(
    d: Diffusion,
    *,
    link: Link = Link.LOGIT,
    lag: int = 1,
    valued: bool = False,
    groups: NDArray[np.int64] | None = None,
) -> HazardRegression:
    """Fit the hazard on lagged exposure (share), with a dummy a period and, if asked for, a dummy a group.

    The rows are agent-periods at risk from period ``lag + 1`` on. The baseline is free; nothing is assumed about time.

    Parameters
    ----------
    groups : int64, shape (n,), optional
        Group of each agent: what a group has in common is not taken for contagion.

    Raises
    ------
    UsageError
        If the fit is not determined: exposure that includes the period itself, no events, exposure without
        variation, perfect separation, or too many rows.
    """
    if lag == 0:
        raise CannotMeasureError("regression_lag_zero")
    n_rows = int(hazard(d).at_risk.sum())
    if n_rows > MOST_ROWS:
        raise CannotMeasureError("regression_rows", rows=n_rows, most=MOST_ROWS)
    rows = agent_periods(d, lag=lag, valued=valued, groups=groups)
    kept, periods_dropped, groups_dropped = rows.with_variation()
    if not len(kept) or np.ptp(kept.exposure) == 0:
        raise CannotMeasureError("regression_constant")
    result = _fit(kept, link)
    low, high = result.conf_int()[0]
    return HazardRegression(
        link,
        float(result.params[0]),
        float(result.bse[0]),
        float(low),
        float(high),
        float(result.pvalues[0]),
        len(kept),
        int(kept.event.sum()),
        periods_dropped,
        groups_dropped,
        len(rows) - len(kept),
    )


def _fit(rows: AgentPeriods, link: Link) -> Any:  # noqa: ANN401 - results of statsmodels are untyped
    """Maximum likelihood by iterated least squares; every doubt about the fit is an error."""
    cells, counts = rows.cells()
    size = len(cells) * (len(np.unique(cells.period)) + len(np.unique(cells.group)))
    if size > MOST_CELLS:
        raise CannotMeasureError("regression_large", size=size, most=MOST_CELLS)
    design = cells.design()
    if np.linalg.matrix_rank(design.T @ design) < design.shape[1]:
        raise CannotMeasureError("regression_follows")
    family = Binomial(link=Logit() if link is Link.LOGIT else CLogLog())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ConvergenceWarning)
            # Cells may be met exactly, and numbers overflow on the way; where it ends is looked at below.
            warnings.simplefilter("ignore", PerfectSeparationWarning)
            warnings.simplefilter("ignore", RuntimeWarning)
            result = GLM(counts, design, family=family).fit(maxiter=100)
    except (ConvergenceWarning, ValueError, np.linalg.LinAlgError) as error:
        raise CannotMeasureError("regression_open") from error
    if not result.converged or not np.all(np.isfinite(result.bse)) or result.bse[0] > LARGEST_ERROR:
        raise CannotMeasureError("regression_separates")
    return result

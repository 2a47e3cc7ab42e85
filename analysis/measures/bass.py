"""Bass model with a ceiling: the exact chain by maximum likelihood, and the curve by least squares.

Innovation p, imitation q, ceiling m as a share of all n agents. A ceiling above 1 says that the curve had not bent when
watching ended: the data do not tell the ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from getok.analysis.measures.bass_likelihood import ChainLikelihood
from getok.analysis.measures.diffusion import Diffusion
from getok.analysis.measures.reasons import CannotMeasureError

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class BassCurve:
    """Curve fitted to the cumulative share of adopters by least squares.

    Attributes
    ----------
    p, q, m : float
        Innovation and imitation a period, ceiling as a share of all agents.
    residual : float
        Root of the mean squared residual, as a share of all agents.
    """

    p: float
    q: float
    m: float
    residual: float


@dataclass(frozen=True, slots=True)
class BassChain:
    """Bass chain fitted by maximum likelihood, with 95 % profile intervals.

    Attributes
    ----------
    p, q, m : float
        Innovation and imitation a period, ceiling as a share of all agents.
    p_interval, q_interval, m_interval : pair of float
        Lower and upper end; 0 or infinity where the likelihood sets no end, m twice if it was given.
    log_likelihood : float
        At the estimate.
    """

    p: float
    q: float
    m: float
    p_interval: Bounds
    q_interval: Bounds
    m_interval: Bounds
    log_likelihood: float


def bass_curve(p: float, q: float, periods: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of the ceiling reached at times, in continuous time from 0 (Bass 1969).

    F(t) = (1 - exp(-(p + q) t)) / (1 + q/p exp(-(p + q) t))
    """
    fall = np.exp(-(p + q) * periods)
    return np.asarray((1 - fall) / (1 + q / p * fall))


def bass_recursion(p: float, q: float, n_periods: int) -> NDArray[np.float64]:
    """Share of the ceiling reached at the end of periods 0..n_periods, on the clock of whole periods.

    F(t+1) = F(t) + (p + q F(t)) (1 - F(t)), from F(0) = 0.
    """
    shares = np.zeros(n_periods + 1)
    for t in range(n_periods):
        shares[t + 1] = shares[t] + (p + q * shares[t]) * (1 - shares[t])
    return shares


def fit_bass_curve(d: Diffusion, *, m: float | None = None) -> BassCurve:
    """Fit m F(t) to the cumulative share of adopters at the end of each period, t = 1, 2, ... (least squares).

    Parameters
    ----------
    m : float, optional
        Ceiling as a share of all agents; free if not given.

    Raises
    ------
    UsageError
        If there are fewer periods with adopters than numbers to be found, or the fit does not end.
    """
    _enough(d, 3 if m is None else 2)
    reached = np.cumsum(d.adopters) / d.n
    periods = np.arange(1.0, d.n_periods + 1)

    def residuals(x: NDArray[np.float64]) -> NDArray[np.float64]:
        ceiling = np.exp(x[2]) if m is None else m
        return np.asarray(ceiling * bass_curve(float(np.exp(x[0])), float(np.exp(x[1])), periods) - reached)

    start = np.log([0.01, 0.2, 1.2 * reached[-1]][: 3 if m is None else 2])
    found = least_squares(residuals, start, bounds=(-20.0, 5.0), xtol=1e-12, ftol=1e-12, gtol=1e-12, max_nfev=5000)
    if not found.success:
        raise CannotMeasureError("curve_no_end")
    p, q, *ceiling = np.exp(found.x).tolist()
    return BassCurve(p, q, ceiling[0] if ceiling else float(m or 0), float(np.sqrt(np.mean(found.fun**2))))


def fit_bass_chain(d: Diffusion, *, m: float | None = None) -> BassChain:
    """Fit the chain: in each period everybody below the ceiling adopts with chance p + q Y/(m n), Y adopters before.

    Maximum likelihood given the past of each period: new adopters are binomial among m n - Y, which need not be whole.
    Right-censored agents are those below the ceiling who did not adopt.

    Parameters
    ----------
    m : float, optional
        Ceiling as a share of all agents; free if not given.

    Raises
    ------
    UsageError
        If a given ceiling is below the adopters there are, people stopped being watched at different times, there are
        fewer periods with adopters than numbers to be found, or the fit does not end.
    """
    _enough(d, 3 if m is None else 2)
    if np.any(d.observed_until[~d.adopted] < d.n_periods):
        raise CannotMeasureError("chain_watching")
    least = int(d.adopters.sum()) / d.n
    if m is not None and m < least:
        raise CannotMeasureError("chain_ceiling", m=m, least=least)
    chain = ChainLikelihood(d.adopters.astype(np.float64), d.n)
    fixed = {} if m is None else {2: chain.coordinate(m)}
    best = chain.best(fixed)
    p, q, ceiling = chain.numbers(best.x)
    ends = [chain.interval(k, best, fixed) for k in range(3) if k not in fixed]
    ends += [] if m is None else [(m, m)]
    return BassChain(p, q, ceiling, ends[0], ends[1], ends[2], -best.minus_log)


def _enough(d: Diffusion, numbers: int) -> None:
    if np.count_nonzero(d.adopters) < numbers + 1:
        raise CannotMeasureError("bass_periods", periods=numbers + 1)

"""Moment-independent measures, PAWN and delta: how far knowing a parameter moves the whole distribution.

Written here and checked against SALib, which draws from the global random state, leaves out the largest value of a
parameter (PAWN) and slices in which the outcome is constant (delta), and needs minutes for the intervals.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from getok.analysis.sensitivity.design import DUMMY, Design, Kind, Values
from getok.analysis.sensitivity.estimates import LEVEL, Estimates, resamples
from getok.analysis.sensitivity.variance import unchained
from getok.simulation.errors import UsageError

SLICES = 8
"""Slices of a parameter for PAWN."""

LEAST = 64
"""Points under which a distribution in a slice cannot be told."""

DEALS = 200
"""Dummies dealt for the noise floor."""

N_RESAMPLES = 100
"""Draws of the bootstrap: only its standard deviation is used."""

GRID = 100
"""Places at which densities are compared."""

Measure = Callable[[Values, Values], float]


def pawn_index(x: Values, y: Values, n_slices: int = SLICES) -> float:
    """Median over slices of a parameter of the Kolmogorov-Smirnov distance between outcomes there and everywhere.

    Parameters
    ----------
    x, y : float64, shape (n,)
        Parameter (only its order counts) and outcome.

    Returns
    -------
    float
        In [0, 1].

    References
    ----------
    Pianosi & Wagener 2018, Environmental Modelling & Software 108.
    """
    order = np.argsort(y, kind="stable")
    ends = np.append(np.diff(y[order]) > 0, True)  # steps of the distribution function: ties make one
    slices = _slices(x, np.linspace(0, len(x), n_slices + 1))[order]
    inside = np.cumsum(slices[:, None] == np.arange(n_slices), axis=0)[ends]
    everywhere = (np.flatnonzero(ends) + 1) / len(y)
    distances = np.abs(inside / inside[-1] - everywhere[:, None]).max(axis=0)
    return float(np.median(distances))


def delta_index(x: Values, y: Values) -> float:
    """Half the mean area between the density of outcomes in a slice of a parameter and everywhere.

    Parameters
    ----------
    x, y : float64, shape (n,)
        Parameter (only its order counts) and outcome.

    Returns
    -------
    float
        In [0, 1]; above 0 by chance alone, the more so the fewer points.

    References
    ----------
    Borgonovo 2007, Reliability Engineering & System Safety 92; Plischke, Borgonovo & Smith 2013, European Journal of
    Operational Research 226.
    """
    n = len(y)
    edges = np.linspace(0, n, n_classes(n) + 1)
    grid = np.linspace(y.min(), y.max(), GRID)
    classes = _slices(x, edges)
    order = np.argsort(classes, kind="stable")
    starts = np.searchsorted(classes[order], np.arange(len(edges) - 1))
    counts = np.diff(np.append(starts, n))
    inside = _densities(y[order], starts, counts, grid)
    everywhere = _densities(y, np.array([0]), np.array([n]), grid)
    areas = np.trapezoid(np.abs(inside - everywhere), grid, axis=1)
    return float(np.sum(counts / (2 * n) * areas))


def n_classes(n: int) -> int:
    """Slices for delta by the number of points (Plischke et al. 2013)."""
    return int(np.round(min(int(np.ceil(n ** (2 / (7 + np.tanh((1500 - n) / 500))))), 48)))


def pawn(design: Design, values: Values, rng: np.random.Generator) -> tuple[Estimates, ...]:
    """PAWN of every parameter, on any design."""
    return (_estimates("pawn", pawn_index, design, values, rng),)


def delta(design: Design, values: Values, rng: np.random.Generator) -> tuple[Estimates, ...]:
    """Borgonovo's delta of every parameter, on any design."""
    return (_estimates("delta", delta_index, design, values, rng),)


def _estimates(index: str, measure: Measure, design: Design, values: Values, rng: np.random.Generator) -> Estimates:
    """Index of the mean over replicates; the dummy's, which is the floor, is the mean of many dealt anew."""
    outcomes, points = unchained(design, values), unchained(design, design.points)
    if len(outcomes) < LEAST:
        raise UsageError(f"{index} needs at least {LEAST} points drawn independently, not {len(outcomes)}")
    block = design.block if design.kind is Kind.MORRIS else 1
    ranks = [_ordered(points[:, j], rng) for j in range(len(design.parameters))]
    mean = outcomes.mean(axis=1)
    dealt = [_dealt(design, points, block, rng) for _ in range(DEALS)]
    dummies = np.array([measure(x, mean) for x in dealt])
    rows = _rows(resamples(len(mean) // block, rng, N_RESAMPLES), block)
    spread = np.array([np.std([measure(x[at], mean[at]) for at in rows.T], ddof=1) for x in ranks])
    estimate = np.array([*(measure(x, mean) for x in ranks), dummies.mean()])
    reach = norm.ppf((1 + LEVEL) / 2) * spread
    least, most = np.quantile(dummies, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    each = np.array([[measure(x, y) for x in (*ranks, dealt[0])] for y in outcomes.T])
    low = np.append(np.maximum(estimate[:-1] - reach, 0), least)
    high = np.append(estimate[:-1] + reach, most)
    floor = np.full(len(estimate), estimate[-1])
    dummy = np.arange(len(estimate)) == len(ranks)
    return Estimates(index, (*design.parameters, DUMMY), estimate, low, high, each, floor, dummy)


def _dealt(design: Design, points: Values, block: int, rng: np.random.Generator) -> Values:
    """A parameter without effect: chained as those of the design are, if they are."""
    if block == 1:
        return rng.permutation(len(points)).astype(np.float64)
    chains = points[:, design.dummy].reshape(-1, block)
    return _ordered(rng.permutation(chains).ravel(), rng)


def _ordered(x: Values, rng: np.random.Generator) -> Values:
    """Ranks of values; equal ones, as of whole numbers, in a random order."""
    ranks = np.empty(len(x))
    ranks[np.lexsort((rng.random(len(x)), x))] = np.arange(len(x))
    return ranks


def _rows(blocks: NDArray[np.int64], block: int) -> NDArray[np.int64]:
    """Rows of drawn blocks, shape (n_rows, n_resamples)."""
    within = np.arange(block)[None, :, None]
    return np.asarray((blocks[:, None, :] * block + within).reshape(-1, blocks.shape[1]))


def _slices(x: Values, edges: Values) -> NDArray[np.int64]:
    """Slice of each value, of about equal numbers of values."""
    ranks = np.empty(len(x))
    ranks[np.argsort(x, kind="stable")] = np.arange(1, len(x) + 1)
    return np.searchsorted(edges, ranks, side="left") - 1


def _densities(y: Values, starts: NDArray[np.int64], counts: NDArray[np.int64], grid: Values) -> Values:
    """Gaussian kernel densities of consecutive parts, shape (n_parts, n_grid); no kernel narrower than the grid."""
    sums, squares = np.add.reduceat(y, starts), np.add.reduceat(y**2, starts)
    variance = np.maximum(squares - sums**2 / counts, 0) / np.maximum(counts - 1, 1)
    width = np.maximum(np.sqrt(variance) * (counts * 0.75) ** -0.2, grid[1] - grid[0])
    each = np.repeat(width, counts)[:, None]
    kernels = np.exp(-0.5 * ((grid - y[:, None]) / each) ** 2)
    return np.asarray(np.add.reduceat(kernels, starts) / (counts * width * np.sqrt(2 * np.pi))[:, None])

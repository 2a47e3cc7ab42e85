"""How much of what varies comes from the parameters, how much from the seeds, and how much from both together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from getok.analysis.sensitivity.design import Design, Kind, Values


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """Shares of the variance of single runs; they add up to 1. Not a number with a single replicate.

    Attributes
    ----------
    points : float
        Between parameter sets, whatever the seed.
    seeds : float
        Between seeds, the same at all parameter sets.
    residual : float
        What a seed does at one parameter set and not at others.
    noise_of_means : float
        Share of the variance of means over replicates that is luck, and that more replicates would take away.
    """

    points: float
    seeds: float
    residual: float
    noise_of_means: float

    @property
    def luck(self) -> float:
        """Share that is due to seeds in any way."""
        return self.seeds + self.residual


def variance_shares(values: Values) -> VarianceShares:
    """Split the variance of points crossed with seeds; components below zero count as zero.

    Parameters
    ----------
    values : float64, shape (n_points, n_replicates)
        Outcomes; replicate ``r`` has the same seed at all points.

    References
    ----------
    Searle, Casella & McCulloch 1992, Variance Components (two crossed random factors, one value a cell).
    """
    n, r = values.shape
    if r < 2:
        return VarianceShares(np.nan, np.nan, np.nan, np.nan)
    whole, by_point, by_seed = values.mean(), values.mean(axis=1), values.mean(axis=0)
    rest = values - by_point[:, None] - by_seed[None, :] + whole
    residual = float((rest**2).sum() / ((n - 1) * (r - 1)))
    points = max(0.0, float(by_point.var(ddof=1)) - residual / r)
    seeds = max(0.0, float(by_seed.var(ddof=1)) - residual / n)
    total = points + seeds + residual
    noise = residual / r / (points + residual / r)
    return VarianceShares(points / total, seeds / total, residual / total, noise)


def unchained(design: Design, rows: Values) -> Values:
    """Rows of points that were drawn independently: of a Saltelli design A and B only, of others all."""
    if design.kind is not Kind.SALTELLI:
        return rows
    blocks = rows.reshape(design.n_blocks, design.block, -1)
    return np.concatenate([blocks[:, 0], blocks[:, -1]])

"""One index of all parameters with intervals, over replicates, and against its noise floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.sensitivity.design import Values

LEVEL = 0.95
"""Level of all intervals."""

RESAMPLES = 300
"""Draws of a bootstrap."""

ROUNDING = 1e-9
"""Part of the largest index that is error of computation, as in differences of large numbers."""


@dataclass(frozen=True, slots=True)
class Estimates:
    """An index of each parameter, of each pair, or of each and the dummy.

    Attributes
    ----------
    index : str
        Which index, such as ``ST``.
    names : tuple of str
        Whose; a pair is ``a × b``.
    estimate, low, high : float64, shape (n_names,)
        Of the mean over replicates, with a bootstrap interval over the points of the design.
    by_replicate : float64, shape (n_replicates, n_names)
        The index of each seed on its own; not a number where nothing varies with this seed.
    floor : float64, shape (n_names,)
        What noise alone makes of the index on average.
    dummy : bool, shape (n_names,)
        Which are not of the model.
    """

    index: str
    names: tuple[str, ...]
    estimate: Values
    low: Values
    high: Values
    by_replicate: Values
    floor: Values
    dummy: NDArray[np.bool_]

    @property
    def above_floor(self) -> NDArray[np.bool_]:
        """Whether the whole interval lies beyond the floor; never so of the dummy."""
        beyond = self.floor + ROUNDING * np.abs(self.estimate).max()
        return np.asarray(((self.low > beyond) | (self.high < -beyond)) & ~self.dummy)

    @property
    def ranks(self) -> NDArray[np.int64]:
        """Place by size, 1 the largest; 0 for the dummy."""
        size = np.where(self.dummy, -np.inf, np.abs(self.estimate))
        ranks = np.empty(len(size), dtype=np.int64)
        ranks[np.argsort(-size, kind="stable")] = np.arange(1, len(size) + 1)
        return np.where(self.dummy, 0, ranks)


def resamples(n: int, rng: np.random.Generator, n_resamples: int = RESAMPLES) -> NDArray[np.int64]:
    """Draw rows or blocks with replacement, shape (n, n_resamples)."""
    return rng.integers(n, size=(n, n_resamples))


def percentiles(draws: Values) -> tuple[Values, Values]:
    """Ends of the interval that holds 95 % of draws along the last axis."""
    low, high = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=-1)
    return np.asarray(low), np.asarray(high)


def floor_of(estimate: Values, dummy: NDArray[np.bool_], luck: Values) -> Values:
    """Noise floor of each name: the index of the dummy, or what seeds alone make of its own index."""
    return np.asarray(np.maximum(np.nan_to_num(luck), np.abs(estimate[dummy]).max(initial=0.0)))

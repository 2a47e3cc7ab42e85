"""Luck of resampling: keyed as the model's is, so that the same pairs or sets give the same interval everywhere."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from getok.simulation import draws

KEY = 20190116
"""Key of all resampling; that of a replicate is scrambled from seed and replicate and is never so small."""


class Resampled(IntEnum):
    """What is drawn anew; each has luck of its own."""

    SIGNS = 1
    PAIRS = 2
    SETS = 3
    SEEDS = 4


def uniforms(what: Resampled, times: int, n: int) -> NDArray[np.float64]:
    """Draws in [0, 1), shape (times, n): the first rows and columns stay as they are when more are asked for."""
    rows = (draws.uniforms(draws.stream(KEY, what, time), np.arange(n, dtype=np.int64)) for time in range(times))
    return np.stack(list(rows))


def signs(times: int, n: int) -> NDArray[np.float64]:
    """Signs of ``n`` pairs, 1 or -1 alike, shape (times, n)."""
    return np.where(uniforms(Resampled.SIGNS, times, n) < 0.5, 1.0, -1.0)


def places(what: Resampled, times: int, n: int) -> NDArray[np.int64]:
    """Places of ``n`` things drawn anew with replacement, shape (times, n)."""
    return (uniforms(what, times, n) * n).astype(np.int64)


def weights(what: Resampled, times: int, n: int) -> NDArray[np.float64]:
    """Share of each of ``n`` things in a sample drawn anew with replacement, shape (times, n); rows add up to 1."""
    chosen = places(what, times, n) + np.arange(times)[:, None] * n
    return np.bincount(chosen.ravel(), minlength=times * n).reshape(times, n) / n

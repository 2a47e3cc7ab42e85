"""Exact chain of how many know, on a complete graph with a synchronous week."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats


def weekly_matrix(n: int, alone: float, by_word: float) -> NDArray[np.float64]:
    """Chance to go from i to j who know in one week, shape (n + 1, n + 1).

    Parameters
    ----------
    alone, by_word : float
        Weekly hazards: from outside, and from all others together if all of them know.
    """
    i = np.arange(n + 1)
    hears = -np.expm1(-(alone + by_word * i / (n - 1)))
    return np.asarray(stats.binom.pmf(i[None, :] - i[:, None], (n - i)[:, None], hears[:, None]), dtype=np.float64)


def distributions(matrix: NDArray[np.float64], first: int, n_weeks: int) -> NDArray[np.float64]:
    """Distribution of how many know at the end of weeks 0 to n_weeks."""
    now = np.zeros(len(matrix))
    now[first] = 1.0
    rows = [now]
    for _ in range(n_weeks):
        now = now @ matrix
        rows.append(now)
    return np.array(rows)


def mean_completion(matrix: NDArray[np.float64], first: int) -> float:
    """Mean weeks until everybody knows."""
    n = len(matrix) - 1
    expected = np.zeros(n + 1)
    for i in range(n - 1, first - 1, -1):
        expected[i] = (1.0 + matrix[i, i + 1 :] @ expected[i + 1 :]) / (1.0 - matrix[i, i])
    return float(expected[first])

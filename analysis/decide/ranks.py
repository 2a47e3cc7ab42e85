"""Which scenario is best, and how sure the order is: ranks over parameter sets, and pairs in which the order turns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Values = NDArray[np.float64]

ROBUST = (9, 10)
"""A ranking is called robust if it holds in at least nine of ten sets."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """Ranks of all scenarios in one outcome; rank 1 is best.

    Attributes
    ----------
    matrix : float64, shape (n_scenarios, n_scenarios)
        Share of sets, by the mean over seeds, in which a scenario (row) has a rank (column). Scenarios that are exactly
        equal share the ranks that they hold together, so rows and columns add up to 1.
    expected : float64, shape (n_scenarios,)
        Mean rank.
    best_of_runs : float64, shape (n_scenarios,)
        Share of single runs (set and seed) in which a scenario is best: what one group would live through.
    """

    matrix: Values
    expected: Values
    best_of_runs: Values

    @property
    def best(self) -> Values:
        """Share of sets in which each scenario is best."""
        return np.asarray(self.matrix[:, 0])


def rank(gains: Values) -> Ranks:
    """Rank scenarios by gains of shape (n_scenarios, n_sets, n_seeds), where more is better."""
    of_sets = gains.mean(axis=2)
    matrix = rank_matrix(of_sets)
    n = len(gains)
    return Ranks(
        matrix=matrix,
        expected=np.asarray(matrix @ np.arange(1, n + 1)),
        best_of_runs=rank_matrix(gains.reshape(n, -1))[:, 0],
    )


def rank_matrix(gains: Values) -> Values:
    """Share of columns in which each scenario (row of ``gains``) has each rank.

    Examples
    --------
    >>> rank_matrix(np.array([[2.0, 1.0], [1.0, 1.0]]))
    array([[0.75, 0.25],
           [0.25, 0.75]])
    """
    n, n_columns = gains.shape
    first = stats.rankdata(-gains, method="min", axis=0).astype(np.int64) - 1
    last = stats.rankdata(-gains, method="max", axis=0).astype(np.int64) - 1
    weight = 1.0 / (last - first + 1)
    places = np.arange(n)[None, :, None]
    held = (first[:, None, :] <= places) & (places <= last[:, None, :])
    return np.asarray((held * weight[:, None, :]).sum(axis=2) / n_columns)


class Verdict(StrEnum):
    """What can be said of a pair, the scenario with more wins named first."""

    AHEAD = "ahead"
    EQUAL = "equal"
    NOT_BEHIND = "not_behind"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two scenarios over parameter sets, by the mean over seeds; ``ahead`` has at least as many wins.

    Attributes
    ----------
    ahead, behind : str
        Scenarios.
    wins, losses, ties : int
        Sets in which ``ahead`` is better, is worse, or differs by no more than ``tolerance``.
    tolerance : float
        Smallest amount that matters, in units of the outcome.
    """

    ahead: str
    behind: str
    wins: int
    losses: int
    ties: int
    tolerance: float

    @property
    def n(self) -> int:
        """Number of sets."""
        return self.wins + self.losses + self.ties

    @property
    def verdict(self) -> Verdict:
        """AHEAD, EQUAL or NOT_BEHIND (wins and ties together) if it holds in nine of ten sets; else OPEN."""
        if robust(self.wins, self.n):
            return Verdict.AHEAD
        if robust(self.ties, self.n):
            return Verdict.EQUAL
        return Verdict.NOT_BEHIND if robust(self.wins + self.ties, self.n) else Verdict.OPEN

    @property
    def reverses(self) -> bool:
        """Whether the order turns: each of the two loses in more than one of ten sets."""
        return self.verdict is Verdict.OPEN


def robust(k: int, n: int) -> bool:
    """Whether ``k`` of ``n`` sets are nine of ten or more.

    Examples
    --------
    >>> robust(63, 70), robust(62, 70)
    (True, False)
    """
    part, whole = ROBUST
    return whole * k >= part * n


def pair(one: str, other: str, differences: Values, tolerance: float = 0.0) -> Pair:
    """Count wins of ``one`` by differences ``one - other`` of shape (n_sets,), where more is better."""
    wins, losses = int((differences > tolerance).sum()), int((differences < -tolerance).sum())
    ties = len(differences) - wins - losses
    if wins >= losses:
        return Pair(one, other, wins, losses, ties, tolerance)
    return Pair(other, one, losses, wins, ties, tolerance)


def pairs(scenarios: tuple[str, ...], gains: Values, tolerance: float = 0.0) -> tuple[Pair, ...]:
    """Compare every two scenarios by gains of shape (n_scenarios, n_sets, n_seeds), where more is better."""
    of_sets = gains.mean(axis=2)
    numbered = combinations(range(len(scenarios)), 2)
    return tuple(pair(scenarios[i], scenarios[j], of_sets[i] - of_sets[j], tolerance) for i, j in numbered)

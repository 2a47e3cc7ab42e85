"""Adopter categories: by time (Rogers 2003) and by threshold (Valente 1996); and adoption by attribute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.analysis.measures.diffusion import Diffusion

BY_TIME = ("innovator", "early_adopter", "early_majority", "late_majority", "laggard")
BY_THRESHOLD = ("very_low", "low", "high", "very_high")
NONE = -1
"""Code of who has no category: not adopted, or no threshold."""


def by_time(d: Diffusion) -> NDArray[np.int64]:
    """Code of each agent in :data:`BY_TIME`, shape (n,).

    The borders are mean - 2 sd, mean - sd, mean and mean + sd of the times of adopters (sd with n - 1); a time at a
    border is in the earlier category.
    """
    return _cut(d.time, (-2, -1, 0, 1))


def by_threshold(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Code of each agent in :data:`BY_THRESHOLD`, shape (n,); borders are mean - sd, mean and mean + sd.

    Parameters
    ----------
    values : float64, shape (n,)
        Thresholds, NaN where there is none.
    """
    return _cut(values, (-1, 0, 1))


def _cut(values: NDArray[np.float64], sds: tuple[int, ...]) -> NDArray[np.int64]:
    known = values[~np.isnan(values)]
    if not known.size:
        return np.full(len(values), NONE, dtype=np.int64)
    spread = known.std(ddof=1) if known.size > 1 else 0.0
    borders = known.mean() + np.array(sds) * spread
    return np.where(np.isnan(values), NONE, np.searchsorted(borders, values, side="left")).astype(np.int64)


@dataclass(frozen=True, slots=True)
class GroupAdoption:
    """Adoption among the agents with one value of an attribute."""

    value: str
    n: int
    adopters: int

    @property
    def share(self) -> float:
        """Share that adopted while watched."""
        return self.adopters / self.n


def adoption_by(d: Diffusion, attribute: str) -> list[GroupAdoption]:
    """Adopters by value of an attribute, ascending.

    Raises
    ------
    UsageError
        If there is no such attribute.
    """
    values, codes = d.groups(attribute)
    n, adopters = np.bincount(codes), np.bincount(codes, d.adopted)
    return [GroupAdoption(_said(values[k]), int(n[k]), int(adopters[k])) for k in range(len(values))]


def _said(value: Any) -> str:  # noqa: ANN401 - whatever stands in a file
    return f"{value:g}" if isinstance(value, float) else str(value)

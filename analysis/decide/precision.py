"""How many replicates are enough: until the mean of paired differences is known as precisely as was asked for.

The rule is sequential (Hoad, Robinson & Davies 2010, J. Oper. Res. Soc. 61, 1632-1644): the half-width of the t
interval must be small enough not once but also at the replicates that follow, because out of few pairs it may be
small by chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

Values = NDArray[np.float64]

N_MIN = 10
"""Pairs below which no half-width is believed."""

LOOK_AHEAD = 5
"""Further pairs over which the half-width must stay small enough."""

LIMIT = 1_000_000
"""Pairs beyond which a precision counts as out of reach."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How well a mean is to be known: half the width of its interval.

    Attributes
    ----------
    absolute : float or None
        In units of the outcome, above 0.
    relative : float or None
        As a share of the mean, above 0. If both are given, either is enough.
    confidence : float
        Of the interval, between 0 and 1.

    Raises
    ------
    ValueError
        If neither is given, or one is out of its range.
    """

    absolute: float | None = None
    relative: float | None = None
    confidence: float = 0.95

    def __post_init__(self) -> None:
        given = [part for part in (self.absolute, self.relative) if part is not None]
        if not given:
            raise ValueError("a precision is an amount (absolute) or a share of the mean (relative)")
        if not all(part > 0 and math.isfinite(part) for part in given):
            raise ValueError(f"a precision is above 0, not {min(given)}")
        if not 0 < self.confidence < 1:
            raise ValueError(f"a confidence is between 0 and 1, not {self.confidence}")

    def half_width(self, mean: float) -> float:
        """Half-width that is small enough for a mean."""
        return max(self.absolute or 0.0, (self.relative or 0.0) * abs(mean))


def enough(differences: Values, precision: Precision) -> bool:
    """Whether these paired differences, in the order of their replicates, are enough.

    True if the half-width is small enough now and was so with each of the last ``LOOK_AHEAD`` numbers of pairs, the
    smallest of which is ``N_MIN`` or more: never before pair 15.

    Raises
    ------
    ValueError
        If a difference is missing.
    """
    if np.isnan(differences).any():
        raise ValueError("a difference is missing; failed replicates are not precise")
    n = len(differences)
    if n < N_MIN + LOOK_AHEAD:
        return False
    return all(precise(differences[:k], precision) for k in range(n - LOOK_AHEAD, n + 1))


def precise(differences: Values, precision: Precision) -> bool:
    """Whether the t interval of the mean is narrow enough, looked at once."""
    half = half_width(float(differences.std(ddof=1)), len(differences), precision.confidence)
    return half <= precision.half_width(float(differences.mean()))


def half_width(deviation: float, n: int, confidence: float) -> float:
    """Half the width of the t interval of a mean."""
    return float(special.stdtrit(n - 1, (1 + confidence) / 2)) * deviation / math.sqrt(n)


def needed(differences: Values, precision: Precision) -> int | None:
    """Guess the number of pairs in all that are needed, from the deviation seen so far.

    Returns
    -------
    int or None
        15 at least; None if not even a million would do (a share of a mean near 0 is never reached).

    Raises
    ------
    ValueError
        If there are fewer than two differences, or one is missing.
    """
    if len(differences) < 2 or np.isnan(differences).any():
        raise ValueError("two differences at least, none of them missing, are needed for a guess")
    deviation, wanted = float(differences.std(ddof=1)), precision.half_width(float(differences.mean()))
    low, high = N_MIN + LOOK_AHEAD, LIMIT
    if half_width(deviation, high, precision.confidence) > wanted:
        return None
    while low < high:
        middle = (low + high) // 2
        if half_width(deviation, middle, precision.confidence) <= wanted:
            high = middle
        else:
            low = middle + 1
    return low

"""How far an interval of a mean reaches to either side where the values are skewed.

The t of skewed values is skewed too, so that a symmetric interval misses the mean too often on the side of the long
tail. Hall's cubic transformation takes that out, and its inverse gives the ends (Hall 1992, J. R. Stat. Soc. B 54,
221-228): ``g(t) = t + c t^2 + c^2 t^3 / 3 + c / 2`` with ``c`` a third of the skewness of the mean.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]

SYMMETRIC = 1e-8
"""A third of the skewness of a mean below which nothing needs to be taken out."""


def skewness_of_mean(deviations: Values) -> Values:
    """Skewness that the mean of independent values has, from their deviations along the last axis; 0 if none varies.

    It is that of the values over the root of their number. Zeros in the place of missing values do not change it.

    Examples
    --------
    Three values of skewness .707, and none.

    >>> skewness_of_mean(np.array([[-1.0, -1.0, 2.0], [-1.0, 0.0, 1.0], [0.0, 0.0, 0.0]])).round(3).tolist()
    [0.408, 0.0, 0.0]
    """
    size = np.abs(deviations).max(axis=-1, keepdims=True, initial=0.0)
    scaled = np.divide(deviations, size, out=np.zeros_like(deviations), where=size > 0)
    spread = (scaled**2).sum(axis=-1) ** 1.5
    return np.asarray(np.divide((scaled**3).sum(axis=-1), spread, out=np.zeros_like(spread), where=spread > 0))


def symmetric(t: ArrayLike, skewness: ArrayLike) -> Values:
    """Take the skewness out of a t.

    Parameters
    ----------
    skewness : float
        Of the mean, as :func:`skewness_of_mean` gives it.
    """
    t, c = np.broadcast_arrays(np.asarray(t, dtype=np.float64), np.asarray(skewness, dtype=np.float64) / 3)
    return np.asarray(t + c * t**2 + c**2 * t**3 / 3 + c / 2)


def skewed(critical: ArrayLike, skewness: ArrayLike) -> Values:
    """Put the skewness back: the inverse of :func:`symmetric`.

    Examples
    --------
    >>> round(float(symmetric(skewed(1.96, 0.3), 0.3)), 6), float(skewed(1.96, 0.0))
    (1.96, 1.96)
    """
    x, c = np.broadcast_arrays(np.asarray(critical, dtype=np.float64), np.asarray(skewness, dtype=np.float64) / 3)
    small = np.abs(c) < SYMMETRIC
    divisor = np.where(small, 1.0, c)
    return np.asarray(np.where(small, x, (np.cbrt(1 + 3 * c * (x - c / 2)) - 1) / divisor))


def ends(mean: ArrayLike, error: ArrayLike, critical: ArrayLike, skewness: ArrayLike) -> tuple[Values, Values]:
    """Lower and upper end of an interval of a mean.

    Parameters
    ----------
    error : float
        Standard error, in units of the mean.
    critical : float
        Standard errors to either side that a mean without skewness would need.
    """
    below, above = skewed(critical, skewness), -skewed(-np.asarray(critical), skewness)
    centre, unit = np.asarray(mean, dtype=np.float64), np.asarray(error, dtype=np.float64)
    return np.asarray(centre - below * unit), np.asarray(centre + above * unit)


def half_width(error: ArrayLike, critical: ArrayLike, skewness: ArrayLike) -> Values:
    """Half the distance between the ends."""
    low, high = ends(0.0, error, critical, skewness)
    return np.asarray((high - low) / 2)

"""Where a sweep looks: grids, lists, Latin hypercubes and Sobol' sequences, the same for the same seed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from getok.simulation.errors import UsageError
from getok.simulation.scenario.points import MOST_POINTS, Points
from getok.simulation.sweep.settings import is_whole
from getok.simulation.whole import checked_seed

if TYPE_CHECKING:
    from scipy.stats import qmc

Values = NDArray[np.float64]
Range = tuple[float, float]


class DesignKind(StrEnum):
    """How points are chosen."""

    GRID = "grid"
    LIST = "list"
    LATIN_HYPERCUBE = "latin_hypercube"
    SOBOL = "sobol"
    MORRIS = "morris"  # these two are laid for a sensitivity analysis, by 'getok sensitivity'
    SALTELLI = "saltelli"


FOR_SENSITIVITY = frozenset({DesignKind.MORRIS, DesignKind.SALTELLI})


def grid(axes: Mapping[str, Sequence[float]]) -> Points:
    """Every combination of the values of each parameter; the last one varies fastest.

    Raises
    ------
    UsageError
        If there are more combinations than a sweep may have points; none is made then.
    """
    n = math.prod(map(len, axes.values()))
    if n > MOST_POINTS:
        sizes = " x ".join(str(len(axis)) for axis in axes.values())
        raise UsageError(f"the grid has {sizes} = {n} points; a sweep has at most {MOST_POINTS}")
    values = np.array(list(itertools.product(*axes.values())), dtype=np.float64)
    ranges = np.array([(min(axis), max(axis)) for axis in axes.values()], dtype=np.float64)
    return Points(tuple(axes), values, ranges)


def steps(low: float, high: float, n: int) -> list[float]:
    """Values in even steps from one to another, without the last digits that binary fractions leave.

    Examples
    --------
    >>> steps(0.05, 0.95, 3)
    [0.05, 0.5, 0.95]
    """
    return [float(f"{value:.12g}") for value in np.linspace(low, high, n)]


def listed(parameters: Sequence[str], rows: Sequence[Sequence[float]]) -> Points:
    """The points themselves."""
    values = np.array(rows, dtype=np.float64)
    return Points(tuple(parameters), values, np.column_stack([values.min(axis=0), values.max(axis=0)]))


def latin_hypercube(ranges: Mapping[str, Range], n: int, seed: int) -> Points:
    """Draw so that each parameter has one value in each of ``n`` equal parts of its range."""
    from scipy.stats import qmc  # noqa: PLC0415 - half a second; not before it is needed

    return _scaled(ranges, qmc.LatinHypercube(len(ranges), rng=np.random.default_rng(checked_seed(seed))).random(n))


def sobol(ranges: Mapping[str, Range], n: int, seed: int) -> Points:
    """Take the first ``n`` points of a scrambled Sobol' sequence; a power of two is balanced."""
    from scipy.stats import qmc  # noqa: PLC0415 - as above

    sequence = qmc.Sobol(len(ranges), rng=np.random.default_rng(checked_seed(seed)))
    return _scaled(ranges, sequence.random_base2(n.bit_length() - 1) if n & (n - 1) == 0 else _first(sequence, n))


def _first(sequence: qmc.Sobol, n: int) -> Values:
    return np.asarray(sequence.random_base2(n.bit_length())[:n])


def _scaled(ranges: Mapping[str, Range], unit: Values) -> Points:
    bounds = np.array(list(ranges.values()), dtype=np.float64)
    return Points(tuple(ranges), placed(tuple(ranges), bounds, unit), bounds)


def placed(parameters: Sequence[str], ranges: Values, unit: Values) -> Values:
    """Values at shares of ranges; each whole number of a parameter that has only such takes an equal share.

    Parameters
    ----------
    ranges : float64, shape (n_parameters, 2)
        From where to where each goes, the ends included.
    unit : float64, shape (n, n_parameters)
        Shares from 0 to 1.

    Examples
    --------
    Three quarters of the way from 1 to 4 weeks is the fourth quarter, 4 weeks:

    >>> placed(["cycle_weeks"], np.array([[1.0, 4.0]]), np.array([[0.0], [0.24], [0.5], [0.75], [1.0]])).ravel()
    array([1., 1., 3., 4., 4.])
    """
    low, high = edges(parameters, ranges).T
    values = np.asarray(low + unit * (high - low))
    for place, name in enumerate(parameters):
        if is_whole(name):
            values[:, place] = np.clip(np.floor(values[:, place] + 0.5), *ranges[place])
    return values


def edges(parameters: Sequence[str], ranges: Values) -> Values:
    """Where values are drawn from, shape (n_parameters, 2): whole numbers from half below the lowest to half above."""
    whole = np.array([is_whole(name) for name in parameters], dtype=np.bool_)
    return np.asarray(ranges + np.where(whole, 0.5, 0.0)[:, np.newaxis] * np.array([-1.0, 1.0]))


def shares(parameters: Sequence[str], ranges: Values, values: Values) -> Values:
    """Where values lie between the ends they are drawn from, 0 to 1; a whole number in the middle of its share."""
    low, high = edges(parameters, ranges).T
    return np.asarray((values - low) / (high - low))


def spread_shares(parameters: Sequence[str], ranges: Values, values: Values, seed: int) -> Values:
    """Shares of values, with whole numbers spread evenly over the share that each takes.

    Within it no run can tell them apart, and a parameter drawn evenly is even again.
    """
    whole = np.array([is_whole(name) for name in parameters], dtype=np.bool_)
    room = np.where(whole, 1.0 / np.ptp(edges(parameters, ranges), axis=1), 0.0)
    luck = np.random.default_rng(checked_seed(seed)).random(values.shape)
    return shares(parameters, ranges, values) + (luck - 0.5) * room


def that_run(points: Points) -> Points:
    """Points with the values that run: whole ones where only whole ones make sense."""
    whole = np.array([is_whole(name) for name in points.parameters], dtype=np.bool_)
    return replace(points, values=np.where(whole, np.floor(points.values + 0.5), points.values))

"""Where a sweep looks: grids, lists, Latin hypercubes and Sobol' sequences, the same for the same seed."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from simulation.sweep.points import Points

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
    """Every combination of the values of each parameter; the last one varies fastest."""
    values = np.array(list(itertools.product(*axes.values())), dtype=np.float64)
    ranges = np.array([(min(axis), max(axis)) for axis in axes.values()], dtype=np.float64)
    return Points(tuple(axes), values, ranges)


def listed(parameters: Sequence[str], rows: Sequence[Sequence[float]]) -> Points:
    """The points themselves."""
    values = np.array(rows, dtype=np.float64)
    return Points(tuple(parameters), values, np.column_stack([values.min(axis=0), values.max(axis=0)]))


def latin_hypercube(ranges: Mapping[str, Range], n: int, seed: int) -> Points:
    """Draw so that each parameter has one value in each of ``n`` equal parts of its range."""
    return _scaled(ranges, qmc.LatinHypercube(len(ranges), rng=np.random.default_rng(seed)).random(n))


def sobol(ranges: Mapping[str, Range], n: int, seed: int) -> Points:
    """Take the first ``n`` points of a scrambled Sobol' sequence; a power of two is balanced."""
    sequence = qmc.Sobol(len(ranges), rng=np.random.default_rng(seed))
    return _scaled(ranges, sequence.random_base2(n.bit_length() - 1) if n & (n - 1) == 0 else _first(sequence, n))


def _first(sequence: qmc.Sobol, n: int) -> NDArray[np.float64]:
    return np.asarray(sequence.random_base2(n.bit_length())[:n])


def _scaled(ranges: Mapping[str, Range], unit: NDArray[np.float64]) -> Points:
    bounds = np.array(list(ranges.values()), dtype=np.float64)
    return Points(tuple(ranges), bounds[:, 0] + unit * (bounds[:, 1] - bounds[:, 0]), bounds)

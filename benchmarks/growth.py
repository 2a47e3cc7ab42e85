"""How cost grows with households, ties, weeks and groups: one community at a time, each in its own process."""

from dataclasses import dataclass

import numpy as np

from benchmarks.communities import rw_for
from benchmarks.one_size import Measured, Size, measure_apart

WEEKS = 26
ACROSS = 3
"""Times that each small size is measured; the median counts."""

TIES = (
    {"weak_ties_within": 0.0, "weak_ties_across": 0.0},
    {},
    {"n_ring_neighbours": 8},
    {"n_ring_neighbours": 8, "weak_ties_within": 3.0, "weak_ties_across": 1.0},
)
"""Fewer, ordinary and more ties a household: mean degree about 6, 8, 10 and 12."""


@dataclass(frozen=True, slots=True)
class Point:
    """Cost at one size: ``x`` households, ties, weeks or groups; median seconds, lowest and highest."""

    x: int
    seconds: float
    low: float
    high: float
    measured: Measured


@dataclass(frozen=True, slots=True)
class Growth:
    """Points along one axis, and the exponent of a power law through them where that says something."""

    axis: str
    points: tuple[Point, ...]
    exponent: float


def households(sizes):
    """Cost of the weeks by number of households, groups growing with them."""
    points = [
        point(Size(rw_for(n), WEEKS), ACROSS if n <= 300_000 else 1, lambda measured: measured.n_buyers) for n in sizes
    ]
    return grown("households", points)


def ties(n):
    """Cost of the weeks by number of ties among as many households."""
    points = [
        point(Size(rw_for(n), WEEKS, parameters=values), ACROSS, lambda measured: measured.n_ties // 2)
        for values in TIES
    ]
    return grown("ties", points)


def weeks(n, lengths=(13, 26, 52, 104)):
    """Cost by number of weeks."""
    points = [point(Size(rw_for(n), length), ACROSS, lambda _, length=length: length) for length in lengths]
    return grown("weeks", points)


def groups(n, numbers):
    """Cost by number of groups among as many neighbourhoods."""
    n_rw = round(n / 430)
    points = [
        point(Size(n_rw, WEEKS, n_groups=number), ACROSS, lambda measured: measured.n_groups) for number in numbers
    ]
    return grown("groups", points)


def point(size, times, x):
    """Measure one size some times."""
    found = [measure_apart(size) for _ in range(times)]
    taken = [measured.seconds for measured in found]
    return Point(x(found[0]), float(np.median(taken)), min(taken), max(taken), found[0])


def grown(axis, points):
    """Fit ``seconds = constant * x ** exponent`` by least squares of the logarithms."""
    exponent = np.polyfit(np.log([p.x for p in points]), np.log([p.seconds for p in points]), 1)[0]
    return Growth(axis, tuple(points), float(exponent))

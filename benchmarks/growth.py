"""How cost grows with households, ties, weeks and groups: one community at a time, each in its own process."""

from dataclasses import dataclass

import numpy as np

from benchmarks.communities import HOUSEHOLDS_RW, rw_for
from benchmarks.one_size import Measured, Size, measure_apart

WEEKS = 26
ROUNDS = 3
"""Times that each size is measured; the median counts."""

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
    found = points([Size(rw_for(n), WEEKS) for n in sizes])
    return grown("households", [point(taken.n_buyers, rounds) for taken, rounds in found])


def ties(n):
    """Cost of the weeks by number of ties among as many households."""
    found = points([Size(rw_for(n), WEEKS, parameters=values) for values in TIES])
    return grown("ties", [point(taken.n_ties // 2, rounds) for taken, rounds in found])


def weeks(n, lengths=(13, 26, 52, 104)):
    """Cost by number of weeks."""
    found = points([Size(rw_for(n), length) for length in lengths])
    return grown("weeks", [point(length, rounds) for length, (_, rounds) in zip(lengths, found, strict=True)])


def groups(n, numbers):
    """Cost by number of groups among as many neighbourhoods."""
    found = points([Size(round(n / HOUSEHOLDS_RW), WEEKS, n_groups=number) for number in numbers])
    return grown("groups", [point(taken.n_groups, rounds) for taken, rounds in found])


def points(sizes):
    """Measure all sizes in turns, round after round, so that a busy while hits all; the first of each, and all."""
    rounds = [[measure_apart(size) for size in sizes] for _ in range(ROUNDS)]
    return [(found[0], found) for found in zip(*rounds, strict=True)]


def point(x, rounds):
    """Median cost of the rounds at one size."""
    taken = [measured.seconds for measured in rounds]
    return Point(x, float(np.median(taken)), min(taken), max(taken), rounds[0])


def grown(axis, points):
    """Fit ``seconds = constant * x ** exponent`` by least squares of the logarithms."""
    exponent = np.polyfit(np.log([p.x for p in points]), np.log([p.seconds for p in points]), 1)[0]
    return Growth(axis, tuple(points), float(exponent))

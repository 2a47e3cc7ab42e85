"""Designs: laid as their method asks, the same by seed, with a dummy that never reaches the model."""

import numpy as np
import pytest

from getok.analysis.sensitivity import Kind, latin_hypercube, morris_design, saltelli_design, sobol_points
from getok.analysis.sensitivity.design import DUMMY
from getok.simulation.errors import UsageError

NAMES = ("a", "b", "c")
RANGES = np.array([[0.0, 1.0], [-2.0, 2.0], [10.0, 1000.0]])
MAKERS = {
    "morris": lambda seed: morris_design(NAMES, RANGES, 6, seed),
    "saltelli": lambda seed: saltelli_design(NAMES, RANGES, 8, seed),
    "second_order": lambda seed: saltelli_design(NAMES, RANGES, 8, seed, second_order=True),
    "latin": lambda seed: latin_hypercube(NAMES, RANGES, 20, seed),
    "sobol": lambda seed: sobol_points(NAMES, RANGES, 16, seed),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_design_is_the_same_for_the_same_seed_only(make):
    state = np.random.get_state()[1].copy()  # noqa: NPY002 - that nobody touches it is the point
    one, again, other = make(0), make(0), make(1)
    assert np.array_equal(one.points, again.points)
    assert not np.array_equal(one.points, other.points)
    assert np.array_equal(state, np.random.get_state()[1])  # noqa: NPY002


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_points_lie_in_their_ranges_and_the_dummy_comes_last(make):
    design = make(3)
    assert design.columns == (*NAMES, DUMMY)
    assert design.points.shape[1] == 4
    assert design.model_points.shape[1] == 3
    assert np.array_equal(design.model_points, design.points[:, :3])
    assert (design.unit >= -1e-12).all()
    assert (design.unit <= 1 + 1e-12).all()
    assert (np.ptp(design.unit, axis=0) > 0.5).all()


def test_numbers_of_rows_and_of_runs():
    rows = {name: len(make(0).points) for name, make in MAKERS.items()}
    runs = {name: len(make(0).distinct_points()[0]) for name, make in MAKERS.items()}
    assert rows == {"morris": 6 * 5, "saltelli": 8 * 6, "second_order": 8 * 10, "latin": 20, "sobol": 16}
    assert runs == {"morris": 6 * 4, "saltelli": 8 * 5, "second_order": 8 * 8, "latin": 20, "sobol": 16}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_distinct_points_give_back_every_row(make):
    design = make(5)
    points, place = design.distinct_points()
    assert np.array_equal(points[place], design.model_points)
    first = [int(np.flatnonzero(place == k)[0]) for k in range(len(points))]
    assert first == sorted(first)


def test_a_trajectory_moves_each_parameter_once_by_two_thirds():
    design = morris_design(NAMES, RANGES, 7, 1)
    steps = np.diff(design.unit.reshape(7, 5, 4), axis=1)
    assert np.array_equal((np.abs(steps) > 1e-12).sum(axis=2), np.ones((7, 4)))
    assert np.array_equal((np.abs(steps) > 1e-12).sum(axis=1), np.ones((7, 4)))
    assert np.abs(steps).max(axis=2) == pytest.approx(2 / 3)


def test_a_latin_hypercube_has_one_point_in_each_slice():
    unit = latin_hypercube(NAMES, RANGES, 25, 2).unit
    assert np.array_equal(np.sort(np.floor(unit * 25), axis=0), np.tile(np.arange(25)[:, None], (1, 4)))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: morris_design(("a",), [[1.0, 1.0]], 4, 0), "range of a is empty: 1 to 1"),
        (lambda: morris_design(("a",), [[0.0, np.nan]], 4, 0), "range of a is empty"),
        (lambda: morris_design(("a", "a"), [[0, 1], [0, 1]], 4, 0), "names of their own"),
        (lambda: latin_hypercube((DUMMY,), [[0, 1]], 4, 0), "none of them 'dummy'"),
        (lambda: latin_hypercube((), np.empty((0, 2)), 4, 0), "names of their own"),
        (lambda: latin_hypercube(("a",), [0, 1], 4, 0), r"shape \(1, 2\)"),
        (lambda: morris_design(("a",), [[0, 1]], 1, 0), "at least 2 trajectories"),
        (lambda: saltelli_design(("a",), [[0, 1]], 100, 0), "64 or 128, not 100"),
        (lambda: sobol_points(("a",), [[0, 1]], 100, 0), "64 or 128, not 100"),
        (lambda: saltelli_design(("a",), [[0, 1]], 0, 0), "at least 4 base points"),
    ],
)
def test_a_design_that_cannot_be_laid_is_refused(call, said):
    with pytest.raises(UsageError, match=said):
        call()


def test_kinds():
    assert [make(0).kind for make in MAKERS.values()] == [
        Kind.MORRIS,
        Kind.SALTELLI,
        Kind.SALTELLI,
        Kind.LATIN_HYPERCUBE,
        Kind.SOBOL_POINTS,
    ]

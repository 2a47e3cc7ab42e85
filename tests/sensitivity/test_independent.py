"""PAWN and delta: the same as SALib where SALib is right, a known order, and a floor that holds."""

import numpy as np
import pytest
from SALib.analyze import pawn as pawn_of_salib
from SALib.analyze.delta import calc_delta

from getok.analysis.sensitivity import (
    Method,
    analyse,
    latin_hypercube,
    morris_design,
    saltelli_design,
    sobol_points,
)
from getok.analysis.sensitivity.independent import delta_index, n_classes, pawn_index
from getok.simulation.errors import UsageError

NAMES = ("a", "b", "c", "d")
RANGES = np.array([[0.0, 1.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0]])
BOTH = pytest.mark.parametrize("method", [Method.PAWN, Method.DELTA])


def toy(points, seed):
    """a matters most, then b, c only through the spread, d not at all."""
    return 4 * points[:, 0] + 2 * points[:, 1] + seed


def sample(n, seed=1):
    rng = np.random.default_rng(seed)
    x = rng.random((n, 2))
    return x, 3 * x[:, 0] + rng.normal(size=n)


@pytest.mark.parametrize("n", [80, 500])
def test_pawn_is_that_of_salib_but_for_the_largest_value(n):
    """SALib leaves the largest value of a parameter out of the last of eight slices."""
    x, y = sample(n)
    problem = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0, 1]] * 2}
    other = pawn_of_salib.analyze(problem, x, y, S=8)["median"]
    assert [pawn_index(x[:, k], y) for k in range(2)] == pytest.approx(other, abs=0.5 / (n / 8))


def test_pawn_by_hand():
    """Four slices of two values: the outcome is the parameter, so distances are 3/4, 1/2, 1/2, 3/4."""
    x = np.arange(8.0)
    assert pawn_index(x, x, n_slices=4) == pytest.approx((0.5 + 0.75) / 2)
    assert pawn_index(x, np.ones(8), n_slices=4) == 0


@pytest.mark.parametrize("n", [80, 500, 2000])
def test_delta_is_that_of_salib(n):
    x, y = sample(n)
    edges = np.linspace(0, n, n_classes(n) + 1)
    grid = np.linspace(y.min(), y.max(), 100)
    for k in range(2):
        assert delta_index(x[:, k], y) == pytest.approx(calc_delta(y, grid, x[:, k], edges), rel=1e-6)


def test_delta_counts_slices_in_which_nothing_varies():  # 0.5 but for the width of kernels
    """No sales at all below a threshold, many above: SALib leaves such slices out and finds nothing."""
    x = np.random.default_rng(1).random(400)
    assert delta_index(x, np.where(x < 0.5, 0.0, 100.0)) == pytest.approx(0.4, abs=0.1)


@BOTH
@pytest.mark.parametrize("make", [latin_hypercube, sobol_points])
def test_ranks_and_floor_of_a_toy(ran, make, method):
    design = make(NAMES, RANGES, 512, 2)
    e = analyse(ran(design, toy), design, "packs_per_week", method=method).estimates[0]
    assert list(e.ranks[:2]) == [1, 2]
    assert list(e.above_floor) == [True, True, False, False, False]
    assert (e.low <= e.estimate).all()
    assert (e.estimate <= e.high).all()


@BOTH
def test_every_design_will_do(ran, method):
    """Chained rows give no false findings, and whole numbers no false slices."""
    designs = [
        morris_design(NAMES, RANGES, 80, 1),
        saltelli_design(NAMES, RANGES, 128, 1),
        saltelli_design(NAMES, RANGES, 128, 1, second_order=True),
    ]
    for design in designs:
        e = analyse(ran(design, toy, distinct=True), design, "packs_per_week", method=method).estimates[0]
        assert list(e.ranks[:2]) == [1, 2]
        assert list(e.above_floor) == [True, True, False, False, False], design.kind


@BOTH
def test_dummies_of_a_morris_design_are_chained_as_its_parameters_are(ran, method):
    """Rows of a trajectory are alike, so that noise reaches further than among as many points drawn independently."""
    names = tuple(f"p{k}" for k in range(30))
    design = morris_design(names, np.tile([0.0, 1.0], (30, 1)), 20, 2)
    weights = np.r_[np.full(5, 3.0), np.zeros(25)]
    e = analyse(ran(design, lambda p, s: p @ weights), design, "packs_per_week", method=method).estimates[0]
    assert e.estimate[-1] == pytest.approx(e.estimate[5:30].mean(), rel=0.15)


@BOTH
def test_points_without_a_design_will_do(ran, method):
    design = latin_hypercube(NAMES, RANGES, 256, 2)
    e = analyse(ran(design, toy), None, "packs_per_week", method=method).estimates[0]
    assert e.names == (*NAMES, "dummy")
    assert list(e.above_floor) == [True, True, False, False, False]


@BOTH
def test_the_floor_holds_for_parameters_without_effect(ran, method):
    """Of sixty parameters without effect the dummies tell the mean, and at most three are taken for more (2.5 %)."""
    names = tuple(f"p{k}" for k in range(60))
    design = latin_hypercube(names, np.tile([0.0, 1.0], (60, 1)), 200, 3)
    rng = np.random.default_rng(5)
    noise = rng.normal(size=200)
    e = analyse(ran(design, lambda p, s: noise), design, "packs_per_week", method=method).estimates[0]
    assert e.estimate[-1] == pytest.approx(e.estimate[:-1].mean(), rel=0.1)
    assert e.above_floor.sum() <= 3
    assert ((e.estimate >= e.low[-1]) & (e.estimate <= e.high[-1])).mean() == pytest.approx(0.95, abs=0.1)


def test_whole_numbers(ran):
    """A parameter with three values: ties are dealt at random, not left out."""
    ranges = np.array([[0.0, 2.0], [0.0, 1.0]])
    design = latin_hypercube(("n_outlets", "b"), ranges, 240, 4)
    ensemble = ran(design, lambda p, s: np.rint(p[:, 0]))
    e = analyse(ensemble, design, "packs_per_week").estimates[0]
    assert list(e.above_floor) == [True, False, False]


@BOTH
def test_few_points_are_refused(ran, method):
    design = latin_hypercube(NAMES, RANGES, 20, 2)
    with pytest.raises(UsageError, match="at least 64 points drawn independently, not 20"):
        analyse(ran(design, toy), design, "packs_per_week", method=method)

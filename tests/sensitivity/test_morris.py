"""Morris: exact on a linear function, and nothing for the dummy."""

import numpy as np
import pytest
from SALib.analyze import morris as of_salib

from getok.analysis.sensitivity import Method, analyse, latin_hypercube, morris_design
from getok.analysis.sensitivity.design import DUMMY
from getok.simulation.errors import UsageError

NAMES = ("a", "b", "c")
RANGES = np.array([[0.0, 1.0], [0.0, 10.0], [-1.0, 1.0]])


def linear(points, seed):
    return 4 * points[:, 0] - 0.5 * points[:, 1] + 5 * seed


def curved(points, seed):
    return points[:, 0] * points[:, 1] + 3 * points[:, 2] ** 2


@pytest.mark.parametrize("distinct", [True, False])
def test_a_linear_function_is_found_exactly(ran, distinct):
    design = morris_design(NAMES, RANGES, 10, 1)
    report = analyse(ran(design, linear, distinct=distinct), design, "packs_per_week")
    assert report.method is Method.MORRIS
    assert report.of("mu_star").names == (*NAMES, DUMMY)
    for e, values in zip(report.estimates, ([4, 5, 0, 0], [4, -5, 0, 0], [0, 0, 0, 0]), strict=True):
        assert e.estimate == pytest.approx(values, abs=1e-12)
        assert e.low == pytest.approx(values, abs=1e-12)
        assert e.high == pytest.approx(values, abs=1e-12)
        assert e.by_replicate == pytest.approx(np.tile(values, (4, 1)), abs=1e-12)
    assert list(report.of("mu_star").ranks) == [2, 1, 3, 0]
    assert list(report.of("mu_star").above_floor) == [True, True, False, False]
    assert list(report.of("mu").above_floor) == [True, True, False, False]


def test_the_same_as_salib(ran):
    design = morris_design(NAMES, RANGES, 20, 2)
    ensemble = ran(design, curved, n_replicates=1)
    report = analyse(ensemble, design, "packs_per_week")
    problem = {"num_vars": 4, "names": list(design.columns), "bounds": [*RANGES.tolist(), [0, 1]]}
    other = of_salib.analyze(problem, design.points, ensemble.values["packs_per_week"][0, :, 0], num_levels=4, seed=1)
    for index in ("mu_star", "mu", "sigma"):
        assert report.of(index).estimate == pytest.approx(np.asarray(other[index], dtype=float), abs=1e-9)
    e = report.of("mu_star")
    assert (e.high - e.low)[:3] / 2 == pytest.approx(np.asarray(other["mu_star_conf"], dtype=float)[:3], rel=0.25)


def test_luck_that_a_parameter_only_reshuffles_is_its_floor(ran, luck_of):
    """With other luck at every point, a parameter without effect shows mu* of noise, and its floor says so."""

    def noisy(points, seed):
        return 40 * points[:, 0] + luck_of(points, seed)

    design = morris_design(NAMES, RANGES, 60, 3)
    e = analyse(ran(design, noisy), design, "packs_per_week").of("mu_star")
    expected = np.sqrt(2 / np.pi) * np.sqrt(2 / 4) * 1.5  # mean size of a normal difference of means of 4, per 2/3
    assert e.estimate[1:3] == pytest.approx([expected] * 2, rel=0.2)
    assert e.floor[1:3] == pytest.approx([expected] * 2, rel=0.2)
    assert e.estimate[3] == 0
    assert list(e.above_floor) == [True, False, False, False]


def test_sigma_shows_an_interaction(ran):
    design = morris_design(NAMES, RANGES, 30, 4)
    report = analyse(ran(design, lambda p, s: p[:, 0] * p[:, 1]), design, "packs_per_week")
    assert list(report.of("sigma").above_floor) == [True, True, False, False]


def test_another_design_is_refused(ran):
    design = latin_hypercube(NAMES, RANGES, 20, 1)
    with pytest.raises(UsageError, match="needs a Morris design; this one is latin_hypercube"):
        analyse(ran(design, linear), design, "packs_per_week", method=Method.MORRIS)

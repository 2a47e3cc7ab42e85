"""Sobol: functions whose indices are known exactly, and what seeds do to them."""

import numpy as np
import pytest
from SALib.analyze import sobol as of_salib

from getok.analysis.sensitivity import Method, analyse, morris_design, saltelli_design
from getok.simulation.errors import UsageError

NAMES = ("x1", "x2", "x3")
RANGES = np.array([[-np.pi, np.pi]] * 3)
A, B = 7.0, 0.1


def ishigami(points, seed):
    x1, x2, x3 = points.T
    return np.sin(x1) + A * np.sin(x2) ** 2 + B * x3**4 * np.sin(x1)


def exact():
    """Variances of the Ishigami function (Ishigami & Homma 1990), by hand."""
    of_1 = 0.5 * (1 + B * np.pi**4 / 5) ** 2
    of_2 = A**2 / 8
    of_13 = B**2 * np.pi**8 * (1 / 18 - 1 / 50)
    total = of_1 + of_2 + of_13
    first = np.array([of_1, of_2, 0.0]) / total
    whole = np.array([of_1 + of_13, of_2, of_13]) / total
    return first, whole, of_13 / total


def within(e, values):
    values = np.asarray(values)
    n = len(values)
    assert (e.low[:n] <= values + 1e-9).all(), (e.low, values)
    assert (e.high[:n] >= values - 1e-9).all(), (e.high, values)


def test_ishigami(ran):
    design = saltelli_design(NAMES, RANGES, 1024, 3, second_order=True)
    report = analyse(ran(design, ishigami, n_replicates=1, distinct=True), design, "packs_per_week")
    first, whole, pair = exact()
    within(report.of("S1"), first)
    within(report.of("ST"), whole)
    assert report.of("S1").estimate[:3] == pytest.approx(first, abs=0.03)
    assert report.of("ST").estimate[:3] == pytest.approx(whole, abs=0.03)
    second = report.of("S2")
    at = second.names.index("x1 × x3")
    assert second.low[at] <= pair <= second.high[at]
    assert second.estimate[at] == pytest.approx(pair, abs=0.03)
    assert [name for name, above in zip(second.names, second.above_floor, strict=True) if above] == ["x1 × x3"]
    assert list(report.of("ST").above_floor) == [True, True, True, False]
    assert report.of("S1").estimate[3] == report.of("ST").estimate[3] == 0


def test_the_same_as_salib(ran):
    design = saltelli_design(NAMES, RANGES, 256, 5)
    ensemble = ran(design, ishigami, n_replicates=1)
    report = analyse(ensemble, design, "packs_per_week")
    problem = {"num_vars": 4, "names": list(design.columns), "bounds": [*RANGES.tolist(), [0, 1]]}
    values = ensemble.values["packs_per_week"][0, :, 0]
    other = of_salib.analyze(problem, values, calc_second_order=False, num_resamples=300, seed=1)
    assert report.of("ST").estimate == pytest.approx(other["ST"], rel=1e-9)
    assert report.of("S1").estimate == pytest.approx(other["S1"], abs=0.01)  # centred at A and B, not at all rows
    e = report.of("ST")
    assert (e.high - e.low)[:3] / 2 == pytest.approx(other["ST_conf"][:3], rel=0.3)


def test_a_linear_model_has_no_interactions(ran):
    """The share of each is its squared weight; seeds that only shift change nothing."""
    weights = np.array([4.0, 2.0, 1.0])
    shares = weights**2 / (weights**2).sum()
    design = saltelli_design(NAMES, RANGES, 512, 2)
    report = analyse(ran(design, lambda p, seed: p @ weights + 100 * seed), design, "packs_per_week")
    within(report.of("S1"), shares)
    within(report.of("ST"), shares)
    assert report.of("ST").estimate[:3] == pytest.approx(shares, abs=0.02)
    assert report.of("S1").estimate[:3] == pytest.approx(shares, abs=0.02)
    assert report.of("ST").by_replicate == pytest.approx(np.tile(report.of("ST").estimate, (4, 1)), abs=1e-9)


def test_luck_is_taken_for_noise_and_not_for_an_effect(ran, luck_of):
    """x3 has no effect but other luck comes with it: its total index is the noise of means, and below its floor."""
    sd = 3.0

    def noisy(points, seed):
        return 2 * points[:, 0] + luck_of(points, seed) * sd

    design = saltelli_design(NAMES, RANGES, 256, 4)
    e = analyse(ran(design, noisy), design, "packs_per_week").of("ST")
    noise = sd**2 / 4 / (4 * np.pi**2 / 3 + sd**2 / 4)
    assert e.estimate[2] == pytest.approx(noise, rel=0.2)
    assert e.floor[2] == pytest.approx(noise, rel=0.2)
    assert e.estimate[3] == 0
    assert list(e.above_floor) == [True, False, False, False]
    assert (e.by_replicate[:, 2] > 2 * noise).all()


def test_a_dummy_with_fresh_seeds_is_not_zero(ran):
    """Points that differ in the dummy only must have the same luck; if not, the dummy tells."""
    design = saltelli_design(NAMES, RANGES, 128, 4)
    rng = np.random.default_rng(1)
    report = analyse(ran(design, lambda p, seed: p[:, 0] + rng.normal(size=len(p)) * 2), design, "packs_per_week")
    assert report.of("ST").estimate[3] > 0.1
    assert list(report.of("ST").above_floor) == [True, False, False, False]


def test_a_seed_with_which_nothing_varies_has_no_index(ran):
    design = saltelli_design(NAMES, RANGES, 16, 4)
    e = analyse(ran(design, lambda p, seed: p[:, 0] * (seed > 0)), design, "packs_per_week").of("ST")
    assert np.isnan(e.by_replicate[0]).all()
    assert not np.isnan(e.by_replicate[1:]).any()


def test_another_design_is_refused(ran):
    design = morris_design(NAMES, RANGES, 8, 1)
    with pytest.raises(UsageError, match="need a Saltelli design; this one is morris"):
        analyse(ran(design, ishigami), design, "packs_per_week", method=Method.SOBOL)

"""Paired statistics against numbers worked out by hand and against scipy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from getok.analysis.compare.cost import cost_per_buyer
from getok.analysis.compare.statistics import (
    correlation,
    holm,
    mean_interval,
    p_value,
    paired_difference,
    variance_ratio,
)

A = np.array([3.0, 5.0, 4.0, 8.0])
B = np.array([1.0, 2.0, 5.0, 4.0])  # differences 2, 3, -1, 4
VALUES = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=2, max_size=30)


def arrays(pairs):
    return np.array([a for a, _ in pairs], float) / 4, np.array([b for _, b in pairs], float) / 4


def test_hand_worked_pairs():
    found = paired_difference(A, B)
    assert (found.n, found.n_higher, found.n_lower, found.n_equal) == (4, 3, 1, 0)
    assert (found.scenario_mean, found.baseline_mean, found.mean, found.median) == (5.0, 3.0, 2.0, 2.5)
    # Sorted -1, 2, 3, 4: the 10 % point lies 0.3 of the way from -1 to 2, the 90 % point 0.7 from 3 to 4.
    assert (found.q10, found.q90) == (pytest.approx(-0.1), pytest.approx(3.7))
    # Squares of the deviations 0, 1, -3, 2 sum to 14, cubes to -18: standard error sqrt(14/3/4) = 1.0801, t(3) =
    # 3.1824, skewness of the mean -18 / 14^1.5 = -.34362, a third of it -.11454. Below the mean the root of
    # 1 - .34362 (3.1824 + .05727) is -.48221^3, so the t there is -.48221; above it is the root of 2.07387, 1.27527.
    assert found.skewness == pytest.approx(-0.34362 * 2, abs=1e-4)
    assert found.low == pytest.approx(
        2 + 1.0801234 * (math.copysign(abs(1 - 0.3436200 * 3.2397181) ** (1 / 3), -1) - 1) / 0.1145400, abs=1e-3
    )
    assert found.high == pytest.approx(
        2 + 1.0801234 * ((1 + 0.3436200 * 3.1251745) ** (1 / 3) - 1) / 0.1145400, abs=1e-3
    )
    # Variances 14/3 and 10/3 (squares 4+0+1+9 and 4+1+4+1), of the differences 14/3.
    assert found.variance_ratio == pytest.approx(24 / 14)
    # Covariance sum (-2)(-2) + 0(-1) + (-1)(2) + 3(1) = 5; 5 / sqrt(14 * 10).
    assert found.correlation == pytest.approx(5 / math.sqrt(140))


def test_interval_and_p_without_skewness_are_those_of_scipy():
    d = np.array([1.0, 2.0, 2.0, 3.0, 7.0, -3.0])
    expected = stats.t.interval(0.95, len(d) - 1, loc=d.mean(), scale=stats.sem(d))
    assert mean_interval(d) == pytest.approx(expected)
    assert p_value(d) == pytest.approx(stats.ttest_1samp(d, 0.0).pvalue)


def test_it_reaches_further_to_the_side_of_the_long_tail():
    low, high = mean_interval(np.array([0.0] * 15 + [1.0] * 3 + [9.0, 14.0]))
    assert high - 1.3 > 2 * (1.3 - low)


@pytest.mark.parametrize("n", [10, 30, 100])
def test_it_holds_the_mean_of_skewed_pairs_more_often_than_t(n):
    """2 000 trials of exponential pairs: t holds it in 90, 93 and 94 %."""
    d = np.random.default_rng(1).exponential(1.0, (2000, n))
    held = sum(low <= 1.0 <= high for low, high in map(mean_interval, d))
    assert held > 1840


def test_pairs_without_a_value_are_left_out():
    gap = float("nan")
    holed = paired_difference(np.append(A, [gap, 9.0]), np.append(B, [1.0, gap]))
    assert holed == paired_difference(A, B)


def test_no_pair_at_all_and_unequal_lengths_are_refused():
    with pytest.raises(ValueError, match="no pair"):
        paired_difference(np.array([math.nan]), np.array([1.0]))
    with pytest.raises(ValueError, match="2 values of the scenario, 1"):
        paired_difference(np.zeros(2), np.zeros(1))


def test_one_pair_says_nothing_about_uncertainty():
    found = paired_difference(np.array([3.0]), np.array([1.0]))
    assert (found.n, found.mean, found.n_higher, found.p_value) == (1, 2.0, 1, 1.0)
    assert (found.low, found.high) == (-math.inf, math.inf)
    assert math.isnan(found.correlation)
    assert math.isnan(found.variance_ratio)


def test_equal_differences_have_no_width():
    found = paired_difference(np.array([3.0, 4.0, 6.0]), np.array([1.0, 2.0, 4.0]))
    assert (found.low, found.high, found.p_value) == (2.0, 2.0, 0.0)
    assert math.isnan(found.variance_ratio)
    assert found.correlation == pytest.approx(1.0)


def test_nothing_differs():
    found = paired_difference(A, A.copy())
    assert (found.mean, found.n_equal, found.p_value) == (0.0, 4, 1.0)
    assert math.isnan(found.variance_ratio)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.7])
def test_rounding_is_no_variation(share):
    """The mean of equal decimal numbers is not exactly that number: no gain may be read off the last bit."""
    same = np.full(7, share)
    moved = np.array([0.15, 0.2, 0.35, 0.4, 0.45, 0.5, 0.6])
    assert math.isnan(correlation(same, moved))
    assert math.isnan(correlation(moved, same))
    assert math.isnan(variance_ratio(moved + share, moved))


def test_holm_by_hand():
    # Smallest times 3, then times 2 but no less than before, then times 1 but no less.
    assert holm([0.02, 0.03, 0.01]) == [0.04, 0.04, 0.03]
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([0.04]) == [0.04]
    assert holm([]) == []


@given(VALUES)
def test_the_other_way_round_is_the_mirror_image(pairs):
    a, b = arrays(pairs)
    one, other = paired_difference(a, b), paired_difference(b, a)
    assert one.mean == pytest.approx(-other.mean)
    assert (one.low, one.median) == (pytest.approx(-other.high), pytest.approx(-other.median))
    assert (one.n_higher, one.n_lower, one.n_equal) == (other.n_lower, other.n_higher, other.n_equal)
    assert one.p_value == pytest.approx(other.p_value)
    assert one.n_higher + one.n_lower + one.n_equal == one.n == len(pairs)


@given(VALUES, st.integers(-1000, 1000))
def test_what_is_added_to_both_cancels(pairs, shift):
    a, b = arrays(pairs)
    one, moved = paired_difference(a, b), paired_difference(a + shift, b + shift)
    assert moved.mean == pytest.approx(one.mean)
    assert moved.p_value == pytest.approx(one.p_value)
    assert moved.variance_ratio == pytest.approx(one.variance_ratio, nan_ok=True)


@given(VALUES)
def test_interval_and_p_agree(pairs):
    """The 95 % interval leaves zero out exactly if p is below 5 %."""
    a, b = arrays(pairs)
    found = paired_difference(a, b)
    assert found.low <= found.mean <= found.high
    assert found.q10 <= found.median <= found.q90
    if abs(found.p_value - 0.05) > 1e-9:
        assert (found.low > 0 or found.high < 0) == (found.p_value < 0.05)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_properties(raw):
    adjusted = holm(raw)
    assert all(p - 1e-9 <= q <= 1 for p, q in zip(raw, adjusted, strict=True))
    assert max(adjusted) <= 1
    order = np.argsort(raw, kind="stable")
    assert (np.diff(np.array(adjusted)[order]) >= 0).all()
    assert min(adjusted) == pytest.approx(min(1.0, len(raw) * min(raw)), abs=1e-9)


@pytest.mark.slow
def test_coverage_of_the_interval():
    """Of 4000 intervals from pairs with common luck, 93 to 97 % hold the true difference."""
    chooser = np.random.default_rng(7)
    hits = 0
    for _ in range(4000):
        luck = chooser.normal(15, 4, 30)
        found = paired_difference(luck + 3 + chooser.normal(0, 3, 30), luck + chooser.normal(0, 3, 30))
        hits += found.low <= 3 <= found.high
    assert 0.93 <= hits / 4000 <= 0.97


@pytest.mark.slow
def test_coverage_of_the_cost_per_buyer():
    """The bootstrap of a ratio is rougher: 90 to 98 % hold the true ratio."""
    chooser = np.random.default_rng(11)
    hits = 0
    for _ in range(600):
        buyers = chooser.normal(20, 8, 30)
        cost = 2_000_000 + 30_000 * (buyers - 20) + chooser.normal(0, 200_000, 30)
        found = cost_per_buyer(cost, buyers)
        hits += found.low_rupiah <= 100_000 <= found.high_rupiah
    assert 0.90 <= hits / 600 <= 0.98

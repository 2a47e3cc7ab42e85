"""Ranks, and what is above a floor."""

import numpy as np

from getok.analysis.sensitivity.estimates import Estimates, floor_of, percentiles, resamples


def made(estimate, half, floor, dummy):
    estimate, half = np.array(estimate), np.array(half)
    names = tuple("abcdefg"[: len(estimate)])
    return Estimates(
        "mu", names, estimate, estimate - half, estimate + half, estimate[None], np.array(floor), np.array(dummy)
    )


def test_above_is_the_whole_interval_on_either_side_and_never_the_dummy():
    e = made([3.0, -3.0, 1.5, 0.2, 9.0], [1.0, 1.0, 1.0, 0.1, 0.1], [1.0] * 5, [False] * 4 + [True])
    assert list(e.above_floor) == [True, True, False, False, False]


def test_an_error_of_computation_is_not_above_a_floor_of_nothing():
    e = made([1e6, 1e-8, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [False, False, True])
    assert list(e.above_floor) == [True, False, False]


def test_ranks_go_by_size_without_the_dummy():
    e = made([1.0, -4.0, 2.0, 9.0], [0.0] * 4, [0.0] * 4, [False, False, False, True])
    assert list(e.ranks) == [3, 1, 2, 0]


def test_the_floor_is_the_larger_of_dummy_and_luck():
    dummy = np.array([False, False, False, True])
    floor = floor_of(np.array([5.0, 5.0, 5.0, -0.3]), dummy, np.array([0.1, 0.9, np.nan, 0.0]))
    assert list(floor) == [0.3, 0.9, 0.3, 0.3]
    assert list(floor_of(np.ones(2), np.zeros(2, dtype=bool), np.array([0.5, np.nan]))) == [0.5, 0.0]


def test_percentiles_hold_95_of_100():
    low, high = percentiles(np.arange(101.0)[None])
    assert np.allclose((low[0], high[0]), (2.5, 97.5))
    assert resamples(5, np.random.default_rng(1), 7).shape == (5, 7)

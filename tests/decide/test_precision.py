"""Replicates are enough when the mean stays known well enough."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from getok.analysis.decide.precision import LIMIT, Precision, enough, half_width, needed, precise

TIGHT = Precision(absolute=1.0)


def test_never_before_fifteen():
    assert not enough(np.full(14, 2.0), TIGHT)
    assert enough(np.full(15, 2.0), TIGHT)


def test_it_must_have_been_precise_over_the_look_ahead():
    """Pairs 1, 3, 1, 3, ...: the half-width is .57 at 15 and .48 at 20, the first below .5 at 19."""
    pairs = np.array([1.0, 3.0] * 20)
    asked = Precision(absolute=0.5)
    first = next(n for n in range(2, 40) if precise(pairs[:n], asked))
    assert first == 19
    assert [n for n in range(15, 27) if enough(pairs[:n], asked)] == [24, 25, 26]


def test_the_half_width_is_that_of_the_t_interval():
    d = np.array([1.0, 2.0, 4.0, 9.0])
    low, high = stats.t.interval(0.9, 3, d.mean(), stats.sem(d))
    assert half_width(float(d.std(ddof=1)), 4, 0.9) == pytest.approx((high - low) / 2)


def test_either_precision_is_enough():
    d = 100 + np.random.default_rng(1).normal(0, 3, 20)
    assert not enough(d, Precision(absolute=0.1))
    assert enough(d, Precision(relative=0.05))
    assert enough(d, Precision(absolute=0.1, relative=0.05))


def test_a_share_of_nothing_is_out_of_reach():
    d = np.array([-1.0, 1.0] * 20)
    assert not enough(d, Precision(relative=0.05))
    assert needed(d, Precision(relative=0.05)) is None
    assert enough(np.zeros(15), Precision(relative=0.05))


@given(st.floats(0.5, 50), st.floats(0.01, 5))
@settings(max_examples=50, deadline=None)
def test_the_number_needed_is_the_smallest(deviation, wanted):
    d = np.array([-1.0, 1.0]) * deviation / np.sqrt(2)
    n = needed(d, Precision(absolute=wanted))
    if n is None:
        assert half_width(deviation, LIMIT, 0.95) > wanted * 0.999999
        return
    assert half_width(deviation, n, 0.95) <= wanted * 1.000001
    assert n == 15 or half_width(deviation, n - 1, 0.95) > wanted * 0.999999


def test_the_interval_at_the_stop_covers_the_mean():
    """95 % are asked for; stopping when it looks narrow costs a little."""
    rng = np.random.default_rng(8)
    covered = 0
    for _ in range(150):
        d, n = rng.normal(5, 4, 400), 15
        while not enough(d[:n], Precision(absolute=1.5)):
            n += 1
        low, high = stats.t.interval(0.95, n - 1, d[:n].mean(), stats.sem(d[:n]))
        covered += low <= 5 <= high
    assert covered >= 0.90 * 150


@pytest.mark.parametrize(
    "slots", [{}, {"absolute": 0.0}, {"relative": -0.1}, {"absolute": np.nan}, {"absolute": 1, "confidence": 1.0}]
)
def test_a_precision_out_of_its_range(slots):
    with pytest.raises(ValueError, match=r"precision|confidence"):
        Precision(**slots)


def test_missing_pairs_are_refused():
    for asked in (enough, needed):
        with pytest.raises(ValueError, match="missing"):
            asked(np.array([1.0] * 20 + [np.nan]), TIGHT)

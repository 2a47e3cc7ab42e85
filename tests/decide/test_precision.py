"""Replicates are enough when the mean stays known well enough."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from getok.analysis.compare.statistics import mean_interval
from getok.analysis.decide.precision import LIMIT, Precision, Seen, enough, half_width, needed, next_number, precise

TIGHT = Precision(absolute=1.0)


def test_never_before_fifty():
    assert not enough(np.full(49, 2.0), TIGHT)
    assert enough(np.full(50, 2.0), TIGHT)


def test_it_must_have_been_precise_over_the_look_ahead():
    """Pairs 1, 3, 1, 3, ...: the half-width is .2605 at 60 and .2560 at 62, the first below .258 at 61."""
    pairs = np.array([1.0, 3.0] * 50)
    asked = Precision(absolute=0.2582)
    first = next(n for n in range(50, 100) if all(precise(pairs[:k], asked) for k in range(n, 100)))
    assert first > 55
    assert [n for n in range(50, 100) if enough(pairs[:n], asked)] == list(range(first + 5, 100))


def test_the_half_width_is_that_of_the_interval_that_is_shown():
    d = np.array([1.0, 2.0, 4.0, 9.0])
    low, high = mean_interval(d, 0.9)
    assert half_width(Seen.of(d), 4, 0.9) == pytest.approx((high - low) / 2)
    assert half_width(Seen(4.0, 0.0), 4, 0.9) == pytest.approx(stats.t.ppf(0.95, 3) * 2.0)
    assert (
        half_width(Seen(4.0, 2.0), 50, 0.9)
        == half_width(Seen(4.0, -2.0), 50, 0.9)
        > half_width(Seen(4.0, 0.0), 50, 0.9)
    )


def test_either_precision_is_enough():
    d = 100 + np.random.default_rng(1).normal(0, 3, 60)
    assert not enough(d, Precision(absolute=0.1))
    assert enough(d, Precision(relative=0.05))
    assert enough(d, Precision(absolute=0.1, relative=0.05))


def test_a_share_of_nothing_is_out_of_reach():
    d = np.array([-1.0, 1.0] * 30)
    assert not enough(d, Precision(relative=0.05))
    assert needed(d, Precision(relative=0.05)) is None
    assert enough(np.zeros(50), Precision(relative=0.05))


@given(st.floats(0.5, 50), st.floats(0.01, 5))
@settings(max_examples=50, deadline=None)
def test_the_number_needed_is_the_smallest(deviation, wanted):
    d = np.array([-1.0, 1.0]) * deviation / np.sqrt(2)
    n, seen = needed(d, Precision(absolute=wanted)), Seen(deviation, 0.0)
    if n is None:
        assert half_width(seen, LIMIT, 0.95) > wanted * 0.999999
        return
    assert half_width(seen, n, 0.95) <= wanted * 1.000001
    assert n == 50 or half_width(seen, n - 1, 0.95) > wanted * 0.999999


def test_as_many_as_the_least_known_scenario_takes():
    rng = np.random.default_rng(4)
    wide, narrow = rng.normal(5, 4, 60), rng.normal(5, 0.1, 60)
    asked = Precision(relative=0.1)
    assert next_number([narrow], asked) == 60
    assert next_number([narrow, wide], asked) == needed(wide, asked) > 60
    assert next_number([narrow, np.array([-1.0, 1.0] * 30)], asked) is None


@pytest.mark.parametrize(
    "slots", [{}, {"absolute": 0.0}, {"relative": -0.1}, {"absolute": np.nan}, {"absolute": 1, "confidence": 1.0}]
)
def test_a_precision_out_of_its_range(slots):
    with pytest.raises(ValueError, match=r"precision|confidence"):
        Precision(**slots)


def test_missing_pairs_are_refused():
    for asked in (enough, needed):
        with pytest.raises(ValueError, match="missing"):
            asked(np.array([1.0] * 60 + [np.nan]), TIGHT)

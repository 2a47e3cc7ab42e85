"""How well a mean over parameter sets and seeds is known, against intervals worked otherwise."""

import math

import numpy as np
import pytest

from getok.analysis.compare.statistics import mean_interval
from getok.analysis.decide.precision import Precision
from getok.analysis.decide.two_levels import LEAST_SETS, Seen, Size, cheapest, enough_over, half_widths, known
from getok.analysis.decide.variance import Components


def drawn(rng, spread, size, mean=10.0):
    """Differences with standard deviations between sets, between seeds, and of the rest."""
    of_sets, of_seeds, rest = spread
    return (
        mean
        + of_sets * rng.standard_normal((size[0], 1))
        + of_seeds * rng.standard_normal((1, size[1]))
        + rest * rng.standard_normal(size)
    )


def test_without_luck_it_is_the_interval_of_the_means_of_the_sets():
    of_sets = np.random.default_rng(1).normal(5, 2, 30)
    seen = known(np.repeat(of_sets[:, None], 4, axis=1), Precision(absolute=1.0))
    low, high = mean_interval(of_sets)
    half = (high - low) / 2
    assert seen.half_width == pytest.approx(half)
    assert seen.of_sets == pytest.approx(half)  # no seed would make it smaller
    assert (seen.size, seen.mean) == (Size(30, 4), pytest.approx(of_sets.mean()))


def test_without_a_difference_between_sets_it_is_the_interval_of_the_seeds():
    of_seeds = np.random.default_rng(2).normal(5, 2, 12)
    seen = known(np.repeat(of_seeds[None, :], 20, axis=0), Precision(absolute=1.0))
    low, high = mean_interval(of_seeds)
    assert seen.half_width == pytest.approx((high - low) / 2)
    assert seen.of_sets == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("spread", [(3.0, 0.0, 1.0), (0.0, 0.0, 2.0), (2.0, 0.0, 6.0), (3.0, 1.0, 3.0)])
def test_intervals_cover_the_mean_as_often_as_they_say(spread):
    """1 000 trials of 25 sets and 6 seeds; with 95 % the count is above 925 in all but 1 in 1 000."""
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(1000):
        seen = known(drawn(rng, spread, (25, 6)), Precision(absolute=1.0))
        covered += abs(seen.mean - 10.0) <= seen.half_width
    assert covered > 925
    assert covered < 985 or spread == (0.0, 0.0, 2.0)  # components of 0 are clipped: on the safe side


def test_more_seeds_do_not_help_where_the_sets_differ():
    values = drawn(np.random.default_rng(4), (5.0, 0.0, 1.0), (40, 4))
    seen = known(values, Precision(relative=0.05))
    assert seen.only_sets_help
    assert seen.of_sets > 0.5
    assert seen.sets_alone == pytest.approx((1.96 * 5.0 / 0.5) ** 2, rel=0.5)
    assert cheapest(values, Precision(relative=0.05), Size(40, 100)) is None
    found = cheapest(values, Precision(relative=0.05), Size(2000, 100))
    assert found.seeds == 4
    assert found.sets == pytest.approx(seen.sets_alone, rel=0.1)


def test_more_seeds_help_where_luck_is_common_to_all_sets():
    values = drawn(np.random.default_rng(5), (0.2, 3.0, 0.2), (40, 6))
    seen = known(values, Precision(relative=0.1))
    assert not seen.only_sets_help
    found = cheapest(values, Precision(relative=0.1), Size(40, 200))
    assert found.sets == 40
    assert found.seeds > 6


def test_the_cheapest_is_the_fewest_runs_that_would_do():
    values = drawn(np.random.default_rng(6), (2.0, 1.0, 3.0), (20, 3))
    precision, most = Precision(absolute=0.8), Size(80, 20)
    found = cheapest(values, precision, most)
    seen = Seen.of(values)
    fits = [
        (s * r, s, r)
        for s in range(20, 81)
        for r in range(3, 21)
        if half_widths(seen, s, r, 0.95) <= precision.half_width(values.mean())
    ]
    assert (found.sets * found.seeds) == min(fits)[0]


def test_enough_needs_fifty_sets_and_stays_so():
    values = drawn(np.random.default_rng(7), (0.1, 0.0, 0.1), (70, 3))
    assert enough_over(values, Precision(relative=0.05))
    assert not enough_over(values[: LEAST_SETS - 1], Precision(relative=0.05))
    values[-3] += 50  # narrow enough before, not after
    assert not enough_over(values, Precision(relative=0.05))


def test_what_does_not_differ_at_all_is_known():
    seen = known(np.zeros((20, 4)), Precision(relative=0.05))
    assert (seen.half_width, seen.wanted, seen.only_sets_help) == (0.0, 0.0, False)


@pytest.mark.parametrize("values", [np.ones((1, 4)), np.ones((4, 1)), np.full((4, 4), np.nan)])
def test_what_cannot_be_told_is_refused(values):
    with pytest.raises(ValueError, match=r"missing|two sets"):
        known(values, Precision(relative=0.05))


def test_components_of_nothing_have_no_width():
    assert half_widths(Seen(Components(0.0, 0.0, 0.0)), 10, 10, 0.95) == 0.0


def test_each_component_counts_once():
    """With many degrees of freedom the half-width is 1.96 roots of sets / S + seeds / R + rest / (S R)."""
    variance = 4.0 / 1000 + 2.0 / 500 + 10_000 / (1000 * 500)
    found = float(half_widths(Seen(Components(4.0, 2.0, 10_000.0)), 1000, 500, 0.95))
    assert found == pytest.approx(1.96 * math.sqrt(variance), rel=0.01)

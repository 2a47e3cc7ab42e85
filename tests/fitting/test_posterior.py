"""A toy whose posterior is known exactly: means of normal numbers, and a parameter of which the data say nothing."""

import numpy as np
import pytest
from scipy import stats

from getok.analysis.fitting.plausible import region_of
from getok.analysis.fitting.posterior import posterior, summaries_of

NOISE = np.array([0.08, 0.15])
"""Standard errors of the two means; the third parameter leaves no trace."""

N, KEEP, GROUPS = 4000, 400, 200


def drawn(n, seed):
    rng = np.random.default_rng(seed)
    unit = rng.random((n, 3))
    return unit, np.hstack([unit[:, :2] + NOISE * rng.standard_normal((n, 2)), rng.standard_normal((n, 2))])


def exact(observed):
    """Posterior of each mean: a normal cut at the ends of the range."""
    return [stats.truncnorm(-m / s, (1 - m) / s, m, s) for m, s in zip(observed[:2], NOISE, strict=True)]


@pytest.fixture(scope="module")
def looked_for():
    unit, known = drawn(N, 1)
    truth, seen = drawn(GROUPS, 2)
    found = [posterior(unit, known, observed, KEEP).unit for observed in seen]
    return truth, seen, np.array(found)


def test_intervals_hold_the_truth_as_often_as_they_say(looked_for):
    """Of 200 groups 90 % with a standard error of 2.1 %: refused beyond three of them."""
    truth, _, found = looked_for
    low, high = np.quantile(found, (0.05, 0.95), axis=1)
    held = ((low <= truth) & (truth <= high)).mean(axis=0)
    assert ((held > 0.835) & (held < 0.965)).all(), held


def test_spread_and_place_are_those_of_the_exact_posterior(looked_for):
    """Without the adjustment the nearest tenth of the runs spreads about twice as wide."""
    _, seen, found = looked_for
    for k in range(2):
        inside = (seen[:, k] > 0.25) & (seen[:, k] < 0.75)
        right = [exact(one)[k] for one in seen[inside]]
        mine = found[inside, :, k]
        assert np.mean(mine.std(axis=1) / [one.std() for one in right]) == pytest.approx(1.0, abs=0.08)
        assert np.abs(mine.mean(axis=1) - [one.mean() for one in right]).mean() < 0.25 * NOISE[k]


def test_what_leaves_no_trace_stays_as_drawn(looked_for):
    _, _, found = looked_for
    unit, known = drawn(N, 1)
    assert summaries_of(unit, known).told.tolist() == [0, 1]
    assert found[:, :, 2].std() == pytest.approx(1 / np.sqrt(12), rel=0.02)
    assert np.isin(found[0, :, 2], unit[:, 2]).all()


def test_sets_stay_inside_their_ranges(looked_for):
    assert (looked_for[2] >= 0).all()
    assert (looked_for[2] <= 1).all()


def test_the_same_seed_gives_the_same_sets():
    unit, known = drawn(500, 3)
    one, other = (posterior(unit, known, known[0], 100) for _ in range(2))
    assert np.array_equal(one.unit, other.unit)
    assert np.array_equal(one.nearest, other.nearest)


def test_too_few_runs_are_refused():
    unit, known = drawn(80, 3)
    with pytest.raises(ValueError, match="90 sets of 80 runs"):
        posterior(unit, known, known[0], 90)
    with pytest.raises(ValueError, match="at least 54 are needed"):
        posterior(unit, known, known[0], 20)


def test_a_region_holds_the_truth_and_leaves_most_out():
    """One in a thousand true sets is ruled out on average, so of 50 hardly more than one."""
    unit, known = drawn(1000, 1)
    truth, seen = drawn(50, 2)
    regions = [region_of(unit, known, observed) for observed in seen]
    held = sum(bool(region.holds(one[np.newaxis])[0]) for region, one in zip(regions, truth, strict=True))
    left = np.mean([region.holds(unit).mean() for region in regions])
    assert held >= 49
    assert 0.1 < left < 0.5


def test_a_parameter_that_is_foreseen_poorly_rules_nothing_out():
    """The first mean is foreseen well, the second to about a tenth: the region is one of the first alone."""
    unit, known = drawn(1000, 1)
    known[:, 1] = unit[:, 1] + 0.8 * np.random.default_rng(5).standard_normal(1000)
    shares = summaries_of(unit, known).shares
    assert shares[0] > 0.5
    assert 0.05 < shares[1] < 0.2
    assert len(region_of(unit, known, known[0]).records) == 1


def test_records_that_foresee_nothing_rule_nothing_out():
    rng = np.random.default_rng(1)
    assert region_of(rng.random((500, 3)), rng.random((500, 4)), rng.random(4)) is None

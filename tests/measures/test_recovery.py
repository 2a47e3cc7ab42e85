"""Known parameters are found again: a diffusion is lived with them, and the estimate's interval is looked at."""

import numpy as np
import pytest
from diffusions import diffusion, random_ties, spread_on

from getok.analysis.measures import Diffusion
from getok.analysis.measures.bass import bass_curve, bass_recursion, fit_bass_chain, fit_bass_curve
from getok.analysis.measures.diffusion import network
from getok.analysis.measures.regression import Link, hazard_regression
from getok.analysis.measures.rewiring import mean_threshold, moran_index, structure_test
from getok.simulation.errors import UsageError

N, PERIODS = 20_000, 25


def of_counts(new, n):
    """A diffusion with so many new adopters in each period, and nobody tied."""
    time = np.full(n, np.nan)
    time[: sum(new)] = np.repeat(np.arange(1, len(new) + 1), new)
    until = np.full(n, len(new))
    return Diffusion(tuple(f"p{i}" for i in range(n)), time, until, len(new), network(n, [], []), {})


def chain(p, q, m, n, n_periods, rng):
    """Live the Bass chain."""
    new, reached, ceiling = [], 0, round(m * n)
    for _ in range(n_periods):
        new.append(int(rng.binomial(ceiling - reached, p + q * reached / ceiling)))
        reached += new[-1]
    return of_counts(new, n)


@pytest.mark.parametrize(("p", "q", "m"), [(0.01, 0.35, 1.0), (0.03, 0.3, 0.7), (0.004, 0.5, 0.9)])
def test_the_bass_chain_is_found_again(p, q, m):
    rng = np.random.default_rng(int(1000 * p))
    inside = np.zeros(3)
    for _ in range(8):
        fit = fit_bass_chain(chain(p, q, m, N, PERIODS, rng))
        assert (fit.p, fit.q, fit.m) == pytest.approx((p, q, m), rel=0.4)
        ends = (fit.p_interval, fit.q_interval, fit.m_interval)
        inside += [low <= true <= high for (low, high), true in zip(ends, (p, q, m), strict=True)]
    # 95 % intervals: fewer than 5 of 8 inside happens once in 2700 cases.
    assert (inside >= 5).all()


def test_a_given_ceiling_and_what_the_clock_matters():
    d = chain(0.02, 0.3, 1.0, N, PERIODS, np.random.default_rng(8))
    fit = fit_bass_chain(d, m=1.0)
    assert fit.m_interval == (1.0, 1.0)
    assert fit.p_interval[0] < 0.02 < fit.p_interval[1]
    assert fit.q_interval[0] < 0.3 < fit.q_interval[1]
    # The curve in continuous time needs another q for the same data: the two clocks are not the same model.
    assert not fit.q_interval[0] < fit_bass_curve(d, m=1.0).q < fit.q_interval[1]


def test_the_curve_is_found_again():
    shares = 0.8 * bass_curve(0.01, 0.4, np.arange(0.0, 21))
    d = of_counts(np.diff(np.round(shares * 100_000)).astype(int), 100_000)
    fit = fit_bass_curve(d)
    assert (fit.p, fit.q, fit.m) == pytest.approx((0.01, 0.4, 0.8), rel=1e-3)
    assert fit.residual < 1e-5
    assert fit_bass_curve(d, m=0.8).q == pytest.approx(0.4, rel=1e-3)


def test_the_recursion_is_found_again_by_the_chain():
    shares = 0.6 * bass_recursion(0.02, 0.4, 20)
    d = of_counts(np.diff(np.round(shares * 100_000)).astype(int), 100_000)
    fit = fit_bass_chain(d)
    assert (fit.p, fit.q, fit.m) == pytest.approx((0.02, 0.4, 0.6), rel=5e-3)


def test_early_censoring_leaves_the_ceiling_open():
    shares = bass_recursion(0.005, 0.2, 8)
    d = of_counts(np.diff(np.round(shares * 2000)).astype(int), 2000)
    low, high = fit_bass_chain(d).m_interval
    assert low < 1 < high
    assert high > 5


def test_innovation_alone_has_an_imitation_that_begins_at_zero():
    d = chain(0.05, 0.0, 1.0, 5000, 15, np.random.default_rng(2))
    fit = fit_bass_chain(d, m=1.0)
    assert fit.q_interval[0] == 0
    assert fit.q_interval[1] < 0.1
    assert fit.p_interval[0] < 0.05 < fit.p_interval[1]


def test_what_bass_cannot_tell_is_said():
    with pytest.raises(UsageError, match="adopters in at least 4 periods"):
        fit_bass_curve(of_counts([3, 2, 1], 10))
    with pytest.raises(UsageError, match=r"below the 0\.6 that adopted"):
        fit_bass_chain(of_counts([1, 2, 2, 1], 10), m=0.5)
    early = diffusion([1, 2, 3, 4, None], [(0, 1)], until=[4, 4, 4, 4, 2])
    with pytest.raises(UsageError, match="shorter time"):
        fit_bass_chain(early)


@pytest.mark.parametrize("link", Link)
def test_the_effect_of_exposure_is_found_again(link):
    inverse = {Link.LOGIT: lambda x: 1 / (1 + np.exp(-x)), Link.CLOGLOG: lambda x: -np.expm1(-np.exp(x))}[link]
    rng = np.random.default_rng(6)
    inside, effect = 0, 1.5
    for _ in range(8):
        d = spread_on(random_ties(1500, 5, rng), rng, lambda x: inverse(-3.5 + effect * x), 12)
        fit = hazard_regression(d, link=link)
        assert fit.coefficient == pytest.approx(effect, abs=5 * fit.error)
        assert fit.error < 0.35
        inside += fit.low <= effect <= fit.high
    assert inside >= 5


def test_no_effect_where_there_is_none_and_groups_take_what_is_theirs():
    """Two groups that look at their own only, one quicker: without dummies that looks like contagion."""
    rng = np.random.default_rng(7)
    n = 1000
    source = np.repeat(np.arange(n), 4)
    target = (source + 2 * rng.integers(1, n // 2, size=4 * n)) % n
    ties = network(n, source, target)
    ties.data[:] = 1.0
    group = np.arange(n) % 2
    chance = np.where(group == 1, 0.15, 0.03)
    d = spread_on(ties, rng, lambda _: chance, 10)
    naive = hazard_regression(d)
    fair = hazard_regression(d, groups=group)
    assert naive.low > 1
    assert fair.low < 0 < fair.high


def test_the_two_links_agree_where_hazards_are_small():
    rng = np.random.default_rng(9)
    d = spread_on(random_ties(4000, 5, rng), rng, lambda x: np.exp(-6 + x), 10)
    logit, cloglog = (hazard_regression(d, link=link) for link in Link)
    assert logit.coefficient == pytest.approx(cloglog.coefficient, rel=0.02)


def test_what_regression_cannot_tell_is_said():
    with pytest.raises(UsageError, match="exposure does not vary"):
        hazard_regression(diffusion([1, 2, 3, None], [(0, 1)], n_periods=3))
    # Who is exposed adopts, who is not does not: separated.
    times = [1] * 10 + [2] * 10 + [None] * 10
    pairs = [(10 + k, k) for k in range(10)]
    with pytest.raises(UsageError, match="no hazard regression"):
        hazard_regression(diffusion(times, pairs, n_periods=2))


def test_contagion_is_told_from_none_by_rewiring():
    rng = np.random.default_rng(10)
    ties = random_ties(400, 4, rng)
    contagious = spread_on(ties, rng, lambda x: np.where(x > 0, 0.5 * x, 0.004), 15)
    alone = spread_on(ties, rng, lambda x: np.full(len(x), 0.1), 15)
    for statistic in (mean_threshold, moran_index):
        assert structure_test(contagious, statistic, rng, rewirings=200).p < 0.01
        assert structure_test(alone, statistic, rng, rewirings=200).p > 0.01

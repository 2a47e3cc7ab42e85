"""Draws are pure functions of seed, replicate, purpose, agent and week."""

import literal_draws as literal
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from getok.simulation.draws import Purpose, poisson, replicate_key, stream, triangular, uniform, uniforms

QUICK = settings(max_examples=200, derandomize=True, deadline=None, database=None)
KEYS = st.integers(0, 2**63 - 1)
WEEKS = st.integers(-32768, 32767)
AGENTS = st.integers(0, 2**40)


@QUICK
@given(KEYS, st.sampled_from(Purpose), WEEKS, AGENTS, st.integers(0, 2**40))
def test_draws_equal_the_literal_ones(key, purpose, week, agent, slot):
    start = stream(key, purpose, week)
    assert start == literal.stream(key, purpose, week)
    u = uniform(start, agent, slot)
    assert u == literal.uniform(start, agent, slot)
    assert 0.0 <= u < 1.0


@QUICK
@given(st.floats(0.0, 1.0, exclude_max=True), st.floats(0.0, 30.0))
def test_poisson_counts_equal_the_literal_ones(u, mean):
    assert poisson(u, mean) == literal.poisson(u, mean)


@QUICK
@given(st.floats(0.0, 0.999), st.floats(0.0, 0.999), st.floats(0.0, 20.0), st.floats(0.0, 10.0))
def test_poisson_grows_with_quantile_and_mean(u, v, mean, more):
    assert poisson(min(u, v), mean) <= poisson(max(u, v), mean)
    assert poisson(u, mean) <= poisson(u, mean + more)


@QUICK
@given(st.floats(0.0, 0.999), st.lists(st.floats(0.0, 200.0), min_size=3, max_size=3).map(sorted))
def test_triangular_stays_between_its_bounds(u, bounds):
    low, mode, high = bounds
    assert low - 1e-9 <= triangular(u, low, mode, high) <= high + 1e-9


def test_many_draws_are_the_single_draws_in_any_order():
    agents = np.random.default_rng(1).permutation(1000).astype(np.int64)
    start = stream(5, Purpose.HEARING, 3)
    many = uniforms(start, agents)
    assert many.tolist() == [uniform(start, int(agent)) for agent in agents]


def test_purposes_have_luck_of_their_own():
    assert len(set(Purpose)) == len(Purpose.__members__)
    starts = {stream(key, purpose, week) for key in range(3) for purpose in Purpose for week in range(-26, 105)}
    assert len(starts) == 3 * len(Purpose) * 131


def test_replicates_have_keys_of_their_own():
    keys = {replicate_key(seed, replicate) for seed in range(50) for replicate in range(200)}
    assert len(keys) == 50 * 200
    assert min(keys) >= 0


@pytest.mark.parametrize("slot", [0, 1, 7])
def test_draws_are_spread_evenly(slot):
    """Chi-square over 50 cells, 200 000 draws: 49 degrees of freedom, 110 is exceeded once in a million."""
    u = uniforms(stream(2019, Purpose.BUYER_STAGE, 1), np.arange(200_000), slot)
    counts = np.histogram(u, bins=50, range=(0.0, 1.0))[0]
    assert ((counts - 4000.0) ** 2 / 4000.0).sum() < 110.0


def test_neighbouring_agents_and_weeks_are_not_correlated():
    """200 000 pairs: a correlation of 0.011 is five standard errors."""
    agents = np.arange(200_000)
    one = uniforms(stream(2019, Purpose.BUYER_STAGE, 1), agents)
    next_week = uniforms(stream(2019, Purpose.BUYER_STAGE, 2), agents)
    assert abs(np.corrcoef(one[:-1], one[1:])[0, 1]) < 0.011
    assert abs(np.corrcoef(one, next_week)[0, 1]) < 0.011

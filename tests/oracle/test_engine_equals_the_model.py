"""The compiled engine equals the model to the last bit, on random worlds."""

import os
import secrets

import hypothesis
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from living import arrays, differences, differences_of_lives
from openings import open_and_close
from strategies import DEFAULTS, Shape, build, disturb, fill_counters, parameter_sets, shapes, worlds

from getok.simulation.model.community import Community
from getok.simulation.state import NEVER, CertificateState
from getok.simulation.week.arrays import BLOCK, Weeks, arrays_of, no_log, scratch_for, weeks_for
from getok.simulation.week.schedule import run_weeks

SPANS = st.lists(st.integers(1, 10), min_size=1, max_size=3)  # lengths of spans between institutional events
EXHAUSTIVE = settings(
    max_examples=500,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def both_live(world, spans, seed=0, between=disturb):
    """Let engine and model live the same spans, compare after each, and let institutions change things between.

    The engine keeps what it remembers from span to span, as a simulation does; the model remembers nothing.
    """
    first_week = world.week + 1
    weeks, scratch = weeks_for(world, sum(spans)), scratch_for(world)
    refusals = np.zeros_like(weeks.refusals)
    for length in spans:
        first, last = world.week + 1, world.week + length
        model = Community(world, length)
        run_weeks(arrays_of(world), weeks, no_log(), scratch, world.key, first, last, first_week)
        world.week = last
        for _ in range(length):
            model.step()
        refusals += model.weeks.refusals
        (*by_week, noted) = weeks
        engine = Weeks(*(part[first - first_week : last + 1 - first_week] for part in by_week), noted)
        literal = model.weeks._replace(refusals=refusals)
        assert differences_of_lives((model.world, literal), (world, engine)) == [], f"week {last}"
        between(world, seed + last)


@EXHAUSTIVE
@given(worlds(), SPANS, st.integers(0, 2**32))
def test_engine_equals_the_model(world, spans, seed):
    both_live(world, spans, seed)


FRESH = int(os.environ.get("GETOK_FRESH_SEED") or secrets.randbelow(2**32))


@hypothesis.seed(FRESH)
@settings(EXHAUSTIVE, max_examples=100, derandomize=False)
@given(worlds(), SPANS, st.integers(0, 2**32))
def test_engine_equals_the_model_on_worlds_that_nobody_has_seen(world, spans, seed):
    hypothesis.note(f"the same worlds again: GETOK_FRESH_SEED={FRESH}")
    both_live(world, spans, seed)


def test_what_is_owed_to_an_outlet_is_not_collected():
    """Where handling takes more than packs bring, a supermarket owes less than nothing."""
    world = build(Shape(20, (2,), ((2, 0),), 0.3, 3), DEFAULTS, 5)
    world.receivable[0] = [-100, 5_000] * (world.receivable.shape[1] // 2)
    both_live(world, [4, 4])
    assert world.receivable[0, 4] == -100


@settings(EXHAUSTIVE, max_examples=40)
@given(
    worlds(shapes(min_groups=2, max_buyers=24)),
    SPANS,
    st.integers(0, 2**32),
)
def test_engine_equals_the_model_where_groups_meet(world, spans, seed):
    world.parameters["door_visit_rate"] = 4.0
    world.parameters["word_adopter_probability"] = 0.5
    both_live(world, spans, seed)


@settings(EXHAUSTIVE, max_examples=100)
@given(worlds(), SPANS, st.integers(0, 2**32))
def test_engine_equals_the_model_where_outlets_open_and_close(world, spans, seed):
    both_live(world, spans, seed, open_and_close)


def test_engine_equals_the_model_with_more_buyers_than_are_looked_at_together():
    """Three pieces in a row, of which the last is short."""
    shape = Shape(2 * BLOCK + 100, (10, 8), ((0, 0, 1, 2, 3), (0, 3)), 0.003, 0)
    both_live(build(shape, DEFAULTS, 5), [5, 7])


RARE = {
    "online_reach_probability": 0.3,
    "shelf_probability": 0.3,
    "supermarket_curation_probability": 1.0,
    "supermarket_capacity_packs": 4.0,
    "supermarket_packaging": 0.0,
    "member_quit_probability": 0.5,
    "income_signal_share": 10.0,
}


@settings(EXHAUSTIVE, max_examples=100)
@given(worlds(shapes(weeks=(9, 9)), parameter_sets(**RARE)), SPANS, st.integers(0, 2**32))
def test_engine_equals_the_model_on_rare_ways(world, spans, seed):
    """Supermarkets that list (in week 13), online accounts that reach, members who give up."""
    world.certificates[:] = CertificateState.GRANTED
    world.outlets["gate_weeks"] = 4
    world.outlets["standing_offer"] = 1
    both_live(world, spans, seed)


@pytest.mark.parametrize("density", [0.0, 1.0])
@pytest.mark.parametrize("n_groups", [1, 3])
def test_empty_and_complete_networks(density, n_groups):
    shape = Shape(20, (2,) * n_groups, ((0, 1, 2, 3),) * n_groups, density, 0)
    both_live(build(shape, DEFAULTS, 7), [15, 15])


def test_a_whole_community_without_aware_buyers_at_the_start():
    world = build(Shape(120, (10,), ((0, 0, 0, 1, 2, 3),), 0.06, -26), DEFAULTS, 3)
    buyers = world.buyers
    others = buyers["member_of"] < 0
    for name, value in (("stage", 0), ("group", -1), ("signal", 0), ("source_tie", -1), ("last_purchase", NEVER)):
        buyers[name][others] = value
    world.buyer_entry[others] = np.iinfo(np.int16).min
    world.tie_trust[:] = world.tie_trust_prior
    fill_counters(world)
    both_live(world, [26, 20, 20])


@settings(EXHAUSTIVE, max_examples=20)
@given(shapes(max_buyers=12), parameter_sets(), st.integers(0, 2**32))
def test_the_comparison_finds_a_difference(shape, parameters, seed):
    """A model that began in another state must not pass: the oracle has teeth."""
    world = build(shape, parameters, seed)
    model = Community(world, 1)
    assert differences(arrays(model.world), arrays(world)) == []
    model.buyers[-1].trust += 2.0**-50
    assert differences(arrays(model.world), arrays(world)) == ["buyer_trust."]

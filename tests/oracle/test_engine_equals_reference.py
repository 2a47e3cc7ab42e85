"""The compiled engine equals the literal reference to the last bit, on random worlds."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openings import open_and_close
from reference.compare import compare_tables, compare_worlds
from reference.people import Tables, from_world
from reference.week import live
from strategies import DEFAULTS, Shape, build, disturb, fill_counters, parameter_sets, shapes, worlds

from getok.simulation.state import NEVER, CertificateState
from getok.simulation.week.arrays import BLOCK, arrays_of, no_log, scratch_for, weeks_for
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
    """Let engine and reference live the same spans, compare after each, and let institutions change things between.

    The engine keeps what it remembers from span to span, as a simulation does; the reference remembers nothing.
    """
    first_week = world.week + 1
    weeks, scratch = weeks_for(world, sum(spans)), scratch_for(world)
    tables = Tables(world)
    for length in spans:
        first, last = world.week + 1, world.week + length
        reference = from_world(world)
        run_weeks(arrays_of(world), weeks, no_log(), scratch, world.key, first, last, first_week)
        world.week = last
        live(reference, tables, first, last)
        compare_worlds(reference, world, last)
        between(world, seed + last)
    compare_tables(tables, weeks, first_week)


@EXHAUSTIVE
@given(worlds(), SPANS, st.integers(0, 2**32))
def test_engine_equals_reference(world, spans, seed):
    both_live(world, spans, seed)


@settings(EXHAUSTIVE, max_examples=40)
@given(
    worlds(shapes(min_groups=2, max_buyers=24)),
    SPANS,
    st.integers(0, 2**32),
)
def test_engine_equals_reference_where_groups_meet(world, spans, seed):
    world.parameters["door_visit_rate"] = 4.0
    world.parameters["word_adopter_probability"] = 0.5
    both_live(world, spans, seed)


@settings(EXHAUSTIVE, max_examples=100)
@given(worlds(), SPANS, st.integers(0, 2**32))
def test_engine_equals_reference_where_outlets_open_and_close(world, spans, seed):
    both_live(world, spans, seed, open_and_close)


def test_engine_equals_reference_with_more_buyers_than_are_looked_at_together():
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
def test_engine_equals_reference_on_rare_ways(world, spans, seed):
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
    """A reference that began in another state must not pass: the oracle has teeth."""
    world = build(shape, parameters, seed)
    other = from_world(world)
    other.buyers[-1].trust += 2.0**-50
    with pytest.raises(AssertionError, match=r"buyer_trust\[\d+\]: the reference has"):
        compare_worlds(other, world, world.week)

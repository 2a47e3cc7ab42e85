"""Parts of buyers: together they are everybody, once, and what is near a thread is near no other."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from getok.simulation.state import BUYER, GROUP, MEMBER
from getok.simulation.week import parts as module
from getok.simulation.week.parts import A_THREAD, LONG_STREET, parts_for, ties_between

RANDOM = settings(max_examples=150, derandomize=True, deadline=None, database=None)
THREADS = st.sampled_from([1, 2, 3, 8, 300])


def a_world(catchments, homes=(), ties=()):
    """Buyers in and out of catchments, groups of one member or none (home -1), and ties from buyer to buyer."""
    n = len(catchments)
    buyers, groups = np.zeros(n, BUYER), np.zeros(len(homes), GROUP)
    buyers["catchment"] = catchments
    peopled = [home for home in homes if home >= 0]
    members = np.zeros(len(peopled), MEMBER)
    members["buyer"] = peopled
    groups["member_stop"] = np.cumsum([home >= 0 for home in homes])
    groups["member_start"] = np.concatenate([[0], groups["member_stop"][:-1]])[: len(homes)]
    ties = sorted(ties)
    starts = np.searchsorted([tie[0] for tie in ties], np.arange(n + 1))
    to = np.array([tie[1] for tie in ties], dtype=np.int32)
    return SimpleNamespace(buyers=buyers, groups=groups, members=members, tie_start=starts, tie_to=to)


@st.composite
def some_worlds(draw):
    catchments = draw(arrays.arrays(np.int32, st.integers(0, 300), elements=st.integers(-1, 2)))
    if not len(catchments):
        return a_world(catchments)
    who = st.integers(0, len(catchments) - 1)
    homes = draw(st.lists(st.one_of(st.just(-1), who), max_size=6))
    ties = draw(st.lists(st.tuples(who, who), max_size=60))
    return a_world(catchments, homes, ties)


def part_of(parts, n):
    """Part of each buyer."""
    found = np.full(n, -1)
    for part, (first, stop) in enumerate(zip(parts.part_start, parts.part_stop, strict=True)):
        assert np.all(found[first:stop] == -1)
        found[first:stop] = part
    return found


def near(parts, buyer):
    return parts.near_street[buyer >> parts.street_bits]


def check(world, n_threads):
    n, parts = len(world.buyers), parts_for(world, n_threads)
    part = part_of(parts, n)
    assert np.all(part >= 0)
    order = [parts.parts_in_order.tolist().index(k) for k in part]
    assert order == sorted(order)
    each = len(parts.part_start) // n_threads
    assert all(near(parts, i) == part[i] // each for i in range(n))
    homes = iter(world.members["buyer"].tolist())
    expected = [
        near(parts, next(homes)) if stop > start else 0
        for start, stop in zip(world.groups["member_start"], world.groups["member_stop"], strict=True)
    ]
    assert parts.near_group.tolist() == [*expected, 0]
    assert parts.group_order.tolist() == sorted(range(len(expected)), key=lambda g: expected[g])
    between = np.zeros(len(parts.part_start), dtype=int)
    for i in range(n):
        for e in range(world.tie_start[i], world.tie_start[i + 1]):
            between[part[i]] += part[world.tie_to[e]] != part[i]
    assert ties_between(world, parts).tolist() == between.tolist()


@RANDOM
@given(some_worlds(), THREADS)
def test_parts_are_everybody_once_and_in_order(world, n_threads):
    check(world, n_threads)


@RANDOM
@given(some_worlds(), THREADS)
def test_long_streets_are_of_one_part(world, n_threads):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FEWEST_STREETS", 0)
        parts = parts_for(world, n_threads)
        assert parts.street_bits == LONG_STREET
        assert all(first % 64 == 0 for first in parts.part_start.tolist() if first < len(world.buyers))
        check(world, n_threads)


@pytest.mark.parametrize(("n_buyers", "bits"), [(64 * 16 * 16, 6), (64 * 16 * 16 - 1, 0)])
def test_only_large_communities_have_streets_of_several_buyers(n_buyers, bits):
    assert parts_for(a_world(np.zeros(n_buyers, dtype=np.int32)), 2).street_bits == bits


def test_parts_make_about_as_much_work():
    catchments = np.where(np.arange(100_000) < 30_000, 0, -1)
    parts = parts_for(a_world(catchments), 2)
    work = [
        np.where(catchments[a:b] >= 0, 1.0, module.FAR).sum()
        for a, b in zip(parts.part_start, parts.part_stop, strict=True)
    ]
    assert len(work) == 2 * A_THREAD
    assert max(work) < 1.05 * min(work)
    of_threads = np.reshape(work, (2, A_THREAD)).sum(1)
    in_catchment = [(catchments[a:b] >= 0).sum() for a, b in zip(parts.part_start, parts.part_stop, strict=True)]
    assert max(of_threads) < 1.02 * min(of_threads)
    assert max(np.reshape(in_catchment, (2, A_THREAD)).sum(1)) < 0.6 * 30_000

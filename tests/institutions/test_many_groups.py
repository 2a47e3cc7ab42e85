"""Many groups share the services: capacity, quotas, first come first served (model.md 2, 7.9)."""

import copy
import pickle
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from getok.simulation.institutions.weekly_steps import Institutions
from getok.simulation.scenario.resolved import Facilitator, ServiceKind, Shock, ShockKind, Step, Task, TaskKind
from getok.simulation.state import Stage


@pytest.fixture(scope="session")
def shared(case, a_service):
    """Build a scenario in which every group applies for one scarce certificate."""

    def build(acceptance=1.0, delay=(2, 3, 6), shocks=(), **more):
        steps = (Step("counter", 0.5), Step("desk", 0.5))
        one = a_service("halal", ServiceKind.CERTIFICATE, *delay, acceptance, steps=steps, **more)
        return case(services=(one,), programme=(Task("a", TaskKind.APPLICATION, ("halal",), 4),), shocks=shocks)

    return build


def weeks_of(lived, state):
    return {row[0]: row[5] for row in lived.cases() if row[4] == state}


def uneven(scenario, small_world, n_groups, key=1):
    """Let groups come to the counter in different weeks: their members help more or less."""
    world = small_world(scenario, n_groups, key)
    for g in range(n_groups):
        start = world.groups["member_start"][g]
        world.members["stage"][start : start + (7 * g) % 11] = Stage.IMPLEMENTATION
    return replace(scenario, facilitator=Facilitator(0.25, 1, 104)), world


@settings(max_examples=40, deadline=None)
@given(
    capacity=st.integers(1, 4),
    quota=st.integers(1, 9),
    n_groups=st.integers(1, 25),
    key=st.integers(0, 2**62),
    acceptance=st.sampled_from([0.6, 1.0]),
)
def test_capacity_quota_and_order(shared, small_world, live, capacity, quota, n_groups, key, acceptance):
    scenario = shared(acceptance, capacity_per_week=capacity, quota_per_year=quota)
    scenario, world = uneven(scenario, small_world, n_groups, key)
    lived = live(scenario, weeks=180, world=world)
    submitted, begun, granted = (weeks_of(lived, state) for state in ("submitted", "counter", "granted"))
    assert max(Counter(begun.values()).values()) <= capacity
    assert all(n <= quota for n in Counter((week - 1) // 52 for week in granted.values()).values())
    for a in begun:
        for b in begun:
            assert not (submitted[a] < submitted[b] and begun[a] > begun[b])
    # Nobody waits at an idle counter.
    for group, week in begun.items():
        for idle in range(submitted[group], week):
            assert list(begun.values()).count(idle) == capacity


@settings(max_examples=40, deadline=None)
@given(desks=st.integers(1, 4), n_groups=st.integers(1, 25), key=st.integers(0, 2**62))
def test_desks_are_never_overfull_and_never_idle(shared, small_world, live, desks, n_groups, key):
    scenario, world = uneven(shared(0.6, desks=desks), small_world, n_groups, key)
    lived = live(scenario, weeks=180, world=world)
    submitted, begun = weeks_of(lived, "submitted"), weeks_of(lived, "counter")
    decided = weeks_of(lived, "granted") | weeks_of(lived, "rejected")
    for week in range(1, 181):
        busy = sum(begun[group] <= week < decided.get(group, 999) for group in begun)
        waiting = sum(submitted[group] <= week < begun.get(group, 999) for group in submitted)
        assert busy <= desks
        assert waiting == 0 or busy == desks


def test_one_desk_by_hand(shared, live):
    lived = live(shared(desks=1, delay=(3, 3, 3)), weeks=20, n_groups=4)
    # All hand in in week 2; each holds the desk for its three weeks.
    assert sorted(weeks_of(lived, "counter").values()) == [2, 5, 8, 11]
    assert sorted(weeks_of(lived, "granted").values()) == [5, 8, 11, 14]


def test_groups_that_share_a_facilitator_get_her_by_turns(case, live):
    """Four groups to a facilitator: a quarter of the visits each; beyond the facilitators there are, none."""
    lived = live(case(facilitator=Facilitator(4.0, 1, 104, number=1, groups_each=2)), weeks=12, n_groups=3)
    visits = lived.flows["facilitator_visits"].sum(axis=0)
    assert visits.tolist() == [24.0, 24.0, 0.0]
    assert lived.world.groups["facilitated"].tolist() == [1, 1, 0]


def test_quota_by_hand(shared, live):
    lived = live(shared(quota_per_year=2, delay=(2, 2, 2)), weeks=120, n_groups=5)
    # Four visits at three a week: filed in week 2, done in week 4; then two a year, in January.
    assert sorted(weeks_of(lived, "granted").values()) == [4, 4, 53, 53, 105]
    assert lived.called == [1, 2, 3, 4, 31, 53, 105]


def test_ties_at_the_counter_are_settled_by_lot(shared, live):
    firsts = {
        min(weeks_of(live(shared(capacity_per_week=1), weeks=2, n_groups=4, key=key), "counter")) for key in range(40)
    }
    assert firsts == {0, 1, 2, 3}


def test_groups_are_told_apart_by_key_not_by_place(shared, small_world, live):
    scenario = shared(0.5, capacity_per_week=1, quota_per_year=3, attempts=2)
    keys = np.array([3, 1, 4, 0, 2])
    histories = []
    for order in (np.arange(5), keys):
        world = small_world(scenario, 5)
        world.groups["key"] = order
        lived = live(scenario, weeks=160, world=world)
        histories.append({int(order[row[0]]): [] for row in lived.cases()})
        for row in lived.cases():
            histories[-1][int(order[row[0]])].append(row[1:])
    assert histories[0] == histories[1]


def test_quota_cut_lasts_as_long_as_the_shock(shared, live):
    cut = Shock("cut", ShockKind.QUOTA_CUT, 1, 20, value=0.5, target="halal")
    lived = live(shared(quota_per_year=4, delay=(2, 2, 2), shocks=(cut,)), weeks=60, n_groups=5)
    assert sorted(weeks_of(lived, "granted").values()) == [4, 4, 21, 21, 53]


def test_each_group_has_its_own_list(case, small_world, live):
    scenario = case(facilitator=Facilitator(1, 1, 104))
    world = small_world(scenario, 3)
    world.members["stage"][10:20] = Stage.CONFIRMATION  # the second group helps itself
    lived = live(scenario, world=world)
    done = {g: np.nanmax([row["done_week"] for row in lived.programme() if row["group"] == g]) for g in range(3)}
    assert done[1] < done[0]
    assert len(lived.programme()) == 3 * 18


@pytest.mark.parametrize("every_week", [False, True])
def test_calls_between_the_due_weeks_change_nothing(case, live, every_week):
    expected = live(case(), weeks=130, n_groups=3)
    lived = live(case(), weeks=130, n_groups=3, every_week=every_week)
    assert lived.cases() == expected.cases()
    assert np.array_equal(lived.flows, expected.flows)
    for name in ("groups", "outlets", "members", "certificates"):
        assert np.array_equal(getattr(lived.world, name), getattr(expected.world, name))


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])  # noqa: S301
def test_a_copy_lives_on_like_the_original(case, live, duplicate):
    lived = live(case(), weeks=15, n_groups=2)
    world, institutions = lived.world.copy(), duplicate(lived.institutions)
    flows = np.zeros(2, dtype=lived.flows.dtype)
    for week in range(16, 105):
        lived.institutions.step(lived.world, week, flows)
    middle = institutions.cases_table().columns["week"].max()
    assert middle <= 15
    for week in range(16, 105):
        institutions.step(world, week, flows)
    assert (
        institutions.cases_table().columns["week"].tolist() == lived.institutions.cases_table().columns["week"].tolist()
    )
    assert np.array_equal(world.groups, lived.world.groups)


def test_the_world_may_have_no_group(case, small_world):
    institutions = Institutions(case(), 0)
    assert institutions.next_week(0) == 1  # the facilitator comes, to nobody
    assert institutions.end_of_run() == ()
    assert len(institutions.cases_table()) == 0

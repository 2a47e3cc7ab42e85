"""A replicate may be forked, cut into weeks, or shared among threads: it lives the same life."""

import gc
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from getok.simulation.engine import Simulation, burn_in, simulate
from getok.simulation.errors import UsageError
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import Facilitator, Metric, Task, TaskKind, Trigger
from getok.simulation.state import SHARED

BASELINE = load_scenario("baseline_reflection").scenario
IMPLEMENTED = load_scenario("implemented_2019").scenario
EVERYTHING = load_scenario("everything").scenario
SMALL = {"n_households_rw": 40.0, "n_households_outside": 20.0, "n_institution_pool": 10.0, "n_bank_households": 10.0}


def contents(tables):
    """All columns of all tables, as values to compare (NaN made comparable)."""
    return {
        (table, name): values.tolist() if values.dtype == object else values.tobytes()
        for table, filled in tables.items()
        for name, values in filled.columns.items()
    }


def differing(one, other):
    one, other = contents(one), contents(other)
    assert one.keys() == other.keys()
    return sorted(name for name in one if one[name] != other[name])


def first_difference(one, other):
    """First week in which any weekly column differs; None if there is none."""
    one, other = one["weekly"].columns, other["weekly"].columns
    differs = np.any([one[name] != other[name] for name in one], axis=0)
    return int(one["week"][differs].min()) if differs.any() else None


def small(scenario, **changes):
    return replace(scenario, parameters=scenario.parameters | SMALL, **changes)


# Forks


@pytest.mark.parametrize("scenario", [BASELINE, IMPLEMENTED, EVERYTHING], ids=lambda s: s.name)
@pytest.mark.parametrize("replicate", [0, 3])
def test_a_fork_lives_like_an_unforked_replicate(scenario, replicate):
    snapshot = burn_in(BASELINE, 1, replicate)
    forked = simulate(scenario, 1, replicate, snapshot, people=True, events=True)
    assert differing(forked, simulate(scenario, 1, replicate, people=True, events=True)) == []


def test_forks_leave_the_burn_in_alone():
    snapshot = burn_in(BASELINE, 1, 0)
    before = snapshot.world.copy()
    shared = {name: getattr(before, name).tobytes() for name in SHARED}
    first = simulate(EVERYTHING, 1, 0, snapshot)
    assert snapshot.world.week == 0
    assert snapshot.world.buyers.tobytes() == before.buyers.tobytes()
    assert snapshot.world.tie_trust.tobytes() == before.tie_trust.tobytes()
    assert {name: getattr(snapshot.world, name).tobytes() for name in SHARED} == shared
    simulate(BASELINE, 1, 0, snapshot)
    assert differing(simulate(EVERYTHING, 1, 0, snapshot), first) == []


@pytest.mark.parametrize(
    ("scenario", "seed", "replicate"),
    [
        (BASELINE, 2, 0),
        (BASELINE, 1, 1),
        (small(BASELINE), 1, 0),
        (replace(BASELINE, burn_in_weeks=27), 1, 0),
        (replace(BASELINE, services=BASELINE.services[:-1]), 1, 0),
    ],
    ids=["seed", "replicate", "community", "burn-in", "services"],
)
def test_a_burn_in_of_something_else_is_refused(scenario, seed, replicate):
    with pytest.raises(ValueError, match="another seed, replicate or community"):
        simulate(scenario, seed, replicate, burn_in(BASELINE, 1, 0))


def test_names_and_programmes_do_not_part_burn_ins():
    renamed = replace(IMPLEMENTED, name="other", horizon_weeks=8)
    assert len(simulate(renamed, 1, 0, burn_in(BASELINE, 1, 0))["weekly"]) == 8


# Weeks, threads, luck


@pytest.mark.parametrize("events", [False, True])
def test_week_by_week_is_the_same_as_at_once(events):
    weekly = Simulation(EVERYTHING, 1, 2, events=events)
    for _ in range(EVERYTHING.horizon_weeks):
        weekly.advance(1)
    assert differing(weekly.tables(), simulate(EVERYTHING, 1, 2, events=events)) == []


def test_the_event_log_changes_nothing():
    logged = simulate(EVERYTHING, 1, 1, events=True)
    assert len(logged.pop("events")) > 1000
    assert differing(logged, simulate(EVERYTHING, 1, 1)) == []


def test_nobody_lives_beyond_the_horizon():
    simulation = Simulation(replace(BASELINE, horizon_weeks=10), 1, 0)
    simulation.advance(7)
    simulation.advance(7)
    assert simulation.world.week == 10
    assert len(simulation.tables()["weekly"]) == 10


@pytest.mark.parametrize("weeks", [1.5, 2.0, "3", True, None, -1, 1041])
def test_weeks_are_whole_and_never_rounded(weeks):
    simulation = Simulation(replace(BASELINE, horizon_weeks=10), 1, 0)
    with pytest.raises(UsageError, match="whole number"):
        simulation.advance(weeks)
    assert simulation.world.week == 0


@pytest.mark.parametrize("scenario", [IMPLEMENTED, EVERYTHING], ids=lambda s: s.name)
def test_a_shorter_horizon_is_the_beginning_of_a_longer_one(scenario):
    long, short = simulate(scenario, 1, 0), simulate(replace(scenario, horizon_weeks=30), 1, 0)
    for name, values in short["weekly"].columns.items():
        assert np.array_equal(values, long["weekly"].columns[name][:30]), name


def test_threads_at_once_write_the_same_bytes():
    snapshot = burn_in(BASELINE, 1, 0)
    jobs = [(IMPLEMENTED, 1, 0, snapshot), (EVERYTHING, 1, 0, snapshot)] * 4
    alone = [contents(simulate(*job)) for job in jobs[:2]]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda job: contents(simulate(*job)), jobs))
    assert together == alone * 4


def test_replicates_and_seeds_differ():
    lives = [simulate(BASELINE, seed, replicate) for seed, replicate in ((1, 0), (1, 1), (2, 0))]
    assert {first_difference(lives[0], other) for other in lives[1:]} == {1}


# Metamorphic: what does not happen changes nothing


def later(scenario, week):
    """The same programme, begun in a later week."""
    companion = scenario.facilitator
    moved = Facilitator(companion.visits_per_week, companion.first_week + week - 1, companion.last_week + week - 1)
    programme = tuple(replace(task, first_week=task.first_week + week - 1) for task in scenario.programme)
    return replace(scenario, facilitator=moved, programme=programme)


@pytest.mark.parametrize("replicate", range(3))
@pytest.mark.parametrize("week", [2, 10, 40])
def test_until_a_programme_begins_nothing_tells_it_from_the_baseline(week, replicate):
    snapshot = burn_in(BASELINE, 1, replicate)
    one, other = simulate(BASELINE, 1, replicate, snapshot), simulate(later(IMPLEMENTED, week), 1, replicate, snapshot)
    assert first_difference(one, other) == week


def test_two_scenarios_part_in_the_week_of_a_shock():
    shock = load_scenario("shock_incident").scenario
    parent = load_scenario(shock.parents[-1]).scenario if shock.parents else IMPLEMENTED
    first = min(s.first_week for s in shock.shocks)
    for replicate in range(2):
        one, other = simulate(parent, 1, replicate), simulate(replace(parent, shocks=shock.shocks), 1, replicate)
        assert first_difference(one, other) == first


@pytest.mark.parametrize("scenario", [BASELINE, EVERYTHING], ids=lambda s: s.name)
def test_an_intervention_that_never_fires_changes_nothing(scenario):
    never = Trigger(Metric.CASH_RUPIAH, at_least=1e15)
    task = Task("never", TaskKind.CREDIT, ("mosque_cooperative",), 1.0, when=never)
    one, other = simulate(scenario, 1, 0), simulate(replace(scenario, programme=(*scenario.programme, task)), 1, 0)
    # The books of the programme list the task, and count visits on offer as long as anything is left to do.
    books = {("summary", "tasks_done_share"), ("weekly", "facilitator_visits")}
    books |= {("programme", name) for name in one["programme"].columns}
    assert set(differing(one, other)) <= books


def test_without_effort_a_programme_is_the_baseline():
    nobody = replace(IMPLEMENTED, facilitator=Facilitator(0.0, 1, 30))
    for replicate in range(3):
        one, other = simulate(BASELINE, 1, replicate), simulate(nobody, 1, replicate)
        assert first_difference(one, other) is None
        assert np.nansum(other["summary"].columns["tasks_done_share"]) == 0.0


# Memory


def test_memory_does_not_grow():
    scenario = small(IMPLEMENTED, horizon_weeks=10)

    def live_many(replicates):
        for replicate in replicates:
            simulate(scenario, 1, replicate)
        gc.collect()
        return tracemalloc.get_traced_memory()[0], len(gc.get_objects())

    objects_before = live_many(range(20))[1]
    objects_after = live_many(range(20, 200))[1]
    assert objects_after - objects_before < 100
    tracemalloc.start()  # tracing is slow, so the last hundred only
    try:
        bytes_before = live_many(range(200, 220))[0]
        bytes_after = live_many(range(220, 300))[0]
    finally:
        tracemalloc.stop()
    assert bytes_after - bytes_before < 50_000

"""The same is said of records and of runs, from the same weeks."""

import numpy as np
import pytest

from getok.analysis.fitting.records import NEVER, Event, Records, Sale
from getok.analysis.fitting.simulated import COUNTED, Simulated
from getok.analysis.fitting.statistics import statistics_of, windows

WEEKS = 30


def simulated(n=4, seed=1):
    rng = np.random.default_rng(seed)
    weekly = {name: rng.poisson(3.0, (n, WEEKS)).astype(float) for name in COUNTED}
    weekly["member_joined"] = np.cumsum(rng.random((n, WEEKS)) < 0.1, axis=1).astype(float)
    happened = {"agreed susi": np.array([4.0, np.inf, 29.0, -12.0][:n])}
    return Simulated(np.zeros((n, 1)), weekly, happened)


def written(runs, place, intervals):
    """What a group would write down of a run."""
    sales = tuple(
        Sale("door", first, last, runs.weekly["door"][place, first - 1 : last].sum()) for first, last in intervals
    )
    joined = np.flatnonzero(np.diff(runs.weekly["member_joined"][place, : intervals[-1][1]], prepend=0.0)) + 1.0
    members = [Event("member_joined", "", week) for week in joined] or [Event("member_joined", "", NEVER)]
    return Records(sales, (Event("agreed", "susi", runs.week_of("agreed", "susi")[place]), *members))


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("intervals", [
    [(week, week) for week in range(1, 29)],
    [(1, 4), (5, 8), (9, 9), (15, 18), (19, 26)],
], ids=["weekly", "sums and gaps"])  # fmt: skip
def test_what_a_run_would_write_down_says_the_same_as_the_run(place, intervals):
    runs = simulated()
    found = statistics_of(written(runs, place, intervals), runs)
    assert found.observed == pytest.approx(found.runs[place])
    assert not np.allclose(found.runs[place], found.runs[(place + 1) % 4])


def test_what_lies_in_a_gap_counts_nothing():
    runs = simulated()
    records = written(runs, 0, [(1, 4), (5, 8), (9, 9), (15, 18), (19, 26)])
    before = statistics_of(records, runs).runs
    runs.weekly["door"][:, 9:14] += 100
    assert (statistics_of(records, runs).runs == before).all()
    runs.weekly["door"][:, 14] += 100
    assert (statistics_of(records, runs).runs != before).any()


def test_what_happens_after_the_records_end_has_not_happened():
    runs = simulated()
    found = statistics_of(written(runs, 1, [(week, week) for week in range(1, 21)]), runs)
    week, happened = (found.names.index(f"agreed susi: {what}") for what in ("week", "happened"))
    assert found.runs[:, happened].tolist() == [1, 0, 0, 1]
    assert found.runs[:, week].tolist() == [4, 21, 21, 1]
    assert found.observed[week] == 21


def test_windows_by_hand():
    weekly = tuple(Sale("door", week, week, 1) for week in range(1, 33))
    assert np.bincount(windows(weekly)).tolist() == [13, 19]
    assert np.bincount(windows(weekly[:30])).tolist() == [13, 17]
    months = tuple(Sale("door", first, first + 3, 1) for first in range(1, 60, 4))
    assert np.bincount(windows(months)).tolist() == [3, 3, 3, 4, 2]
    assert windows(weekly[:5]).tolist() == [0] * 5

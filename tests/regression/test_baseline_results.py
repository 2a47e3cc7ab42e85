"""Results do not change unnoticed."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from write import OUTCOMES, SCENARIOS, sums_now, sums_stored

WHAT_TO_DO = (
    "results changed: raise MODEL_VERSION, add a changelog line beginning 'Results:' "
    "and run `python tests/regression/write.py`"
)


@pytest.fixture(scope="module")
def now():
    return sums_now()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_results_are_those_written_down(now, scenario):
    stored = sums_stored()
    assert stored.keys() == set(SCENARIOS), WHAT_TO_DO
    # Whole numbers are exact everywhere; means of weeks are, too, being sums of whole numbers over eight.
    assert now[scenario] == stored[scenario], WHAT_TO_DO


def test_scenarios_are_told_apart():
    """Were two scenarios equal in all outcomes, one of them would test nothing."""
    rows = [tuple(row[outcome] for outcome in OUTCOMES) for row in sums_stored().values()]
    assert len(set(rows)) == len(rows)

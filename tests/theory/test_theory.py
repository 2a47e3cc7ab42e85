"""The engine, reduced by parameters and initial state to known processes, does what theory says (quick sizes)."""

import pytest

from verification.targets import targets

TARGETS = targets()


@pytest.mark.parametrize("name", TARGETS)
def test_target(name):
    result = TARGETS[name](full=False)
    failed = [f"{c.statistic}: {c.simulated} against {c.expected}, {c.measure}" for c in result.checks if not c.passed]
    assert result.checks
    assert failed == []

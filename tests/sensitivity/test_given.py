"""Points of a sweep are read as drawn independently only if they may have been."""

import numpy as np
import pytest

from getok.analysis.sensitivity.designs import differ_one_at_a_time, latin_hypercube, morris_design, saltelli_design

NAMES, RANGES = ("a", "b", "c", "d"), [(0.0, 1.0)] * 4


@pytest.mark.parametrize("lay", [morris_design, saltelli_design])
def test_designs_of_one_change_at_a_time_are_seen(lay):
    design = lay(NAMES, RANGES, 32, 1)
    assert len(design.distinct_points()[0]) >= 64  # enough for PAWN, which must not take them all the same
    assert differ_one_at_a_time(design.distinct_points()[0])


def test_independent_points_are_taken():
    assert not differ_one_at_a_time(latin_hypercube(NAMES, RANGES, 64, 1).points)
    grid = np.stack(np.meshgrid(np.arange(4.0), np.arange(4.0), np.arange(4.0)), -1).reshape(-1, 3)
    assert not differ_one_at_a_time(grid)
    assert not differ_one_at_a_time(np.arange(64.0)[:, None])
    some = latin_hypercube(NAMES, RANGES, 64, 1).points.copy()
    some[:, 2] = np.round(some[:, 2] * 4)  # a whole number repeats, the others do not
    assert not differ_one_at_a_time(some)

"""Ensembles made by hand: a function of parameters and seeds stands for the model."""

import numpy as np
import pytest

from getok.analysis.ensemble import Ensemble


@pytest.fixture
def ran():
    """Runs a design: functions of (points, seed) by scenario; every row, or the distinct points only."""

    def run(design, functions, n_replicates=4, distinct=False):
        points = design.distinct_points()[0] if distinct else design.model_points
        if callable(functions):
            functions = {"base": functions}
        values = np.array(
            [[f(points, seed) for seed in range(n_replicates)] for f in functions.values()], dtype=np.float64
        ).transpose(0, 2, 1)
        return Ensemble(tuple(functions), design.parameters, points, design.ranges, {"packs_per_week": values})

    return run


@pytest.fixture
def luck_of():
    """Luck of a seed at each point: of the same point always the same, of others independent."""

    def luck(points, seed):
        keys = [np.random.default_rng([seed, *row.view(np.uint64)]) for row in np.ascontiguousarray(points)]
        return np.array([rng.normal() for rng in keys])

    return luck

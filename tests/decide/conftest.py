"""An ensemble with a planted answer, and a small one that can be worked out by hand."""

import numpy as np
import pytest

from getok.analysis.ensemble.ensemble import Ensemble

PLANTED = ("baseline", "legality", "partners", "full", "placebo", "fair")


def planted(n=300, seeds=4, n_parameters=8, scenarios=PLANTED, seed=2):
    """Partners beat legality where pending_share is under .35 and mou_weight over .4, and full beats all."""
    rng = np.random.default_rng(seed)
    points = rng.random((n, n_parameters))
    names = ("pending_share", "mou_weight", *(f"idle_{k}" for k in range(n_parameters - 2)))
    base = 20 + 10 * rng.random((n, 1)) + rng.normal(0, 1, (n, seeds))
    inside = (points[:, 0] < 0.35) & (points[:, 1] > 0.4)
    legality = base + 8 + rng.normal(0, 2, (n, seeds))
    partners = base + np.where(inside, 11, 5)[:, None] + rng.normal(0, 2, (n, seeds))
    full = base + 16 + 6 * rng.random((n, 1)) + rng.normal(0, 2, (n, seeds))
    packs = np.stack([base, legality, partners, full, base, base - rng.normal(1, 2, (n, seeds))])
    price = 1 + 0.2 * rng.random((1, n, 1))
    cost = np.array([0, 4e6, 3e6, 9e6, 0, 6e6])[:, None, None] * price + np.zeros(packs.shape)
    values = {
        "packs_per_week": packs,
        "active_buyers": 1.3 * packs,
        "cost_public_rupiah": cost,
        "cost_total_rupiah": 1.4 * cost,
    }
    return Ensemble(scenarios, names, points, np.tile([0.0, 1.0], (n_parameters, 1)), values)


def small(**values):
    """Ensemble of given outcomes (scenarios x sets, one seed) without a telling parameter."""
    arrays = {key: np.asarray(rows, dtype=float)[:, :, None] for key, rows in values.items()}
    n_scenarios, n_sets, _ = next(iter(arrays.values())).shape
    names = ("base", *(f"plan_{k}" for k in range(1, n_scenarios)))
    return Ensemble(names, ("x",), np.arange(float(n_sets))[:, None], np.array([[0.0, n_sets]]), arrays)


@pytest.fixture(scope="session")
def ensemble():
    return planted()


@pytest.fixture(scope="session")
def make_planted():
    return planted


@pytest.fixture(scope="session")
def make_small():
    return small

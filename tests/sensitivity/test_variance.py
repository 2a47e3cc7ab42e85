"""Shares of variance: known components are found again."""

import numpy as np
import pytest

from getok.analysis.sensitivity import analyse, latin_hypercube, saltelli_design
from getok.analysis.sensitivity.variance import variance_shares


def test_known_components_are_found_again():
    """Between points 9, between seeds 4, residual 3."""
    rng = np.random.default_rng(1)
    points, seeds = (drawn / drawn.std(ddof=1) for drawn in rng.normal(size=(2, 400)))
    values = 50 + 3 * points[:, None] + 2 * seeds + rng.normal(0, np.sqrt(3), (400, 400))
    shares = variance_shares(values)
    assert shares.points == pytest.approx(9 / 16, abs=0.03)
    assert shares.seeds == pytest.approx(4 / 16, abs=0.03)
    assert shares.residual == pytest.approx(3 / 16, abs=0.02)
    assert shares.luck == pytest.approx(7 / 16, abs=0.03)
    assert shares.noise_of_means == pytest.approx(3 / 400 / (9 + 3 / 400), rel=0.1)


def test_few_seeds_are_right_on_average():
    rng = np.random.default_rng(2)
    found = []
    for _ in range(300):
        values = rng.normal(0, 2, (100, 1)) + rng.normal(0, 1, (1, 4)) + rng.normal(0, 2, (100, 4))
        shares = variance_shares(values)
        found.append((shares.points / shares.residual, shares.noise_of_means))
    assert np.median(found, axis=0) == pytest.approx([1, 0.2], rel=0.05)


def test_shares_add_up_to_one_and_never_below_zero():
    values = np.random.default_rng(3).normal(size=(10, 3))
    shares = variance_shares(values)
    assert shares.points + shares.seeds + shares.residual == pytest.approx(1)
    assert min(shares.points, shares.seeds, shares.residual) >= 0


def test_one_seed_tells_nothing_about_luck():
    assert np.isnan(variance_shares(np.arange(5.0)[:, None]).luck)


@pytest.mark.parametrize("make", [latin_hypercube, saltelli_design])
def test_shares_of_a_report(ran, luck_of, make):
    """Uniform on 0 to 12: variance 12; luck of a point: variance 4."""
    design = make(("a", "b"), [[0.0, 12.0], [0.0, 1.0]], 512, 1)
    report = analyse(ran(design, lambda p, s: p[:, 0] + 2 * luck_of(p, s), 8), design, "packs_per_week")
    assert report.shares.points == pytest.approx(12 / 16, abs=0.03)
    assert report.shares.luck == pytest.approx(4 / 16, abs=0.03)

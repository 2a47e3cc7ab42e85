"""The spread of a difference is split into what was put in."""

import numpy as np
import pytest

from getok.analysis.decide.variance import Components, components, spread


def crossed(rng, n_sets, n_seeds, sets, seeds, rest):
    return (
        5
        + rng.normal(0, sets, (n_sets, 1))
        + rng.normal(0, seeds, (1, n_seeds))
        + rng.normal(0, rest, (n_sets, n_seeds))
    )


def test_components_by_hand():
    """Rows 1, 3 and 5, 11: means 2, 8 and 3, 7; rest +-1; residual 4, sets 18 - 4/2, seeds 8 - 4/2."""
    assert components(np.array([[1.0, 3.0], [5.0, 11.0]])) == Components(sets=16.0, seeds=6.0, residual=4.0)


def test_components_are_unbiased():
    rng = np.random.default_rng(5)
    found = [components(crossed(rng, 12, 6, 3.0, 1.0, 2.0)) for _ in range(600)]
    mean = np.mean([(one.sets, one.seeds, one.residual) for one in found], axis=0)
    assert mean == pytest.approx([9.0, 1.0, 4.0], rel=0.12)


def test_what_is_not_there_is_zero_in_the_mean_and_never_below_zero_as_a_share():
    rng = np.random.default_rng(6)
    found = [components(crossed(rng, 12, 6, 0.0, 0.0, 2.0)) for _ in range(600)]
    assert abs(np.mean([one.sets for one in found])) < 0.08
    assert min(one.sets for one in found) < 0
    shares = np.array([one.shares() for one in found])
    assert shares.min() == 0
    assert shares.sum(axis=1) == pytest.approx(1)


def test_shares_of_a_large_design_are_recovered():
    shares = components(crossed(np.random.default_rng(7), 400, 60, 3.0, 1.0, 2.0)).shares()
    assert shares == pytest.approx((9 / 14, 1 / 14, 4 / 14), abs=0.06)


@pytest.mark.parametrize("shape", [(1, 5), (5, 1)])
def test_one_set_or_one_seed_cannot_be_split(shape):
    assert components(np.ones(shape)) is None


def test_nothing_varies():
    assert np.isnan(components(np.full((3, 3), 2.0)).shares()).all()


def test_spread_by_hand():
    """Means of the sets 1, -1, 4, 0: two above, one below, one exactly equal; beyond 1 only the third."""
    one = spread("new", "packs_per_week", np.array([[0.0, 2.0], [-3.0, 1.0], [4.0, 4.0], [-2.0, 2.0]]), tolerance=1.0)
    assert (one.n_sets, one.n_seeds, one.mean, one.median) == (4, 2, 1.0, 1.5)
    assert (one.n_positive, one.n_negative, one.n_relevant, one.n_runs_positive) == (2, 1, 1, 5)
    assert (one.q10, one.q90) == pytest.approx(tuple(np.quantile([0, 2, -3, 1, 4, 4, -2, 2], [0.1, 0.9])))
    assert (one.sets_q10, one.sets_q90) == pytest.approx(tuple(np.quantile([1, -1, 4, 0], [0.1, 0.9])))

"""What must hold for every diffusion, however odd."""

import numpy as np
import pytest
from diffusions import diffusion, random_ties, relabelled, small_diffusions
from hypothesis import assume, given
from hypothesis import strategies as st

from getok.analysis.measures.agent_periods import agent_periods
from getok.analysis.measures.diffusion import network
from getok.analysis.measures.exposure import Exposure, exposure
from getok.analysis.measures.hazard import hazard
from getok.analysis.measures.infection import infectiousness, susceptibility
from getok.analysis.measures.moran import moran, moran_of_times, moran_test, row_normalised, shuffles
from getok.analysis.measures.rewiring import mean_threshold, mirrors, rewired, structure_test
from getok.analysis.measures.threshold import thresholds

LAGS = st.integers(0, 3)


@given(small_diffusions(), LAGS, st.booleans())
def test_exposure_is_a_share_that_never_falls(d, lag, valued):
    found = exposure(d, lag=lag, valued=valued)
    known = found[:, lag:]
    assert np.isnan(found[:, :lag]).all()
    assert ((known >= 0) & (known <= 1)).all()
    assert (np.diff(known, axis=1) >= 0).all()
    count = exposure(d, lag=lag, kind=Exposure.COUNT)[:, lag:]
    assert (count <= d.degree[:, None]).all()


@given(small_diffusions(), LAGS, st.booleans())
def test_a_threshold_is_the_exposure_of_the_period_of_adoption(d, lag, valued):
    shown = exposure(d, lag=lag, valued=valued)
    found = thresholds(d, lag=lag, valued=valued).values
    for i in range(d.n):
        expected = shown[i, int(d.time[i]) - 1] if d.adopted[i] else np.nan
        np.testing.assert_allclose(found[i], expected)


@given(small_diffusions())
def test_hazard_identity(d):
    """Survival is the product of the chances not to adopt, if everybody is watched to the end."""
    rates = hazard(d)
    assert rates.adopters.sum() == d.adopted.sum()
    until = np.full(d.n, d.n_periods)
    whole = diffusion([None if np.isnan(t) else int(t) for t in d.time], [(0, 1)], d.n_periods, until)
    before = whole.n - np.concatenate([[0], np.cumsum(whole.adopters)[:-1]])
    np.testing.assert_array_equal(hazard(whole).at_risk, before)
    survival = np.nancumprod(1 - hazard(whole).values)
    np.testing.assert_allclose(survival, 1 - np.cumsum(whole.adopters) / whole.n, atol=1e-12)


@given(small_diffusions(), st.data())
def test_names_and_order_do_not_matter(d, data):
    order = np.array(data.draw(st.permutations(range(d.n))))
    other = relabelled(d, order)
    for measure in (thresholds, infectiousness, susceptibility, exposure):
        one, two = measure(d), measure(other)
        if measure is thresholds:
            one, two = one.values, two.values
        np.testing.assert_allclose(one[order], two)
    np.testing.assert_array_equal(hazard(d).values, hazard(other).values)
    assume(len(d.ties.data) and np.ptp(d.time_or_later()) > 0)
    values = d.time_or_later()
    assert moran(values, row_normalised(d.ties)) == pytest.approx(
        moran(values[order], row_normalised(other.ties)), abs=1e-12
    )


@given(small_diffusions(), st.integers(1, 4))
def test_infection_is_a_share(d, periods):
    for measure in (infectiousness, susceptibility):
        found = measure(d, periods=periods)
        known = found[~np.isnan(found)]
        assert ((known >= 0) & (known <= 1 + 1e-12)).all()
        assert np.isnan(found[~d.adopted]).all()


@given(small_diffusions())
def test_who_follows_is_followed(d):
    """Every adoption right after another counts once on each side."""
    followed = np.nansum(infectiousness(d, normalised=False))
    assert followed == pytest.approx(np.nansum(susceptibility(d, normalised=False)))


@given(small_diffusions())
def test_the_agent_period_table_has_every_event_after_the_lag_once(d):
    rows = agent_periods(d, lag=1)
    assert rows.event.sum() == np.count_nonzero(d.time > 1)
    assert len(rows) == hazard(d).at_risk[1:].sum()
    counts = rows.cells()[1]
    assert counts.sum() == len(rows)
    assert counts[:, 0].sum() == rows.event.sum()


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(0, 99))
def test_values_dealt_out_within_groups_stay_there(groups, seed):
    groups = np.array(groups)
    dealt = shuffles(len(groups), 5, np.random.default_rng(seed), groups)
    for row in dealt:
        assert sorted(row.tolist()) == list(range(len(groups)))
        np.testing.assert_array_equal(groups[row], groups)


def test_every_order_within_a_group_is_as_frequent():
    dealt = shuffles(4, 6000, np.random.default_rng(1), np.array([0, 1, 0, 0]))
    orders, counts = np.unique(dealt, axis=0, return_counts=True)
    assert len(orders) == 6
    assert ((counts - 1000) ** 2 / 1000).sum() < 30  # chi-square with 5 degrees of freedom: 1e-5


@pytest.mark.parametrize("mutual", [False, True])
@pytest.mark.parametrize("grouped", [False, True])
def test_rewiring_keeps_degrees(mutual, grouped):
    rng = np.random.default_rng(3)
    ties = random_ties(40, 3, rng)
    ties = ties.maximum(ties.T).tocsr() if mutual else ties
    groups = np.arange(40) % 3 if grouped else None
    other = rewired(ties, rng, groups=groups)
    assert (ties != other).nnz > 20
    before, after = ties.toarray() > 0, other.toarray() > 0
    np.testing.assert_array_equal(before.sum(axis=0), after.sum(axis=0))
    np.testing.assert_array_equal(before.sum(axis=1), after.sum(axis=1))
    assert not after.diagonal().any()
    assert after.sum() == len(other.data) == len(ties.data)
    assert mutual == np.array_equal(after, after.T)
    if grouped:
        by = np.eye(3)[groups]
        np.testing.assert_array_equal(by.T @ before @ by, by.T @ after @ by)


def test_every_network_with_the_same_degrees_is_as_frequent():
    """One person looks at two others, two at one each, everybody else is looked at by one: 4! / 2! ways."""
    ties = network(7, [0, 0, 1, 2], [3, 4, 5, 6])
    rng = np.random.default_rng(4)
    seen = {}
    for _ in range(6000):
        key = rewired(ties, rng, swaps_a_tie=10).toarray().tobytes()
        seen[key] = seen.get(key, 0) + 1
    assert len(seen) == 12
    assert sum((n - 500) ** 2 / 500 for n in seen.values()) < 45  # chi-square with 11 degrees of freedom: 5e-6


def test_mirrors_lead_back():
    ties = network(3, [0, 1, 1, 2], [1, 0, 2, 1])
    looks = np.repeat(np.arange(3), np.diff(ties.indptr))
    mirror = mirrors(looks, ties.indices.astype(np.int64))
    np.testing.assert_array_equal(looks[mirror], ties.indices)
    assert mirrors(np.array([0, 1]), np.array([1, 2])).size == 0


def test_the_same_seed_gives_the_same_tests():
    ties = random_ties(60, 3, np.random.default_rng(1))
    d = diffusion([1 + k % 5 for k in range(60)], list(zip(*ties.nonzero(), strict=True)))
    for test in (
        lambda seed: moran_of_times(d, np.random.default_rng(seed), permutations=50),
        lambda seed: structure_test(d, mean_threshold, np.random.default_rng(seed), rewirings=20),
    ):
        assert test(1) == test(1)
        assert test(1) != test(2)


def test_permutations_have_the_mean_and_spread_of_morans_i():
    """Mean -1 / (n - 1) under permutation, whatever the ties."""
    rng = np.random.default_rng(5)
    ties = random_ties(200, 4, rng)
    found = moran_test(rng.normal(size=200), row_normalised(ties), rng, permutations=4000)
    assert found.mean == pytest.approx(-1 / 199, abs=4 * found.sd / np.sqrt(4000))
    assert abs(found.z) < 4
    assert found.p > 1e-3

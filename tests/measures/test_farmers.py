"""Figures known of the Brazilian farmers come out of the data (Rogers, Ascroft & Roling 1970; Valente 1995)."""

import numpy as np
import pytest

from getok.analysis.measures.bass import fit_bass_chain, fit_bass_curve
from getok.analysis.measures.categories import adoption_by
from getok.analysis.measures.hazard import hazard
from getok.analysis.measures.moran import moran_of_times
from getok.analysis.measures.regression import hazard_regression
from getok.analysis.measures.rewiring import mean_threshold, rewired, structure_test, with_ties
from getok.analysis.measures.threshold import thresholds

NEW = [6, 2, 4, 6, 32, 3, 3, 14, 3, 90, 6, 42, 17, 41, 64, 55, 64, 45, 43]


def test_people_ties_and_censoring(reading):
    counts = reading.counts
    assert (counts.people, counts.lines, counts.ties, counts.isolates) == (692, 2860, 1854, 36)
    assert (counts.self_ties, counts.unknown, counts.merged, counts.censored) == (0, 0, 1006, 152)
    assert reading.diffusion.n_periods == 19


def test_adopters_by_period_and_hazard(farmers):
    assert farmers.adopters.tolist() == NEW
    before = 692 - np.concatenate([[0], np.cumsum(NEW)[:-1]])
    np.testing.assert_allclose(hazard(farmers).values, np.array(NEW) / before)


def test_morans_i_and_its_z_within_villages(farmers):
    villages = farmers.groups("village")[1]
    found = moran_of_times(farmers, np.random.default_rng(1), permutations=2000, groups=villages)
    assert found.value == pytest.approx(0.270, abs=0.0005)
    assert found.z == pytest.approx(4.1, abs=0.25)  # four standard errors of a z of 4 from 2000 permutations
    assert found.p < 0.002


def test_hazard_on_lagged_exposure(farmers):
    fit = hazard_regression(farmers, groups=farmers.groups("village")[1])
    assert fit.coefficient == pytest.approx(0.70, abs=0.005)
    assert fit.error == pytest.approx(0.16, abs=0.005)
    assert (fit.n_rows, fit.n_events) == (9400, 534)


def test_thresholds(farmers):
    found = thresholds(farmers, lag=1)
    assert found.mean == pytest.approx(0.48, abs=0.005)
    assert found.share_zero == pytest.approx(0.29, abs=0.005)
    assert (len(found.known), found.n_too_early) == (534, 6)


def test_bass(farmers):
    curve = fit_bass_curve(farmers)
    assert curve.p == pytest.approx(0.0042, abs=0.00005)
    assert curve.q == pytest.approx(0.235, abs=0.0005)
    assert curve.m == pytest.approx(1.27, abs=0.005)
    chain = fit_bass_chain(farmers)
    for (low, high), value in zip((chain.q_interval, chain.m_interval), (curve.q, curve.m), strict=True):
        assert low < value < high


def test_members_of_cooperatives_adopt_more_often(farmers):
    # The file codes members 2 and others 0.
    shares = {part.value: part.share for part in adoption_by(farmers, "coop")}
    assert shares == pytest.approx({"2": 0.88, "0": 0.71}, abs=0.005)


def test_most_of_the_distance_from_rewired_networks_is_between_villages(farmers):
    rng = np.random.default_rng(2)
    anywhere = structure_test(farmers, mean_threshold, rng, rewirings=400)
    within = structure_test(farmers, mean_threshold, rng, rewirings=400, groups=farmers.groups("village")[1])
    assert anywhere.p < 0.005 < within.p < 0.2
    assert anywhere.mean < within.mean < within.value


@pytest.mark.parametrize("within", [False, True])
def test_more_swaps_give_the_same_networks(farmers, within):
    groups = farmers.groups("village")[1] if within else None
    means = []
    for swaps in (10, 50):
        rng = np.random.default_rng(swaps)
        others = [rewired(farmers.ties, rng, groups=groups, swaps_a_tie=swaps) for _ in range(150)]
        means.append([mean_threshold(with_ties(farmers, ties)) for ties in others])
    error = np.sqrt(np.var(means[0]) / 150 + np.var(means[1]) / 150)
    assert abs(np.mean(means[0]) - np.mean(means[1])) < 4 * error

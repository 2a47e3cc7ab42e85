"""Every measure on examples small enough to compute by hand."""

import numpy as np
import pytest
from diffusions import diffusion

from getok.analysis.measures import Diffusion
from getok.analysis.measures.agent_periods import agent_periods
from getok.analysis.measures.bass import bass_curve, bass_recursion
from getok.analysis.measures.categories import BY_TIME, adoption_by, by_threshold, by_time
from getok.analysis.measures.diffusion import network
from getok.analysis.measures.exposure import Exposure, exposure, exposure_at
from getok.analysis.measures.hazard import hazard
from getok.analysis.measures.infection import infectiousness, susceptibility
from getok.analysis.measures.moran import moran, row_normalised
from getok.analysis.measures.regression import Link, hazard_regression
from getok.analysis.measures.threshold import thresholds
from getok.simulation.errors import UsageError

nan = np.nan


def same(found, expected):
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    return True


def test_exposure_is_the_share_of_those_looked_at_who_have_adopted(square):
    expected = [[0, 1, 1, 1], [1, 1, 1, 1], [1 / 3, 2 / 3, 2 / 3, 2 / 3], [0, 0, 0, 0]]
    assert same(exposure(square), expected)
    lagged = [[nan, 0, 1, 1], [nan, 1, 1, 1], [nan, 1 / 3, 2 / 3, 2 / 3], [nan, 0, 0, 0]]
    assert same(exposure(square, lag=1), lagged)
    assert np.isnan(exposure(square, lag=2)[:, :2]).all()


def test_exposure_as_a_count_and_by_value():
    d = diffusion([1, 2, None], [(2, 0), (2, 1)], values=np.array([1.0, 3.0]))
    assert same(exposure(d, kind=Exposure.COUNT)[2], [1, 2])
    assert same(exposure(d, valued=True)[2], [0.25, 1])
    assert same(exposure(d, kind=Exposure.COUNT, valued=True)[2], [1, 4])


def test_a_threshold_is_exposure_at_adoption(square):
    found = thresholds(square, lag=1)
    assert same(found.values, [nan, 1, 2 / 3, nan])
    assert (found.n_too_early, found.n_without_ties) == (1, 0)
    assert same(thresholds(square, lag=0).values, [0, 1, 2 / 3, nan])
    assert same(thresholds(square, lag=2).values, [nan, nan, 1 / 3, nan])
    assert found.mean == pytest.approx(5 / 6)
    assert found.share_zero == 0


def test_an_adopter_who_looks_at_nobody_is_counted():
    found = thresholds(diffusion([1, 2, 2], [(1, 0)]))
    assert same(found.values, [nan, 1, 0])
    assert found.n_without_ties == 1
    assert found.share_zero == 0.5


def test_hazard_leaves_out_who_is_no_longer_watched():
    d = diffusion([1, 2, None, None], [(0, 1)], n_periods=3, until=[3, 3, 3, 1])
    rates = hazard(d)
    assert rates.at_risk.tolist() == [4, 2, 1]
    assert same(rates.values, [1 / 4, 1 / 2, 0])
    assert rates.mean == pytest.approx(2 / 7)


def test_hazard_is_not_a_number_when_nobody_is_left():
    assert same(hazard(diffusion([1, 1], [(0, 1)], n_periods=2)).values, [1, nan])


def test_infectiousness_and_susceptibility():
    # 1, 2 and 3 look at 0, who adopts first; 1 right after, 2 two periods later, 3 never.
    d = diffusion([1, 2, 3, None], [(1, 0), (2, 0), (3, 0), (2, 1)])
    assert same(infectiousness(d), [1 / 2, 1, nan, nan])
    assert same(infectiousness(d, normalised=False), [1, 1, 0, nan])
    # Two periods: (1 + 1/2) over (2 + 1/2).
    assert same(infectiousness(d, periods=2), [1.5 / 2.5, 1, nan, nan])
    # 2 looks at 1 (one period before) and at 0 (two before): 1 of 2; over two periods (1 + 1/2) of (2 + 1/2).
    assert same(susceptibility(d), [nan, 1, 1 / 2, nan])
    assert same(susceptibility(d, periods=2), [nan, 1, 1.5 / 2.5, nan])
    assert same(susceptibility(d, normalised=False), [0, 1, 1, nan])


def test_categories_have_their_borders_at_mean_and_standard_deviations():
    # Mean 5, sd 2: borders at 1, 3, 5, 7.
    times = [1, 3, 4, 5, 5, 6, 7, 9, 5, 5]
    mean, sd = np.mean(times), np.std(times, ddof=1)
    d = diffusion([*times, None], [(0, 1)])
    names = [BY_TIME[code] if code >= 0 else "" for code in by_time(d)]
    expected = {time: BY_TIME[sum(time > mean + k * sd for k in (-2, -1, 0, 1))] for time in times}
    assert names == [*(expected[time] for time in times), ""]
    assert [expected[time] for time in (1, 3, 5, 6, 7, 9)] == [
        "early_adopter",
        "early_majority",
        "early_majority",
        "late_majority",
        "late_majority",
        "laggard",
    ]


def test_an_innovator_is_two_standard_deviations_early():
    d = diffusion([1] + [10] * 20, [(0, 1)])
    assert by_time(d)[0] == 0
    assert set(by_time(d)[1:].tolist()) == {3}


def test_categories_by_threshold():
    # Mean .5, sd .5: borders 0, .5, 1; at a border the lower one.
    assert by_threshold(np.array([0.0, 0.5, 1.0, nan])).tolist() == [0, 1, 2, -1]


def test_adoption_by_attribute():
    d = diffusion([1, None, 2, None], [(0, 1)], coop=[1.0, 1.0, 0.0, 0.0], village=["b", "b", "a", "a"])
    assert [(part.value, part.n, part.adopters, part.share) for part in adoption_by(d, "coop")] == [
        ("0", 2, 1, 0.5),
        ("1", 2, 1, 0.5),
    ]
    with pytest.raises(UsageError, match="no attribute 'town' of the people; there are: coop, village"):
        adoption_by(d, "town")


def test_morans_i_of_patterns_that_are_known():
    ring = network(6, [k for k in range(6) for _ in "ab"], [(k + s) % 6 for k in range(6) for s in (1, -1)])
    weights = row_normalised(ring)
    assert moran(np.array([0.0, 1, 0, 1, 0, 1]), weights) == pytest.approx(-1)
    # Two halves: each has two neighbours, 4 of 6 people have both alike, 2 pairs of borders one of each.
    assert moran(np.array([0.0, 0, 0, 1, 1, 1]), weights) == pytest.approx(1 / 3)
    with pytest.raises(UsageError, match="values that differ"):
        moran(np.ones(6), weights)


def test_weights_are_row_normalised_also_by_value():
    ties = network(3, [0, 0, 1], [1, 2, 0], np.array([1.0, 3.0, 2.0]))
    assert same(row_normalised(ties).toarray(), [[0, 0.5, 0.5], [1, 0, 0], [0, 0, 0]])
    assert same(row_normalised(ties, valued=True).toarray(), [[0, 0.25, 0.75], [1, 0, 0], [0, 0, 0]])


def test_the_agent_period_table(square):
    rows = agent_periods(square, lag=1)
    table = list(zip(rows.period.tolist(), rows.agent.tolist(), rows.event.tolist(), strict=True))
    assert table == [(2, 1, True), (2, 2, False), (2, 3, False), (3, 2, True), (3, 3, False), (4, 3, False)]
    assert same(rows.exposure, [1, 1 / 3, 0, 2 / 3, 0, 0])
    kept, periods, groups = rows.with_variation()
    assert (len(kept), periods, groups) == (5, 1, 0)  # nobody adopts in period 4
    design = kept.design()
    assert design.shape == (5, 3)
    assert design[:, 1:].tolist() == [[1, 0], [1, 0], [1, 0], [0, 1], [0, 1]]


def test_rows_that_are_alike_are_counted_together(square):
    cells, counts = agent_periods(square, lag=1).cells()
    assert len(cells) == 6
    both = diffusion([1, 2, None, None], [(1, 0), (2, 0), (3, 0)], n_periods=2)
    cells, counts = agent_periods(both, lag=1).cells()
    assert (len(cells), counts.tolist()) == (1, [[1, 2]])


def test_a_period_or_group_without_variation_is_dropped_until_none_is_left():
    # Group 1 adopts at once in period 2, so without it nobody adopts in period 2, and group 0 only in period 3.
    d = diffusion([1, 3, None, 2], [(1, 0), (2, 0), (3, 0)], n_periods=3)
    rows, periods, groups = agent_periods(d, groups=np.array([0, 0, 0, 1])).with_variation()
    assert (sorted(set(rows.period.tolist())), periods, groups) == ([3], 1, 1)


def test_bass_on_both_clocks():
    assert bass_curve(0.02, 0.3, np.array([0.0]))[0] == 0
    # The slope at the start is p; the discrete clock takes one step of it.
    assert bass_curve(0.02, 0.3, np.array([1e-6]))[0] / 1e-6 == pytest.approx(0.02, rel=1e-4)
    assert same(bass_recursion(0.1, 0.4, 2), [0, 0.1, 0.1 + 0.14 * 0.9])


def test_mutual_ties_take_the_larger_value():
    d = diffusion([1, 2, 3], [(0, 1), (1, 0), (1, 2)], values=np.array([1.0, 5.0, 2.0])).mutual()
    assert d.ties.toarray().tolist() == [[0, 5, 0], [5, 0, 2], [0, 2, 0]]


def with_self_tie():
    return network(2, [0], [0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"time": np.array([1.5, nan])}, "whole numbers from 1 to the number of periods, 3"),
        ({"time": np.array([4.0, nan])}, "whole numbers from 1"),
        ({"time": np.array([1.0])}, "another number of agents"),
        ({"observed_until": np.array([3, 4])}, "beyond the last period"),
        ({"time": np.array([3.0, 3.0]), "observed_until": np.array([3, 2])}, "no longer watched"),
        ({"ids": ("a", "a")}, "more than one agent"),
        ({"ties": with_self_tie()}, "looks at oneself"),
        ({"ties": network(2, [0], [1], np.array([-1.0]))}, "above 0"),
        ({"attributes": {"village": np.array([1])}}, "another number of agents"),
        ({"ids": ()}, "nobody"),
    ],
)
def test_a_diffusion_whose_parts_do_not_fit_is_refused(change, message):
    good = {
        "ids": ("a", "b"),
        "time": np.array([1.0, nan]),
        "observed_until": np.array([3, 3]),
        "n_periods": 3,
        "ties": network(2, [0], [1]),
    }
    Diffusion(**good)
    with pytest.raises(UsageError, match=message):
        Diffusion(**{**good, **change})


def test_no_exposure_to_the_future(square):
    for function in (exposure_at, thresholds):
        with pytest.raises(UsageError, match="a lag of -1"):
            function(square, *([2] if function is exposure_at else []), lag=-1)


def test_the_regression_of_one_period_and_two_exposures_is_a_table_of_four():
    """Of ten who look at the first adopter six follow, of ten who look at nobody two."""
    times = [1] + [2] * 6 + [None] * 4 + [2] * 2 + [None] * 8
    d = diffusion(times, [(k, 0) for k in range(1, 11)], n_periods=2)
    logit, cloglog = (hazard_regression(d, link=link) for link in (Link.LOGIT, Link.CLOGLOG))
    assert logit.coefficient == pytest.approx(np.log(6 / 4) - np.log(2 / 8))
    assert logit.error == pytest.approx(np.sqrt(1 / 6 + 1 / 4 + 1 / 2 + 1 / 8), rel=1e-4)
    assert cloglog.coefficient == pytest.approx(np.log(-np.log(0.4)) - np.log(-np.log(0.8)))
    assert (logit.n_rows, logit.n_events) == (20, 8)

"""Cost per added buyer: a ratio of means, honest about its ends."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from getok.analysis.compare.cost import cost_per_buyer
from getok.analysis.compare.tabulate import cost_row


def test_ratio_of_means_and_not_mean_of_ratios():
    found = cost_per_buyer(np.array([100.0, 100.0]), np.array([1.0, 9.0]))
    assert found.ratio_rupiah == 20.0  # 200 / 10; the mean of 100 and 11.1 would be 55.6
    assert (found.added_cost_rupiah, found.added_buyers) == (100.0, 5.0)


def test_equal_pairs_have_no_width():
    found = cost_per_buyer(np.full(5, 600.0), np.full(5, 3.0))
    assert (found.ratio_rupiah, found.low_rupiah, found.high_rupiah) == (200.0, 200.0, 200.0)
    assert found.share_without_gain == 0.0


@pytest.mark.parametrize("buyers", [np.full(6, -2.0), np.zeros(6), np.array([4.0, -5.0, 1.0, 0.0, 0.0, -1.0])])
def test_without_gain_there_is_no_ratio(buyers):
    found = cost_per_buyer(np.full(6, 1000.0), buyers)
    assert (found.ratio_rupiah, found.low_rupiah, found.high_rupiah) == (None, None, None)
    assert found.added_cost_rupiah == 1000.0


def test_an_uncertain_gain_has_no_upper_end():
    found = cost_per_buyer(np.full(24, 1000.0), np.tile([9.0, -9.0, 8.0, -8.0, 2.0, 1.0], 4))
    assert found.ratio_rupiah == pytest.approx(1000 / (3 / 6))
    assert found.low_rupiah is not None
    assert 0 < found.low_rupiah < found.ratio_rupiah
    assert found.high_rupiah is None
    assert 0.025 < found.share_without_gain < 0.6
    told = cost_row("it", "public", found, "en")[-1]
    assert told.startswith("at least Rp")
    assert "resamples add no buyer" in told
    few = dataclasses.replace(found, n=19, high_rupiah=9000.0)
    assert "no interval from fewer than 20 pairs" in cost_row("it", "public", few, "en")[-1]


def test_the_same_pairs_give_the_same_interval():
    cost, buyers = np.arange(8.0) * 100 + 900, np.arange(8.0) + 2
    assert cost_per_buyer(cost, buyers) == cost_per_buyer(cost.copy(), buyers.copy())


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(1, 40)), min_size=2, max_size=12))
def test_interval_lies_between_the_dearest_and_the_cheapest_pair(pairs):
    cost, buyers = (np.array(column, float) for column in zip(*pairs, strict=True))
    found = cost_per_buyer(cost, buyers)
    each = cost / buyers
    assert each.min() - 1e-9 <= found.low_rupiah <= found.high_rupiah <= each.max() + 1e-9
    assert each.min() - 1e-9 <= found.ratio_rupiah <= each.max() + 1e-9
    assert found.share_without_gain == 0.0


@given(st.integers(2, 9))
def test_money_in_another_unit_is_the_same_ratio_in_another_unit(factor):
    cost, buyers = np.array([3.0, 5.0, 7.0, 8.0]), np.array([1.0, 2.0, 2.0, 5.0])
    one, other = cost_per_buyer(cost, buyers), cost_per_buyer(factor * cost, buyers)
    for field in dataclasses.fields(one)[3:6]:
        assert getattr(other, field.name) == pytest.approx(factor * getattr(one, field.name))

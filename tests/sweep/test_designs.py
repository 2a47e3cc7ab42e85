"""Where a sweep looks: complete, balanced, inside its ranges, the same for the same seed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

from getok.simulation.errors import StoreError, UsageError
from getok.simulation.scenario.points import Points, Selection, parted, read_points, variant_name
from getok.simulation.sweep.designs import grid, latin_hypercube, listed, placed, sobol, spread_shares

RANGES = {"pending_share": (0.0, 1.0), "acceptance_slope": (10.0, 40.0)}


def test_a_grid_has_every_combination_once():
    points = grid({"pending_share": [0, 0.5], "mou_weight": [0.1, 0.2, 0.3]})
    assert points.values.tolist() == [[0, 0.1], [0, 0.2], [0, 0.3], [0.5, 0.1], [0.5, 0.2], [0.5, 0.3]]
    assert points.ranges.tolist() == [[0, 0.5], [0.1, 0.3]]


def test_a_list_is_taken_as_it_is():
    assert listed(["mou_weight"], [[0.3], [0.1]]).values.tolist() == [[0.3], [0.1]]


@settings(max_examples=30, deadline=None)
@given(n=st.integers(1, 60), seed=st.integers(0, 2**32))
def test_a_latin_hypercube_has_one_value_in_each_slice(n, seed):
    points = latin_hypercube(RANGES, n, seed)
    unit = (points.values - points.ranges[:, 0]) / (points.ranges[:, 1] - points.ranges[:, 0])
    assert (np.sort(np.floor(unit * n), axis=0) == np.arange(n)[:, None]).all()


@pytest.mark.parametrize("draw", [latin_hypercube, sobol])
def test_every_whole_number_has_the_same_weight(draw):
    """Weeks between settlements are 1, 2, 3 or 4: a quarter of the points each, and the points hold what runs."""
    points = draw({"cycle_weeks": (1.0, 4.0), "pending_share": (0.0, 1.0)}, 512, 1)
    values, counts = np.unique(points.values[:, 0], return_counts=True)
    assert values.tolist() == [1, 2, 3, 4]
    assert counts.tolist() == [128] * 4
    assert points.ranges[0].tolist() == [1, 4]


def test_shares_of_whole_numbers_are_even_again():
    names, ranges = ("cycle_weeks", "pending_share"), np.array([[1.0, 4.0], [0.0, 1.0]])
    points = latin_hypercube({"cycle_weeks": (1.0, 4.0), "pending_share": (0.0, 1.0)}, 4000, 1)
    spread = spread_shares(names, ranges, points.values, 1)
    assert np.array_equal(placed(names, ranges, spread), points.values)
    assert kstest(spread[:, 0], "uniform").pvalue > 0.01
    assert spread[:, 1].tolist() == points.values[:, 1].tolist()


def test_a_grid_that_is_too_large_is_not_made():
    with pytest.raises(UsageError, match=r"100000 x 100000 = 10000000000 points"):
        grid(dict.fromkeys(("pending_share", "mou_weight"), range(100_000)))


@pytest.mark.parametrize("draw", [latin_hypercube, sobol])
def test_the_same_seed_gives_the_same_points_and_another_seed_others(draw):
    assert (draw(RANGES, 16, 3).values == draw(RANGES, 16, 3).values).all()
    assert (draw(RANGES, 16, 3).values != draw(RANGES, 16, 4).values).all()


def test_a_sobol_sequence_goes_on_where_a_shorter_one_ends():
    long, short = sobol(RANGES, 32, 1).values, sobol(RANGES, 20, 1).values
    assert (long[:20] == short).all()
    balanced = np.floor((long[:, 0] - 0.0) * 32)
    assert sorted(balanced.tolist()) == list(range(32))


def test_points_come_back_from_their_file(tmp_path):
    points = latin_hypercube(RANGES, 5, 1)
    (tmp_path / "points.parquet").write_bytes(points.to_bytes())
    again = read_points(tmp_path / "points.parquet")
    assert again.parameters == points.parameters
    assert (again.values == points.values).all()
    assert (again.ranges == points.ranges).all()
    assert again.digest == points.digest != latin_hypercube(RANGES, 5, 2).digest


def test_how_points_were_selected_goes_with_them(tmp_path):
    points = replace(latin_hypercube(RANGES, 5, 1), selection=Selection(7, ("P01a", "P19")))
    (tmp_path / "points.parquet").write_bytes(points.first(3).to_bytes())
    assert read_points(tmp_path / "points.parquet").selection == Selection(7, ("P01a", "P19"))


@pytest.mark.parametrize("content", [b"", b"no parquet", Points((), np.empty((2, 0)), np.empty((0, 2))).to_bytes()])
def test_what_is_no_file_of_points_is_refused(content, tmp_path):
    (tmp_path / "points.parquet").write_bytes(content)
    with pytest.raises(StoreError, match="parameter sets"):
        read_points(tmp_path / "points.parquet")


def test_names_of_variants_can_be_taken_apart():
    names = [variant_name("implemented_2019", 7), variant_name("early_exit", 12345)]
    scenarios, points = parted(names)
    assert scenarios == ["implemented_2019", "early_exit"]
    assert points.tolist() == [7, 12345]

"""Where a sweep looks: complete, balanced, inside its ranges, the same for the same seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import StoreError
from simulation.sweep.designs import grid, latin_hypercube, listed, sobol
from simulation.sweep.points import Points, parted, read_points, variant_name

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

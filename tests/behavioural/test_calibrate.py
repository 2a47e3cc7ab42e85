"""The search for parameter sets that pass: it goes on where it stopped, and its file can be read again."""

import json

import numpy as np
import pytest

from getok.behavioural import search as searching
from getok.behavioural.ranges import drawn_ranges
from getok.behavioural.search import Place
from getok.behavioural.set_file import Origin, find_set, read_set, write_set
from getok.cli.app import main
from getok.simulation.errors import StoreError, UsageError
from getok.simulation.experiment.session import Silent
from getok.simulation.record.provenance import MODEL_VERSION
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.sweep.designs import latin_hypercube


def origin(points, version=MODEL_VERSION):
    return Origin(("getok",), version, 1, 8, 100, len(points), {"P01a": "x"}, {"P01a": 0.5}, points.digest)


def test_only_weakly_founded_parameters_are_drawn_over_their_declared_ranges():
    ranges = drawn_ranges()
    assert {"pending_share", "mou_weight", "influence_weight", "capacity_member_packs"} <= ranges.keys()
    assert not {"price_rupiah", "commission_share", "n_households_rw", "legality_weight_halal"} & ranges.keys()
    assert all((BY_NAME[name].low, BY_NAME[name].high) == one for name, one in ranges.items())


def test_a_set_comes_back_from_its_file(tmp_path):
    points = latin_hypercube({"pending_share": (0.0, 1.0)}, 5, 1)
    write_set(tmp_path / "mine.parquet", points, origin(points))
    again, told = read_set(str(tmp_path / "mine.parquet"))
    assert (again.values == points.values).all()
    assert told == origin(points)


def test_a_set_of_another_model_version_is_refused(tmp_path):
    points = latin_hypercube({"pending_share": (0.0, 1.0)}, 5, 1)
    write_set(tmp_path / "old.parquet", points, origin(points, "0"))
    with pytest.raises(UsageError, match="model version 0"):
        read_set(str(tmp_path / "old.parquet"))


@pytest.mark.parametrize("beside", ["", "[", "[]", "{}", '{"command": 3}'])
def test_what_does_not_say_how_a_set_was_found_is_told(beside, tmp_path):
    points = latin_hypercube({"pending_share": (0.0, 1.0)}, 5, 1)
    write_set(tmp_path / "mine.parquet", points, origin(points))
    (tmp_path / "mine.json").write_text(beside, encoding="utf-8")
    with pytest.raises(StoreError, match="how a set was found"):
        read_set(str(tmp_path / "mine.parquet"))


def test_a_set_beside_the_origin_of_another_is_refused(tmp_path):
    points, other = (latin_hypercube({"pending_share": (0.0, 1.0)}, 5, seed) for seed in (1, 2))
    write_set(tmp_path / "mine.parquet", points, origin(other))
    with pytest.raises(StoreError, match="other parameter sets"):
        read_set(str(tmp_path / "mine.parquet"))


def test_the_search_keeps_what_passes_and_can_be_repeated(tmp_path, monkeypatch):
    """Two small batches; the second time everything is read from the folder."""
    monkeypatch.setattr(searching, "BATCH", 3)
    monkeypatch.setattr(searching, "drawn_ranges", lambda: {"pending_share": (0.45, 0.55), "mou_weight": (0.1, 0.2)})
    ask = {"accept": 4, "replicates": 3, "seed": 1, "place": Place(1), "progress": Silent(), "most": 6}
    found = searching.search(tmp_path, **ask)
    assert 0 < len(found.accepted) <= 6
    assert found.n_drawn in {3, 6}
    files = sorted(path.name for path in tmp_path.rglob("*.parquet"))
    again = searching.search(tmp_path, **ask)
    assert np.array_equal(found.accepted.values, again.accepted.values)
    assert sorted(path.name for path in tmp_path.rglob("*.parquet")) == files


def test_no_more_is_drawn_than_was_asked_for(tmp_path, monkeypatch):
    """The most is no whole number of batches; the draws of a larger one begin with the same."""
    monkeypatch.setattr(searching, "BATCH", 4)
    monkeypatch.setattr(searching, "drawn_ranges", lambda: {"pending_share": (0.45, 0.55), "mou_weight": (0.1, 0.2)})
    ask = {"accept": 9, "replicates": 2, "seed": 1, "place": Place(1), "progress": Silent()}
    found = searching.search(tmp_path, **ask, most=3)
    assert found.n_drawn == len(found.drawn) == 3
    again = searching.search(tmp_path, **ask, most=4)  # goes on in the same folder
    assert again.n_drawn == 4
    assert np.array_equal(again.drawn[:3], found.drawn)


def test_the_shipped_set_is_of_this_model_and_large_enough():
    points, told = read_set("behavioural")
    assert told is not None
    assert told.digest == points.digest
    assert len(points) == told.n_accepted >= 500
    whole = [k for k, name in enumerate(points.parameters) if BY_NAME[name].is_whole]
    assert (points.values[:, whole] % 1 == 0).all()
    assert points.selection.seed == told.seed
    assert "P19" in points.selection.patterns
    assert "P02" not in points.selection.patterns  # held out
    inside = (points.values >= points.ranges[:, 0]) & (points.values <= points.ranges[:, 1])
    assert inside.all()
    assert dict(zip(points.parameters, map(tuple, points.ranges.tolist()), strict=True)) == drawn_ranges()


def test_nonsense_is_refused(capsys):
    assert main(["calibrate", "--accept", "0"]) == 2
    assert "--accept 0 is out of range; give a whole number from 1" in capsys.readouterr().err


def test_the_set_that_comes_with_getok_is_found_by_name():
    assert find_set("behavioural").name == "case.parquet"
    assert json.loads(find_set("behavioural").with_suffix(".json").read_text(encoding="utf-8"))["seed"] == 1

"""The search for parameter sets that pass: it goes on where it stopped, and its file can be read again."""

import json

import numpy as np
import pytest

from getok.behavioural import search as searching
from getok.behavioural.ranges import drawn_ranges
from getok.behavioural.search import Place
from getok.behavioural.set_file import Origin, find_set, read_set, write_set
from getok.cli.app import main
from simulation.errors import UsageError
from simulation.experiment.session import Silent
from simulation.record.provenance import MODEL_VERSION
from simulation.scenario.parameters import BY_NAME
from simulation.sweep.designs import latin_hypercube


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


def test_the_shipped_set_is_of_this_model_and_large_enough():
    points, told = read_set("behavioural")
    assert told is not None
    assert told.digest == points.digest
    assert len(points) == told.n_accepted >= 500
    inside = (points.values >= points.ranges[:, 0]) & (points.values <= points.ranges[:, 1])
    assert inside.all()
    assert dict(zip(points.parameters, map(tuple, points.ranges.tolist()), strict=True)) == drawn_ranges()


def test_nonsense_is_refused(capsys):
    assert main(["calibrate", "--accept", "0"]) == 2
    assert "at least 1" in capsys.readouterr().err


def test_the_set_that_comes_with_getok_is_found_by_name():
    assert find_set("behavioural").name == "case.parquet"
    assert json.loads(find_set("behavioural").with_suffix(".json").read_text(encoding="utf-8"))["seed"] == 1

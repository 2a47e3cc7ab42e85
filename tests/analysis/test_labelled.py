"""Tables as labelled arrays: each number at its place, holes told, and what is no array refused."""

import json
import sys

import numpy as np
import pytest

pytest.importorskip("xarray")

from getok.analysis import labelled
from getok.analysis.read import open_run
from getok.cli.app import main
from getok.simulation import engine
from getok.simulation.errors import StoreError, UsageError

NAMES = ("baseline_reflection", "training_only")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    out = tmp_path_factory.mktemp("labelled") / "out"
    assert main(["run", *NAMES, "-r", "3", "--out", str(out), "--shard", "1/2"]) == 0  # replicates 0 and 2, or 1
    assert main(["run", *NAMES, "-r", "3", "--out", str(out)]) == 0
    return open_run(out)


@pytest.fixture(scope="module")
def sweep(tmp_path_factory):
    where = tmp_path_factory.mktemp("labelled")
    text = f"schema: 1\nname: mine\nscenarios: [{', '.join(NAMES)}]\ndesign: list\ntables: [summary, weekly]\n"
    sets = [{"mou_weight": 0.1 * k, "pending_share": 0.2 + 0.2 * k, "handling_rupiah": 200 + 100 * k} for k in (1, 2)]
    points = f"points: {json.dumps(sets)}\nreplicates: 2\n"
    (where / "mine.yaml").write_text(text + points, encoding="utf-8")
    assert main(["sweep", str(where / "mine.yaml"), "--out", str(where / "out")]) == 0
    return open_run(where / "out")


def test_every_number_is_at_its_place(run):
    data = run.xarray("weekly")
    assert dict(data.sizes) == {"scenario": 2, "replicate": 3, "week": 104, "group": 1}
    assert data.packs_sold.dtype == np.int32
    for row in run.table("weekly", ["week", "group", "packs_sold", "legality"]).to_pylist()[::37]:
        there = data.sel({name: row[name] for name in ("scenario", "replicate", "week", "group")})
        assert (int(there.packs_sold), float(there.legality)) == (row["packs_sold"], row["legality"])
    assert data.packs_sold.attrs == {"units": "packs", "long_name": "packs sold in all channels"}
    assert data.attrs["seed"] == 1


def test_points_are_a_dimension_and_their_parameters_coordinates(sweep):
    data = sweep.xarray("summary", ["packs_per_week"])
    assert data.packs_per_week.dims == ("scenario", "point", "replicate", "group")
    assert list(data.scenario.values) == list(NAMES)
    assert data.mou_weight.dims == ("point",)
    assert data.pending_share.values.tolist() == pytest.approx([0.4, 0.6])
    for row in sweep.table("summary", ["group", "packs_per_week"]).to_pylist():
        name, _, point = row["scenario"].rpartition("@")
        there = data.sel(scenario=name, point=int(point), replicate=row["replicate"], group=0)
        assert float(there.packs_per_week) == row["packs_per_week"]
    one = sweep.xarray("summary", ["packs_per_week"], ["training_only"])
    assert dict(one.sizes) == {"scenario": 1, "point": 2, "replicate": 2, "group": 1}
    weekly = sweep.xarray("weekly", ["handling_rupiah"])  # a parameter and a column have this name
    assert weekly["parameter.handling_rupiah"].values.tolist() == [300, 400]
    assert weekly["handling_rupiah"].dims == ("scenario", "point", "replicate", "week", "group")
    with pytest.raises(StoreError, match="has no scenario 'nobody'"):
        sweep.xarray("summary", scenarios=["nobody"])


def test_what_failed_is_a_hole(tmp_path, monkeypatch):
    real = engine.simulate

    def fails(scenario, seed, replicate, *rest, **more):
        if (scenario.name, replicate) == ("training_only", 1):
            raise ArithmeticError("nobody came")
        return real(scenario, seed, replicate, *rest, **more)

    monkeypatch.setattr(engine, "simulate", fails)
    assert main(["run", *NAMES, "-r", "2", "--processes", "1", "--out", str(tmp_path / "out")]) == 3
    packs = open_run(tmp_path / "out").xarray("summary", ["packs_total"]).packs_total
    assert packs.dtype == np.float64
    assert np.isnan(packs.values[:, :, 0]).tolist() == [[False, False], [False, True]]


def test_holes_are_nan_and_texts_empty():
    cell = np.array([0, 3])
    import pyarrow as pa  # noqa: PLC0415

    laid = labelled.spread(pa.chunked_array([pa.array([5, 7], pa.int32())]), cell, (2, 2))
    assert laid.dtype == np.float64
    np.testing.assert_array_equal(laid, [[5, np.nan], [np.nan, 7]])
    assert labelled.spread(pa.chunked_array([pa.array(["a", "b"])]), cell, (2, 2)).tolist() == [["a", ""], ["", "b"]]


def test_texts_have_a_place_too(run):
    data = run.xarray("outlets", ["kind", "packs_sold"])
    assert data.kind.dims == ("scenario", "replicate", "group", "outlet")
    assert str(data.kind.isel(scenario=0, replicate=0, group=0).sel(outlet="susi").values) == "warung"


def test_lists_and_almost_empty_arrays_are_refused(run, monkeypatch):
    with pytest.raises(UsageError, match="rows of table 'reach' are a list"):
        run.xarray("reach")
    with pytest.raises(StoreError, match="no table 'nothing'"):
        run.xarray("nothing")
    monkeypatch.setattr(labelled, "MOST_EMPTY", 0.5)
    with pytest.raises(UsageError, match=r"would have 6 cells for 6 rows; name fewer scenarios"):
        run.xarray("summary")


def test_without_xarray_it_says_what_to_install_and_nothing_else_needs_it(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(UsageError, match=r"pip install 'getok\[xarray\]'"):
        run.xarray("weekly")
    assert run.table("summary").num_rows == 6

"""What goes wrong with ``sensitivity``, ``plan`` and ``compare --over`` is told, and what was finished stays."""

import errno
import json
import os
from pathlib import Path

import numpy as np
import pytest
from stored_runs import older

from getok.analysis.read import open_run, table_digest
from getok.cli.app import main
from getok.simulation.record.folder import MANIFEST
from getok.simulation.scenario.points import Points

FROM_SETS = (
    ("compare", "baseline_reflection", "training_only", "--no-figures", "--out", "run"),
    ("plan", "--budget", "Rp 2 000 000", "--from", "training_only", "--out", "run"),
)


def test_a_disk_that_fills_up(command, monkeypatch, capsys):
    assert command("--shard", "0/3") == 0
    before = table_digest(open_run("run"))

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert command() == 2
    assert "no space left on the disk; make room, and the same command goes on" in capsys.readouterr().err
    assert table_digest(open_run("run")) == before
    assert command() == 0


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("schema", 99, "has schema 99"),
        ("model_version", "0", "its model version is 0"),
        ("stream_scheme", 99, "its scheme of draws is 99"),
    ],
)
def test_a_folder_of_another_schema_or_version(command, capsys, key, value, told):
    assert command("--shard", "0/3") == 0
    path = Path("run", MANIFEST)
    older(path)  # without the hash that would tell
    as_it_was = path.read_text(encoding="utf-8")
    path.write_text(json.dumps({**json.loads(as_it_was), key: value}), encoding="utf-8")
    before = sorted(Path("run").rglob("*.parquet"))
    assert command() == 2
    assert told in capsys.readouterr().err
    assert sorted(Path("run").rglob("*.parquet")) == before
    path.write_text(as_it_was, encoding="utf-8")
    assert open_run("run").n_ok > 0


@pytest.mark.parametrize("given", FROM_SETS, ids=lambda given: given[0])
@pytest.mark.parametrize(
    ("name", "values", "more", "told"),
    [
        ("pending_shrae", [0.5], (), "unknown parameter; did you mean 'pending_share'"),
        ("pending_share", [0.5, 7.0], (), "pending_share: "),
        ("agencies.nowhere.fee", [0.5], (), "has no service 'nowhere'"),
        ("pending_share", [], (), "has 0 points: its rows would be the parameter sets"),
        ("pending_share", [0.5], ("--sets", "0"), "--sets 0 is out of range; give a whole number from 1"),
        ("pending_share", [0.5], ("--sets", "2"), "2 sets; odd.parquet has 1"),
        ("pending_share", [0.5], ("-r", "0"), "-r 0 is out of range; give a whole number from 1"),
        ("pending_share", [0.5], ("--processes", "0"), "--processes 0 is out of range; give a whole number from 1"),
    ],
)
def test_sets_that_cannot_be_run(sets, capsys, given, name, values, more, told):
    ranges = np.array([[0.0, 1.0]])
    Path("odd.parquet").write_bytes(Points((name,), np.array(values, dtype=float)[:, None], ranges).to_bytes())
    one = () if more[:1] == ("--sets",) or given[0] == "compare" else ("--sets", str(max(len(values), 1)))
    assert main([*given, "--over", "odd.parquet", *one, *more]) == 2
    said = capsys.readouterr().err
    assert told in said, said
    assert not Path("run", "tables").exists()


@pytest.mark.parametrize("design", ["morris", "saltelli", "latin_hypercube"])
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("pending_share: declared", "pending_shrae: declared", "did you mean 'pending_share'"),
        ("pending_share: declared", "pending_share: {from: 0.5, to: 0.5}", "an empty range"),
        ("samples: 4", "samples: 0", "samples"),
        ("replicates: 2", "replicates: 0", "replicates"),
    ],
)
def test_sweeps_that_cannot_be_analysed(sweep_file, capsys, design, before, after, told):
    path = sweep_file(design, 4, replace=(before, after))
    assert main(["sensitivity", str(path), "--out", "run"]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "small.yaml:" in said
    assert not Path("run").exists()


def test_a_cluster_that_is_none(command, capsys):
    assert command("--cluster", "nowhere") == 2
    assert "cluster" in capsys.readouterr().err

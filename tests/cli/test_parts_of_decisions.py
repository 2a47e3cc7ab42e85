"""``sensitivity``, ``plan`` and ``compare --over`` in parts, on a cluster, and again: what is there is not computed."""

import json
import re
import sys

import pytest

from getok.analysis.read import open_run, table_digest
from getok.simulation import engine

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="workers are told to end as POSIX does")


def written():
    """Which shard each run is in: it stays there unless it is computed again."""
    runs = open_run("run").runs
    return dict(zip(runs["key"].to_pylist(), runs["shard"].to_pylist(), strict=True))


def test_a_part_says_what_is_left_and_decides_nothing(command, capsys):
    assert command("--shard", "1/2", "--json") == 0
    out, err = capsys.readouterr()
    run = open_run("run")
    assert out == ""
    assert 0 < run.n_ok < run.manifest.n_runs
    assert f"{run.manifest.n_runs - run.n_ok} of {run.manifest.n_runs} runs of the whole are left" in err
    assert command("--shard", "2/2", "--json") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "part 2/2 is done, nothing of the whole is left; when all parts are done: " in err
    assert err.rstrip().endswith("getok compare run" if command.name == "compare" else "without --shard")
    before = written()
    assert command("--json") == 0
    assert json.loads(capsys.readouterr().out)
    assert written() == before


@posix_only
def test_workers_of_a_cluster_compute_the_same(command, capsys):
    pytest.importorskip("distributed")
    assert command("--cluster", "local:1", "--json") == 0
    decided, there = capsys.readouterr().out, table_digest(open_run("run"))
    assert command("--out", "here", "--json") == 0
    assert capsys.readouterr().out == re.sub(r"\brun(?=[/\"])", "here", decided)
    assert table_digest(open_run("here")) == there


def test_failed_runs_stay_failed_until_they_are_retried(command, monkeypatch, capsys):
    real = engine.simulate

    def fails(scenario, seed, replicate, *rest, **more):
        if (scenario.name, replicate) == ("baseline_reflection@00001", 1):
            raise ArithmeticError("nobody came")
        return real(scenario, seed, replicate, *rest, **more)

    monkeypatch.setattr(engine, "simulate", fails)
    assert command("--processes", "1") == 3
    assert "1 of " in capsys.readouterr().err
    monkeypatch.setattr(engine, "simulate", real)
    before = written()
    assert command("--processes", "1") == 3
    assert "--retry-failed tries them again" in capsys.readouterr().err
    assert written() == before
    assert command("--processes", "1", "--retry-failed") == 0
    assert sum(before[key] != shard for key, shard in written().items()) == 1


def test_more_seeds_compute_what_is_missing(command, sweep_file, capsys):
    assert command() == 0
    before = written()
    more = ("-r", "3")
    if command.name == "sensitivity":
        sweep_file(replace=("replicates: 2", "replicates: 3"))
        more = ()
    assert command(*more, "--json") == 0
    after = written()
    assert len(after) == len(before) * 3 // 2
    assert {key: after[key] for key in before} == before


def test_more_sets_compute_what_is_missing(command, sweep_file, capsys):
    if command.name == "sensitivity":
        sweep_file("sobol", 64)
    assert command() == 0
    before, more = written(), ("--sets", "4")
    if command.name == "sensitivity":
        sweep_file("sobol", 128)
        more = ()
    assert command(*more, "--json") == 0
    after = written()
    assert len(after) == len(before) * 2
    assert {key: after[key] for key in before} == before

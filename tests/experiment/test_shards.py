"""Parts of one run in processes that know nothing of one another, all in one folder."""

import json
import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from getok.analysis.read import open_run, table_digest
from getok.cli import main
from getok.simulation.errors import StoreError, UsageError
from getok.simulation.experiment import store
from getok.simulation.experiment.agenda import DONE
from getok.simulation.experiment.lock import only_writer
from getok.simulation.experiment.part import WHOLE, Part, read_part_of, to_do
from getok.simulation.experiment.run import execute
from getok.simulation.record.folder import read_sessions

DRIVER = Path(__file__).with_name("driver.py")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="process groups and SIGKILL are POSIX")


def digest_of(folder):
    return table_digest(open_run(folder))


def listing(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("burn_ins", "of"), [((0, 0, 2), 2), ((0, 1, 2, 3), 2), ((0, 0), 3), ((0, 1), 4), ((0,) * 5, 7)]
)
def test_every_run_is_in_one_part_and_burn_ins_stay_together(plan, burn_ins, of):
    names = [f"s{i}" for i in range(len(burn_ins))]
    whole = replace(plan(24, names), burn_ins=burn_ins)
    masks = np.array([Part(number, of).mask(whole) for number in range(of)])
    assert (masks.sum(axis=0) == 1).all()
    owners = masks.argmax(axis=0).reshape(24, len(names))
    groups = sorted(set(burn_ins))
    for group in groups:
        members = [i for i, one in enumerate(burn_ins) if one == group]
        assert all(len(set(row[members])) == 1 for row in owners)
        assert of > 24 or len(set(owners[:, members[0]])) > 1  # no part has a group to itself
    bundles = [sum((owners[:, burn_ins.index(g)] == number).sum() for g in groups) for number in range(of)]
    assert max(bundles) - min(bundles) <= 1


def test_more_replicates_leave_every_run_where_it_was(plan):
    few, many = Part(1, 3).mask(plan(4)), Part(1, 3).mask(plan(9))
    assert (many[: len(few)] == few).all()


def test_parts_are_counted_from_0_or_from_1():
    assert [read_part_of(text) for text in ("0/1", "1/1")] == [WHOLE, WHOLE]
    assert read_part_of("3/3") == read_part_of("0/3") == Part(0, 3)
    assert len({read_part_of(f"{i}/4") for i in range(1, 5)}) == 4
    for text in ("4/3", "1", "-1/3", "1/0", "a/b", "1/3/2"):
        with pytest.raises(UsageError, match="shard"):
            read_part_of(text)


def test_failed_runs_are_left_alone_or_the_only_ones_tried():
    states = bytearray([0, 3, DONE, 0, 1])
    mine = np.array([True, True, True, False, True])
    assert to_do(states, mine, retry_failed=False).tolist() == [True, False, False, False, False]
    assert to_do(states, mine, retry_failed=True).tolist() == [False, True, False, False, True]


def test_parts_one_after_another_make_the_whole(tmp_path, plan, fake):
    reports = [execute(plan(7), tmp_path / "out", 1, engine=fake, part=Part(i, 3)) for i in (2, 0, 1)]
    assert [report.n_computed for report in reports] == [4, 6, 4]
    assert all(report.n_ok == report.n_runs == report.n_computed for report in reports)
    execute(plan(7), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")
    assert len(read_sessions(tmp_path / "out")) == 3
    assert execute(plan(7), tmp_path / "out", 1, engine=fake).n_computed == 0
    assert len(read_sessions(tmp_path / "out")) == 4


def test_a_part_asks_for_what_is_there_too(tmp_path, plan, fake):
    execute(plan(2), tmp_path / "out", 1, engine=fake, part=Part(0, 2))
    execute(plan(6), tmp_path / "out", 1, engine=fake, part=Part(1, 2))
    assert open_run(tmp_path / "out").manifest.replicates == 6
    execute(plan(6), tmp_path / "out", 1, engine=fake, part=Part(0, 2))
    assert open_run(tmp_path / "out").n_ok == 12
    with pytest.raises(StoreError, match="its seed is 1, asked for is 2"):
        execute(plan(6, seed=2), tmp_path / "out", 1, engine=fake, part=Part(0, 2))


def test_of_two_that_make_the_folder_at_once_one_does_and_the_other_checks(tmp_path, plan, fake, monkeypatch):
    """The other one makes the folder between our look and our writing."""
    as_always = store.make_folder

    def overtaken(folder):
        monkeypatch.setattr(store, "make_folder", as_always)
        execute(plan(2, seed=2), tmp_path / "out", 1, engine=fake, part=Part(1, 2))
        as_always(folder)

    monkeypatch.setattr(store, "make_folder", overtaken)
    with pytest.raises(StoreError, match="its seed is 2, asked for is 1"):
        execute(plan(2), tmp_path / "out", 1, engine=fake, part=Part(0, 2))
    assert open_run(tmp_path / "out").seed == 2


def test_who_may_write_beside_whom(tmp_path):
    for first, second, message in (
        (Part(0, 2), Part(1, 2), None),
        (Part(0, 2), Part(0, 3), None),
        (Part(0, 2), Part(0, 2), "by another getok with --shard 0/2"),
        (Part(0, 2), WHOLE, "is being written by another getok;"),
        (WHOLE, Part(0, 2), "as a whole by another getok"),
        (WHOLE, WHOLE, "is being written by another getok;"),
    ):
        with only_writer(tmp_path, first):
            if message is None:
                with only_writer(tmp_path, second):
                    pass
                continue
            with pytest.raises(StoreError, match=message), only_writer(tmp_path, second):
                pass


def test_a_part_clears_away_what_its_own_dead_sessions_left_and_nothing_else(tmp_path, plan, fake):
    execute(plan(4), tmp_path / "out", 1, engine=fake, part=Part(0, 2))
    weekly = tmp_path / "out" / "tables" / "weekly"
    content = next(weekly.iterdir()).read_bytes()
    names = ("part-{}dead-000001.parquet", ".part-{}dead-000002.parquet.tmp-77x1", ".plan-{}dead.tmp-x")
    for prefix in ("0of2-", "1of2-", ""):
        for name in names:
            (weekly / name.format(prefix)).write_bytes(content)
    execute(plan(4), tmp_path / "out", 1, engine=fake, part=Part(0, 2))
    left = {path.name for path in weekly.iterdir() if "dead" in path.name}
    assert left == {name.format(prefix) for prefix in ("1of2-", "") for name in names}
    execute(plan(4), tmp_path / "out", 1, engine=fake)
    assert not [name for name in listing(tmp_path / "out") if "dead" in name]


@posix_only
def test_parts_at_once_one_killed_again_and_again(tmp_path, plan, fake):
    """Three at once; the first is killed three times, at any moment, and started again beside the others."""
    calls = tmp_path / "calls"
    environment = {**os.environ, "FAKE_SLEEP": "0.01", "FAKE_CALLS": str(calls)}
    started = []

    def start(shard):
        command = [sys.executable, str(DRIVER), str(tmp_path / "out"), "150", "1", shard]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8")
        started.append(process)
        return process

    try:
        others = [start("1/3"), start("2/3")]
        moments = random.Random(3)  # noqa: S311 - moments, not secrets
        killed = 0
        while True:
            process = start("0/3")
            try:
                assert process.wait(timeout=moments.uniform(0.6, 1.1) if killed < 3 else 60) == 0
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
        assert killed >= 1
        assert [process.communicate(timeout=60)[0].split() for process in others] == [["100", "0", "100"]] * 2
    finally:
        for process in started:
            process.kill()
            process.communicate()
    run = open_run(tmp_path / "out")
    assert (run.n_ok, run.runs.num_rows) == (300, 300)
    execute(plan(150), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")
    computed = [line.split()[1] for line in calls.read_text(encoding="utf-8").splitlines() if "simulate" in line]
    by_others = [name for name in computed if int(name.partition("/")[2]) % 3 != 0]
    assert len(by_others) == len(set(by_others)) == 200  # no part did the work of another


def test_retry_failed_tries_the_failed_and_leaves_the_rest(tmp_path, plan, fake, monkeypatch):
    monkeypatch.setenv("FAKE_RAISE", "busy/2 quiet/4")
    execute(plan(6), tmp_path / "out", 1, engine=fake)
    monkeypatch.setenv("FAKE_RAISE", "busy/2")
    report = execute(plan(8), tmp_path / "out", 1, engine=fake, retry_failed=True)
    assert (report.n_computed, report.n_ok, report.n_failed) == (2, 11, 1)
    (failure,) = open_run(tmp_path / "out").failures
    assert (failure.scenario, failure.replicate, failure.attempt) == ("busy", 2, 2)
    monkeypatch.delenv("FAKE_RAISE")
    report = execute(plan(8), tmp_path / "out", 1, engine=fake)
    assert (report.n_computed, report.n_ok, report.n_failed, report.exit_code) == (4, 15, 1, 3)
    assert execute(plan(8), tmp_path / "out", 1, engine=fake, retry_failed=True).exit_code == 0
    execute(plan(8), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")


def test_a_part_retries_its_own_failures_only(tmp_path, plan, fake, monkeypatch):
    monkeypatch.setenv("FAKE_RAISE", "busy/0 busy/1")
    execute(plan(2), tmp_path / "out", 1, engine=fake)
    monkeypatch.delenv("FAKE_RAISE")
    assert execute(plan(2), tmp_path / "out", 1, engine=fake, part=Part(1, 2), retry_failed=True).n_computed == 1
    assert [failure.replicate for failure in open_run(tmp_path / "out").failures] == [0]


def test_the_commands_take_a_part(tmp_path, monkeypatch, capsys):
    """With the real engine: the options of the command line, and what is said at the end."""
    out = ["--out", str(tmp_path / "out"), "--processes", "1"]
    names = ["baseline_reflection", "legality_only"]
    assert main(["compare", *names, "-r", "2", "--shard", "1/2", *out]) == 0
    said = capsys.readouterr()
    assert "2 of 4 runs of the whole are left; when all parts are done: getok compare" in said.err
    assert main(["status", str(tmp_path / "out"), "--json"]) == 0
    assert [row["finished"] for row in json.loads(capsys.readouterr().out)["scenarios"]] == [1, 1]
    assert main(["run", *names, "-r", "2", "--shard", "2/2", *out, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n_computed"] == 2
    assert main(["run", *names, "-r", "2", "--shard", "3/2", *out]) == 2
    assert "there are 2 parts" in capsys.readouterr().err

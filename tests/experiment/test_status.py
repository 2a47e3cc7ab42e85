"""``getok status`` says who is at work on a folder, without being in anybody's way."""

import json
import os
import shlex
import threading
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from getok.cli import main
from getok.cli.status import age
from getok.simulation.experiment import lock
from getok.simulation.experiment.design import make_sweep
from getok.simulation.experiment.lock import is_held, lock_of, only_writer
from getok.simulation.experiment.part import WHOLE, Part
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.writers import writers
from getok.simulation.printable import UNPRINTABLE
from getok.simulation.record.markers import committed, part_path
from getok.simulation.scenario.points import Points


def said(folder, capsys):
    main(["status", str(folder), "--json"])
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def folder(tmp_path, plan, fake):
    """Part 0 of 2 is done; part 1 was begun, and has committed nothing for an hour."""
    out = tmp_path / "out"
    for number in (0, 1):
        execute(plan(4), out, 1, engine=fake, part=Part(number, 2))
    for marker in committed(out, ()):
        if marker.shard.startswith("1of2-"):
            path = part_path(out, "runs", marker.shard)
            hour_ago = path.stat().st_mtime - 3600
            os.utime(path, (hour_ago, hour_ago))
    return out


def test_parts_at_work_are_shown_with_their_age(folder, capsys):
    with only_writer(folder, Part(1, 2)):
        parts = said(folder, capsys)["parts"]
        assert main(["status", str(folder)]) == 0
    table = capsys.readouterr().out
    assert [(part["part"], part["at_work"]) for part in parts] == [("0/2", False), ("1/2", True)]
    assert parts[0]["committed_seconds_ago"] < 600 < 3600 <= parts[1]["committed_seconds_ago"] < 4200
    assert parts[1]["started_seconds_ago"] < 600
    lines = [line.split() for line in table.splitlines()]
    assert ["0/2", "ended"] in [line[:2] for line in lines]
    assert ["1/2", "at", "work"] in [line[:3] for line in lines]
    assert "60 min ago" in table
    assert not any(part["at_work"] for part in said(folder, capsys)["parts"])


def test_a_run_of_the_whole_is_shown_while_it_is_at_work(tmp_path, plan, fake, capsys):
    execute(plan(2), tmp_path / "out", 1, engine=fake)
    assert said(tmp_path / "out", capsys)["parts"] == []
    with only_writer(tmp_path / "out", WHOLE):
        (whole,) = said(tmp_path / "out", capsys)["parts"]
    assert (whole["part"], whole["at_work"]) == ("whole", True)


def test_parts_do_not_look_like_the_whole(folder):
    with only_writer(folder, Part(0, 2)):
        assert [one.name for one in writers(folder) if one.at_work] == ["0/2"]


def test_who_looks_turns_nobody_away(tmp_path, monkeypatch):
    """Somebody looks for as long as 0.1 s just when a run starts."""
    with only_writer(tmp_path):
        pass
    descriptor = os.open(lock_of(tmp_path, WHOLE), os.O_RDONLY)
    lock._lock(descriptor, shared=True)
    threading.Timer(0.1, os.close, [descriptor]).start()
    with only_writer(tmp_path):
        assert is_held(lock_of(tmp_path, WHOLE))
    assert not is_held(lock_of(tmp_path, WHOLE))
    assert not is_held(tmp_path / "nothing")


def test_a_sweep_is_counted_by_scenario(tmp_path, plan, fake, capsys, monkeypatch):
    points = Points(("pending_share",), np.array([[0.1], [0.2], [0.3]]), np.array([[0.0, 1.0]]))
    monkeypatch.setenv("FAKE_RAISE", "busy@00001/0")
    execute(make_sweep(plan(1).scenarios, points, seed=1, replicates=2), tmp_path / "out", 1, engine=fake)
    found = said(tmp_path / "out", capsys)
    assert found["scenarios"] == [
        {"scenario": "quiet", "finished": 6, "failed": 0},
        {"scenario": "busy", "finished": 5, "failed": 1},
    ]
    assert (found["points"], found["replicates"]) == (3, 2)


@pytest.mark.parametrize(
    ("passed", "text"), [(-5, "0 s"), (119, "119 s"), (120, "2 min"), (7200, "2 h"), (200_000, "2 days")]
)
def test_ages_are_told_in_their_largest_unit(passed, text):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert age(now, now - timedelta(seconds=passed)) == text


def test_an_error_that_is_stored_is_printed_without_commands_to_the_terminal(tmp_path, plan, fake, monkeypatch, capsys):
    monkeypatch.setenv("FAKE_GIVE_OUT", r"quiet/0 ValueError('\x1b[2J\x9b31m\u202egone')")
    execute(plan(1), tmp_path / "a run", 1, engine=fake)
    assert main(["status", str(tmp_path / "a run")]) == 3
    printed = capsys.readouterr().out
    assert "?[2J?31m?gone" in printed
    assert not UNPRINTABLE.search(printed)
    again = next(line for line in printed.splitlines() if "again: " in line).partition("again: ")[2]
    assert shlex.split(again)[3:] == [str(tmp_path / "a run")]


def test_an_error_that_names_a_file_is_printed_without_commands_to_the_terminal(capsys):
    assert main(["status", "no\x1b[2J"]) == 2
    assert not UNPRINTABLE.search(capsys.readouterr().err)

"""The commands on a run, with the real engine."""

import json

import pytest

from getok.analysis.read import open_run
from getok.cli import main

SCENARIO = "baseline_reflection"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "out"
    assert main(["run", SCENARIO, "-r", "2", "--out", str(out)]) == 0
    return out


def said(capsys):
    return json.loads(capsys.readouterr().out)


def test_run_says_how_it_ended(folder, capsys):
    assert main(["run", SCENARIO, "-r", "2", "--out", str(folder), "--json"]) == 0
    report = said(capsys)
    assert report["folder"] == folder.as_posix()
    assert (report["n_runs"], report["n_ok"], report["n_failed"], report["n_computed"]) == (2, 2, 0, 0)


def test_status_needs_the_folder_alone(folder, capsys):
    assert main(["status", str(folder), "--json"]) == 0
    state = said(capsys)
    assert state["scenarios"] == [{"scenario": SCENARIO, "finished": 2, "failed": 0}]
    assert state["seed"] == 1
    assert main(["status", str(folder)]) == 0
    assert SCENARIO in capsys.readouterr().out


def test_replay_finds_the_stored_numbers_again(folder, capsys):
    key = open_run(folder).runs["key"].to_pylist()[1]
    assert main(["replay", key[:12], str(folder), "--json"]) == 0
    replay = said(capsys)
    assert (replay["scenario"], replay["replicate"], replay["equal"]) == (SCENARIO, 1, True)
    assert main(["replay", "zz", str(folder)]) == 2


def test_doctor_says_what_it_runs_on(capsys):
    assert main(["doctor", "--json"]) == 0
    facts = said(capsys)
    assert facts["numba"][0].isdigit()


@pytest.mark.parametrize("arguments", [["status", "nowhere"], ["replay", "abcd", "nowhere"]])
def test_what_is_no_run_is_a_mistake_of_the_user(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert "nowhere  does not exist" in capsys.readouterr().err


def test_a_file_where_the_folder_should_be_is_a_mistake_of_the_user(tmp_path, capsys):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert main(["run", SCENARIO, "-r", "1", "--out", str(tmp_path / "file")]) == 2
    assert "is a file where a folder is needed" in capsys.readouterr().err


def test_no_process_at_all_is_a_mistake_of_the_user(tmp_path, capsys):
    assert main(["run", SCENARIO, "-r", "1", "--processes", "0", "--out", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()

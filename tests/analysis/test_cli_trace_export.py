"""Commands ``trace`` and ``export`` on the real case."""

import csv
import json
from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from failing import failing

from getok.analysis.measures import exported, read_diffusion
from getok.analysis.read import Run, open_run, table_digest
from getok.cli import main
from getok.replaying import diffusion_in
from getok.simulation.engine import Simulation
from getok.simulation.errors import StoreError
from getok.simulation.experiment.design import make_sweep
from getok.simulation.experiment.run import execute
from getok.simulation.names import STAGE_NAMES
from getok.simulation.scenario import network_files as imports
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.points import Points


def trace(run, *arguments):
    return main(["trace", str(run.path), *arguments])


def test_susi_is_explained_stage_by_stage(case_run, capsys):
    assert trace(case_run, "--agent", "susi") == 0
    told = capsys.readouterr().out
    assert "Warung Susi" in told.splitlines()[0]
    stages = [line.split()[2] for line in told.splitlines() if line.startswith("In stage ")]
    # The owner had refused during the burn-in, is won in the meeting, and carries.
    assert stages[0] == "rejected"
    assert stages[-2:] == ["implementation", "confirmation"]
    assert "  week " in told


def test_the_same_story_in_indonesian(case_run, capsys):
    assert trace(case_run, "--agent", "susi", "--lang", "id") == 0
    told = capsys.readouterr().out
    assert "Mengapa Warung Susi bertindak demikian" in told
    assert "minggu" in told
    assert "Pada tahap pelaksanaan sejak minggu" in told
    assert " week " not in told


@pytest.mark.parametrize(("lang", "word"), [("en", "buyer 17"), ("id", "17")])
def test_a_buyer_and_a_member(case_run, lang, word, capsys):
    assert trace(case_run, "--agent", "buyer 17", "--lang", lang) == 0
    assert word in capsys.readouterr().out
    assert trace(case_run, "--agent", "member 3", "--lang", lang, "--replicate", "2") == 0
    assert "3" in capsys.readouterr().out


def test_chapters_follow_one_another_and_agree_with_the_tables(case_run, capsys):
    assert trace(case_run, "--agent", "susi", "--scenario", "implemented_2019", "--replicate", "1", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["scenario"], said["replicate"], said["agent"]["kind"]) == ("implemented_2019", 1, "owner")
    chapters = said["chapters"]
    assert all(chapter["stage"] in STAGE_NAMES for chapter in chapters)
    for one, after in pairwise(chapters):
        move = one["evidence"][-1]
        assert (move["event"], move["stage_from"], move["stage_to"]) == ("stage", one["stage"], after["stage"])
        assert move["week"] == after["first_week"] >= one["first_week"]
    rows = case_run.table("outlets").to_pylist()
    susi = next(
        row for row in rows if (row["scenario"], row["replicate"], row["outlet"]) == ("implemented_2019", 1, "susi")
    )
    weeks = [moment["week"] for chapter in chapters for moment in chapter["evidence"]]
    assert weeks == sorted(weeks)
    assert susi["accept_week"] in weeks


def test_the_last_scenario_is_meant_if_none_is_named(case_run, capsys):
    assert trace(case_run, "--agent", "susi", "--json") == 0
    assert json.loads(capsys.readouterr().out)["scenario"] == "implemented_2019"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--agent", "suzi"], "did you mean 'susi'?"),
        (["--agent", "buyer 99999"], "buyers are numbered 0 to"),
        (
            ["--agent", "susi", "--replicate", "6"],
            "  has no finished replicate 6 of implemented_2019; 6 are finished, 0 to 5",
        ),
        (["--agent", "susi", "--scenario", "nothing"], "nothing"),
    ],
)
def test_who_or_what_is_unknown_is_a_mistake_of_the_user(case_run, arguments, message, capsys):
    assert trace(case_run, *arguments) == 2
    assert message in capsys.readouterr().err


def test_graphml_is_read_by_networkx(tmp_path, capsys):
    target = tmp_path / "case.graphml"
    assert main(["export", "implemented_2019", str(target), "--week", "20"]) == 0
    assert capsys.readouterr().out.strip() == str(target)
    graph = nx.read_graphml(target)
    assert graph.is_directed()
    kinds = set(nx.get_node_attributes(graph, "kind").values())
    assert {"household", "member", "warung", "group", "agency"} <= kinds
    assert graph.number_of_nodes() > 800
    for _, _, tie in graph.edges(data=True):
        assert 0 <= tie["trust"] <= 1
        assert tie["kind"]
        assert tie["cooperation"] in {"none", "informal", "verbal", "mou"}
    assert any(tie["cooperation"] == "mou" for _, _, tie in graph.edges(data=True))


@pytest.fixture
def nothing_lived(monkeypatch):
    """No community may be made: the target is looked at first."""

    def refused(*arguments):
        raise AssertionError("a network was made for a target that cannot be written")

    monkeypatch.setattr("getok.simulation.engine.Simulation", refused)


@pytest.mark.parametrize("target", ["net.graphml", "net"])
def test_a_target_that_is_there_is_refused_before_anything_is_computed(target, tmp_path, nothing_lived, capsys):
    (tmp_path / "net.graphml").write_text("mine", encoding="utf-8")
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "ties.csv").write_text("mine", encoding="utf-8")
    assert main(["export", "baseline_reflection", str(tmp_path / target)]) == 2
    assert "exists; choose another name or add --replace" in capsys.readouterr().err
    assert (tmp_path / "net.graphml").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in (tmp_path / "net").iterdir()] == ["ties.csv"]


def test_a_target_that_cannot_be_written_is_refused_before_anything_is_computed(tmp_path, nothing_lived, capsys):
    with failing(1, "no space", ("fsync",)):
        assert main(["export", "baseline_reflection", str(tmp_path / "net.graphml")]) == 2
    assert "no space left" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_target_is_replaced_if_asked_for(tmp_path):
    (tmp_path / "net.graphml").write_text("mine", encoding="utf-8")
    assert main(["export", "baseline_reflection", str(tmp_path / "net.graphml"), "--replace"]) == 0
    assert "<graphml" in (tmp_path / "net.graphml").read_text(encoding="utf-8")


def test_csv_holds_the_same_network(tmp_path):
    assert main(["export", "baseline_reflection", str(tmp_path / "net"), "--seed", "3"]) == 0
    assert main(["export", "baseline_reflection", str(tmp_path / "net.graphml"), "--seed", "3"]) == 0
    graph = nx.read_graphml(tmp_path / "net.graphml")
    with (tmp_path / "net" / "nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = list(csv.DictReader(file))
    with (tmp_path / "net" / "ties.csv").open(encoding="utf-8", newline="") as file:
        ties = list(csv.DictReader(file))
    assert {row["id"] for row in nodes} <= set(graph)
    assert len(ties) > 2000
    assert all(float(row["trust"]) <= 1 for row in ties if row["trust"])


@pytest.mark.parametrize("week", ["-1", "105"])
def test_a_week_outside_the_horizon_is_refused(tmp_path, week, capsys):
    assert main(["export", "baseline_reflection", str(tmp_path / "x.graphml"), "--week", week]) == 2
    told = capsys.readouterr().err
    assert ("outside the horizon of 104 weeks" if int(week) > 0 else "whole number from 0") in told
    assert list(tmp_path.iterdir()) == []


def test_another_seed_is_another_community(tmp_path):
    for name, seed in (("one", "1"), ("again", "1"), ("two", "2")):
        assert main(["export", "baseline_reflection", str(tmp_path / f"{name}.graphml"), "--seed", seed]) == 0
    one, again, two = ((tmp_path / f"{name}.graphml").read_bytes() for name in ("one", "again", "two"))
    assert one == again
    assert one != two


WRONG_TARGETS = {
    "net.gexf": "getok does not write .gexf: a file that ends in .graphml",
    "net.csv": "getok does not write .csv",
    "there.txt": "there.txt  is a file, not a folder",
    "folder.graphml": "folder.graphml  is a folder; name a file for GraphML",
    "there.txt/net.graphml": "is a file where a folder is needed, or lies below one",
}


@pytest.mark.parametrize("target", WRONG_TARGETS)
def test_a_target_of_another_kind_is_refused_and_nothing_is_written(tmp_path, target, capsys):
    (tmp_path / "there.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "folder.graphml").mkdir()
    before = sorted(path.name for path in tmp_path.rglob("*"))
    assert main(["export", "baseline_reflection", str(tmp_path / target)]) == 2
    assert WRONG_TARGETS[target] in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.rglob("*")) == before
    assert (tmp_path / "there.txt").read_text(encoding="utf-8") == "mine"


def test_what_is_exported_is_measured_as_it_was_lived(tmp_path, capsys):
    week = 20
    assert main(["export", "baseline_reflection", str(tmp_path / "made" / "net"), "--week", str(week)]) == 0
    scenario = load_scenario("baseline_reflection").scenario
    simulation = Simulation(scenario, 1, 0)
    simulation.advance(week)
    lived = diffusion_in(simulation.world, STAGE_NAMES.index("implementation"), scenario.burn_in_weeks)
    files = tmp_path / "made" / "net"
    reading = read_diffusion(files / "nodes.csv", files / "ties.csv")
    read = reading.diffusion
    assert "exported" in [one.key for one in reading.remarks]
    np.testing.assert_array_equal(read.time, lived.time)
    assert (read.ties.indptr.tolist(), read.ties.indices.tolist()) == (
        lived.ties.indptr.tolist(),
        lived.ties.indices.tolist(),
    )
    quick = ("--permutations", "0", "--rewirings", "0", "--no-figures", "--output", str(tmp_path / "out"))
    assert main(["measure", str(files / "nodes.csv"), str(files / "ties.csv"), *quick]) == 0
    assert "a network that getok exported" in capsys.readouterr().out


def test_people_are_the_kinds_that_are_imported_as_people():
    assert set(imports.PEOPLE) == exported.PEOPLE
    assert set(imports.KINDS) == exported.PEOPLE | exported.OTHERS


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """Two points of a short sweep, which keeps the summary alone."""
    short = replace(load_scenario("baseline_reflection").scenario, horizon_weeks=12, observation_week=10)
    points = Points(("pending_share",), np.array([[0.1], [0.3]]), np.array([[0.0, 1.0]]))
    plan = make_sweep([short], points, seed=1, replicates=1)
    return execute(plan, tmp_path_factory.mktemp("sweeps") / "two", 1).folder


def test_a_table_that_a_sweep_did_not_keep_is_an_error_and_not_empty(swept):
    run = open_run(swept)
    assert run.keeps("summary")
    assert run.table("summary").num_rows == 2
    for name in ("weekly", "outlets", "people"):
        with pytest.raises(StoreError, match=f"did not keep the table {name} of its runs; kept: summary"):
            run.table(name)
    assert table_digest(run)


def test_a_point_of_a_sweep_is_measured_traced_and_replayed(swept, capsys):
    quick = ("--permutations", "0", "--rewirings", "0", "--no-figures")
    assert main(["measure", str(swept), *quick]) == 0
    assert "baseline_reflection@00001, replicate 0" in capsys.readouterr().out
    assert main(["trace", str(swept), "--agent", "susi"]) == 0
    key = open_run(swept).runs["key"].to_pylist()[0]
    assert main(["replay", key, str(swept)]) == 0
    assert "equal" in capsys.readouterr().out


def test_a_folder_without_the_tables_that_tell_is_not_measured(swept, capsys, monkeypatch):
    monkeypatch.setattr(Run, "keeps", lambda self, name: name == "reach")
    assert main(["measure", str(swept), "--no-figures"]) == 2
    assert "the folder keeps no table summary or weekly" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["trace", "--agent", "susi"], ["measure"]])
def test_a_folder_that_holds_no_run_is_refused(tmp_path, command, capsys):
    (tmp_path / "notes.txt").write_text("", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "nothing", tmp_path / "notes.txt"):
        assert main([command[0], str(folder), *command[1:]]) == 2
        assert str(folder) in capsys.readouterr().err

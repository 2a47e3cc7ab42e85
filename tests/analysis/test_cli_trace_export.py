"""Commands ``trace`` and ``export`` on the real case."""

import csv
import json
from itertools import pairwise

import networkx as nx
import pytest

from getok.cli import main
from simulation.names import STAGE_NAMES


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
        (["--agent", "susi", "--replicate", "6"], "no finished replicate 6 of implemented_2019"),
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
    assert "outside the horizon of 104 weeks" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_another_seed_is_another_community(tmp_path):
    for name, seed in (("one", "1"), ("again", "1"), ("two", "2")):
        assert main(["export", "baseline_reflection", str(tmp_path / f"{name}.graphml"), "--seed", seed]) == 0
    one, again, two = ((tmp_path / f"{name}.graphml").read_bytes() for name in ("one", "again", "two"))
    assert one == again
    assert one != two

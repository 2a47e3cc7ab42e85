"""Rounds are ordinary sweeps: shared out or killed, they give the same sets; and the command that starts them."""

import json

import numpy as np
import pytest
from stored_runs import older

from getok.analysis.fitting.plausible import region_of
from getok.analysis.fitting.reading import read_records
from getok.analysis.fitting.simulated import simulated_of
from getok.analysis.fitting.statistics import statistics_of
from getok.analysis.read import open_run
from getok.behavioural.ranges import drawn_ranges
from getok.behavioural.search import Paused, Place, search
from getok.behavioural.set_file import read_set
from getok.cli.app import main
from getok.fitting import rounds
from getok.fitting.check import Given
from getok.fitting.rounds import Runs, Unfinished, fit, seed_of, unit_of, values_of
from getok.parameter_sets import given_sentences, outside_table
from getok.simulation.engine import simulate
from getok.simulation.errors import StoreError, UsageError
from getok.simulation.experiment.design import make_sweep
from getok.simulation.experiment.part import Part
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.session import Silent
from getok.simulation.experiment.verify import verify
from getok.simulation.scenario.load import load_scenario
from getok.simulation.sweep.designs import latin_hypercube

SCENARIO = load_scenario("implemented_2019").scenario
RANGES = {name: drawn_ranges()[name] for name in ("packs_mean", "door_visit_rate", "n_trial_cycles", "trust_rw")}
ASK = {"draws": 120, "rounds": 2, "keep": 60}


def runs(folder, part=None):
    return Runs(folder, SCENARIO, RANGES, 1, Silent(), Place(1, part or Part()))


@pytest.fixture(scope="module")
def sales(tmp_path_factory):
    """Weekly sales of one run of the model, as a group would write them down."""
    columns = simulate(SCENARIO, 5, 0)["weekly"].columns
    rows = [
        f"{week + 1},{channel},{columns[f'packs_{channel}'][week]}"
        for channel in ("door", "shop")
        for week in range(60)
    ]
    path = tmp_path_factory.mktemp("records") / "sales.csv"
    path.write_text("\n".join(["week,channel,packs", *rows]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def records(sales):
    return read_records(sales, None, SCENARIO)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("whole")
    return folder, fit(records, runs(folder), **ASK)


@pytest.mark.parametrize("parts", [1, 3, 7])
def test_each_point_is_run_once_with_its_own_luck_whatever_the_parts(parts):
    points = latin_hypercube(RANGES, 50, 1)
    plan = make_sweep([SCENARIO], points, seed=1, replicates=20, spread=True)
    assert plan.n_runs == 50
    masks = np.array([Part(number, parts).mask(plan) for number in range(parts)])
    assert masks.sum(axis=0).max() == 1
    once = masks.any(axis=0).reshape(20, 50)
    assert (once.sum(axis=0) == 1).all()
    assert set(once.sum(axis=1)) == {2, 3}
    assert set(masks.sum(axis=1)) <= {50 // parts, 50 // parts + 1}


def test_a_round_asks_for_each_set_once_and_says_so(whole, capsys):
    """100 lucks, of which each of 120 sets meets one: 11 900 pairs that nobody asks for are not missing."""
    folder, _ = whole
    assert main(["store", "verify", str(folder / "draws")]) == 0
    assert "120 runs finished, 0 failed, 0 missing" in capsys.readouterr().out
    assert main(["status", str(folder / "draws")]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split()[-3:] == ["120", "0", "120"]


def test_a_run_that_a_round_did_not_ask_for_is_told(tmp_path):
    """The folder of a sweep in which every point was run in every replicate, told as one of a round."""
    points = latin_hypercube(RANGES, 3, 1)
    execute(make_sweep([SCENARIO], points, seed=1, replicates=2), tmp_path / "out", 1)
    manifest = tmp_path / "out" / "manifest.json"
    older(manifest)  # without the hash that would tell
    manifest.write_text(manifest.read_text("utf-8").replace('"spread": false', '"spread": true'), encoding="utf-8")
    assert "which is not of this run" in verify(tmp_path / "out").damage[0].what
    with pytest.raises(StoreError, match="way of running each point is once, asked for is in every replicate"):
        execute(make_sweep([SCENARIO], points, seed=1, replicates=2), tmp_path / "out", 1)


def test_a_recorded_run_says_what_its_tables_say(whole):
    folder, _ = whole
    run = open_run(folder / "draws")
    simulated = simulated_of(run, SCENARIO.horizon_weeks)
    name, replicate = run.runs["scenario"][7].as_py(), run.runs["replicate"][7].as_py()
    point = int(name.rpartition("@")[2])
    tables = simulate(run.scenario(name), run.seed, replicate)
    weekly, outlets, cases = (tables[table].columns for table in ("weekly", "outlets", "cases"))
    assert simulated.weekly["door"][point].tolist() == weekly["packs_door"].tolist()
    assert simulated.weekly["member_joined"][point].tolist() == weekly["entered_members_implementation"].tolist()
    for outlet, week in zip(outlets["outlet"], outlets["accept_week"], strict=True):
        assert simulated.week_of("agreed", outlet)[point] == (np.inf if np.isnan(week) else week)
    granted = cases["week"][(cases["service"] == "pirt") & (cases["state"] == "granted")]
    assert simulated.week_of("granted", "pirt")[point] == (granted.min() if len(granted) else np.inf)


def test_parts_in_another_order_give_the_same_sets(tmp_path, records, whole):
    for _ in range(2):
        with pytest.raises(Unfinished, match="of 120 runs are there"):
            fit(records, runs(tmp_path, Part(1, 2)), **ASK)
        with pytest.raises(Unfinished) as caught:  # the round is complete now, and the next one begun
            fit(records, runs(tmp_path, Part(0, 2)), **ASK)
        if "round-01: 60" in str(caught.value):
            break
    found = fit(records, runs(tmp_path, Part(1, 2)), **ASK)
    assert found.points.digest == whole[1].points.digest


def test_what_a_killed_writer_leaves_is_computed_again_to_the_same_sets(records, whole):
    folder, before = whole
    shards = sorted((folder / "draws" / "tables" / "runs").glob("*.parquet"))
    assert len(shards) > 1
    shards[1].unlink()  # a shard without its marker is as if it had never been written
    again = fit(records, runs(folder), **ASK)
    assert again.points.digest == before.points.digest
    assert len(list((folder / "draws" / "tables" / "runs").glob("*.parquet"))) >= len(shards)


def test_the_second_round_draws_where_the_first_rules_nothing_out(records, whole):
    folder, found = whole
    first = simulated_of(open_run(folder / "draws"), SCENARIO.horizon_weeks)
    second = next(path for path in folder.glob("fit-*/round-01"))
    seen = statistics_of(records, first)
    region = region_of(unit_of(first.points, RANGES), seen.runs, seen.observed)
    assert 0 < found.plausible[0] < 1
    assert region.holds(unit_of(open_run(second).points.values, RANGES)).all()
    assert not region.holds(unit_of(first.points, RANGES)).all()


def test_seeds_and_whole_numbers():
    """Of 2 to 8 cycles each takes a seventh: 5 the fourth, and whatever lies in it is 5 again."""
    assert seed_of(1, 0) == seed_of(1, 0) != seed_of(1, 1)
    unit = unit_of(np.array([[4.0, 17.0, 5.0, 0.53]]), RANGES)
    assert unit[0].tolist() == pytest.approx([1.0, 0.5, 0.5, 1.0])
    values = values_of(np.tile([[0.5], [3.01 / 7], [3.99 / 7], [0.0], [1.0]], (1, 4)), RANGES)
    assert values[:, 2].tolist() == [5, 5, 5, 2, 8]
    assert (unit_of(values, RANGES)[:3, 2] == unit[0, 2]).all()


def test_a_fit_holds_whole_numbers_where_only_these_run(whole):
    _, found = whole
    cycles = found.points.values[:, list(RANGES).index("n_trial_cycles")]
    assert set(cycles) <= {2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0}


def test_more_sets_than_runs_are_refused_before_anything_is_run(tmp_path, sales, capsys):
    ask = ["calibrate", "--sales", str(sales), "--draws", "100", "--rounds", "2", "--accept", "201"]
    assert main([*ask, "--out", str(tmp_path / "fit")]) == 2
    assert "201 sets of 100 x 2 runs" in capsys.readouterr().err
    assert main([*ask[:-1], "49", "--out", str(tmp_path / "fit")]) == 2
    assert "at least 50 sets" in capsys.readouterr().err
    assert not (tmp_path / "fit").exists()


def test_the_command_writes_a_set_that_a_comparison_can_use(tmp_path, sales, monkeypatch, capsys):
    monkeypatch.setattr("getok.behavioural.ranges.drawn_ranges", lambda: RANGES)
    ask = ["calibrate", "--sales", str(sales), "--draws", "100", "--rounds", "1", "--accept", "60", "--processes", "1"]
    assert main([*ask, "--out", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "statistics of the records lie in the middle 90 % of new runs" in told
    assert "(`packs_mean`) is too narrow: of 100 invented groups it held the truth in 85, not in 90" in told
    points, origin = read_set(str(tmp_path / "fitted.parquet"))
    assert len(points) == 60
    assert points.parameters == tuple(RANGES)
    assert (origin.n_drawn, origin.digest) == (100, points.digest)
    assert sorted(path.name for path in (tmp_path / "figures").iterdir()) == ["narrowing.png", "narrowing.svg"]
    assert "sales.csv, SHA-256" in origin.criteria["sales"]
    assert main([*ask, "--out", str(tmp_path), "--json", "--no-figures"]) == 0
    assert len(json.loads(capsys.readouterr().out)["narrowings"]) == 4
    ask = ["compare", "baseline_reflection", "legality_only", "--over", str(tmp_path / "fitted.parquet"), "--sets", "4"]
    assert main([*ask, "-r", "2", "--processes", "1", "--out", str(tmp_path / "c"), "--no-figures"]) == 0


def test_the_command_tells_faults_of_files_and_options(tmp_path, capsys):
    bad = tmp_path / "sales.csv"
    bad.write_text("week,channel,packs\n1,dor,3\n", encoding="utf-8")
    assert main(["calibrate", "--sales", str(bad), "--out", str(tmp_path / "out")]) == 2
    assert "sales.csv:2:3  channel  unknown channel 'dor'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert main(["calibrate", "--events", str(bad)]) == 2
    assert "go with --sales FILE" in capsys.readouterr().err
    assert main(["calibrate", "--sales", str(bad), "--scenario", "city_bandung"]) == 2
    assert "500 groups; records are of one group" in capsys.readouterr().err
    assert main(["calibrate", "--sales", str(tmp_path / "none.csv")]) == 2
    assert main(["calibrate", "--shard", "3/2"]) == 2


def test_records_that_no_set_gives_are_refused(tmp_path, records, monkeypatch):
    monkeypatch.setattr(rounds, "MOST_BULKS", 1)
    monkeypatch.setattr(rounds, "BULK", 100)
    monkeypatch.setattr("getok.fitting.rounds.region_of", lambda *_: Nothing())
    with pytest.raises(UsageError, match="0 of 100 parameter sets come near the records"):
        fit(records, runs(tmp_path), draws=100, rounds=2, keep=60)


class Nothing:
    """A region that holds nothing."""

    def holds(self, unit):
        return np.zeros(len(unit), dtype=bool)


@pytest.mark.parametrize(("n_outside", "is_poor"), [(2, False), (3, True)])
def test_a_poor_fit_is_told(n_outside, is_poor):
    inside, outside = Given("a", 1.0, 0.0, 1.0, 2.0), Given("sales at doors", 3.0, 0.0, 1.0, 2.0)
    checked = [inside] * 8 + [outside] * n_outside
    told = "\n".join(given_sentences(checked, "en"))
    assert f"8 of {8 + n_outside} statistics" in told
    assert "sales at doors" in outside_table(checked, "en").text()
    assert ("does not give these records well" in told) == is_poor


def test_patterns_can_be_shared_out_too(tmp_path, monkeypatch):
    monkeypatch.setattr("getok.behavioural.search.BATCH", 3)
    monkeypatch.setattr("getok.behavioural.search.drawn_ranges", lambda: {"pending_share": (0.45, 0.55)})
    ask = {"accept": 2, "replicates": 2, "seed": 1, "progress": Silent(), "most": 3}
    with pytest.raises(Paused, match="of 12 runs are there"):
        search(tmp_path / "parts", **ask, place=Place(1, Part(0, 2)))
    with pytest.raises(Paused):
        search(tmp_path / "parts", **ask, place=Place(1, Part(1, 2)))
    found = search(tmp_path / "parts", **ask, place=Place(1, Part(0, 2)))
    whole = search(tmp_path / "whole", **ask, place=Place(1))
    assert found.accepted.digest == whole.accepted.digest

"""``compare --over``, ``plan``, ``sweep`` and ``sensitivity`` as a user meets them, small."""

import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from getok.analysis.read import open_run
from getok.cli.app import main
from getok.simulation.record.folder import read_manifest
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.points import Selection, read_points

TWO = """schema: 1
name: two
scenarios: [baseline_reflection, training_only]
design: grid
parameters:
  trial_probability: [0.3, 0.5]
  lapse_probability: [0.02, 0.05]
replicates: 2
"""


def test_a_comparison_over_sets_says_what_is_robust(sets, capsys):
    arguments = ["compare", "baseline_reflection", "training_only", "--over", str(sets), "-r", "2", "--out", "run"]
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert "In this model" in printed
    assert "4 of 4" in printed or "of 4" in printed
    assert (sets.parent / "run" / "figures" / "robustness.png").is_file()
    assert main(["compare", "run", "--json"]) == 0  # read again from its folder
    decision = json.loads(capsys.readouterr().out)["decision"]
    assert (decision["n_sets"], decision["n_seeds"]) == (4, 2)


def test_fewer_sets_can_be_asked_for(sets, capsys):
    arguments = ["compare", "baseline_reflection", "training_only", "--over", str(sets), "-r", "1", "--no-figures"]
    assert main([*arguments, "--sets", "2", "--out", "two", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["decision"]["n_sets"] == 2
    assert main([*arguments, "--sets", "5", "--out", "five"]) == 2
    assert "has 4" in capsys.readouterr().err


DOORS = """schema: 1
name: doors_up
extends: implemented_2019
question: {id: "Bila dua kali lebih banyak pintu?", en: "What if members knock at twice as many doors?"}
parameters: {door_visit_rate: 24 visits/week}
"""


def test_what_a_scenario_says_itself_is_not_replaced_by_the_sets(sets, capsys):
    """Twice as many doors sell more in each set; replaced by the sets' doors it would be no difference in any."""
    (sets.parent / "doors_up.yaml").write_text(DOORS, encoding="utf-8")
    arguments = ["compare", "implemented_2019", "doors_up.yaml", "--over", str(sets), "-r", "2", "--no-figures"]
    assert main([*arguments, "--out", "run", "--json"]) == 0
    decision = json.loads(capsys.readouterr().out)["decision"]
    (pair,) = decision["outcomes"][0]["pairs"]
    assert (pair["ahead"], pair["wins"]) == ("doors_up", 4)
    (told,) = decision["stated"]
    assert (told["scenario"], told["parameter"], told["how"]) == ("doors_up", "door_visit_rate", "times")
    assert (told["value"], told["default"], told["factor"]) == (24.0, 12.0, 2.0)
    assert main(["compare", "run", "--no-figures", "--lang", "id"]) == 0
    assert "Untuk doors_up, " in (printed := capsys.readouterr().out)
    assert "adalah 2 kali nilai pada tiap set parameter" in printed


def test_sets_are_compared_on_other_luck_than_they_were_selected_on(sets, capsys):
    chosen = replace(read_points(sets), selection=Selection(3, ("P01a", "P19")))
    sets.write_bytes(chosen.to_bytes())
    arguments = ["compare", "baseline_reflection", "implemented_2019", "--over", str(sets), "-r", "1", "--no-figures"]
    assert main([*arguments, "--out", "fresh"]) == 0
    printed = capsys.readouterr().out
    assert read_manifest(Path("fresh")).seed == 4
    assert "in most runs with seed 3. The runs here have other luck" in printed
    assert "counted again" not in printed
    assert main([*arguments, "--out", "same", "--seed", "3"]) == 0
    printed = capsys.readouterr().out
    assert "selected by runs with seed 3, and these runs have the same seed" in printed
    assert "settled beforehand" in printed
    assert main(["compare", "same", "--json", "--no-figures"]) == 0  # told by the folder, without the set
    selected = json.loads(capsys.readouterr().out)["decision"]["selected"]
    assert selected["same_luck"] is True
    assert [one["pattern"] for one in selected["foregone"]] == ["P19"]


@pytest.mark.parametrize("name", ["nowhere.parquet", "scenario.yaml"])
def test_what_is_no_set_is_refused(name, sets, capsys):
    (sets.parent / "scenario.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert main(["compare", "baseline_reflection", "training_only", "--over", name]) == 2
    assert "parameter sets" in capsys.readouterr().err


def test_a_plan_shows_the_frontier(sets, capsys):
    arguments = ["plan", "--budget", "Rp 2 000 000", "--from", "training_only", "--over", str(sets), "--sets", "3"]
    assert main([*arguments, "-r", "1", "--out", "plan"]) == 0
    printed = capsys.readouterr().out
    assert "training (week " in printed
    assert "2 of 2 programmes" in printed
    assert main([*arguments, "-r", "1", "--out", "plan", "--all"]) == 0
    assert "efficient" in capsys.readouterr().out
    assert main([*arguments, "-r", "1", "--out", "plan", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["choice"]["judged"]) == 3


def test_options_of_a_plan_are_files_that_can_be_compared_and_its_report_is_small(sets, monkeypatch, capsys):
    own = sets.parent / "own.yaml"
    own.write_text("schema: 1\nname: own\nextends: training_only\nquestion: {id: a, en: b}\n", encoding="utf-8")
    asked = ["plan", "--budget", "Rp 20 juta", "--from", "own.yaml", "--over", "sets.parquet", "--sets", "3", "-r", "1"]
    assert main([*asked, "--out", "plan", "--lang", "id"]) == 0
    printed = capsys.readouterr().out
    assert "Menambah pembeli aktif terbanyak" in printed
    command = shlex.split(printed.strip().splitlines()[-1])
    assert command[:3] == ["getok", "compare", "baseline_reflection"]
    assert "kelompok yang sama tanpa programnya (tanpa program)" in printed
    assert "plan/options/plan_most.yaml" in command
    assert main([*command[1:], "--sets", "2", "-r", "1", "--no-figures", "--out", "again"]) == 0

    def refused(*arguments, **options):
        raise AssertionError("the questions of a comparison are not asked of hundreds of programmes")

    monkeypatch.setattr("getok.analysis.decide.report.decide", refused)
    assert main(["report", "plan", "--lang", "id"]) == 0
    page = (sets.parent / "plan" / "report-id.html").read_text(encoding="utf-8").replace("<wbr>", "")
    assert "Rp\u00a020.000.000" in page
    assert "plan_most" in page
    assert "pilihan yang menambah terbanyak" in page
    assert page.count("<svg ") == 1
    assert main(["report", "plan", "--budget", "Rp 0"]) == 0
    assert "for the public" in (sets.parent / "plan" / "report-en.html").read_text(encoding="utf-8")
    assert main(["compare", "plan"]) == 2
    assert "plan/options can be compared" in capsys.readouterr().err
    (sets.parent / "plan" / "plan.json").write_text('{"schema": 1, "origin": "x", "budget": "many"}', encoding="utf-8")
    assert main(["report", "plan"]) == 2
    assert "plan.json" in capsys.readouterr().err


def test_a_plan_is_counted_against_its_own_group_without_the_programme(sets, capsys):
    """Bigger by two members; the baseline of the library would count these as an effect of every programme."""
    text = "schema: 1\nname: own\nextends: training_only\nquestion: {id: a, en: b}\nparameters: {n_members: 9}\n"
    (sets.parent / "own.yaml").write_text(text, encoding="utf-8")
    asked = ["plan", "--budget", "Rp 20 juta", "--from", "own.yaml", "--over", "sets.parquet", "--sets", "2", "-r", "1"]
    assert main([*asked, "--out", "a plan"]) == 0
    printed = capsys.readouterr().out
    assert "counted against the same group without its programme (no programme)" in printed
    command = shlex.split(printed.strip().splitlines()[-1])
    assert command[2] == "a plan/options/without_programme.yaml"
    assert load_scenario(command[2]).scenario.parameters["n_members"] == 9
    assert main([*command[1:], "--sets", "2", "-r", "1", "--no-figures", "--out", "again"]) == 0
    run = open_run(Path("a plan"))
    assert run.scenario(run.scenarios[0]).parameters["n_members"] == 9
    assert main(["report", "a plan"]) == 0
    assert "without its programme" in (sets.parent / "a plan" / "report-en.html").read_text(encoding="utf-8")


def test_money_is_read_alike_by_all_commands(sets, capsys):
    over = ["compare", "baseline_reflection", "training_only", "--over", str(sets), "-r", "1", "--sets", "2"]
    assert main([*over, "--budget", "Rp 2 juta", "--no-figures", "--out", "run"]) == 0
    assert "Rp 2,000,000" in capsys.readouterr().out
    assert main(["report", "run", "--budget", "Rp 2 juta", "--out", "x.html"]) == 0
    assert "--budget &#39;Rp 2 000 000&#39;" in (sets.parent / "x.html").read_text(encoding="utf-8")
    for command in (["report", "run"], over):
        capsys.readouterr()
        assert main([*command, "--budget", "2000000"]) == 2
        assert "Rp 500 000" in capsys.readouterr().err


@pytest.mark.parametrize("budget", ["20 000 000", "much", "Rp -3"])
def test_a_budget_is_an_amount(budget, sets, capsys):
    assert main(["plan", "--budget", budget, "--over", str(sets)]) == 2
    assert "--budget" in capsys.readouterr().err


def test_a_plan_needs_tasks(sets, capsys):
    assert (
        main(["plan", "--budget", "Rp 1 000 000", "--from", "baseline_reflection", "--over", str(sets), "--sets", "1"])
        == 2
    )
    assert "no tasks" in capsys.readouterr().err


@pytest.mark.parametrize(("design", "samples"), [("morris", 2), ("saltelli", 4), ("latin_hypercube", 64)])
def test_a_sweep_can_be_asked_what_matters(design, samples, sets, sweep_file, capsys):
    sweep_file(design, samples)
    assert main(["sensitivity", "small.yaml", "--out", "run", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {"pending_share", "door_visit_rate", "trial_probability"} <= {row["parameter"] for row in rows}
    assert list((sets.parent / "run" / "figures").glob("sensitivity_*.svg"))


def test_a_design_for_sensitivity_is_not_swept_and_an_unknown_outcome_is_told(sweep_file, capsys):
    sweep_file("morris", 2)
    assert main(["sweep", "small.yaml"]) == 2
    assert "getok sensitivity" in capsys.readouterr().err
    assert main(["sensitivity", "small.yaml", "--outcome", "happiness"]) == 2
    assert "active_buyers" in capsys.readouterr().err


def test_a_dry_run_says_what_a_sweep_takes_and_writes_nothing(sets, sweep_file, capsys):
    sweep_file("sobol", 8)
    before = set(sets.parent.iterdir())
    assert main(["sweep", "small.yaml", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"] == 32
    assert set(sets.parent.iterdir()) == before
    assert main(["sweep", "small.yaml", "--out", "run"]) == 0
    assert main(["sweep", "small.yaml", "--out", "run", "-r", "3"]) == 0  # more replicates: only what is missing
    assert main(["status", "run", "--json"]) == 0


def test_a_sweep_over_two_parameters_is_drawn_unless_it_is_not_wanted(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two.yaml").write_text(TWO, encoding="utf-8")
    assert main(["sweep", "two.yaml", "--out", "run", "--no-figures"]) == 0
    assert not (tmp_path / "run" / "figures").exists()
    assert main(["sweep", "two.yaml", "--out", "run", "--lang", "id"]) == 0
    out, err = capsys.readouterr()
    assert out.split() == ["run", "run"]
    names = sorted(path.name for path in (tmp_path / "run" / "figures").iterdir())
    stem = "sweep_packs_per_week_trial_probability_lapse_probability_training_only"
    assert names == [f"{stem}.png", f"{stem}.svg"]
    assert all(name in err for name in names)
    assert "benih" in (tmp_path / "run" / "figures" / names[1]).read_text(encoding="utf-8")


def test_a_changed_sweep_does_not_go_into_the_folder_of_another(sweep_file, capsys):
    sweep_file("sobol", 4)
    assert main(["sweep", "small.yaml", "--out", "run"]) == 0
    sweep_file("sobol", 4, replace=("trial_probability", "lapse_probability"))
    assert main(["sweep", "small.yaml", "--out", "run"]) == 2
    assert "another run" in capsys.readouterr().err


def test_seeds_are_added_until_a_difference_is_known_well_enough(sets, capsys):
    arguments = ["compare", "baseline_reflection", "implemented_2019", "--out", "run", "--no-figures", "--json"]
    assert main([*arguments, "--precision", "20 %"]) == 0
    out, err = capsys.readouterr()
    n = json.loads(out)["comparison"]["n"]
    assert n >= 15
    assert f"reached with {n} paired seeds" in err
    assert main([*arguments, "--precision", "10 %"]) == 0  # goes on in the same folder
    assert json.loads(capsys.readouterr().out)["comparison"]["n"] >= n


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--precision", "much"], "--precision much"),
        (["--precision", "0 %"], "above 0"),
        (["--precision", "5 %", "-r", "10"], "leave --replicates out"),
        (["--precision", "5 %", "--over", "sets.parquet"], "over 4 sets; at least 50"),
        (["--precision", "5 %", "--shard", "0/2"], "leave --shard out"),
    ],
)
def test_a_precision_stands_alone(more, told, sets, capsys):
    assert main(["compare", "baseline_reflection", "training_only", *more]) == 2
    assert told in capsys.readouterr().err

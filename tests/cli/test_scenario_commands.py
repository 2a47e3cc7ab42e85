"""list, new, check, explain, schema, as somebody types them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from getok.cli.app import COMMANDS, main
from getok.simulation.scenario.library import names
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved_json import digest

HEAVY = ("mesa", "numba", "pandas", "pyarrow", "scipy", "matplotlib")
HEAD = 'schema: 1\nname: mine\nextends: implemented_2019\nquestion: {id: "Apa?", en: "What?"}\n'


@pytest.fixture
def run(capsys):
    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


@pytest.fixture
def mine(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD, encoding="utf-8")
    return file


def test_list_shows_every_scenario_with_its_question(run):
    code, out, err = run("list")
    assert (code, err) == (0, "")
    assert [name for name in names() if name not in out] == []
    assert "What does legality alone achieve?" in out


def test_list_in_indonesian_as_json(run):
    code, out, _ = run("list", "--lang", "id", "--json")
    entries = {entry["name"]: entry for entry in json.loads(out)}
    assert code == 0
    assert list(entries) == names()
    assert entries["training_only"]["question"] == "Apa yang dicapai pelatihan saja?"
    assert entries["training_only"]["levers"] == "pelatihan"
    assert entries["halal_delayed"]["levers"] == (
        "seperti implemented_2019, tetapi: Sertifikat halal (skema gratis kota)"
    )
    assert entries["no_broker"]["levers"] == "seperti implemented_2019, tetapi: tanpa perantara"
    assert entries["weak_facilitator"]["levers"] == "seperti implemented_2019, tetapi: pendamping yang berbeda"
    assert entries["shock_incident"]["levers"] == "seperti implemented_2019, tetapi: kejadian mutu"


def test_a_new_file_can_be_checked_and_changes_nothing_yet(run, tmp_path):
    file = tmp_path / "what_if.yaml"
    assert run("new", file) == (0, f"{file}\n", "")
    assert run("check", file)[0] == 0
    assert load_scenario(file).scenario.name == "what_if"
    assert digest(load_scenario(file).scenario) == digest(load_scenario("implemented_2019").scenario)
    assert [path.name for path in tmp_path.iterdir()] == ["what_if.yaml"]


def test_a_new_file_from_another_scenario(run, tmp_path):
    file = tmp_path / "what_if.yaml"
    assert run("new", file, "--from", "early_exit")[0] == 0
    assert load_scenario(file).scenario.parents[0] == "early_exit"


def test_a_new_file_from_a_file_in_another_folder(run, mine, tmp_path):
    (tmp_path / "inner").mkdir()
    file = tmp_path / "inner" / "what_if.yaml"
    assert run("new", file, "--from", mine)[0] == 0
    assert load_scenario(file).scenario.parents[0] == "mine"


def test_new_never_writes_over_a_file(run, mine):
    code, out, err = run("new", mine)
    assert (code, out) == (2, "")
    assert "exists; choose another name, nothing was written" in err
    assert mine.read_text(encoding="utf-8") == HEAD


@pytest.mark.parametrize(
    ("name", "origin", "what"),
    [
        ("a.yaml", "early_exi", "did you mean 'early_exit'?"),
        ("a.yaml", "nowhere.yaml", "there is no such file"),
        ("a.json", "early_exit", "a scenario file ends in .yaml"),
        ("Two words.yaml", "early_exit", "small letters, digits and '_'"),
        ("nowhere/a.yaml", "early_exit", "cannot be written"),
        ("mine.yaml/a.yaml", "early_exit", "is a file where a folder is needed"),
    ],
)
def test_new_that_cannot_be_leaves_nothing(name, origin, what, run, mine, tmp_path):
    code, out, err = run("new", tmp_path / name, "--from", origin)
    assert (code, out) == (2, "")
    assert what in err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]


def test_check_says_that_files_can_be_run(run, mine):
    assert run("check", mine) == (0, "1 scenario can be run\n", "")
    assert run("check", *names())[:2] == (0, f"{len(names())} scenarios can be run\n")


def test_check_tells_warnings_beside_and_passes(run, mine):
    mine.write_text(HEAD + "parameters: {price_rupiah: Rp 20 000}\n", encoding="utf-8")
    code, out, err = run("check", mine)
    assert (code, out) == (0, "1 scenario can be run; 1 warning\n")
    assert err.startswith(f"warning  {mine.as_posix()}:5:28  parameters.price_rupiah")


def test_check_as_json(run, mine):
    mine.write_text(HEAD + "horizen: 1\n", encoding="utf-8")
    code, out, err = run("check", mine, "--json")
    (fault,) = json.loads(out)["errors"]
    assert (code, err) == (2, "")
    assert (fault["key"], fault["line"], fault["excerpt"]) == ("horizen", 5, "horizen: 1")
    code, out, _ = run("check", "everything", "--json")
    assert (code, json.loads(out)) == (0, {"errors": [], "warnings": []})


def test_check_of_nothing_is_a_mistake(run):
    code, out, err = run("check")
    assert (code, out) == (2, "")
    assert "getok list" in err


def test_explain_tells_the_programme_and_the_difference(run):
    code, out, err = run("explain", "early_exit")
    assert (code, err) == (0, "")
    assert "The facilitator makes 3 visits a week in weeks 1 to 12." in out
    assert out.endswith(
        "Against implemented_2019:\n  changed: facilitator: last week, from 30 to 12 [facilitator.last]\n"
    )


def test_explain_in_indonesian_as_json(run):
    code, out, _ = run("explain", "early_exit", "--lang", "id", "--json")
    told = json.loads(out)
    assert (code, told["scenario"], told["lang"]) == (0, "early_exit", "id")
    assert "Pendamping datang 3 kali seminggu" in told["text"]


def test_explain_of_a_trigger_is_a_sentence(run, mine):
    trigger = "when: {metric: carrying_outlets, below: 2, after: week 20}"
    mine.write_text(HEAD + f"programme:\n  - {{id: broker, {trigger}}}\n", encoding="utf-8")
    assert "only when the number of outlets that carry the product is below 2 after week 20" in run("explain", mine)[1]


def test_explain_of_a_scenario_with_faults_tells_them(run, mine):
    mine.write_text(HEAD + "horizen: 1\n", encoding="utf-8")
    code, out, err = run("explain", mine)
    assert (code, out) == (2, "")
    assert err.endswith("1 error. Nothing was run.\n")


def test_schema_is_json(run):
    code, out, err = run("schema")
    assert (code, err) == (0, "")
    assert json.loads(out)["properties"]["horizon"]["examples"] == ["26 weeks"]


@pytest.mark.parametrize("arguments", [["simulate"], ["check", "--strict", "everything"], ["explain"], ["new"]])
def test_a_command_line_that_is_not_understood(arguments, run):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "getok --help" in err
    assert "Traceback" not in err


def test_an_unknown_language_is_refused(run):
    assert run("explain", "everything", "--lang", "fr")[:2] == (2, "")


def test_help_names_every_command(run):
    code, out, _ = run("--help")
    assert code == 0
    assert [name for name in COMMANDS if name not in out] == []


def loaded_by(*arguments):
    script = (
        "import sys; from getok.cli.app import main; code = main(sys.argv[1:]); "
        "sys.stderr.write('\\nLOADED ' + ' '.join(sys.modules)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        check=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )
    return set(done.stderr.rsplit("LOADED ", 1)[1].split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "everything"], ["check", "tests/scenario/valid/own_map.yaml"], ["list"]]
)
def test_looking_at_scenarios_loads_nothing_heavy(arguments):
    loaded = loaded_by(*arguments)
    assert "getok.cli.app" in loaded
    assert loaded.isdisjoint(HEAVY)

"""What the command line says and prints, whatever is asked of it: commands work as printed, ends are clear."""

import html
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from getok.cli.app import main
from getok.simulation import shell

OWN = """schema: 1
name: {name}
extends: baseline_reflection
question: {{id: "A?", en: "B?"}}
horizon: 20 weeks
burn_in: 8 weeks
parameters: {{n_households_rw: 40, n_rt: 2, n_households_outside: 10}}
"""


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def own(path, name):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(OWN.format(name=name), encoding="utf-8")
    return path


def test_a_file_beside_is_what_was_meant(run):
    own(Path("ours.yaml"), "ours")
    assert "did you mean the file 'ours.yaml'?" in run("check", "ours")[2]
    assert "there is no such file; did you mean 'ours.yaml'?" in run("check", "oures.yaml")[2]
    assert "did you mean 'implemented_2019'?" in run("check", "implemented_2018")[2]
    Path("maps").mkdir()
    assert "it is a folder; name a file of scenarios" in run("check", "maps")[2]


def test_a_name_of_a_file_is_one_name_however_its_letters_are_made(run):
    name = unicodedata.normalize("NFD", "séri.yaml")
    assert name != "séri.yaml"
    own(Path(name), "seri")
    assert run("check", "séri.yaml")[0] == 0
    assert run("check", name)[0] == 0


ENDS = {
    "a scenario": ("check", "nobody.yaml"),
    "a folder": ("status", "nowhere"),
    "an option": ("run", "baseline_reflection", "--replicates", "many"),
    "a command": ("nothing",),
    "sales": ("calibrate", "--sales", "nobody.csv"),
    "a name without end": ("run", "baseline_reflection", "--out", "a" * 300),
    "a part of a path without end": ("report", "results/" + "a" * 300 + "/b"),
    "a NUL": ("export", "baseline_reflection", "net\0.graphml"),
}


@pytest.mark.parametrize("case", ENDS)
def test_an_error_is_told_to_readers_and_to_programs(case, run):
    code, out, err = run(*ENDS[case])
    assert (code, out) == (2, "")
    assert err
    assert "a fault of getok itself" not in err
    assert not list(Path().iterdir())
    code, out, err = run(*ENDS[case], "--json")
    assert code == 2
    told = json.loads(out)
    if case != "a scenario":  # 'check' answers: its errors are its result
        assert told["error"]["exit_code"] == 2
        assert told["error"]["message"]
        assert err == ""


@pytest.mark.parametrize("command", [["list"], ["schema"], ["list", "--json"], ["explain", "everything"]])
def test_a_reader_who_has_enough_ends_it_quietly(command):
    python = shlex.quote(sys.executable)
    line = f"set -o pipefail; {python} -m getok {shlex.join(command)} | true"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_of_runs_lists_them(run, stored):
    shutil.copytree(stored, "results/first run")
    for command in (("compare",), ("status",), ("report",), ("measure",), ("trace", "--agent", "susi")):
        code, _, err = run(command[0], "results", *command[1:])
        assert code == 2
        assert "is not a run folder (no manifest.json in it); runs in it: 'results/first run'" in err


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A run of two own files, in a folder with blanks, with five replicates."""
    folder = tmp_path_factory.mktemp("own")
    before, arguments = Path.cwd(), sys.argv
    os.chdir(folder)
    try:
        own(Path("our maps/one.yaml"), "one")
        own(Path("our maps/two.yaml"), "two")
        command = ["run", "our maps/one.yaml", "our maps/two.yaml", "-r", "5", "--out", "first run", "--processes", "1"]
        sys.argv = ["getok", *command]  # a run remembers the command that made it
        assert main(command) == 0
    finally:
        sys.argv = arguments
        os.chdir(before)
    return folder / "first run"


def test_fewer_replicates_than_are_there_are_told(stored, capsys, monkeypatch):
    monkeypatch.chdir(stored.parent)
    command = ["run", "our maps/one.yaml", "our maps/two.yaml", "--out", "first run", "--processes", "1"]
    assert main([*command, "-r", "3"]) == 0
    assert "first run holds 5 replicates of each scenario, more than the 3 asked for" in capsys.readouterr().err
    assert main([*command, "-r", "5"]) == 0
    assert "holds 5" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("system", "said"),
    [("posix", "getok report 'my run' '$HOME'"), ("nt", 'getok report "my run" $HOME')],
)
def test_names_are_quoted_as_the_shell_of_the_system_wants_them(system, said, monkeypatch):
    monkeypatch.setattr(shell, "NAME", system)
    assert shell.as_typed("getok", "report", "my run", "$HOME") == said


def printed(text):
    """Commands in a text, those of every kind of quotation."""
    found = re.findall(r"getok (?:compare|run|status|report)(?: (?:'[^'\n]*'|[^\s'\"<&]+))+", text)
    return [shlex.split(one)[1:] for one in found]


def test_commands_that_are_printed_work_as_printed(stored, capsys, monkeypatch):
    monkeypatch.chdir(stored.parent)
    main(["run", "our maps/one.yaml", "--out", "other run", "-r", "2", "--processes", "1"])
    capsys.readouterr()
    assert main(["report", "first run", "other run"]) == 2
    (together,) = printed(capsys.readouterr().err)
    assert together == ["run", "our maps/one.yaml", "our maps/two.yaml"]
    assert main([*together, "-r", "1", "--processes", "1", "--out", "together"]) == 0
    part = ["compare", "our maps/one.yaml", "our maps/two.yaml", "-r", "2", "--shard", "1/1", "--out", "in parts"]
    assert main([*part, "--processes", "1"]) == 0
    assert main(["report", "first run", "--out", "a.html"]) == 0
    page = html.unescape(Path("a.html").read_text(encoding="utf-8"))
    asked = [one for one in printed(page) if "--over" in one]
    assert asked
    assert {tuple(one[1:3]) for one in asked} == {("our maps/one.yaml", "our maps/two.yaml")}
    assert main([*asked[0], "--sets", "1", "-r", "1", "--processes", "1", "--no-figures", "--out", "over"]) == 0
    capsys.readouterr()

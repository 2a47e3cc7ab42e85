"""Every file of ``invalid`` has one fault, and its first line says how it is to be told."""

import os
from pathlib import Path

import pytest

from getok.cli.app import main
from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.scenario import library
from getok.simulation.scenario.load import load_scenario

FOLDER = Path(__file__).parent / "invalid"
FILES = sorted(FOLDER.glob("*.yaml"))
HEAD = 'schema: 1\nname: fault\nextends: baseline_reflection\nquestion: {id: "Apa?", en: "What?"}\n'


def expected(file: Path) -> tuple[str, str, str]:
    """Where, which key, and what: ``3:1`` is in the file itself, ``@other.csv:3`` in another, ``-`` nowhere."""
    first = file.read_text(encoding="utf-8").splitlines()[0]
    place, key, what = first.removeprefix("# expect: ").split(" | ", 2)
    where = file.as_posix() if not place.startswith("@") else (FOLDER / place[1:]).as_posix()
    return (where if place == "-" or place.startswith("@") else f"{where}:{place}"), key.strip(), what


def faults(path: str | Path) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return caught.value.problems


def only_fault(path: str | Path) -> Problem:
    (problem,) = faults(path)
    return problem


def test_there_are_many():
    assert len(FILES) >= 45


def test_no_two_faults_are_the_same():
    bodies = ["\n".join(file.read_text(encoding="utf-8").splitlines()[1:]) for file in FILES]
    assert len(set(bodies)) == len(bodies)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_fault_is_told_once_and_where_it_is(file):
    where, key, what = expected(file)
    problem = only_fault(file)
    assert (problem.where, problem.key, problem.what) == (where, key, what)
    assert "\n" not in problem.what
    assert problem.line is None or f":{problem.line}:" in problem.where


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_command_refuses_the_file(file, capsys):
    where, _, what = expected(file)
    assert main(["check", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(where)
    assert what in told.err
    assert told.err.endswith("1 error. Nothing was run.\n")


def test_the_line_of_the_file_is_shown():
    text = str(only_fault(FOLDER / "unknown_key.yaml"))
    assert text.endswith("\n    6 | horizen: 52 weeks")


def test_all_faults_are_told_in_one_pass(tmp_path):
    file = tmp_path / "many.yaml"
    file.write_text(HEAD + "horizen: 1\nburn_in: 5\nparameters: {n_member: 3}\n", encoding="utf-8")
    assert {problem.key for problem in faults(file)} == {"horizen", "burn_in", "parameters.n_member"}


def test_faults_of_several_files_are_told_together(capsys):
    assert main(["check", str(FOLDER / "tag.yaml"), "everything", str(FOLDER / "tab.yaml")]) == 2
    assert capsys.readouterr().err.endswith("2 errors. Nothing was run.\n")


def test_a_fault_of_a_parent_is_told_where_the_parent_says_it(tmp_path):
    parent = tmp_path / "parent.yaml"
    parent.write_text(HEAD + "horizon: 104\n", encoding="utf-8")
    child = tmp_path / "child.yaml"
    child.write_text(HEAD.replace("baseline_reflection", "parent.yaml"), encoding="utf-8")
    problem = only_fault(child)
    assert problem.where == f"{parent.as_posix()}:5:1"


def test_a_parent_of_another_version_is_refused(tmp_path):
    parent = tmp_path / "parent.yaml"
    parent.write_text(HEAD.replace("schema: 1", "schema: 2"), encoding="utf-8")
    child = tmp_path / "child.yaml"
    child.write_text(HEAD.replace("baseline_reflection", "parent.yaml"), encoding="utf-8")
    assert only_fault(child).where.startswith(parent.as_posix())


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (HEAD.replace("Apa", "Ap\xe9").encode("latin-1"), "not UTF-8 at byte 69; save the file as UTF-8"),
        (HEAD.encode("utf-16"), "not UTF-8 at byte 0; save the file as UTF-8"),
        (HEAD.replace("Apa", "Ap\x00").encode(), "the character U+0000 cannot be printed; remove it"),
        (HEAD.replace("Apa", "Ap\x1b[2J").encode(), "the character U+001B cannot be printed; remove it"),
        (("[" * 4000).encode(), "nested too deeply; a scenario has five levels"),
        (b"a: &x 1\nb: &x 2\n", "anchors and aliases are not used here; write the value out"),
    ],
    ids=["latin-1", "utf-16", "nul", "escape", "deep", "anchor twice"],
)
def test_bytes_that_are_no_scenario(content, what, tmp_path, capsys):
    file = tmp_path / "bytes.yaml"
    file.write_bytes(content)
    assert faults(file)[0].what == what
    assert main(["check", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "\x1b" not in told.err


def test_a_map_of_another_encoding_is_refused(tmp_path):
    (tmp_path / "people.csv").write_bytes("id,kind,name\nsri,member,Andr\xe9\n".encode("latin-1"))
    (tmp_path / "ties.csv").write_text("source,target,kind\n", encoding="utf-8")
    file = tmp_path / "map.yaml"
    file.write_text(HEAD + "community: {kind: imported, nodes: people.csv, ties: ties.csv}\n", encoding="utf-8")
    problem = only_fault(file)
    assert problem.key == "community.nodes"
    assert problem.what == "people.csv: not UTF-8 at byte 28; save the file as UTF-8"


@pytest.mark.parametrize("name", ["nowhere.yaml", "a" * 5000 + ".yaml", "nul\0.yaml", "no/where.yaml"])
def test_a_file_that_is_not_there(name, tmp_path, capsys):
    assert only_fault(tmp_path / name).what == "there is no such file"
    assert main(["check", str(tmp_path / name)]) == 2
    assert capsys.readouterr().out == ""


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "folder.yaml").mkdir()
    what = only_fault(tmp_path / "folder.yaml").what
    assert what == "this is a folder, not a file"


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    file = tmp_path / "secret.yaml"
    file.write_text(HEAD, encoding="utf-8")

    def refuse(path, flags):
        raise PermissionError(13, os.strerror(13))

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        problem = only_fault(file)
    assert problem.what == "cannot be read: Permission denied"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("implemented_2018", "did you mean 'implemented_2019'?"),
        ("zzzz", "'getok list' shows the library; a file ends in .yaml"),
        ("a" * 5000, "'getok list' shows the library; a file ends in .yaml"),
        ("", "'getok list' shows the library; a file ends in .yaml"),
    ],
)
def test_a_name_that_is_not_in_the_library(name, what):
    assert only_fault(name).what == f"no scenario of this name in the library; {what}"


def test_nothing_is_left_behind():
    assert {path.suffix for path in FOLDER.iterdir()} == {".yaml", ".csv"}
    assert len(library.names()) >= 15

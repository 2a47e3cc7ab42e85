"""A message is its English, and is said in another language where its catalogue has it."""

import copy
import pickle

import pytest

from getok.cli.app import language, main
from getok.simulation.errors import Problem, ScenarioError, StoreError, UsageError
from getok.simulation.nearest import nearest
from getok.simulation.texts import message
from getok.simulation.texts.message import Message

KNOWN = {
    "{file} is not there{hint}": "ora ana {file}{hint}",
    "; did you mean '{near}'?": "; karepmu '{near}'?",
    "100 % of {x} {{braces}}": "{x} {{braces}} 100 %",
}


@pytest.fixture(autouse=True)
def javanese(monkeypatch):
    monkeypatch.setattr(message, "translation", lambda text, lang: KNOWN.get(text, text) if lang == "jv" else text)


def absent():
    return Message("{file} is not there{hint}", file="peta.csv", hint=nearest("peta", ["petak", "sawah"]))


def test_a_message_is_its_english():
    assert absent() == "peta.csv is not there; did you mean 'petak'?"
    assert f"{absent()}." == "peta.csv is not there; did you mean 'petak'?."
    assert Message("as {it} stands") == "as {it} stands"
    assert Message("100 % of {x} {{braces}}", x="{y}") == "100 % of {y} {braces}"


def test_a_message_is_said_in_a_language_with_the_messages_in_it():
    assert absent().in_("jv") == "ora ana peta.csv; karepmu 'petak'?"
    assert Message("100 % of {x} {{braces}}", x="{y}").in_("jv") == "{y} {braces} 100 %"
    assert Message("nobody has translated {this}", this=1).in_("jv") == "nobody has translated 1"


@pytest.mark.parametrize("same", [copy.copy, lambda one: pickle.loads(pickle.dumps(one))], ids=["copied", "pickled"])  # noqa: S301
def test_a_message_goes_to_another_process_in_english(same):
    assert same(absent()) == absent()


def test_errors_are_said_in_a_language():
    assert UsageError(absent()).said("jv") == "ora ana peta.csv; karepmu 'petak'?"
    assert str(UsageError(absent())) == absent()
    assert UsageError().said("jv") == ""
    store = StoreError("run", absent(), "mend it")
    assert store.said("jv") == "run  ora ana peta.csv; karepmu 'petak'?; mend it"
    assert store.said("en") == str(store) == "run  peta.csv is not there; did you mean 'petak'?; mend it"
    fault = Problem("a.yaml:1", "map", absent(), 3, "map: peta.csv")
    assert fault.said("jv") == "a.yaml:1  map  ora ana peta.csv; karepmu 'petak'?\n    3 | map: peta.csv"
    faults = ScenarioError([fault])
    assert str(faults).splitlines()[-1] == "1 error. Nothing was run."
    assert faults.said("id").splitlines()[-1] == "1 kesalahan. Tidak ada yang dijalankan."


def test_what_cannot_be_printed_is_replaced():
    what = Message("{file} is not there{hint}", file="a\x1b", hint="")
    assert str(Problem("a.yaml", "", what)) == "a.yaml  a? is not there"


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [
        (["run", "x"], "en"),
        (["run", "x", "--lang", "id"], "id"),
        (["run", "--lang=id", "x"], "id"),
        (["run", "--lang", "xx"], "en"),
        (["run", "--lang"], "en"),
    ],
)
def test_errors_follow_the_language_of_the_command(arguments, lang):
    assert language(arguments) == lang


def test_faults_of_a_file_end_in_the_language_of_the_command(tmp_path, capsys):
    path = tmp_path / "mine.yaml"
    path.write_text("schema: 1\nname: mine\nquestion: why\nhorizn: 3\n", encoding="utf-8")
    assert main(["explain", str(path), "--lang", "id"]) == 2
    assert "kesalahan. Tidak ada yang dijalankan." in capsys.readouterr().err
    assert main(["explain", str(path)]) == 2
    assert "Nothing was run." in capsys.readouterr().err

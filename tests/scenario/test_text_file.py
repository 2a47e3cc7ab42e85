"""Every file of a user is opened within a budget, and what is refused is told without a word of its contents."""

import os
import threading
import time
from pathlib import Path

import pytest

from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.scenario.document import MOST_TOKENS, read_document
from getok.simulation.scenario.text_file import InputFileError, Refusal, read_bytes, read_text


def refusal(path, most_bytes=1000):
    with pytest.raises(InputFileError) as caught:
        read_text(path, most_bytes)
    return caught.value


def first_fault(tmp_path, text):
    file = tmp_path / "scenario.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_document(file)
    return caught.value.problems[0]


def test_a_file_within_its_budget_is_read_whole(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b"\xef\xbb\xbf" + b"x" * 997)
    assert read_text(file, 1000) == "x" * 997


def test_a_file_beyond_its_budget_is_refused_with_the_budget(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b"x" * 1001)
    error = refusal(file, 1000)
    assert error.refusal is Refusal.TOO_LARGE
    assert error.problems[0].what == "larger than 0.001 MB, the most that is read of it"


def test_a_file_without_an_end_is_refused_at_once():
    if not Path("/dev/zero").exists():
        pytest.skip("no devices here")
    assert refusal(Path("/dev/zero")).refusal is Refusal.SPECIAL


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_that_nobody_writes_to_does_not_stop_the_reader(tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    found = []
    reader = threading.Thread(target=lambda: found.append(refusal(pipe).refusal), daemon=True)
    reader.start()
    reader.join(10)
    assert found == [Refusal.SPECIAL]


def test_folders_and_impossible_names(tmp_path):
    assert refusal(tmp_path).refusal is Refusal.FOLDER
    assert refusal(tmp_path / "absent.csv").refusal is Refusal.ABSENT
    assert refusal(tmp_path / "a\0b.csv").refusal is Refusal.ABSENT
    assert refusal(tmp_path / ("a" * 300 + ".csv")).refusal is Refusal.UNREADABLE
    with pytest.raises(InputFileError):
        read_bytes(tmp_path / "absent", 10)


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\x7f", "\x9b", "\u202e", "\u2028"])
def test_a_character_that_commands_a_terminal_is_told_with_its_place(letter, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(f"one,two\nab{letter}c,d\n", encoding="utf-8", newline="")
    (problem,) = refusal(file).problems
    assert problem.where == f"{file.as_posix()}:2:3"
    assert problem.what == f"the character U+{ord(letter):04X} cannot be printed; remove it"


def test_a_fault_never_shows_what_cannot_be_printed_nor_a_line_without_end():
    text = str(Problem("a\x1b.yaml:1:1", "k\x00", "x" * 100_000, 1, "y\u202e" * 100_000))
    assert not set(text) & set("\x1b\x00\u202e")
    assert len(text) < 1500


def test_very_many_faults_are_counted_and_the_first_told():
    text = str(ScenarioError([Problem("a.yaml", "", f"fault {n}") for n in range(5000)]))
    assert text.splitlines()[99] == "a.yaml  fault 99"
    assert text.splitlines()[100:] == ["... and 4900 more", "5000 errors. Nothing was run."]


@pytest.mark.parametrize(
    ("text", "key", "what"),
    [
        ('a: "\\U0011ffff"\n', "", "a text names a character beyond U+10FFFF; look for '\\U'"),
        ('a: "\\UFFFFFFFF"\n', "", "a text names a character beyond U+10FFFF; look for '\\U'"),
        ('a: "x\\0"\n', "a", "the character U+0000 cannot be printed; remove it"),
        ('a: "x\\ud800"\n', "a", "the character U+D800 cannot be printed; remove it"),
        ('"a\\e": 1\n', "a?", "the character U+001B cannot be printed; remove it"),
        (f"a: 0x{'f' * 5000}\n", "a", "a number of 5002 signs; 40 are the most that is read"),
        (f"a: {'1' * 5000}\n", "a", "a number of 5000 signs; 40 are the most that is read"),
        ("a: " + "[" * 50_000, "", "nested too deeply; a scenario has five levels"),
        ("a: " + "{a: " * 50_000, "", "nested too deeply; a scenario has five levels"),
        ("- " * 5000, "", "nested too deeply; a scenario has five levels"),
        (
            "".join(f"k{n}: 1\n" for n in range(MOST_TOKENS * 2 // 3)),
            "",
            "more than 100000 words and marks, the most that is read of a file",
        ),
        ("a: '" + "x" * 1_000_000 + "'", "", "larger than 1 MB, the most that is read of it"),
    ],
    ids=["U", "UF", "nul", "surrogate", "key", "hex", "digits", "brackets", "braces", "dashes", "keys", "megabyte"],
)
def test_a_document_beyond_what_a_scenario_can_be_is_refused_in_time(text, key, what, tmp_path):
    begun = time.monotonic()
    problem = first_fault(tmp_path, text)
    assert (problem.key, problem.what) == (key, what)
    assert time.monotonic() - begun < 20


def test_a_document_of_aliases_of_aliases_is_not_written_out(tmp_path):
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    problem = first_fault(tmp_path, "\n".join(["a0: &a0 [1]", *levels]))
    assert problem.what == "anchors and aliases are not used here; write the value out"

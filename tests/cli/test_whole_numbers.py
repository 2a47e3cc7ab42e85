"""Whole numbers on the command line are taken as written or refused, in every option of every command."""

import pytest

from getok.cli.app import COMMANDS, STORE_COMMANDS, app, main
from getok.cli.whole import BOUNDS

WORDS = [*COMMANDS, *(f"store {name}" for name in STORE_COMMANDS)]


def arguments_of(command):
    *_, last = app.parse_commands(command.split())[1]
    return last.assemble_argument_collection()


def counting_options():
    """Every option of every command that takes a whole number."""
    return [
        (command, name)
        for command in WORDS
        for argument in arguments_of(command)
        if argument.hint is int or "int" in str(argument.hint).split(" | ")
        for name in argument.names
    ]


def needed(command):
    """Words without which a command does not even look at its options."""
    required = [argument for argument in arguments_of(command) if argument.required]
    return [word for argument in required for word in (argument.names[0], "nothing")]


def test_every_option_that_counts_has_its_bounds():
    assert {option for _, option in counting_options()} == BOUNDS.keys()


@pytest.mark.parametrize(("command", "option"), counting_options())
@pytest.mark.parametrize("text", ["1.5", "2.9", "0x10", "1e3", "1_000", "nan", "³", "9" * 5000, "", "1" * 20])
def test_what_is_no_whole_number_of_its_range_is_refused(command, option, text, capsys):
    assert main([*command.split(), *needed(command), option, text]) == 2
    told = capsys.readouterr().err
    assert option in told
    assert "whole number" in told


@pytest.mark.parametrize("option", ["--seed", "--replicates", "-r", "--processes"])
@pytest.mark.parametrize("text", ["-1", "-99999999999999999999"])
def test_less_than_nothing_is_refused(option, text, capsys):
    assert main(["run", "baseline_reflection", option, text]) == 2
    assert "out of range; give a whole number from" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["7", "+7", "007"])
def test_a_whole_number_is_taken(text, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["replay", "--json", "key", text]) == 2
    assert main(["run", "nothing_of_this_name", "--seed", text]) == 2
    assert "whole number" not in capsys.readouterr().err

"""The application: which command is where, and how each way of ending is told.

Commands are named by module and function and imported when used, so that ``--help`` and ``check`` start at once.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import traceback
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from cyclopts import App, CycloptsError, Parameter
from rich.console import Console

import getok
from getok.carrying_out import Inconclusive, told_as
from getok.cli.output import print_json
from getok.cli.whole import read
from getok.simulation.errors import GetokError, GetokWarning, MachineError, ScenarioError, UsageError
from getok.simulation.printable import printed
from getok.simulation.texts.catalogue import ENGLISH, LANGUAGES

USER_ERROR, INTERNAL_ERROR, PAUSED = 2, 1, 130
JSON = "--json"
LONGEST_NAME = 200
"""Bytes of a name that every system stores, with room for the ending that it has while it is written."""


class InternalError(GetokError):
    """A fault of getok itself."""

    exit_code = INTERNAL_ERROR


COMMANDS = {
    "list": ("scenarios:list_scenarios", "Show the library: name, question, levers."),
    "new": ("scenarios:new", "Write a commented skeleton of a scenario, or a form for a mapping session."),
    "import": ("workbook:import_workbook", "Turn a workbook from a mapping session into a scenario."),
    "check": ("scenarios:check", "Find all faults of scenario files at once."),
    "explain": ("scenarios:explain", "Say in plain words what will happen, and how it differs from the parent."),
    "schema": ("scenarios:schema", "Print the JSON Schema of scenario files, for editors."),
    "run": ("run:run", "Run replicates; interrupted, the same command goes on."),
    "sweep": ("sweep:sweep", "Run scenarios over many parameter sets, from a file."),
    "sensitivity": ("sensitivity:sensitivity", "Say which parameters an outcome depends on, from a sweep."),
    "calibrate": ("calibrate:calibrate", "Find the parameter sets that reproduce the patterns of the case."),
    "status": ("status:status", "Say how far a run is and who is at work on it, from its folder alone."),
    "replay": ("run:replay", "Compute one run again and compare it with what is stored."),
    "compare": ("compare:compare", "Compare scenarios with the first of them, pair by pair, with cost and figures."),
    "plan": ("plan:plan", "Find sets and timing of interventions under a budget: the frontier."),
    "patterns": ("patterns:patterns", "Measure the patterns of the case: measured, expected, verdict."),
    "measure": ("measure:measure", "Measure a diffusion: thresholds, hazard, contagion, Bass; of CSV files or a run."),
    "report": ("report:report", "Write a report of run folders, in Indonesian or English: HTML, PDF, Word, workbook."),
    "trace": ("trace:trace", "Explain one agent: which evidence it had at each stage."),
    "export": ("export:export", "Write the whole typed network as GraphML or CSV."),
    "doctor": ("doctor:doctor", "Show the environment, and what would keep getok from working."),
    "cite": ("doctor:cite", "Print how to cite getok and the case."),
}

STORE_COMMANDS = {
    "verify": ("store:verify", "Read every file of a run folder; say what is damaged and what to do."),
    "compact": ("store:compact", "Rewrite many small shards as few large ones; the tables stay the same."),
}

app = App(
    name="getok",
    help="What if? Compare interventions in the social network of a small enterprise group.",
    version=getok.__version__,
    default_parameter=Parameter(converter=read),
    result_action="return_value",
    print_error=False,
    exit_on_error=False,
    console=Console(),
    error_console=Console(stderr=True),
)
for _name, (_where, _help) in COMMANDS.items():
    app.command(f"getok.cli.{_where}", name=_name, help=_help)

store = App(name="store", help="Look after the files of a run folder: verify, compact.")
for _name, (_where, _help) in STORE_COMMANDS.items():
    store.command(f"getok.cli.{_where}", name=_name, help=_help)
app.command(store)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line and return the exit code.

    0 done, 1 a fault of the program, 2 something the user can mend, 3 finished with failed replicates, 130 paused.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    said = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = carried_out(said)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever reads has enough, as 'head' has
        leave_pipe()
        return 0


def carried_out(arguments: list[str]) -> int:
    """Carry out a command line; each way of ending is told as it was asked for."""
    try:
        check_arguments(arguments)
        with told_as(arguments), warnings_told():
            code = app([argument if os.path.lexists(argument) else composed(argument) for argument in arguments])
        return code if isinstance(code, int) else 0
    except CycloptsError as error:
        return say_error(UsageError(f"{error}\nSee 'getok --help'."), USER_ERROR, as_json=JSON in arguments)
    except Inconclusive as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except GetokError as error:
        return say_error(error, error.exit_code, as_json=JSON in arguments, lang=language(arguments))
    except KeyboardInterrupt as pause:
        print(str(pause) or "paused; the same command goes on", file=sys.stderr)
        return PAUSED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last place: nobody should meet a traceback unasked
        if os.environ.get("GETOK_DEBUG"):
            traceback.print_exc()
        own, code = unexpected(error)
        return say_error(own, code, as_json=JSON in arguments)


def unexpected(error: Exception) -> tuple[GetokError, int]:
    """Words and exit code for what no command expected: what the machine refused, or a fault of ours."""
    if isinstance(error, MemoryError):
        return MachineError("not enough memory; close other programs, or ask for less at a time"), USER_ERROR
    if isinstance(error, OSError):
        where = f"{error.filename}  " if error.filename else ""
        return MachineError(f"{where}{error.strerror or error}; what was written before stays"), USER_ERROR
    fault = f"a fault of getok itself: {type(error).__name__}: {error}"
    return InternalError(f"{fault}\nSet GETOK_DEBUG=1 for the details, and please report it."), INTERNAL_ERROR


@contextlib.contextmanager
def warnings_told() -> Iterator[None]:
    """Have our warnings told each time they are given, and without a place in a source."""
    with warnings.catch_warnings():
        as_always = warnings.showwarning

        def tell(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:  # noqa: ANN401
            if issubclass(category, GetokWarning):
                print(f"warning  {message}", file=sys.stderr)
            else:
                as_always(message, category, *where, **more)

        warnings.simplefilter("always", GetokWarning)
        warnings.showwarning = tell
        yield


def composed(argument: str) -> str:
    """Argument with composed letters, as names are read everywhere; a file is called as it is stored."""
    return unicodedata.normalize("NFC", argument)


def check_arguments(arguments: list[str]) -> None:
    """Refuse what no file and no name can hold.

    Raises
    ------
    UsageError
        If an argument has a NUL, or a part of a path that no system stores.
    """
    for argument in arguments:
        if "\0" in argument:
            raise UsageError("an argument holds a NUL, which no name of a file can have")
        if argument.isdecimal():
            continue  # a number, for which its option has bounds
        parts = argument.partition("=")[2] if argument.startswith("--") else argument
        long = next((part for part in re.split(r"[/\\]", parts) if len(os.fsencode(part)) > LONGEST_NAME), None)
        if long is not None:
            raise UsageError(f"'{long[:40]}...' has {len(long)} characters; a name has at most {LONGEST_NAME} bytes")


def language(arguments: list[str]) -> str:
    """Language that a command line asks for."""
    asked = [value for name, value in pairwise([*arguments, ""]) if name == "--lang"]
    asked += [argument.partition("=")[2] for argument in arguments if argument.startswith("--lang=")]
    return asked[-1] if asked and asked[-1] in LANGUAGES else ENGLISH


def say_error(error: GetokError, code: int, *, as_json: bool, lang: str = ENGLISH) -> int:
    """Say what went wrong: for readers on standard error, for programs as the one document on standard output."""
    if as_json:
        problems = error.problems if isinstance(error, ScenarioError) else []
        kind = type(error).__name__
        print_json({"error": {"kind": kind, "exit_code": code, "message": str(error), "problems": problems}})
    else:
        print(printed(error.said(lang)), file=sys.stderr)
    return code


def leave_pipe() -> None:
    """Send what is still to be written nowhere, so that Python does not complain when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run_as_script() -> None:
    """Entry point of the installed command."""
    sys.exit(main())

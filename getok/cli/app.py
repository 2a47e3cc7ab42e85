"""The application: which command is where, and how each way of ending is told.

Commands are named by module and function and imported when used, so that ``--help`` and ``check`` start at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from cyclopts import App, CycloptsError, Parameter
from rich.console import Console

import getok
from getok.cli.whole import read
from simulation.errors import GetokError

USER_ERROR, INTERNAL_ERROR, PAUSED = 2, 1, 130

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
    try:
        code = app(list(arguments) if arguments is not None else None)
        return code if isinstance(code, int) else 0
    except CycloptsError as error:
        print(f"{error}\nSee 'getok --help'.", file=sys.stderr)
        return USER_ERROR
    except GetokError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("paused; the same command goes on", file=sys.stderr)
        return PAUSED
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 - the last place: nobody should meet a traceback unasked
        if os.environ.get("GETOK_DEBUG"):
            traceback.print_exc()
        print(
            f"a fault of getok itself: {type(error).__name__}: {error}\n"
            "Set GETOK_DEBUG=1 for the details, and please report it.",
            file=sys.stderr,
        )
        return INTERNAL_ERROR


def run_as_script() -> None:
    """Entry point of the installed command."""
    sys.exit(main())

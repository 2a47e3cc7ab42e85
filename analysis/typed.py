"""Scenarios of a run as its command named them, so that a command that is printed works as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from getok.analysis.read import Run
from getok.simulation.scenario.library import SUFFIX, names
from getok.simulation.shell import as_typed


def typed(runs: Iterable[Run], name: str) -> str:
    """Argument that names a scenario: the file that was typed, or the name if the library has it.

    A run that was started from Python holds no command with the file; then the file is called as the scenario is.
    """
    arguments = (one for run in runs for session in run.manifest.sessions for one in session.command)
    file = next((one for one in arguments if Path(one).suffix in {SUFFIX, ".yml"} and Path(one).stem == name), None)
    return file or (name if name in names() else f"{name}{SUFFIX}")


def compare_command(run: Run | None, scenarios: Iterable[str], *options: str) -> str:
    """Command that compares scenarios of a run."""
    runs = [] if run is None else [run]
    return as_typed("getok", "compare", *(typed(runs, name) for name in scenarios), *options)

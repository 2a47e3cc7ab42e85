"""From a file to a scenario: all faults in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from getok.simulation.errors import Problem
from getok.simulation.scenario.document import read_document
from getok.simulation.scenario.library import find
from getok.simulation.scenario.resolve import resolve
from getok.simulation.scenario.resolved import Scenario


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario that can be run, what is odd about it, and the files it was read from."""

    scenario: Scenario
    warnings: tuple[Problem, ...]
    files: tuple[Path, ...]


def load_scenario(path_or_name: str | Path, within: Path | None = None) -> Loaded:
    """Load a scenario file, or a scenario of the library by its name.

    Parameters
    ----------
    within : Path, optional
        Folder that the files it names must lie in or below, the library apart; for files from elsewhere.

    Raises
    ------
    ScenarioError
        With every fault found.
    """
    path = find(path_or_name)
    scenario, odd, files = resolve(path, read_document, within)
    return Loaded(scenario, tuple(odd), tuple(files))

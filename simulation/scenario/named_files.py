"""Files that files name: which may be opened, and that nothing of one elsewhere is quoted.

A scenario says which file it extends and where its people and ties are. Whoever wrote it need not be who runs it, so a
file that lies elsewhere than beside or below the file that names it (or in the library) is read, but its contents are
never shown; and what comes from elsewhere may name no such file at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from getok.simulation.errors import Problem
from getok.simulation.scenario.library import folder
from getok.simulation.scenario.nodes import Place
from getok.simulation.texts.message import Message

SCENARIO_SUFFIXES = (".yaml", ".yml")
TABLE_SUFFIXES = (".csv", ".tsv", ".txt")
OUT_OF_REACH = "a file from elsewhere can name files beside or below itself only, and scenarios of the library"


@dataclass(slots=True)
class NamedFiles:
    """What the files of one scenario name.

    Attributes
    ----------
    within : Path or None
        Folder that all must lie in or below; None: anywhere.
    elsewhere : dict of str to Place
        Files that do not lie beside or below the file that names them, and where each is named.
    """

    within: Path | None = None
    elsewhere: dict[str, Place] = field(default_factory=dict)

    def why_not(self, path: Path, place: Place, suffixes: tuple[str, ...]) -> str:
        """Why a file that is named at a place may not be opened, or nothing."""
        if path.suffix.lower() not in suffixes:
            return Message("a file whose name ends in {suffixes} is wanted here", suffixes=" or ".join(suffixes))
        if self.is_out_of_reach(path):
            return OUT_OF_REACH
        if _is_below(path, folder()):
            return ""
        if place.path.as_posix() in self.elsewhere or not _is_below(path, place.path.parent):
            self.elsewhere[path.as_posix()] = place
        return ""

    def is_out_of_reach(self, path: Path) -> bool:
        """Whether a file lies neither in the folder that all must lie in nor in the library."""
        return self.within is not None and not _is_below(path, self.within) and not _is_below(path, folder())

    def unquoted(self, problems: list[Problem]) -> list[Problem]:
        """Tell the faults of files elsewhere without their contents, once for each file."""
        found: list[Problem] = []
        told: set[str] = set()
        for problem in problems:
            file = next((name for name in self.elsewhere if _is_of(problem, name)), None)
            if file is None:
                found.append(problem)
            elif file not in told:
                told.add(file)
                line = f", the first in line {problem.line}" if problem.line else ""
                what = Message(
                    "{file} cannot be used: it has faults{line}; check it by itself, nothing of it is shown here",
                    file=file,
                    line=line,
                )
                found.append(self.elsewhere[file].problem("", what))
        return found


def _is_of(problem: Problem, name: str) -> bool:
    return problem.where == name or problem.where.startswith(f"{name}:")


def _is_below(path: Path, parent: Path) -> bool:
    """Whether a file lies in a folder or below it, links followed."""
    return path.resolve().is_relative_to(parent.resolve())

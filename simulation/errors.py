"""The one tree of errors: what is wrong, where, what was expected, what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from getok.simulation.printable import shown
from getok.simulation.texts.catalogue import ENGLISH, FAULT_WORDS
from getok.simulation.texts.message import Message, in_language

LONGEST_EXCERPT = 200
"""Longest line of a file that is shown whole."""


class GetokWarning(UserWarning):
    """Something that the user should know of a result, or of how it came about."""


class GetokError(Exception):
    """Anything the user can mend; the front door prints it without a traceback and exits with 2."""

    exit_code = 2

    def said(self, lang: str) -> str:
        """Say it in a language, as far as its catalogue goes."""
        return str(in_language(self.args[0], lang)) if self.args else str(self)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at one place; what cannot be printed is replaced, and what is too long to read is shortened.

    Attributes
    ----------
    where : str
        File, or ``file:line:column``.
    key : str
        Path of the key inside the file, such as ``programme[0].visits``; empty if the fault concerns the file.
    what : str
        What is wrong, what was expected and what to do, in one line.
    line : int or None
        One-based line, if known.
    excerpt : str
        The line of the file, if known.
    """

    where: str
    key: str
    what: str
    line: int | None = None
    excerpt: str = ""

    def __post_init__(self) -> None:
        for name in ("where", "key", "what"):
            text = shown(getattr(self, name))
            if text != getattr(self, name):
                object.__setattr__(self, name, text)
        object.__setattr__(self, "excerpt", shown(self.excerpt, longest=LONGEST_EXCERPT))

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def said(self, lang: str) -> str:
        """Say it in a language, with the line of the file below."""
        what = shown(str(in_language(self.what, lang)))
        head = "  ".join(part for part in (self.where, self.key, what) if part)
        return f"{head}\n{self.line:>5} | {self.excerpt}" if self.excerpt and self.line is not None else head


MOST_TOLD = 100
"""Most faults that are told at once."""


def told(problems: list[Problem], lang: str) -> list[str]:
    """Lines of faults; of very many only the first."""
    lines = [problem.said(lang) for problem in problems[:MOST_TOLD]]
    more = Message("... and {n} more", n=len(problems) - MOST_TOLD)
    return lines if len(problems) <= MOST_TOLD else [*lines, more.in_(lang)]


@dataclass(eq=False)
class ScenarioError(GetokError):
    """A scenario file that cannot be used; carries every fault found in one pass."""

    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def said(self, lang: str) -> str:
        """Say every fault in a language, and how many they are."""
        n = len(self.problems)
        return "\n".join([*told(self.problems, lang), FAULT_WORDS.counted("ending", n, lang).format(n=n)])


class NetworkFileError(ScenarioError):
    """A file of nodes or ties that cannot be imported."""


class WorkbookError(ScenarioError):
    """A workbook that cannot be imported; ``ending`` says how many faults there are and that nothing was written."""

    def __init__(self, problems: list[Problem], ending: str) -> None:
        super().__init__(problems)
        self.ending = ending

    def said(self, lang: str) -> str:
        """Say every fault in a language; the ending is said in that of the workbook."""
        return "\n".join([*told(self.problems, lang), self.ending])


class StoreError(GetokError):
    """A run folder, or a file, that cannot be read or written; ``mend`` says what to do, if ``what`` does not."""

    def __init__(self, path: Path | str, what: str, mend: str = "") -> None:
        super().__init__(f"{path}  {what}; {mend}" if mend else f"{path}  {what}")
        self.path = Path(path)
        self.what = what
        self.mend = mend

    def said(self, lang: str) -> str:
        """Say in a language what is wrong and what to do."""
        what, mend = in_language(self.what, lang), in_language(self.mend, lang)
        return f"{self.path}  {what}; {mend}" if mend else f"{self.path}  {what}"


class UnreadableError(StoreError):
    """A file that cannot be read, though nothing says that it is damaged."""


class MachineError(GetokError):
    """The machine gave out (memory, room, files): no result; what is finished stays, and the same command goes on."""


class UsageError(GetokError):
    """A command line that cannot be carried out."""


class ClusterError(GetokError):
    """A cluster that cannot be reached or used; what is finished stays, and the same command goes on."""

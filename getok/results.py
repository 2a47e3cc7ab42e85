"""What all results have in common: a run folder, tables, sentences, a report, and how they show themselves."""

from __future__ import annotations

import weakref
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape

from getok.carrying_out import remove_temporary
from getok.simulation.errors import UsageError
from getok.simulation.texts.catalogue import Lang

if TYPE_CHECKING:
    import pandas as pd

    from getok.analysis.read import Run


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown: texts in columns, with a title; the first ``keys`` columns say what a row is about."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: int = 1

    def html(self) -> str:
        """The table in a notebook."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.head)
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in self.rows)
        caption = f"<caption>{escape(self.title)}</caption>" if self.title else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def text(self) -> str:
        """The table in a terminal of any width."""
        lines = [self.head, *self.rows]
        widths = [max(len(line[place]) for line in lines) for place in range(len(self.head))]
        shown = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
        ]
        return "\n".join([self.title, *shown] if self.title else shown)


def shown_html(tables: Sequence[Table], sentences: Sequence[str]) -> str:
    """Tables and sentences in a notebook."""
    told = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return "".join(table.html() for table in tables if table.rows) + told


def frame(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Rows as a data frame.

    Raises
    ------
    UsageError
        If pandas is not installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415 - not before it is wanted: half a second
    except ImportError:
        raise UsageError("tables need the package 'pandas': pip install pandas") from None
    return pd.DataFrame(rows)


class Shown(ABC):
    """What shows itself as tables and sentences, and has its numbers as a data frame."""

    @abstractmethod
    def tables(self, lang: Lang = "en") -> list[Table]:
        """Tables as the command shows them."""

    @abstractmethod
    def sentences(self, lang: Lang = "en") -> list[str]:
        """What the result says, in sentences, with what to keep in mind."""

    @abstractmethod
    def to_pandas(self) -> pd.DataFrame:
        """Give the numbers as a data frame."""

    def table(self) -> pd.DataFrame:
        """The same as :meth:`to_pandas`."""
        return self.to_pandas()

    def __repr__(self) -> str:
        return "\n\n".join([*(one.text() for one in self.tables() if one.rows), "\n".join(self.sentences())])

    def _repr_html_(self) -> str:
        return shown_html(self.tables(), self.sentences())


class Result(Shown):
    """A result over a run folder.

    A folder that nobody named lies below the system's temporary folder and is removed with the result.

    Attributes
    ----------
    run : Run
        The runs: every table, as Arrow, pandas or labelled arrays.
    notes : tuple of str
        What was noted on the way, such as how many seeds a precision took.
    exit_code : int
        That of the command of the same name: 3 if some runs failed.
    """

    def __init__(self, run: Run, exit_code: int = 0) -> None:
        self.run = run
        self.notes: tuple[str, ...] = ()
        self.exit_code = exit_code
        weakref.finalize(self, remove_temporary, run.path)

    @property
    def folder(self) -> Path:
        """Run folder."""
        return self.run.path

    def report(self, file: str | Path, *, lang: Lang = "en") -> Path:
        """Write the result as a document.

        Parameters
        ----------
        file : str or Path
            HTML file.
        lang : {"en", "id"}
            Language.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        UsageError
            If it cannot be written.
        """
        from getok.reporting import report  # noqa: PLC0415 - not before it is needed

        return report(self.folder, lang=lang, out=file)[0]

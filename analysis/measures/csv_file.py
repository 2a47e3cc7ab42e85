"""A CSV file as columns of text, which knows the line of every row and can say where a fault is."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.errors import NetworkFileError, Problem

MISSING = frozenset({"", "NA", "NaN", "nan"})


@dataclass(frozen=True, slots=True)
class CsvFile:
    """What a CSV file says, as text.

    Attributes
    ----------
    name : str
        Path, as it was given.
    header : tuple of str
        Names of the columns.
    rows : sequence of sequence of str
        Cells, stripped of blanks around them.
    lines : sequence of int
        One-based line at which each row ends.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> list[str]:
        """Cells of a column."""
        place = self.header.index(name)
        return [row[place] for row in self.rows]

    def numbers(self, name: str, *, whole: bool = False) -> NDArray[np.float64]:
        """Cells of a column as numbers; NaN where nothing stands.

        Raises
        ------
        NetworkFileError
            If a cell is no number, or no whole one where one is asked for.
        """
        values = np.full(len(self), np.nan)
        problems = []
        for row, cell in enumerate(self.column(name)):
            if cell in MISSING:
                continue
            value = _number(cell)
            if value is None or (whole and value != np.floor(value)):
                kind = "a whole number" if whole else "a number"
                problems.append(self.problem(row, name, f"'{cell}' is not {kind}; leave it empty if it is unknown"))
            else:
                values[row] = value
        if problems:
            raise NetworkFileError(problems)
        return values

    def values(self, name: str) -> NDArray[Any]:
        """Cells of a column: numbers if all of them are, else text."""
        cells = self.column(name)
        found = [np.nan if cell in MISSING else _number(cell) for cell in cells]
        return np.array(cells if None in found else found)

    def problem(self, row: int, key: str, what: str) -> Problem:
        """Return a fault in a row."""
        line = self.lines[row]
        return Problem(f"{self.name}:{line}", key, what, line, ",".join(self.rows[row]))


def read_csv(path: Path, needed: Sequence[str]) -> CsvFile:
    """Read a CSV file with a head line.

    Raises
    ------
    NetworkFileError
        If it cannot be read, lacks a needed column, names one twice, or has a line of another length.
    """
    name = path.as_posix()
    try:
        text = path.read_text(encoding="utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        found = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise NetworkFileError([Problem(name, "", f"cannot be read as CSV in UTF-8: {error}")]) from error
    header = tuple(found[0][1]) if found else ()
    problems = [
        Problem(f"{name}:1", column, f"this column is missing; there are: {', '.join(header) or 'none'}")
        for column in needed
        if column not in header
    ]
    problems += [
        Problem(f"{name}:1", column, "this column stands more than once; rename one")
        for column in dict.fromkeys(header)
        if header.count(column) > 1
    ]
    problems += [
        Problem(f"{name}:{line}", "", f"has {len(row)} cells, the head has {len(header)}", line, ",".join(row))
        for line, row in found[1:]
        if len(row) != len(header)
    ]
    if problems:
        raise NetworkFileError(problems)
    return CsvFile(name, header, [row for _, row in found[1:]], [line for line, _ in found[1:]])


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if np.isfinite(value) else None

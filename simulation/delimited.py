"""Delimited text as columns: commas, semicolons or tabs, as spreadsheets, R and getok itself write it.

The one reader of tables that people give. It knows the line and column of every cell, so that a fault can say where it
is, and it says nothing about what the columns mean.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.scenario.text_file import read_text
from getok.simulation.texts.message import Message

MISSING = frozenset({"", "NA", "NaN", "nan", "N/A", "n/a", "#N/A", "NULL", "."})
"""What programs write where nothing is known."""

ROW_NAMES = "row.names"
"""Name of the first column where the file gives it none, as R does when it writes the names of rows."""

MOST_COLUMNS = 1_000
MOST_FAULTS = 20
"""Faults of one kind that are told one by one; the others are counted."""

NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", " ": "spaces"}
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}((\.\d{3})+|(,\d{3})+)")
"""Thousands parted by a mark, or a number with three decimals: the cell alone does not say."""

DECIMAL = {
    ",": re.compile(r"[+-]?(\d*|[1-9]\d{0,2}(\.\d{3})+),\d+"),
    ".": re.compile(r"[+-]?(\d*|[1-9]\d{0,2}(,\d{3})+)\.\d+([eE][+-]?\d+)?"),
}
"""A number with decimals, its thousands parted by the other mark or by nothing."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """What a table says, as text.

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
    text : sequence of str
        The lines of the file as they stand.
    delimiter : str
        What parts the cells.
    head : int
        One-based line of the names of the columns.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    text: Sequence[str]
    delimiter: str
    head: int = 1

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
        ScenarioError
            If a cell is no number, no whole one where one is asked for, or may be one of two numbers.
        """
        cells = self.column(name)
        read = numbers_of(cells)
        kind = "a whole number" if whole else "a number"
        self.complain(
            self.problem(row, name, two_ways(cell) or f"'{cell}' is not {kind}; leave it empty if it is unknown")
            for row, (cell, value) in enumerate(zip(cells, read, strict=True))
            if cell not in MISSING and (value is None or (whole and not value.is_integer()))
        )
        return np.array([np.nan if value is None else value for value in read], dtype=np.float64)

    def values(self, name: str) -> NDArray[Any]:
        """Cells of a column: numbers if all of them are, else text."""
        cells = self.column(name)
        read = numbers_of(cells)
        if any(value is None and cell not in MISSING for cell, value in zip(cells, read, strict=True)):
            return np.array(cells)
        return np.array([np.nan if value is None else value for value in read], dtype=np.float64)

    def problem(self, row: int, key: str, what: str) -> Problem:
        """Return a fault in a cell, with the line and column at which it begins."""
        line = self.lines[row]
        text = self.text[line - 1]
        place = self.header.index(key) if key in self.header else 0
        return Problem(f"{self.name}:{line}:{self._begins(text, place)}", key, what, line, text)

    def complain(self, problems: Iterable[Problem]) -> None:
        """Raise if there are faults; of very many the first are told, the rest counted.

        Raises
        ------
        ScenarioError
            With the faults.
        """
        found = list(problems)
        if len(found) > MOST_FAULTS:
            found[MOST_FAULTS:] = [
                Problem(self.name, "", Message("and {n} more faults like these", n=len(found) - MOST_FAULTS))
            ]
        if found:
            raise ScenarioError(found)

    def _begins(self, text: str, place: int) -> int:
        """One-based column at which the cell of this place begins."""
        quoted, seen = False, 0
        for at, letter in enumerate(text):
            if seen == place:
                return at + 1
            quoted ^= letter == '"'
            seen += letter == self.delimiter and not quoted
        return len(text) + 1


def numbers_of(cells: Sequence[str]) -> list[float | None]:
    """Numbers of a column of cells; None where nothing stands, or what stands is no number or may be one of two.

    What the decimal mark is, one cell shows for the whole column: beside 12,5 a 1.200 is twelve hundred, beside 2.5 it
    is one and a fifth, and alone it may be either.

    Examples
    --------
    >>> numbers_of(["12,5", "1.200", "8"]), numbers_of(["2.5", "1.200"]), numbers_of(["1.200", "8"])
    ([12.5, 1200.0, 8.0], [2.5, 1.2], [None, 8.0])
    """
    shown = [
        mark
        for mark, pattern in DECIMAL.items()
        if any(pattern.fullmatch(cell) and not GROUPED.fullmatch(cell) for cell in cells)
    ]
    decimal = "." if len(shown) == 2 else "".join(shown)
    return [_number(cell, decimal) for cell in cells]


def read_delimited(path: Path, needed: Sequence[str] = ()) -> Delimited:
    """Read a table with a head line.

    Raises
    ------
    ScenarioError
        If the file cannot be read, lacks a needed column, names one twice, has too many, or a line of another length.
    """
    return parse_delimited(read_text(path), path.as_posix(), needed)


def parse_delimited(text: str, name: str, needed: Sequence[str] = ()) -> Delimited:
    """Read a table from its text; see :func:`read_delimited`.

    What parts the cells is what occurs most often in the head. A line ``sep=;`` before it, as Excel reads and some
    programs write, is obeyed. A head that is one cell shorter than all lines, or begins with an empty cell, is that of
    R with names of rows: they become the column :data:`ROW_NAMES`.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    told = re.fullmatch(r'"?sep=(.)"?', lines[first].strip("\n"))
    if told:
        first += 1
    head = lines[first] if first < len(lines) else ""
    delimiter = told.group(1) if told else _delimiter(head)
    if head.count(delimiter) >= MOST_COLUMNS:
        what = Message(
            "has {delimiter} columns; at most {most_columns} are read",
            delimiter=head.count(delimiter) + 1,
            most_columns=MOST_COLUMNS,
        )
        raise ScenarioError([Problem(f"{name}:{first + 1}", "", what)])
    found = list(_rows(lines, first, delimiter, name))
    header, rows = _with_row_names(found, delimiter)
    header, rows = _without_empty_columns(header, rows)
    table = Delimited(name, header, [row for _, row in rows], [line for line, _ in rows], lines, delimiter, first + 1)
    check_columns(table, needed)
    _check_lines(table)
    return table


def _delimiter(head: str) -> str:
    """What parts the cells of a head: the most frequent of comma, semicolon and tab outside quotes, else blanks."""
    bare = Counter(re.sub(r'"[^"]*"', "", head))
    best = max((",", ";", "\t"), key=lambda mark: bare[mark])
    return best if bare[best] or not bare[" "] else " "


def _rows(lines: Sequence[str], first: int, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line at which each row ends, and its cells; rows without any text are left out."""
    source = (line + "\n" for line in lines[first:])
    reader = csv.reader(source, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield first + reader.line_num, cells
    except csv.Error as error:
        what = Message("is not delimited text: {error}; look for a quotation mark too many", error=error)
        raise ScenarioError([Problem(f"{name}:{first + reader.line_num}", "", what)]) from None


Rows = list[tuple[int, list[str]]]


def _with_row_names(found: Rows, delimiter: str) -> tuple[tuple[str, ...], Rows]:
    """Give a first column without a name that of R.

    Between commas a line may be longer than the head because a decimal comma was not quoted; so there the head must
    have an empty cell.
    """
    if not found:
        return (), []
    header, rows = found[0][1], found[1:]
    longer = all(len(row) == len(header) + 1 for _, row in rows) and any(row[-1] for _, row in rows)
    if longer and delimiter != ",":
        header = ["", *header]
    if not header[0] and ROW_NAMES not in header:
        header = [ROW_NAMES, *header[1:]]
    return tuple(header), rows


def _without_empty_columns(header: tuple[str, ...], rows: Rows) -> tuple[tuple[str, ...], Rows]:
    """Leave out columns at the end that have neither name nor text, as spreadsheets write them."""
    n = len(header)
    while n and not header[n - 1] and not any(len(row) >= n and row[n - 1] for _, row in rows):
        n -= 1
    return header[:n], [(line, row if any(row[n:]) else row[:n]) for line, row in rows]


def check_columns(table: Delimited, needed: Sequence[str]) -> None:
    """Columns have one name each, and those needed are there.

    Raises
    ------
    ScenarioError
        If not.
    """
    where = f"{table.name}:{table.head}"
    there = ", ".join(table.header) or "none"
    problems = [
        Problem(where, column, Message("this column is missing; there are: {there}", there=there))
        for column in needed
        if column not in table.header
    ]
    problems += [
        Problem(
            where,
            column,
            Message("this column stands more than once; rename one") if column else Message("a column has no name"),
        )
        for column, times in Counter(table.header).items()
        if times > 1 or not column
    ]
    table.complain(problems)


def _check_lines(table: Delimited) -> None:
    """Every line has as many cells as the head."""
    parted = NAMES.get(table.delimiter, f"'{table.delimiter}'")
    table.complain(
        Problem(
            f"{table.name}:{at}",
            "",
            Message(
                "has {n} cells, the head has {n_2} (parted by {parted})",
                n=len(row),
                n_2=len(table.header),
                parted=parted,
            ),
            at,
            table.text[at - 1],
        )
        for at, row in zip(table.lines, table.rows, strict=True)
        if len(row) != len(table.header)
    )


def _number(cell: str, decimal: str) -> float | None:
    """Number in a cell if this is the decimal mark; empty: no cell of the column has shown it."""
    if not decimal and GROUPED.fullmatch(cell):
        return None
    if decimal and ("," in cell or GROUPED.fullmatch(cell)):
        other = {",": ".", ".": ","}[decimal]
        if not DECIMAL[decimal].fullmatch(cell) and not (other in cell and GROUPED.fullmatch(cell)):
            return None
        cell = cell.replace(other, "").replace(decimal, ".")
    if "_" in cell or not cell.isascii():
        return None
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def two_ways(cell: str) -> str:
    """Say that a cell may be one of two numbers; empty if it may not."""
    if not GROUPED.fullmatch(cell):
        return ""
    bare = cell.replace(".", "").replace(",", "")
    return f"'{cell}' may be {bare}, or a number with three decimals; write it without marks, or as {bare}.0"

"""Rows of a sheet: where its column names stand, which rows are examples or blank, what the others say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from getok.simulation.texts.catalogue import FORM_WORDS
from getok.workbook.cells import Cells
from getok.workbook.columns import LANGS, SHEETS, Column, Table, label, plain
from getok.workbook.opened import Book

HIGHEST_HEADER = 30
"""Column names are looked for in this many rows."""

MOST_ROWS = 1_000
"""Rows of a sheet that are read; a map of a neighbourhood has some dozens."""

NOTE = "note"
"""The only column that may be absent: it holds what no rule reads, and so do columns under other names."""

NO_NAMES = frozenset({"", "dll", "dst", "dkk", "etc", "sda", "idem", "ditto", "belumada", "tidakada", "kosong"})
"""Bare texts that stand where a name should, and are none."""

SUMS = frozenset({"jumlah", "total", "totals", "subtotal", "sum", "grand", "rekap", "rekapitulasi", "rata", "average"})
SUMMED = SUMS | {
    *("anggota", "member", "members", "pelaku", "actor", "actors", "hubungan", "tie", "ties", "orang", "people"),
    *("semua", "all", "seluruh", "keseluruhan", "akhir", "kepercayaan", "trust"),
}
"""Words with which a row begins that sums up the others, and those that may follow."""

EXAMPLES = tuple(f"{FORM_WORDS[lang]['example'].casefold()}:" for lang in LANGS)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the column names stand: number of each known column, and of those that the form does not know."""

    row: int
    place: dict[str, int]
    strangers: dict[int, str]


def sheet_names(book: Book) -> dict[str, str]:
    """Name in the workbook of each sheet of the form; what is missing is a fault, what is unknown is told."""
    known = {plain(FORM_WORDS[lang][f"sheet.{key}"]): key for lang in LANGS for key in SHEETS}
    found: dict[str, str] = {}
    for name in book.values.sheetnames:
        key = known.get(plain(name))
        if key is None or key in found or not hasattr(book.values[name], "iter_rows"):
            book.note(name, "", "odd.sheet", sheet=name)
        else:
            found[key] = name
    return found


def find_header(cells: Cells, table: Table) -> Header | None:
    """Row in which at least two columns of a table are named; what is missing or double is a fault."""
    known = {plain(label(lang, table.key, column.key)): column.key for lang in LANGS for column in table.columns}
    for row in (row for row in cells.rows if row <= HIGHEST_HEADER):
        named = {column: names_in(cells, row, column) for column in cells.columns(row)}
        hits = {column: next((known[name] for name in names if name in known), "") for column, names in named.items()}
        if sum(1 for key in hits.values() if key) >= 2:
            return header_of(cells, table, row, hits)
    columns = ", ".join(label(cells.book.lang, table.key, column.key) for column in table.columns)
    cells.book.fault(cells.sheet, "", "fault.no_header", columns=columns)
    return None


def names_in(cells: Cells, row: int, column: int) -> list[str]:
    """Bare text of a cell, and of each of its lines: both languages may stand in one cell."""
    text = cells.typed(row, column)
    return [plain(part) for part in (text, *text.split("\n"))] if isinstance(text, str) else []


def header_of(cells: Cells, table: Table, row: int, hits: dict[int, str]) -> Header | None:
    """Header with its faults told; None if a column that every row needs is missing."""
    lang = cells.book.lang
    place: dict[str, int] = {}
    strangers: dict[int, str] = {}
    for column, key in hits.items():
        if key and key in place:
            cells.fault(row, column, "fault.column_twice", column=label(lang, table.key, key))
        elif key:
            place[key] = column
        elif text := cells.text(row, column).partition("\n")[0]:
            strangers[column] = text
            cells.book.note(cells.sheet, cells.name(row, column), "odd.column", column=text)
    missing = [column.key for column in table.columns if column.key != NOTE and column.key not in place]
    for lacking in missing:
        slots = {"column": label(lang, table.key, lacking), "hint": hint_of(cells, row, strangers)}
        cells.book.fault(cells.sheet, "", "fault.column", **slots)
    return None if missing else Header(row, place, strangers)


def hint_of(cells: Cells, row: int, strangers: dict[int, str]) -> str:
    """Which columns may be a missing one under another name."""
    named = [f"'{name}' ({cells.name(row, column)})" for column, name in strangers.items()]
    return cells.book.say("hint.renamed", columns=", ".join(named)) if named else ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a sheet that say something, and where its columns stand; without column names there are none."""

    cells: Cells
    place: dict[str, int]
    said: list[tuple[int, dict[str, Any]]]

    def fault(self, row: int, column: str, key: str, /, **slots: object) -> None:
        """Note a fault of a cell by its column's key."""
        self.cells.fault(row, self.place.get(column, 1), key, **slots)

    def note(self, row: int, column: str, key: str, /, **slots: object) -> None:
        """Note something odd about a cell that stops nothing."""
        cell = self.cells.name(row, self.place.get(column, 1))
        self.cells.book.note(self.cells.sheet, cell, key, **slots)


def read_table(cells: Cells, table: Table) -> Rows:
    """Read the rows of a sheet, by key of the column."""
    header = find_header(cells, table)
    if header is None:
        return Rows(cells, {}, [])
    return Rows(cells, header.place, list(said_rows(cells, table, header)))


def said_rows(cells: Cells, table: Table, header: Header) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows below the column names, examples and blank ones apart."""
    columns = [*header.place.values(), *header.strangers]
    beside: list[str] = []
    for row in within(cells, [row for row in cells.rows if row > header.row]):
        first = header.place[table.columns[0].key]
        beside += [cells.name(row, column) for column in cells.columns(row) if column not in columns]
        if cells.is_blank(row, columns) or is_example(cells, row, first):
            continue
        if is_total(cells.text_shown(row, first)):
            cells.book.note(cells.sheet, cells.name(row, first), "odd.total", value=cells.text_shown(row, first))
            continue
        said: dict[str, Any] = {column.key: read_cell(cells, row, header, table, column) for column in table.columns}
        extra = [
            f"{name}: {text}" for at, name in header.strangers.items() if (text := cells.text(row, at, dates=True))
        ]
        said[NOTE] = "\n".join(part for part in (str(said[NOTE]), *extra) if part)
        yield row, said
    if beside:
        cells.book.note(cells.sheet, beside[0], "odd.beside", n=len(beside))


def is_total(text: str) -> bool:
    """Whether a row sums up the others: its name says so, and nothing else.

    Examples
    --------
    >>> is_total("Jumlah anggota: 12"), is_total("Total Mart")
    (True, False)
    """
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return bool(words) and words[0] in SUMS and SUMMED.issuperset(words[1:])


def within(cells: Cells, rows: list[int]) -> list[int]:
    """Rows that are read: all of them, unless there are more than a form has."""
    if len(rows) > MOST_ROWS:
        cells.book.fault(cells.sheet, "", "fault.rows", n=len(rows), most=MOST_ROWS)
    return rows[:MOST_ROWS]


def is_example(cells: Cells, row: int, column: int) -> bool:
    """Whether a row only shows how to fill the form."""
    return cells.text_shown(row, column).casefold().startswith(EXAMPLES)


def read_cell(cells: Cells, row: int, header: Header, table: Table, column: Column) -> str | bool | int | None:
    """Value of one cell as its column holds it; notes that were taken out are empty throughout."""
    at = header.place.get(column.key)
    shown = label(cells.book.lang, table.key, column.key)
    if at is None:
        return ""
    if column.holds == "yes_no":
        return cells.yes_no(row, at, shown)
    if column.holds == "level":
        return cells.level(row, at, column.key, shown)
    before = len(cells.book.problems)
    is_note = column.key == NOTE
    text = cells.choice(row, at, column.choices, shown) if column.choices else cells.text(row, at, dates=is_note)
    if not is_note:
        text = " ".join(text.split())
    if column.required and not text and len(cells.book.problems) == before:
        cells.fault(row, at, "fault.empty", column=shown)
    if column.key == "name" and text and plain(text) in NO_NAMES:
        cells.fault(row, at, "fault.no_name", value=text)
        return ""
    return text

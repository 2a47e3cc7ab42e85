"""Rows of a sheet: where its column names stand, which rows are examples or blank, what the others say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from getok.workbook.cells import Cells
from getok.workbook.columns import LANGS, SHEETS, Column, Table, label, plain
from getok.workbook.opened import Book
from getok.workbook.words import WORDS

HIGHEST_HEADER = 30
"""Column names are looked for in this many rows."""

EXAMPLES = tuple(f"{WORDS[lang]['example'].casefold()}:" for lang in LANGS)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the column names stand: number of each known column, and of those that the form does not know."""

    row: int
    place: dict[str, int]
    strangers: dict[int, str]


def sheet_names(book: Book) -> dict[str, str]:
    """Name in the workbook of each sheet of the form; what is missing is a fault, what is unknown is told."""
    known = {plain(WORDS[lang][f"sheet.{key}"]): key for lang in LANGS for key in SHEETS}
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
    last = min(cells.values.max_row, HIGHEST_HEADER)
    for row in range(1, last + 1):
        named = {column: names_in(cells, row, column) for column in range(1, cells.values.max_column + 1)}
        hits = {column: next((known[name] for name in names if name in known), "") for column, names in named.items()}
        if sum(1 for key in hits.values() if key) >= 2:
            return header_of(cells, table, row, hits)
    columns = ", ".join(label(cells.book.lang, table.key, column.key) for column in table.columns)
    cells.book.fault(cells.sheet, "", "fault.no_header", columns=columns)
    return None


def names_in(cells: Cells, row: int, column: int) -> list[str]:
    """Bare text of a cell, and of each of its lines: both languages may stand in one cell."""
    text = cells.formulas.cell(row, column).value
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
    missing = [column for column in table.columns if column.required and column.key not in place]
    for lacking in missing:
        cells.book.fault(cells.sheet, "", "fault.column", column=label(lang, table.key, lacking.key))
    return None if missing else Header(row, place, strangers)


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
    for row in range(header.row + 1, cells.values.max_row + 1):
        if cells.is_blank(row, columns) or is_example(cells, row, header.place[table.columns[0].key]):
            continue
        said: dict[str, Any] = {column.key: read_cell(cells, row, header, table, column) for column in table.columns}
        extra = [
            f"{name}: {text}" for at, name in header.strangers.items() if (text := cells.text(row, at, dates=True))
        ]
        said["note"] = "\n".join(part for part in (str(said["note"]), *extra) if part)
        yield row, said


def is_example(cells: Cells, row: int, column: int) -> bool:
    """Whether a row only shows how to fill the form."""
    return cells.text_shown(row, column).casefold().startswith(EXAMPLES)


def read_cell(cells: Cells, row: int, header: Header, table: Table, column: Column) -> str | bool | int | None:
    """Value of one cell as its column holds it; a column that was taken out is empty throughout."""
    at = header.place.get(column.key)
    shown = label(cells.book.lang, table.key, column.key)
    if at is None:
        return {"yes_no": False, "level": None}.get(column.holds, "")
    if column.holds == "yes_no":
        return cells.yes_no(row, at, shown)
    if column.holds == "level":
        return cells.level(row, at, column.key, shown)
    before = len(cells.book.problems)
    is_note = column.key == "note"
    text = cells.choice(row, at, column.choices, shown) if column.choices else cells.text(row, at, dates=is_note)
    if not is_note:
        text = " ".join(text.split())
    if column.required and not text and len(cells.book.problems) == before:
        cells.fault(row, at, "fault.empty", column=shown)
    return text

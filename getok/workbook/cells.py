"""Single cells: what they hold, read with patience, and what is wrong with them told by sheet and cell."""

from __future__ import annotations

import datetime
import difflib
import unicodedata
from typing import Any

from getok.simulation.texts.catalogue import FORM_WORDS
from getok.workbook.columns import CHOICES, LANGS, plain, word
from getok.workbook.numbers import is_money, plain_number
from getok.workbook.opened import Book

Raw = str | float | bool | datetime.datetime | datetime.date | datetime.time | None
YES = frozenset(plain(text) for text in ("ya", "yes", "true", "y", "v", "x", "✓", "1", "benar"))
NO = frozenset(plain(text) for text in ("tidak", "no", "false", "n", "t", "-", "0", "belum", "salah"))


def clean(text: str) -> str:
    r"""Text with composed letters, without control characters, odd spaces and spaces at its ends; line breaks stay.

    Examples
    --------
    >>> clean(" Warung\u00a0 Susi ")
    'Warung Susi'
    """
    lines = (
        unicodedata.normalize("NFC", text).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    shown = (" ".join("".join(map(shown_letter, line)).split()) for line in lines)
    return "\n".join(line for line in shown if line)


def shown_letter(letter: str) -> str:
    """Letter as a scenario file can hold it: what is no sign becomes a space, what cannot be seen nothing."""
    kind = unicodedata.category(letter)
    return "" if kind == "Cf" else " " if kind in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"} else letter


class Cells:
    """Reader of the cells of one sheet, of those that are there: to ask the library for any other makes it."""

    def __init__(self, book: Book, sheet: str) -> None:
        self.book = book
        self.sheet = sheet
        self.values: dict[tuple[int, int], Any] = dict(book.values[sheet]._cells)
        self.formulas: dict[tuple[int, int], Any] = dict(book.formulas[sheet]._cells)
        self.merged: dict[tuple[int, int], Any] = {}
        for area in book.formulas[sheet].merged_cells.ranges:
            for row, column in area.cells:
                self.merged[row, column] = area

    @property
    def rows(self) -> list[int]:
        """Rows in which something was typed, from above."""
        return sorted({row for (row, _), cell in self.formulas.items() if cell.value is not None})

    def columns(self, row: int) -> list[int]:
        """Columns of a row in which something was typed, from the left."""
        return sorted(column for (at, column), cell in self.formulas.items() if at == row and cell.value is not None)

    def typed(self, row: int, column: int) -> Any:  # noqa: ANN401 - whatever a cell can hold
        """Whatever stands in a cell, a formula as a formula; None if nothing does."""
        cell = self.formulas.get((row, column))
        return None if cell is None else cell.value

    def name(self, row: int, column: int) -> str:
        """Name of a cell, such as ``D7``."""
        return cell_name(row, column)

    def fault(self, row: int, column: int, key: str, /, **slots: object) -> None:
        """Note a fault of a cell."""
        self.book.fault(self.sheet, self.name(row, column), key, **slots)

    def raw(self, row: int, column: int) -> Raw:
        """Value of a cell; a cell merged with others of its column has their value."""
        area = self.merged.get((row, column))
        if area is not None and area.min_col == area.max_col:
            row = area.min_row
        elif area is not None and (row, column) == (area.min_row, area.min_col):
            self.fault(row, column, "fault.merged", cells=area.coord)
            return None
        cell = self.values.get((row, column))
        if cell is None:
            return None
        if cell.data_type == "e":
            self.fault(row, column, "fault.error", value=cell.value)
            return None
        if cell.value is None and self.formulas[row, column].data_type == "f":
            self.fault(row, column, "fault.formula")
            return None
        value: Raw = cell.value
        return clean(value) if isinstance(value, str) else value

    def is_percent(self, row: int, column: int) -> bool:
        """Whether a cell shows its number as a percentage."""
        return (row, column) in self.values and "%" in str(self.values[row, column].number_format)

    def says_rupiah(self, row: int, column: int) -> bool:
        """Whether an amount of money says so itself, or its cell shows it as one."""
        cell = self.values.get((row, column))
        shown = "" if cell is None else str(cell.number_format)
        return is_money(self.text_shown(row, column)) or "rp" in shown.casefold()

    def is_blank(self, row: int, columns: list[int]) -> bool:
        """Whether a row says nothing of its own in these columns; merged cells say it where they begin."""
        for column in columns:
            area = self.merged.get((row, column))
            if area is not None and row != area.min_row:
                continue
            if self.typed(row, column) not in {None, ""} and self.text_shown(row, column):
                return False
        return True

    def text_shown(self, row: int, column: int) -> str:
        """Whatever stands in a cell, formula or value, as text."""
        return clean(str(self.typed(row, column) or "0"))

    def text(self, row: int, column: int, *, dates: bool = False) -> str:
        """Read text; a number is written as it stands, a date is a fault unless it is wanted."""
        value = self.raw(row, column)
        if value is None:
            return ""
        if isinstance(value, datetime.datetime | datetime.date | datetime.time):
            shown = date_text(value)
            if not dates:
                self.fault(row, column, "fault.date", value=shown)
            return shown
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value)

    def choice(self, row: int, column: int, choice: str, label: str) -> str:
        """Read a word from a list, in either language."""
        text = self.text(row, column)
        if not text:
            return ""
        known = {plain(name): code for code in CHOICES[choice] for name in (code, *words_of(choice, code))}
        code = known.get(plain(text))
        if code is not None:
            return code
        words = [word(self.book.lang, choice, code) for code in CHOICES[choice]]
        slots = {"column": label, "value": text, "words": ", ".join(words), "hint": nearest(self.book, text, words)}
        self.fault(row, column, "fault.choice", **slots)
        return ""

    def yes_no(self, row: int, column: int, label: str) -> bool:
        """Read yes or no; empty is no."""
        value = self.raw(row, column)
        if value is None or isinstance(value, bool):
            return bool(value)
        text = self.text(row, column) if not isinstance(value, str) else value
        if plain(text) in YES or text in {"✓", "√"}:
            return True
        if plain(text) not in NO and text:
            say = FORM_WORDS[self.book.lang]
            slots = {"column": label, "value": text, "yes": say["choice.yes"], "no": say["choice.no"]}
            self.fault(row, column, "fault.yes_no", **slots)
        return False

    def level(self, row: int, column: int, key: str, label: str) -> int | None:
        """Read a whole number from 0 to 10, also one stored as text."""
        value = self.raw(row, column)
        if value is None or value == "":
            return None
        if isinstance(value, datetime.datetime | datetime.date | datetime.time):
            self.fault(row, column, "fault.date", value=date_text(value))
            return None
        number = None if isinstance(value, bool) else plain_number(value) if isinstance(value, str) else float(value)
        if number is None or not 0 <= number <= 10 or not number.is_integer():
            shown = f"{value:g}" if isinstance(value, float) else f"'{value}'" if number is None else str(value)
            self.fault(
                row, column, "fault.importance" if key == "importance" else "fault.level", column=label, value=shown
            )
            return None
        return int(number)


def cell_name(row: int, column: int) -> str:
    """Name of a cell.

    Examples
    --------
    >>> cell_name(7, 4), cell_name(1, 28)
    ('D7', 'AB1')
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def words_of(choice: str, code: str) -> list[str]:
    """Words for a code in all languages."""
    return [word(lang, choice, code) for lang in LANGS]


def nearest(book: Book, text: str, words: list[str]) -> str:
    """Hint at the nearest known word."""
    near = difflib.get_close_matches(text.casefold(), [other.casefold() for other in words], n=1, cutoff=0.55)
    found = next((other for other in words if near and other.casefold() == near[0]), "")
    return book.say("hint.nearest", word=found) if found else ""


def date_text(value: datetime.datetime | datetime.date | datetime.time) -> str:
    """Date as ISO text; midnight is not told."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()

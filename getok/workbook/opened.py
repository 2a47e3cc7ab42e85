"""A workbook as it was saved: opened once, whatever program wrote it, or a clear word about why not."""

from __future__ import annotations

import importlib
import io
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from getok.simulation.errors import Problem, UsageError, WorkbookError
from getok.simulation.scenario.text_file import WORKBOOK_BYTES, InputFileError, Refusal, read_bytes
from getok.simulation.texts.catalogue import MESSAGE_WORDS, Lang
from getok.workbook.archive import DAMAGED, fault_of

REFUSALS = {
    Refusal.ABSENT: "fault.absent",
    Refusal.FOLDER: "fault.folder",
    Refusal.SPECIAL: "fault.special",
    Refusal.TOO_LARGE: "fault.bytes",
}

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""First bytes of an old .xls file, and of an .xlsx file with a password."""


@dataclass(slots=True)
class Book:
    """An open workbook: values and formulas of its sheets, and the faults found in it."""

    path: Path
    lang: Lang
    values: Any
    formulas: Any
    problems: list[Problem] = field(default_factory=list)
    odd: list[Problem] = field(default_factory=list)

    def say(self, key: str, /, **slots: object) -> str:
        """Fill a sentence of the catalogue."""
        return MESSAGE_WORDS[self.lang][key].format(**slots)

    def where(self, sheet: str, cell: str = "") -> str:
        """Name a place of the workbook: ``map.xlsx:Ties!D7``."""
        place = f"{self.path.as_posix()}:{sheet}" if sheet else self.path.as_posix()
        return f"{place}!{cell}" if cell else place

    def fault(self, sheet: str, cell: str, key: str, /, **slots: object) -> None:
        """Note a fault."""
        self.problems.append(Problem(self.where(sheet, cell), "", self.say(key, **slots)))

    def note(self, sheet: str, cell: str, key: str, /, **slots: object) -> None:
        """Note something odd that stops nothing."""
        self.odd.append(Problem(self.where(sheet, cell), "", self.say(key, **slots)))

    def end(self) -> None:
        """Stop if there is a fault.

        Raises
        ------
        WorkbookError
            With every fault noted.
        """
        if self.problems:
            raise WorkbookError(self.problems, self.say("end", n=len(self.problems)))


def openpyxl(lang: Lang) -> Any:  # noqa: ANN401 - the library has no types
    """Library that reads and writes workbooks, imported when it is wanted.

    Raises
    ------
    UsageError
        If it is not installed.
    """
    try:
        return importlib.import_module("openpyxl")
    except ImportError:
        raise UsageError(MESSAGE_WORDS[lang]["fault.no_openpyxl"]) from None


def open_book(path: Path, lang: Lang) -> Book:
    """Open a workbook.

    Raises
    ------
    WorkbookError
        If it is missing, open elsewhere, protected, or no .xlsx workbook.
    """
    library = openpyxl(lang)
    book = Book(path, lang, None, None)
    if path.name.startswith("~$") or path.name.startswith(".~lock."):
        book.fault("", "", "fault.locked")
        book.end()
    data = read_book(book)
    if data.startswith(OLD_OR_LOCKED):
        book.fault("", "", "fault.protected")
        book.end()
    refuse_archive(book, data)
    unpack(book, library, data)
    return book


def refuse_archive(book: Book, data: bytes) -> None:
    """Stop at what is no archive, or one that would take too much to unpack.

    Raises
    ------
    WorkbookError
        If it is one.
    """
    try:
        found = fault_of(data)
    except DAMAGED:
        found = ("fault.not_xlsx", {})
    if found is not None:
        key, slots = found
        book.fault("", "", key, **slots)
    book.end()


def unpack(book: Book, library: Any, data: bytes) -> None:  # noqa: ANN401 - the library has no types
    """Open a workbook twice: for what its cells show, and for what was typed.

    Raises
    ------
    WorkbookError
        If its parts are not those of a workbook.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the library, about looks that it drops
            book.values = library.load_workbook(io.BytesIO(data), data_only=True)
            book.formulas = library.load_workbook(io.BytesIO(data), data_only=False)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the library raises whatever a broken part makes it stumble over
        book.fault("", "", "fault.not_xlsx")
    book.end()


def read_book(book: Book) -> bytes:
    """Contents of the file.

    Raises
    ------
    WorkbookError
        If it cannot be read.
    """
    try:
        return read_bytes(book.path, WORKBOOK_BYTES)
    except InputFileError as error:
        key = REFUSALS.get(error.refusal, "fault.unreadable")
        reason = error.problems[0].what.removeprefix("cannot be read: ")
    book.fault("", "", key, reason=reason, most=f"{WORKBOOK_BYTES / 1e6:.0f}")
    book.end()
    raise AssertionError("unreachable: a fault was noted")

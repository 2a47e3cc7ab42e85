"""The report as a workbook: a sheet of text, and a sheet for each table, with numbers that can be reckoned with."""

from __future__ import annotations

import datetime
import io
import re
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from getok.analysis.office_archive import packed
from getok.analysis.report.content import Amount, Block, Cell, Code, Document, Figure, Folded, Items, Table, Terms, Text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_NAME = 31
"""Letters of a sheet's name that a workbook allows."""

WIDEST = 60
FORBIDDEN = re.compile(r"[\\/*?:\[\]]")


def workbook(document: Document) -> bytes:
    """Render a document: the same document, the same bytes."""
    book = Workbook()
    front = book.active
    assert front is not None  # noqa: S101 - a new workbook has a sheet
    front.title = sheet_name(document.title, ())
    write_front(front, document)
    for caption, table in tables(document):
        sheet = book.create_sheet(sheet_name(caption, book.sheetnames))
        write_table(sheet, table)
    book.properties.creator = "getok"
    book.properties.title = document.title
    book.properties.language = document.lang
    book.properties.created = datetime.datetime(1980, 1, 1)
    out = io.BytesIO()
    book.save(out)
    return packed(out.getvalue())


def tables(document: Document) -> list[tuple[str, Table]]:
    """All tables in reading order, with the text that names their sheet."""
    return [(block.caption, block) for block in document.blocks if isinstance(block, Table)]


def sheet_name(wanted: str, taken: tuple[str, ...] | list[str]) -> str:
    """Name of a sheet that the format allows and that is not taken.

    Examples
    --------
    >>> sheet_name("A/B: c", ["A B c"])
    'A B c 2'
    """
    plain = " ".join(FORBIDDEN.sub(" ", wanted).replace("`", "").replace("'", "").split())
    known = {name.lower() for name in taken}
    name, number = plain[:LONGEST_NAME].strip(), 2
    while name.lower() in known:
        ending = f" {number}"
        name = plain[: LONGEST_NAME - len(ending)].strip() + ending
        number += 1
    return name


def write_front(sheet: Worksheet, document: Document) -> None:
    """Write everything but the tables, line by line."""
    sheet.column_dimensions["A"].width = 110
    put(sheet, 1, document.title, size=16)
    for place, line in enumerate((document.subtitle, *document.imprint), start=2):
        put(sheet, place, line)
    place = 4 + len(document.imprint)
    for section in document.sections:
        put(sheet, place, section.title, size=13)
        place += 1
        for block in section.blocks:
            place = write_block(sheet, place, block)
        for part in section.parts:
            put(sheet, place, part.title, size=11)
            place += 1
            for block in part.blocks:
                place = write_block(sheet, place, block)
        place += 1


def write_block(sheet: Worksheet, place: int, block: Block) -> int:
    """Write one block and return the next free line."""
    for line in lines_of(block):
        put(sheet, place, line)
        place += 1
    return place


def lines_of(block: Block) -> list[str]:
    """Lines of a block; of a table and a figure what it is called."""
    match block:
        case Text(text=text) | Code(text=text):
            return [text]
        case Items(texts=texts):
            return [f"• {text}" for text in texts]
        case Terms(pairs=pairs):
            return [f"{word}: {meaning}" for word, meaning in pairs]
        case Table(caption=caption):
            return [f"→ {caption}"]
        case Figure(drawing=drawing):
            return [f"▪ {drawing.title}", drawing.subtitle]
        case Folded(summary=summary, blocks=blocks):
            return [summary, *(line for inner in blocks for line in lines_of(inner))]


def put(sheet: Worksheet, place: int, text: str, size: int = 0) -> None:
    """Write one line of text."""
    cell = sheet.cell(place, 1)
    cell.value, cell.data_type = text.replace("`", ""), "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if size:
        cell.font = Font(bold=True, size=size)


def write_table(sheet: Worksheet, table: Table) -> None:
    """Write a table: its caption, its head, its rows; head and first column stay in sight."""
    put(sheet, 1, table.caption, size=12)
    sheet["A1"].alignment = Alignment(wrap_text=False)
    for column, name in enumerate(table.head, start=1):
        cell = sheet.cell(3, column)
        cell.value, cell.data_type = name, "s"
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    for place, row in enumerate(table.rows, start=4):
        for column, value in enumerate(row, start=1):
            write_cell(sheet, place, column, value)
    for column in range(1, len(table.head) + 1):
        texts = [table.head[column - 1], *(text_of(row[column - 1]) for row in table.rows)]
        sheet.column_dimensions[get_column_letter(column)].width = min(WIDEST, max(map(len, texts)) + 2)
    sheet.freeze_panes = "B4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def write_cell(sheet: Worksheet, place: int, column: int, value: Cell) -> None:
    """Write a number as a number and a text as a text, never as a formula."""
    cell = sheet.cell(place, column)
    if isinstance(value, Amount) and value.value == value.value and abs(value.value) != float("inf"):
        cell.value = value.value
        cell.number_format = number_format(value.text, value.value)
        return
    cell.value, cell.data_type = text_of(value), "s"
    cell.alignment = Alignment(vertical="top", wrap_text=len(text_of(value)) > WIDEST)


def number_format(text: str, value: float = 0.5) -> str:
    """Format that shows a number as its text does.

    Examples
    --------
    >>> number_format("12 %"), number_format("Rp 1,000"), number_format("0.25"), number_format("12.5")
    ('0 %', '"Rp" #,##0', '#,##0.00', '#,##0.0')
    """
    if text.endswith("%"):
        return "0.0 %" if re.search(r"[.,]\d %$", text) else "0 %"
    if "Rp" in text:
        return '"Rp" #,##0'
    digits = re.search(r"[.,](\d+)$", text)
    if digits is None or (len(digits[1]) == 3 and abs(value) >= 1000):  # three behind a mark of thousands
        return "#,##0"
    return "#,##0." + "0" * len(digits[1])


def text_of(cell: Cell) -> str:
    """Text of a cell, without marks."""
    return (cell.text if isinstance(cell, Amount) else cell).replace("`", "")

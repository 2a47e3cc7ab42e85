"""How the form looks: plain styles that print well in black and white, page set-up, drop-down lists."""

from __future__ import annotations

import importlib
from typing import Any

from getok.simulation.texts.catalogue import FORM_WORDS, Lang
from getok.workbook.opened import openpyxl

GREY, LIGHT, YELLOW, LINE, HEAD = "FF6B6B6B", "FFF2F2F2", "FFFFFBE6", "FFB0B0B0", "FFE3E3E3"
POINTS = 15.0
"""Height of a line of text."""

Sheet = Any
"""A sheet of openpyxl, which has no types."""


class Pen:
    """Writes cells in the styles of the form."""

    def __init__(self, lang: Lang) -> None:
        openpyxl(lang)
        self.lang: Lang = lang
        self.other: Lang = "en" if lang == "id" else "id"
        self.styles: Any = importlib.import_module("openpyxl.styles")
        self.rich: Any = importlib.import_module("openpyxl.cell.rich_text")
        self.inline: Any = importlib.import_module("openpyxl.cell.text").InlineFont
        self.page_break: Any = importlib.import_module("openpyxl.worksheet.pagebreak").Break
        self.validation: Any = importlib.import_module("openpyxl.worksheet.datavalidation").DataValidation
        line = self.styles.Side(style="thin", color=LINE)
        self.border = self.styles.Border(left=line, right=line, top=line, bottom=line)

    def say(self, key: str, **slots: object) -> str:
        """Fill a sentence of the form."""
        return FORM_WORDS[self.lang][key].format(**slots)

    def put(self, sheet: Sheet, cell: str, value: object, *, size: float = 11, **font: object) -> Sheet:
        """Write text without a frame."""
        at = sheet[cell]
        at.value = value
        at.font = self.styles.Font(name="Calibri", size=size, **font)
        return at

    def frame(self, cell: Any, colour: str, *, vertical: str = "center") -> None:  # noqa: ANN401
        """Give a cell a frame and a background; long text goes on in the next line."""
        cell.border = self.border
        cell.fill = self.styles.PatternFill("solid", start_color=colour, end_color=colour)
        cell.alignment = self.styles.Alignment(wrap_text=True, vertical=vertical)

    def both(self, key: str) -> Any:  # noqa: ANN401
        """Label in the form's language, and below it smaller in the other."""
        first, second = FORM_WORDS[self.lang][key], FORM_WORDS[self.other][key]
        block, text = self.rich.TextBlock, self.rich.CellRichText
        main = block(self.inline(rFont="Calibri", sz=11, b=True), first)
        if first == second:
            return text(main)
        return text(main, block(self.inline(rFont="Calibri", sz=9, color=GREY), f"\n{second}"))

    def head(self, sheet: Sheet, row: int, keys: list[str]) -> None:
        """Write a row of column names."""
        for column, key in enumerate(keys, start=1):
            cell = sheet.cell(row, column)
            cell.value = self.both(key)
            self.frame(cell, HEAD)
        sheet.row_dimensions[row].height = (4 if len(keys) > 4 else 2.4) * POINTS

    def title(self, sheet: Sheet, key: str) -> None:
        """Write the title of a sheet, and how it is filled."""
        self.put(sheet, "A1", self.say(f"title.{key}"), size=15, bold=True)
        sheet.row_dimensions[1].height = 1.6 * POINTS
        if f"hint.{key}" in FORM_WORDS[self.lang]:
            self.put(sheet, "A2", self.say(f"hint.{key}"))
            self.put(sheet, "A3", FORM_WORDS[self.other][f"hint.{key}"], size=9, italic=True, color=GREY)

    def rule(self, sheet: Sheet, cells: str, *, strict: bool = True, **rule: object) -> None:
        """Offer a list or limits for cells; strict ones refuse anything else."""
        validation = self.validation(allow_blank=True, showErrorMessage=strict, showInputMessage=True, **rule)
        key = "prompt.list" if rule.get("type") == "list" else "prompt.level"
        validation.prompt = validation.error = self.say(key)
        sheet.add_data_validation(validation)
        validation.add(cells)


def set_page(sheet: Sheet, pen: Pen, name: str, header_row: int = 0) -> None:
    """A4 across, as wide as the page, column names on every page and, on the screen, always in sight."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = importlib.import_module("openpyxl.worksheet.properties").PageSetupProperties(
        fitToPage=True
    )
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    sheet.oddFooter.left.text = name
    sheet.oddFooter.right.text = pen.say("footer", page="&P", pages="&N")
    sheet.sheet_view.showGridLines = False
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
        sheet.freeze_panes = f"A{header_row + 1}" if sheet.title == pen.say("sheet.group") else f"B{header_row + 1}"

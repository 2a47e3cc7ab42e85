"""The form as a workbook: empty with examples, or filled; the same form gives the same bytes."""

from __future__ import annotations

import io
from typing import Any

from getok.analysis.office_archive import packed
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.values import READERS, written
from getok.simulation.shell import as_typed
from getok.simulation.texts.catalogue import Lang
from getok.workbook.columns import (
    ABOUT,
    CHOICES,
    FACILITATOR,
    NUMBERS,
    SHEETS,
    TABLES,
    THEMES,
    Column,
    Table,
    word,
)
from getok.workbook.form import ActorRow, Form, MemberRow, TieRow
from getok.workbook.looks import GREY, LIGHT, POINTS, YELLOW, Pen, Sheet, set_page
from getok.workbook.opened import openpyxl
from getok.workbook.plan import usual_facilitator

HEADER_ROW = 4
N_OTHERS = 8
"""Rows for notes under words of their own."""

N_GUIDE = 11

LISTS = {**CHOICES, "yes_no": ("yes", "no"), "about": ABOUT}


def form_bytes(form: Form | None, parent: Scenario, lang: Lang, file: str) -> bytes:
    """Write a form.

    Parameters
    ----------
    form : Form or None
        What to fill in; without it the form is empty but for examples of the case.
    parent : Scenario
        Its values are told beside the questions that nobody has to answer.
    lang : {"id", "en"}
        Language of the form; the other stands below, smaller.
    file : str
        Name of the workbook, for the instructions.
    """
    pen = Pen(lang)
    book = openpyxl(lang).Workbook()
    book.remove(book.active)
    sheets = {key: book.create_sheet(pen.say(f"sheet.{key}")) for key in SHEETS}
    write_guide(pen, sheets["guide"], file)
    lists = write_choices(pen, sheets["choices"])
    write_group(pen, sheets["group"], form or Form(), parent)
    rows = {"members": form.members, "actors": form.actors, "ties": form.ties} if form is not None else {}
    for table in TABLES:
        write_table(pen, sheets[table.key], table, rows.get(table.key), lists)
    offer_names(pen, sheets)
    book.active = 0
    buffer = io.BytesIO()
    book.save(buffer)
    return packed(buffer.getvalue())


def write_guide(pen: Pen, sheet: Sheet, file: str) -> None:
    """Write how to fill the form."""
    pen.title(sheet, "guide")
    sheet.column_dimensions["A"].width = 100
    for number in range(1, N_GUIDE + 1):
        cell = pen.put(sheet, f"A{number + 2}", pen.say(f"guide.{number}", file=as_typed(file)), size=12)
        cell.alignment = pen.styles.Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number + 2].height = 2.6 * POINTS
    set_page(sheet, pen, pen.say("title.guide"))


def write_choices(pen: Pen, sheet: Sheet) -> dict[str, str]:
    """Write the words to choose from; return where each list stands."""
    pen.title(sheet, "choices")
    pen.head(sheet, HEADER_ROW, ["column.choices.word", "column.choices.meaning"])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    row, places = HEADER_ROW + 1, {}
    for choice, codes in LISTS.items():
        places[choice] = f"'{sheet.title}'!$A${row}:$A${row + len(codes) - 1}"
        for code in codes:
            key = f"choice.{code}" if choice == "yes_no" else f"choice.{choice}.{code}"
            pen.put(sheet, f"A{row}", pen.say(key))
            meaning = pen.say(f"meaning.{choice}.{code}") if choice in CHOICES else ""
            pen.put(sheet, f"B{row}", meaning, color=GREY)
            pen.frame(sheet[f"A{row}"], LIGHT)
            row += 1
        row += 1
    set_page(sheet, pen, pen.say("title.choices"), HEADER_ROW)
    sheet.page_setup.fitToHeight = 1
    return places


def write_group(pen: Pen, sheet: Sheet, form: Form, parent: Scenario) -> None:
    """Write the questions about the group, and room for other notes."""
    pen.title(sheet, "group")
    pen.head(sheet, HEADER_ROW, [f"column.group.{key}" for key in ("item", "value", "help")])
    for letter, width in zip("ABC", (50, 44, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    row = HEADER_ROW + 1
    for theme, keys in THEMES.items():
        pen.put(sheet, f"A{row}", pen.say(f"theme.{theme}"), size=12, bold=True)
        for place, key in enumerate(keys, start=row + 1):
            write_question(pen, sheet, place, key, form.answer(key), parent)
        row += len(keys) + 2
        if theme == "naming":
            sheet.row_breaks.append(pen.page_break(id=row - 1))
    write_others(pen, sheet, row, form)
    set_page(sheet, pen, pen.say("title.group"), HEADER_ROW)


def write_question(pen: Pen, sheet: Sheet, row: int, key: str, answer: str, parent: Scenario) -> None:
    """Write one question with its answer and what it is for."""
    sheet.cell(row, 1).value = pen.both(f"group.{key}")
    pen.frame(sheet.cell(row, 1), LIGHT)
    write_answer(pen, sheet, row, key, answer)
    pen.put(sheet, f"C{row}", help_of(pen, key, parent), size=10, color=GREY)
    sheet.cell(row, 3).alignment = pen.styles.Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[row].height = 2.2 * POINTS


def write_others(pen: Pen, sheet: Sheet, row: int, form: Form) -> None:
    """Write room for notes under words of their own."""
    pen.put(sheet, f"A{row}", pen.say("other"), size=12, bold=True)
    pen.put(sheet, f"C{row}", pen.say("help.other"), size=10, color=GREY)
    for number in range(max(N_OTHERS, len(form.others))):
        other = form.others[number] if number < len(form.others) else None
        for column, value in ((1, other and other.key), (2, other and other.value)):
            cell = pen.put(sheet, f"{'AB'[column - 1]}{row + 1 + number}", None)
            write_value(cell, value)
            cell.number_format = "@"
            pen.frame(cell, YELLOW)
            sheet.row_dimensions[row + 1 + number].height = 1.5 * POINTS


def write_answer(pen: Pen, sheet: Sheet, row: int, key: str, answer: str) -> None:
    """Write one answer: numbers as numbers, so that a spreadsheet can calculate with them."""
    cell = pen.put(sheet, f"B{row}", None)
    pen.frame(cell, YELLOW)
    cell.number_format = (
        "@" if key not in (*NUMBERS, *FACILITATOR) else "0.0#%" if key == "commission_share" else "#,##0.###"
    )
    if answer and key in NUMBERS:
        number = float(answer) if answer.isdecimal() else READERS[BY_NAME[key].unit](answer)
        cell.value = int(number) if float(number).is_integer() else number
    elif answer and key in FACILITATOR:
        cell.value = float(answer) if "." in answer else int(answer)
    else:
        write_value(cell, answer or None)
    cell.alignment = pen.styles.Alignment(wrap_text=True, vertical="center", horizontal="left")


def help_of(pen: Pen, key: str, parent: Scenario) -> str:
    """What an answer is for, and what holds without one."""
    if key in NUMBERS:
        usual = written(BY_NAME[key], parent.parameters[key])
        return pen.say("help.number", value=usual.removesuffix(" packs").removesuffix(" /week"))
    if key in FACILITATOR:
        return pen.say("help.visits", value=usual_facilitator()[key])
    return pen.say(f"help.{key}", **({"parent": parent.name} if key == "parent" else {}))


def write_table(pen: Pen, sheet: Sheet, table: Table, rows: Any, lists: dict[str, str]) -> None:  # noqa: ANN401
    """Write a sheet with one row for each thing: examples, or what is filled in, and empty rows."""
    pen.title(sheet, table.key)
    pen.head(sheet, HEADER_ROW, [f"column.{table.key}.{column.key}" for column in table.columns])
    told = examples(pen, table) if rows is None else [cells_of(pen, table, row) for row in rows]
    n_rows = max(table.n_rows, len(told) + 10)
    for number in range(n_rows):
        is_example = rows is None and number < len(told)
        for column, spec in enumerate(table.columns, start=1):
            cell = sheet.cell(HEADER_ROW + 1 + number, column)
            write_value(cell, told[number][column - 1] if number < len(told) else None)
            pen.frame(cell, LIGHT if is_example else YELLOW)
            cell.font = pen.styles.Font(name="Calibri", size=11, italic=is_example, color=GREY if is_example else None)
            cell.number_format = "@" if spec.holds == "text" else "General"
            if spec.holds in {"level", "yes_no"}:
                cell.alignment = pen.styles.Alignment(horizontal="center", vertical="center")
        sheet.row_dimensions[HEADER_ROW + 1 + number].height = height_of(table, told, number)
    for column, spec in enumerate(table.columns, start=1):
        letter = sheet.cell(1, column).column_letter
        sheet.column_dimensions[letter].width = spec.width
        offer(pen, sheet, spec, f"{letter}{HEADER_ROW + 1}:{letter}{HEADER_ROW + n_rows + 200}", lists)
    set_page(sheet, pen, pen.say(f"title.{table.key}"), HEADER_ROW)


def write_value(cell: Any, value: object) -> None:  # noqa: ANN401
    """Write a value as it is: text that looks like a formula stays text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def height_of(table: Table, told: list[list[object]], number: int) -> float:
    """Height of a row: room for a line written by hand, or for all lines of what is filled in."""
    lines = 1
    if number < len(told):
        for spec, value in zip(table.columns, told[number], strict=True):
            parts = str(value if value is not None else "").split("\n")
            lines = max(lines, sum(1 + len(part) // max(1, spec.width - 2) for part in parts))
    return max(1.5, 1.05 * lines) * POINTS


def offer(pen: Pen, sheet: Sheet, spec: Column, cells: str, lists: dict[str, str]) -> None:
    """Offer what a column may hold."""
    if spec.holds == "level":
        pen.rule(sheet, cells, type="whole", operator="between", formula1="0", formula2="10")
    elif spec.choices or spec.holds == "yes_no":
        pen.rule(sheet, cells, type="list", formula1=lists[spec.choices or "yes_no"])
    elif spec.key == "about":
        pen.rule(sheet, cells, strict=False, type="list", formula1=lists["about"])


def offer_names(pen: Pen, sheets: dict[str, Sheet]) -> None:
    """Offer the names of actors at both ends of a tie; members can be typed."""
    actors, ties = sheets["actors"], sheets["ties"]
    names = f"'{actors.title}'!$A${HEADER_ROW + 1}:$A${actors.max_row}"
    for letter in "AB":
        pen.rule(
            ties, f"{letter}{HEADER_ROW + 1}:{letter}{ties.max_row + 200}", strict=False, type="list", formula1=names
        )


def cells_of(pen: Pen, table: Table, row: MemberRow | ActorRow | TieRow) -> list[object]:
    """Values of a row in the words of the form."""
    return [cell_of(pen, column, getattr(row, column.key)) for column in table.columns]


def cell_of(pen: Pen, column: Column, value: Any) -> object:  # noqa: ANN401 - whatever the column holds
    """Value of a cell in the words of the form."""
    if column.holds == "yes_no":
        return pen.say("choice.yes") if value else None
    if value in {None, ""}:
        return pen.say("our_group") if column.key == "source" else None
    return word(pen.lang, column.choices, value) if column.choices else value


def examples(pen: Pen, table: Table) -> list[list[object]]:
    """Rows of the case that only show how."""
    say, mark = pen.say, f"{pen.say('example')}: "
    susi, baznas = f"{mark}Warung Susi", f"{mark}Baznas Kota Bandung"
    if table.key == "members":
        rows: list[MemberRow | ActorRow | TieRow] = [
            MemberRow(f"{mark}{say('example.member')}", "officer", "RT 03", say("example.member.note"))
        ]
    elif table.key == "actors":
        rows = [
            ActorRow(susi, "warung", "rw", chosen=True, note=say("example.susi.note")),
            ActorRow(baznas, "grant", "outside", chosen=True, note=say("example.baznas.note")),
        ]
    else:
        about = {code: say(f"choice.about.{code}") for code in ABOUT}
        rows = [
            TieRow(susi, "", about["sales"], 3, "informal", 8, say("example.tie.susi")),
            TieRow(baznas, "", about["capital"], 2, "none", 6, say("example.tie.baznas")),
        ]
    return [cells_of(pen, table, row) for row in rows]

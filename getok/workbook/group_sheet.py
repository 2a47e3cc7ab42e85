"""The sheet about the group: one question a row, answers checked as the parameters and texts that they become."""

from __future__ import annotations

import datetime
import re

from getok.workbook.cells import Cells, as_number
from getok.workbook.columns import FACILITATOR, LANGS, NUMBERS, QUESTIONS, THEMES, plain
from getok.workbook.form import Answer
from getok.workbook.tables import EXAMPLES
from getok.workbook.words import WORDS
from simulation.scenario.parameters import BY_NAME, Parameter
from simulation.scenario.values import impossible, written

THOUSANDS = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")
NAMED = {"ribu": 1e3, "rb": 1e3, "thousand": 1e3, "juta": 1e6, "jt": 1e6, "million": 1e6}
NUMBER = re.compile(r"(?:rp\.?\s*)?(?P<number>[\d.,\s]+?)\s*(?P<named>[a-z]*)\s*(?P<end>%|,-)?", re.IGNORECASE)
EXAMPLE = {"rupiah": "5000", "share": "15 %", "count": "420"}
LARGEST_WEEK = 1040
PASSED = ("column.group.item", "title.group", "hint.group", "other", *(f"theme.{key}" for key in THEMES))
"""Texts in the first column that are no questions."""


def read_group(cells: Cells) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Answers to known questions, and other notes."""
    known = {plain(WORDS[lang][f"group.{key}"]): key for lang in LANGS for key in QUESTIONS}
    passed = {plain(WORDS[lang][key]) for lang in LANGS for key in PASSED}
    answers: dict[str, Answer] = {}
    others: list[Answer] = []
    for row in range(1, cells.values.max_row + 1):
        item = cells.formulas.cell(row, 1).value
        names = [plain(part) for part in (item, *item.split("\n"))] if isinstance(item, str) else []
        is_asked = bool(names) and not item.casefold().startswith(EXAMPLES) and not passed.intersection(names)
        key = next((known[name] for name in names if name in known), "")
        if not is_asked or (not key and cells.formulas.cell(row, 2).value is None):
            continue
        answer = Answer(key, answered(cells, row, key), row) if key else other(cells, row)
        if key and key in answers and answer.value:
            cells.fault(row, 2, "fault.fact_twice", value=question(cells, key), row=answers[key].row)
        elif key and answer.value:
            answers[key] = answer
        elif answer.value:
            others.append(answer)
    check_weeks(cells, answers)
    ordered = tuple(answers[key] for key in QUESTIONS if key in answers)
    return ordered, tuple(others)


def question(cells: Cells, key: str) -> str:
    """Question as the reader knows it."""
    return WORDS[cells.book.lang][f"group.{key}"]


def other(cells: Cells, row: int) -> Answer:
    """Note under a word of its own."""
    return Answer(" ".join(cells.text(row, 1).split()), cells.text(row, 2, dates=True), row)


def answered(cells: Cells, row: int, key: str) -> str:
    """Answer in the form in which it is kept; empty if there is none or it is wrong."""
    if key in NUMBERS:
        return parameter_answer(cells, row, BY_NAME[key])
    if key in FACILITATOR:
        return facilitator_answer(cells, row, key)
    text = cells.text(row, 2, dates=key in {"date", "present"})
    return text if key in {"present", "papers", "product"} else " ".join(text.split())


def parameter_answer(cells: Cells, row: int, parameter: Parameter) -> str:
    """Answer that is a parameter, as a scenario file writes it."""
    number = number_in(cells, row, parameter.name, EXAMPLE.get(parameter.unit, "12"), parameter.unit)
    if number is None:
        return ""
    if parameter.is_whole and not number.is_integer():
        cells.fault(row, 2, "fault.number", item=question(cells, parameter.name), value=f"{number:g}", example="420")
        return ""
    if why := impossible(parameter, number):
        cells.fault(row, 2, "fault.impossible", item=question(cells, parameter.name), why=why)
        return ""
    return written(parameter, number)


def facilitator_answer(cells: Cells, row: int, key: str) -> str:
    """Visits a week, or a week, as a plain number."""
    number = number_in(cells, row, key, "3", "visits")
    if number is None:
        return ""
    is_week = key != "visits"
    if (is_week and not (number.is_integer() and 1 <= number <= LARGEST_WEEK)) or not 0 <= number <= 10_000:
        cells.fault(row, 2, "fault.number", item=question(cells, key), value=f"{number:g}", example="30")
        return ""
    return f"{number:g}"


def check_weeks(cells: Cells, answers: dict[str, Answer]) -> None:
    """Complain if the facilitator leaves before coming."""
    first, last = answers.get("first"), answers.get("last")
    if first is not None and last is not None and int(last.value) < int(first.value):
        cells.fault(last.row, 2, "fault.weeks")


def number_in(cells: Cells, row: int, key: str, example: str, unit: str) -> float | None:
    """Number in an answer: typed, or as text with a unit, thousands apart or a decimal comma; a share in [0, 1]."""
    value = cells.raw(row, 2)
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        cells.text(row, 2)  # tells the date
        return None
    number = None if isinstance(value, bool) else text_number(value, unit) if isinstance(value, str) else float(value)
    if number is not None and unit == "share":
        number = share_of(number, says_percent=cells.is_percent(row, 2) and not isinstance(value, str))
    if number is None or number < 0:
        cells.fault(row, 2, "fault.number", item=question(cells, key), value=value, example=example)
        return None
    return number


def share_of(number: float, *, says_percent: bool) -> float | None:
    """Share from a number of percent; None for one below 1 not shown as a percentage: 0.15 may mean 15 or 0.15."""
    if says_percent and number <= 1:
        return number
    return None if 0 < number < 1 else number / 100


def text_number(text: str, unit: str) -> float | None:
    """Number in a text; None if there is none.

    Three digits after a point or comma are thousands, except where parts of one are usual.

    Examples
    --------
    >>> text_number("Rp 5.000,00", "rupiah"), text_number("2,5 juta", "rupiah"), text_number("7,5", "per week")
    (5000.0, 2500000.0, 7.5)
    """
    match = NUMBER.fullmatch(text.strip())
    if match is None or (match["named"] and match["named"].lower() not in {*NAMED, "bungkus", "packs", "rumah"}):
        return None
    digits = match["number"].strip()
    if unit == "rupiah":
        digits = re.sub(r"[.,]\d{2}$|[.,]$", "", digits) if not match["named"] else digits
    whole = THOUSANDS.fullmatch(digits) is not None and unit in {"rupiah", "count"}
    number = float(re.sub(r"[.,\s]", "", digits)) if whole else as_number(digits.replace(" ", ""))
    return None if number is None else number * NAMED.get(match["named"].lower(), 1.0)

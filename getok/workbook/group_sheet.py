"""The sheet about the group: one question a row, answers checked as the parameters and texts that they become."""

from __future__ import annotations

import datetime

from getok.simulation.scenario.parameters import BY_NAME, Parameter
from getok.simulation.scenario.values import written
from getok.simulation.texts.catalogue import FORM_WORDS
from getok.workbook.cells import Cells
from getok.workbook.columns import FACILITATOR, LANGS, NUMBERS, QUESTIONS, THEMES, plain
from getok.workbook.form import Answer
from getok.workbook.numbers import text_number
from getok.workbook.tables import EXAMPLES, names_in, within

EXAMPLE = {"rupiah": "5000", "share": "15 %", "count": "420"}
SENSIBLE: dict[str, tuple[float, float]] = {
    "n_households_rw": (20, 5_000),
    "n_rt": (1, 50),
    "n_households_outside": (0, 20_000),
    "n_warungs": (1, 500),
    "price_rupiah": (100, 1_000_000),
    "capacity_member_packs": (0.5, 1_000),
    "door_visit_rate": (0, 500),
    "initial_cash_rupiah": (0, 1_000_000_000),
    "commission_share": (0, 0.6),
}
"""Bounds of what a group can mean; beyond them a unit, a mark or a cell was mistaken."""

THOUSAND = 1_000
LARGEST_WEEK = 1040
KNOWN = {plain(FORM_WORDS[lang][f"group.{key}"]): key for lang in LANGS for key in QUESTIONS}
"""Question by its bare text."""

PASSED = frozenset(
    plain(FORM_WORDS[lang][key])
    for lang in LANGS
    for key in ("column.group.item", "title.group", "hint.group", "other", *(f"theme.{key}" for key in THEMES))
)
"""Texts in the first column that are no questions."""

NOTES_BELOW = frozenset(plain(FORM_WORDS[lang]["other"]) for lang in LANGS)
"""Title below which notes of the group's own stand."""


def read_group(cells: Cells) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Answers to known questions, and other notes."""
    answers: dict[str, Answer] = {}
    others: list[Answer] = []
    asked: set[str] = set()
    above: list[int] = []
    is_above = True
    for row in within(cells, cells.rows):
        names = names_in(cells, row, 1)
        is_above = is_above and not NOTES_BELOW.intersection(names)
        key = next((KNOWN[name] for name in names if name in KNOWN), "")
        if passed(cells, row, names):
            continue
        if key:
            asked.add(key)
            take(cells, row, key, answers)
        elif cells.typed(row, 2) is not None:
            others.append(other(cells, row))
            above += [row] if is_above else []
    refuse_renamed(cells, above, asked)
    check_weeks(cells, answers)
    ordered = tuple(answers[key] for key in QUESTIONS if key in answers)
    return ordered, tuple(one for one in others if one.value)


def passed(cells: Cells, row: int, names: list[str]) -> bool:
    """Whether a row is no question: a title, an example, nothing; an answer without a question is a fault."""
    if not any(names):
        if cells.typed(row, 2) is not None and cells.text(row, 2, dates=True):
            cells.fault(row, 2, "fault.no_question")
        return True
    return str(cells.typed(row, 1)).casefold().startswith(EXAMPLES) or bool(PASSED.intersection(names))


def take(cells: Cells, row: int, key: str, answers: dict[str, Answer]) -> None:
    """Take an answer, unless the question is answered already."""
    answer = Answer(key, answered(cells, row, key), row)
    if key in answers and answer.value:
        cells.fault(row, 2, "fault.fact_twice", value=question(cells, key), row=answers[key].row)
    elif answer.value:
        answers[key] = answer


def refuse_renamed(cells: Cells, rows: list[int], asked: set[str]) -> None:
    """Complain about rows among the questions that ask something else, while questions of the form are missing."""
    missing = [question(cells, key) for key in QUESTIONS if key not in asked]
    for row in rows if missing else ():
        value = " ".join(cells.text(row, 1).split())
        slots = {"value": value, "missing": ", ".join(f"'{one}'" for one in missing)}
        cells.fault(row, 1, "fault.renamed_question", **slots, notes=FORM_WORDS[cells.book.lang]["other"])


def question(cells: Cells, key: str) -> str:
    """Question as the reader knows it."""
    return FORM_WORDS[cells.book.lang][f"group.{key}"]


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
    return written(parameter, number) if is_sensible(cells, row, parameter, number) else ""


def is_sensible(cells: Cells, row: int, parameter: Parameter, number: float) -> bool:
    """Whether a group can mean a number; a fault is told if not."""
    item, shown = question(cells, parameter.name), written(parameter, number)
    low, high = SENSIBLE[parameter.name]
    if not low <= number <= high:
        bounds = {"low": written(parameter, low), "high": written(parameter, high)}
        cells.fault(row, 2, "fault.bounds", item=item, value=shown, **bounds)
        return False
    if parameter.unit == "rupiah" and 0 < number < THOUSAND and not cells.says_rupiah(row, 2):
        cells.fault(row, 2, "fault.thousands", item=item, value=shown, more=written(parameter, THOUSAND * number))
        return False
    return True


def facilitator_answer(cells: Cells, row: int, key: str) -> str:
    """Visits a week, or a week, as a plain number."""
    number = number_in(cells, row, key, "3", "visits" if key == "visits" else "week")
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
    number: float | str = text_number(value, unit) if isinstance(value, str) else value
    if isinstance(value, bool):
        number = "fault.number"
    if unit == "share" and not isinstance(number, str):
        number = share_of(number, says_percent=cells.is_percent(row, 2) and not isinstance(value, str))
    if not isinstance(number, str) and number < 0:
        number = "fault.number"
    if isinstance(number, str):
        cells.fault(row, 2, number, item=question(cells, key), value=value, example=example)
        return None
    return float(number)


def share_of(number: float, *, says_percent: bool) -> float | str:
    """Share from a number of percent; a fault for one below 1 not shown as a percentage: 0.15 may mean 15 or 0.15."""
    if says_percent and number <= 1:
        return number
    return "fault.number" if 0 < number < 1 else number / 100

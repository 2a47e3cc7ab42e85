"""Weeks and dates as people write them; the order of day and month is that of the whole file, or is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from getok.analysis.fitting.record_words import MONTHS

DAYS = 7
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", re.ASCII)
NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
SHORT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}", re.ASCII)
WORDS = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4}|\d{2})", re.ASCII)
WEEK = re.compile(r"(?:(?:minggu|week)\s*)?(-?\d{1,9})", re.ASCII)


class Order(StrEnum):
    """In which order the numbers of a date stand."""

    UNKNOWN = "unknown"
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    BOTH = "both"


def order_of(cells: Iterable[str], *, is_day_first: bool) -> Order:
    """Order of day and month in a file.

    Parameters
    ----------
    cells : iterable of str
        All dates of the file.
    is_day_first : bool
        Whether the file says by itself that days come first: by Indonesian words, or by semicolons.

    Examples
    --------
    >>> order_of(["05/01/2026", "19/01/2026"], is_day_first=False).value
    'day first'
    """
    found = [match for match in map(NUMBERS.fullmatch, cells) if match]
    days = is_day_first or any(int(match[1]) > 12 for match in found)
    months = any(int(match[3]) > 12 for match in found)
    if days and months:
        return Order.BOTH
    return Order.DAY_FIRST if days else Order.MONTH_FIRST if months else Order.UNKNOWN


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks of a scenario, the first day of week 1 if dates are to be read, and how they are written."""

    n_weeks: int
    week_one: date | None = None
    order: Order = Order.UNKNOWN

    def week(self, cell: str, kind: str) -> int | str:
        """Week that a cell names, or what is wrong with it."""
        found = self._of_date(cell) if kind == "date" else _whole(cell)
        if isinstance(found, str):
            return found
        if found < 1:
            return f"'{cell}' lies before week 1; the records begin with the programme's first week"
        if found > self.n_weeks:
            return f"'{cell}' is week {found}; the scenario has {self.n_weeks} weeks"
        return found

    def _of_date(self, cell: str) -> int | str:
        if self.week_one is None:
            return "a date needs the first day of week 1: --week-one 2019-01-07"
        day = self.day(cell)
        return day if isinstance(day, str) else (day - self.week_one).days // DAYS + 1

    def day(self, cell: str) -> date | str:
        """Day that a cell names, or what is wrong with it."""
        parts = self._parts(" ".join(cell.casefold().split()))
        if isinstance(parts, str):
            return parts
        try:
            return date(*parts)
        except ValueError:
            return f"'{cell}' is no date; write year-month-day, such as 2019-03-25"

    def _parts(self, cell: str) -> tuple[int, int, int] | str:
        if match := ISO.fullmatch(cell):
            return int(match[1]), int(match[2]), int(match[3])
        if (match := WORDS.fullmatch(cell)) and match[2] in MONTHS:
            year = int(match[3])
            return year if year > 99 else 2000 + year, MONTHS[match[2]], int(match[1])
        if match := NUMBERS.fullmatch(cell):
            return self._ordered(cell, int(match[1]), int(match[3]), int(match[4]))
        if SHORT_YEAR.fullmatch(cell):
            return f"'{cell}' has a year of two digits; write year-month-day, such as 2019-03-25"
        return f"'{cell}' is no date; write year-month-day, such as 2019-03-25"

    def _ordered(self, cell: str, first: int, second: int, year: int) -> tuple[int, int, int] | str:
        if self.order is Order.BOTH:
            return f"'{cell}': days come first in some lines and months in others; write year-month-day, as 2019-03-25"
        if self.order is Order.UNKNOWN and first != second:
            ways = f"{year}-{second:02d}-{first:02d} or {year}-{first:02d}-{second:02d}"
            return f"'{cell}' may be {ways}, and no line of the file tells; write it so"
        day, month = (second, first) if self.order is Order.MONTH_FIRST else (first, second)
        return year, month, day


def _whole(cell: str) -> int | str:
    match = WEEK.fullmatch(cell.casefold())
    return int(match[1]) if match else f"'{cell}' is no week; write a whole number, such as 12"

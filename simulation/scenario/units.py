"""Quantities with their units: time, money and percentages never stand bare in a scenario file."""

from __future__ import annotations

import math
import re

from getok.simulation.texts.message import Message

WEEKS_A_YEAR = 52
NUMBER = r"(?P<number>-?\d+(?: \d{3})*(?:[.,]\d+)?)"
TIME = re.compile(rf"{NUMBER}\s*(?P<unit>weeks?|months?|years?|minggu|bulan|tahun)")
MONEY = re.compile(rf"Rp\s*{NUMBER}\s*(?P<unit>million|juta|thousand|ribu)?")
PERCENT = re.compile(rf"{NUMBER}\s*%")
VISITS = re.compile(rf"{NUMBER}\s*visits?")
PACKS = re.compile(rf"{NUMBER}\s*packs?")
RATE = re.compile(rf"{NUMBER}\s*(?P<unit>%|visits?|cases?|packs?)?\s*/\s*(?P<per>week|year)")
WEEKS = {
    "week": 1.0,
    "month": WEEKS_A_YEAR / 12,
    "year": float(WEEKS_A_YEAR),
    "minggu": 1.0,
    "bulan": WEEKS_A_YEAR / 12,
    "tahun": float(WEEKS_A_YEAR),
}
LARGEST = 1e15
"""Largest plain number that is read."""

LONGEST_WEEKS = 10_400
"""Longest time in weeks: two hundred years."""

LARGEST_RUPIAH = 10_000_000_000_000
"""Largest amount: ten trillion, of which a run can add up a hundred thousand."""

MOST_VISITS = 10_000
RUPIAH = {None: 1, "thousand": 1_000, "ribu": 1_000, "million": 1_000_000, "juta": 1_000_000}


def number_in(match: re.Match[str]) -> float:
    """Number of a quantity: groups of three digits may stand apart, the decimal mark is a point or a comma."""
    value = float(match["number"].replace(" ", "").replace(",", "."))
    if value < 0:
        raise ValueError(Message("'{string}' is less than nothing", string=match.string))
    if not math.isfinite(value):
        raise ValueError(Message("this number is too large"))
    return value


def at_most(most: float, value: float, what: str) -> float:
    """Give back a value that is not too large to be meant.

    Raises
    ------
    ValueError
        If it is.
    """
    if value > most:
        raise ValueError(
            Message("{value:g} {what} are too many; at most {most:.0f}", value=value, what=what, most=most)
        )
    return value


def thousands(amount: int) -> str:
    """Write an amount with its thousands apart.

    Examples
    --------
    >>> thousands(2500000)
    '2 500 000'
    """
    return f"{amount:,}".replace(",", " ")


def bare(value: object) -> bool:
    """Whether a value is a number without a unit."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def weeks(value: object) -> int:
    """Weeks in a duration such as ``26 weeks``, ``24 months``, ``2 years``.

    Examples
    --------
    >>> weeks("24 months")
    104
    """
    if bare(value):
        raise ValueError(Message("a bare number; write {value} weeks, or months or years", value=value))
    match = TIME.fullmatch(str(value).strip())
    if match is None:
        raise ValueError(Message("{value!r} is no duration; write it like '26 weeks' or '24 months'", value=value))
    return math.floor(at_most(LONGEST_WEEKS, number_in(match) * WEEKS[match["unit"].rstrip("s")], "weeks") + 0.5)


def week_number(value: object) -> int:
    """Week of the calendar of a run, such as ``week 12``.

    Examples
    --------
    >>> week_number("week 12")
    12
    """
    match = re.fullmatch(r"(?:week|minggu)\s*(\d{1,9})", str(value).strip())
    if match is None:
        raise ValueError(Message("{value!r} is no week; write it like 'week 12'", value=value))
    return int(at_most(LONGEST_WEEKS, int(match[1]), "weeks"))


def rupiah(value: object) -> int:
    """Rupiah in an amount such as ``Rp 500 000`` or ``Rp 2,5 juta``.

    Examples
    --------
    >>> rupiah("Rp 2.5 million")
    2500000
    """
    if bare(value):
        example = thousands(int(str(value))) if isinstance(value, int) else "500 000"
        raise ValueError(Message("a bare number; write an amount like 'Rp {example}'", example=example))
    match = MONEY.fullmatch(str(value).strip())
    if match is None:
        raise ValueError(
            Message("{value!r} is no amount of money; write it like 'Rp 500 000' or 'Rp 2.5 million'", value=value)
        )
    if (match["unit"] is None and not float(number_in(match)).is_integer()) or re.search(
        r"[.,]\d{3}$", match["number"]
    ):
        raise ValueError(
            Message("{value!r} has a point or comma; write thousands apart, like 'Rp 500 000'", value=value)
        )
    return math.floor(at_most(LARGEST_RUPIAH, number_in(match) * RUPIAH[match["unit"]], "rupiah") + 0.5)


def share(value: object) -> float:
    """Share in a percentage such as ``40 %``.

    Examples
    --------
    >>> share("40 %")
    0.4
    """
    if bare(value):
        percent = round(100 * float(str(value)), 6)
        raise ValueError(Message("a bare number; write {percent:g} %", percent=percent))
    match = PERCENT.fullmatch(str(value).strip())
    if match is None:
        raise ValueError(Message("{value!r} is no percentage; write it like '40 %'", value=value))
    return number_in(match) / 100


def number(value: object) -> float:
    """Plain number: a count, a weight, a level."""
    if not bare(value):
        raise ValueError(Message("{value!r} is no number; write it like 0.35", value=value))
    plain = float(str(value))
    if not abs(plain) <= LARGEST:
        raise ValueError(Message("this number is too large"))
    return plain


def probability(value: object) -> float:
    """Probability as a number or a percentage, in [0, 1]."""
    chance = number(value) if bare(value) else share(value)
    if not 0 <= chance <= 1:
        raise ValueError(Message("{value} is no probability; it lies between 0 and 1", value=value))
    return chance


def level(value: object) -> float:
    """Level of trust or importance in [0, 1]; one from 0 to 10, as maps use, is answered by what to write."""
    plain = number(value)
    if not 0 <= plain <= 1:
        raise ValueError(f"{value} lies outside 0 to 1" + (f"; write {plain / 10:g}" if 1 < plain <= 10 else ""))
    return plain


def visits(value: object) -> float:
    """Effort such as ``4 visits``."""
    match = VISITS.fullmatch(str(value).strip())
    if match is None:
        raise ValueError(Message("{value!r} is no effort; write it like '4 visits'", value=value))
    return at_most(MOST_VISITS, number_in(match), "visits")


def packs(value: object) -> float:
    """Packs such as ``8 packs``."""
    match = PACKS.fullmatch(str(value).strip())
    if match is None:
        raise ValueError(Message("{value!r} is no number of packs; write it like '8 packs'", value=value))
    return number_in(match)


def per_week(value: object, of: str = "") -> float:
    """Rate such as ``3 visits/week`` or ``0.2 %/week``; ``of`` says what is counted, if only one thing can be.

    Examples
    --------
    >>> per_week("3 visits/week")
    3.0
    """
    match = RATE.fullmatch(str(value).strip())
    if match is None or match["per"] != "week":
        raise ValueError(
            Message("{value!r} is no weekly rate; write it like '3 visits/week' or '0.2 %/week'", value=value)
        )
    unit = (match["unit"] or "").rstrip("s")
    if of and unit != of:
        raise ValueError(Message("{value!r} counts no {of}s; write it like '3 {of}s/week'", value=value, of=of))
    return number_in(match) / (100 if unit == "%" else 1)


def visits_per_week(value: object) -> float:
    """Visits a week such as ``3 visits/week``."""
    return at_most(MOST_VISITS, per_week(value, "visit"), "visits a week")


def cases_per_week(value: object) -> int:
    """Whole cases a week such as ``4 cases/week``."""
    rate = per_week(value, "case")
    if rate != int(rate):
        raise ValueError(
            Message(
                "{value!r} is no whole number of cases; a year has a 'quota_per_year' for fewer than one a week",
                value=value,
            )
        )
    if rate < 1:
        raise ValueError(Message("{value!r} serves nobody; at least 1 case/week", value=value))
    return int(at_most(1_000_000, rate, "cases a week"))


def yearly_share(value: object) -> float:
    """Share a year such as ``7 %/year``."""
    match = RATE.fullmatch(str(value).strip())
    if match is None or match["per"] != "year" or match["unit"] != "%":
        raise ValueError(Message("{value!r} is no yearly rate; write it like '7 %/year'", value=value))
    return at_most(1000, number_in(match), "% a year") / 100

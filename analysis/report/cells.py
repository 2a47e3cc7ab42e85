"""Numbers as cells: as they are read, and as a spreadsheet can reckon with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.language.numbers import Lang, amount, number
from analysis.report.content import Amount

MONTHS: dict[Lang, str] = {
    "en": "January February March April May June July August September October November December",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
}


def cell(value: float, unit: str, lang: Lang, *, signed: bool = False) -> Amount:
    """Write a value of an outcome."""
    return Amount(amount(value, unit, lang, signed=signed), value)


def level(value: float, lang: Lang, digits: int = 2) -> Amount:
    """Write a number with so many decimals."""
    return Amount(number(value, lang, digits), value)


def mean(values: Sequence[float] | np.ndarray) -> float:
    """Mean of what is a number; not a number if nothing is."""
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    return float(known.mean()) if len(known) else float("nan")


def date(started: str, lang: Lang) -> str:
    """Write the day of an ISO time.

    Examples
    --------
    >>> date("2026-05-04T14:26:05+00:00", "id")
    '4 Mei 2026'
    """
    year, month, day = (int(part) for part in started[:10].split("-"))
    return f"{day} {MONTHS[lang].split()[month - 1]} {year}"

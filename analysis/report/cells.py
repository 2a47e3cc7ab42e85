"""Numbers as cells: as they are read, and as a spreadsheet can reckon with them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from getok.analysis.report.content import Amount, Cell
from getok.simulation.texts.catalogue import Lang
from getok.simulation.texts.numbers import amount, marks, number

MINUS = ("-", "\u2212")
NUMBER = re.compile(r"(?P<sign>[+\u2212-]?)(?:Rp )?(?P<number>\d[\d.,]*)(?P<percent> ?%)?")
"""One number and nothing else, with sign, unit of money, per cent."""


def cell(value: float, unit: str, lang: Lang, *, signed: bool = False) -> Amount:
    """Write a value of an outcome."""
    return Amount(amount(value, unit, lang, signed=signed), value)


def level(value: float, lang: Lang, digits: int = 2) -> Amount:
    """Write a number with so many decimals."""
    return Amount(number(value, lang, digits), value)


def reckoned(text: str, lang: Lang) -> Cell:
    """Read a cell that was written as text: an amount if it is one number, otherwise the text.

    Examples
    --------
    >>> reckoned("+Rp 1.250", "id"), reckoned("12 %", "en"), reckoned("3 of 4", "en")
    (Amount(text='+Rp 1.250', value=1250.0), Amount(text='12 %', value=0.12), '3 of 4')
    """
    found = NUMBER.fullmatch(text.replace("\u00a0", " "))
    if found is None:
        return text
    thousands, mark = marks(lang)
    value = float(found["number"].replace(thousands, "").replace(mark, "."))
    value = -value if found["sign"] in MINUS else value
    return Amount(text, value / 100 if found["percent"] else value)


def rows_reckoned(rows: Sequence[Sequence[str]], lang: Lang) -> tuple[tuple[Cell, ...], ...]:
    """Rows of text with their numbers as amounts; the first cell names its row and stays."""
    return tuple((row[0], *(reckoned(text, lang) for text in row[1:])) for row in rows)


def mean(values: Sequence[float] | np.ndarray) -> float:
    """Mean of what is a number; not a number if nothing is."""
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    return float(known.mean()) if len(known) else float("nan")

"""Numbers the way each language writes them."""

from __future__ import annotations

import math
from typing import Literal

Lang = Literal["en", "id"]
LANGUAGES: tuple[Lang, ...] = ("id", "en")


def number(value: float, lang: Lang, digits: int = 1, *, signed: bool = False) -> str:
    """Write a number.

    Examples
    --------
    >>> number(1234.56, "id")
    '1.234,6'
    >>> number(0.04, "en", signed=True)
    '0.0'
    """
    if not math.isfinite(value):
        return {"en": "none", "id": "tidak ada"}[lang]
    rounded = round(value, digits)
    text = f"{rounded:{'+' if signed and rounded else ''},.{digits}f}".replace("-", "−")
    if rounded == 0:
        text = text.lstrip("−")
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def rupiah(value: float, lang: Lang, *, signed: bool = False) -> str:
    """Write an amount, rounded to what can be read: three figures.

    Examples
    --------
    >>> rupiah(123456, "en")
    'Rp 123,000'
    >>> rupiah(math.inf, "en")
    'none'
    """
    if not math.isfinite(value):
        return number(value, lang)
    step = 10 ** max(0, math.floor(math.log10(abs(value))) - 2) if value else 1
    rounded = round(value / step) * step
    sign = "−" if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}Rp {number(abs(rounded), lang, 0)}"


def percent(value: float, lang: Lang, *, signed: bool = False) -> str:
    """Write a share in percent.

    Examples
    --------
    >>> percent(0.123, "id")
    '12 %'
    """
    return f"{number(100 * value, lang, 0, signed=signed)} %" if math.isfinite(value) else number(value, lang)


def amount(value: float, unit: str, lang: Lang, *, signed: bool = False) -> str:
    """Write a value of an outcome in its unit."""
    if unit == "rupiah":
        return rupiah(value, lang, signed=signed)
    if unit == "share":
        return percent(value, lang, signed=signed)
    return number(value, lang, 1, signed=signed)

"""Numbers, money and dates the way each language writes them, after the Unicode CLDR in Babel.

Rounded for a reader (``number``, ``rupiah``, ``percent``, ``amount``), or as they were given (``plain``,
``given_rupiah``, ``given_percent``). Babel is imported when the first one is written in another language than English.
"""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

from getok.simulation.texts.catalogue import ENGLISH, NUMBER_WORDS, Lang

MINUS = "−"


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
        return NUMBER_WORDS[lang]["none"]
    rounded = round(value, digits)
    text = _written(Decimal(f"{abs(rounded):.{digits}f}"), lang)
    return f"{MINUS if rounded < 0 else '+' if signed and rounded else ''}{text}"


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
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
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


def plain(value: float, lang: Lang) -> str:
    """Write a number with as many digits as it has.

    Examples
    --------
    >>> plain(1234.5, "id"), plain(0.98, "en"), plain(3.0, "en"), plain(2_500_000_000, "en")
    ('1.234,5', '0.98', '3', '2,500,000,000')
    """
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.9g}")
    return _written(exact, lang).replace("-", MINUS)


def given_rupiah(value: float, lang: Lang) -> str:
    """Write an amount of money that somebody gave.

    Examples
    --------
    >>> given_rupiah(2_500_000, "id")
    'Rp 2.500.000'
    """
    return f"Rp {plain(round(value), lang)}"


def given_percent(value: float, lang: Lang) -> str:
    """Write a share in percent, with as many digits as it has.

    Examples
    --------
    >>> given_percent(0.575, "id")
    '57,5 %'
    """
    return f"{plain(100 * value, lang)} %"


def date(started: str, lang: Lang) -> str:
    """Write the day of an ISO time.

    Examples
    --------
    >>> date("2026-05-04T14:26:05+00:00", "id")
    '4 Mei 2026'
    """
    from babel.dates import format_date  # noqa: PLC0415 - see above

    return format_date(datetime.date.fromisoformat(started[:10]), "d MMMM y", locale=lang)


def marks(lang: Lang) -> tuple[str, str]:
    """Mark between thousands, and mark before decimals.

    Examples
    --------
    >>> marks("id")
    ('.', ',')
    """
    from babel import Locale  # noqa: PLC0415 - see above

    symbols = Locale.parse(lang).number_symbols["latn"]
    return symbols["group"], symbols["decimal"]


def _written(value: Decimal, lang: Lang) -> str:
    """Write all digits of a number; English as Python does, without the 20 ms that Babel takes to begin."""
    if lang == ENGLISH:
        return f"{value:,f}"
    from babel.numbers import format_decimal  # noqa: PLC0415 - see above

    digits = max(0, -int(value.as_tuple().exponent))
    return format_decimal(value, "#,##0" + "." * (digits > 0) + "0" * digits, locale=lang)

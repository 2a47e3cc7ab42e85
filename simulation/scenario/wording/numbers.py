"""Numbers of a scenario as each language writes them: the decimal mark and the thousands."""

from __future__ import annotations

from getok.simulation.scenario.parameters import Parameter
from getok.simulation.scenario.phrases import Lang

TURNED = str.maketrans(",.", ".,")


def plain(value: float, lang: Lang) -> str:
    """Write a number with as many digits as it has.

    Examples
    --------
    >>> plain(1234.5, "id"), plain(0.98, "en"), plain(3.0, "en")
    ('1.234,5', '0.98', '3')
    """
    text = f"{value:,.9g}".replace("-", "−")
    return text if lang == "en" else text.translate(TURNED)


def rupiah(amount: float, lang: Lang) -> str:
    """Write an amount of money.

    Examples
    --------
    >>> rupiah(2_500_000, "id")
    'Rp 2.500.000'
    """
    return f"Rp {plain(round(amount), lang)}"


def percent(value: float, lang: Lang) -> str:
    """Write a share in percent, with as many digits as it has.

    Examples
    --------
    >>> percent(0.575, "id")
    '57,5 %'
    """
    return f"{plain(100 * value, lang)} %"


def quantity(parameter: Parameter, value: float, lang: Lang) -> str:
    """Write the value of a parameter in its unit.

    Examples
    --------
    >>> from getok.simulation.scenario.parameters import BY_NAME
    >>> quantity(BY_NAME["cycle_weeks"], 2, "id"), quantity(BY_NAME["commission_share"], 0.15, "en")
    ('2 minggu', '15 %')
    """
    if parameter.unit == "rupiah":
        return rupiah(value, lang)
    if parameter.unit == "share":
        return percent(value, lang)
    words = {
        "weeks": {"en": " week" if value == 1 else " weeks", "id": " minggu"},
        "packs": {"en": " pack" if value == 1 else " packs", "id": " bungkus"},
        "per week": {"en": " a week", "id": " per minggu"},
    }
    return plain(value, lang) + words.get(parameter.unit, {"en": "", "id": ""})[lang]

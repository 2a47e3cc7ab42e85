"""What a parameter says about the world, and its value, in the reader's language."""

from __future__ import annotations

from getok.simulation.scenario.parameters import BY_NAME, Parameter
from getok.simulation.texts.catalogue import NUMBER_WORDS, PARAMETER_WORDS, Lang
from getok.simulation.texts.numbers import given_percent, given_rupiah, plain


def parameter_text(name: str, lang: Lang) -> str:
    """Say what a parameter means, in one sentence.

    Raises
    ------
    KeyError
        If no such parameter is declared.

    Examples
    --------
    >>> parameter_text("price_rupiah", "id")
    'Harga satu bungkus.'
    """
    return PARAMETER_WORDS[lang][name]


def parameter_phrase(name: str, lang: Lang) -> str:
    """Name a parameter inside a sentence: its meaning without reservations, and its key; other keys alone.

    Examples
    --------
    >>> parameter_phrase("price_rupiah", "en")
    'price of a pack (`price_rupiah`)'
    >>> parameter_phrase("agencies.halal.acceptance", "id")
    '`agencies.halal.acceptance`'
    """
    if name not in BY_NAME:
        return f"`{name}`"
    meaning = parameter_text(name, lang).removesuffix(".").split("; ")[0]
    first = meaning if meaning[:2].isupper() else meaning[0].lower() + meaning[1:]
    return f"{first} (`{name}`)"


def quantity(parameter: Parameter, value: float, lang: Lang) -> str:
    """Write the value of a parameter in its unit.

    Examples
    --------
    >>> quantity(BY_NAME["cycle_weeks"], 2, "id"), quantity(BY_NAME["commission_share"], 0.15, "en")
    ('2 minggu', '15 %')
    """
    if parameter.unit == "rupiah":
        return given_rupiah(value, lang)
    if parameter.unit == "share":
        return given_percent(value, lang)
    text = plain(value, lang)
    return (
        NUMBER_WORDS.counted(parameter.unit, value, lang).format(n=text)
        if parameter.unit in NUMBER_WORDS[lang]
        else text
    )

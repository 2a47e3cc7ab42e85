"""Units, themes, confidence and sources of assumptions, in the reader's language."""

from __future__ import annotations

from getok.simulation.texts.catalogue import EXPLAIN_WORDS, SOURCE_WORDS, THEME_WORDS, UNIT_WORDS, Lang


def unit_word(unit: str, lang: Lang) -> str:
    """What the number of a parameter counts.

    Examples
    --------
    >>> unit_word("per week", "id")
    'per minggu'
    """
    return UNIT_WORDS[lang][unit]


def theme_word(theme: str, lang: Lang) -> str:
    """Heading that a parameter stands under."""
    return THEME_WORDS[lang][theme]


def confidence_word(confidence: str, lang: Lang) -> str:
    """How far a source can be trusted as a value of this model."""
    return EXPLAIN_WORDS[lang][f"confidence.{confidence}"]


def source_text(source: str, lang: Lang) -> str:
    """Say where a value comes from: sources that are words are translated, citations stay as they are.

    Examples
    --------
    >>> source_text("A", "id"), source_text("ev 1.12", "id"), source_text("paper L191, L209", "id")
    ('asumsi', 'ev 1.12', 'makalah L191, L209')
    """
    words = SOURCE_WORDS[lang]
    if source in words:
        return words[source]
    first, _, place = source.partition(" ")
    return f"{words[first]} {place}" if first == "paper" else source

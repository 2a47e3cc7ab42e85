"""Units, themes, confidence and sources of assumptions, in the reader's language.

English words are the declared ones; only what English readers need longer is written out.
"""

from __future__ import annotations

from getok.simulation.scenario.phrases import PHRASES, Lang

UNITS: dict[str, str] = {
    "count": "jumlah",
    "share": "bagian",
    "probability": "peluang",
    "weight": "bobot",
    "weeks": "minggu",
    "packs": "bungkus",
    "rupiah": "rupiah",
    "per week": "per minggu",
    "level": "tingkat",
    "ties": "ikatan",
    "persons": "orang",
}

THEMES: dict[str, str] = {
    "population": "penduduk",
    "buyers": "pembeli",
    "trust": "kepercayaan",
    "shops": "tempat penjualan",
    "supply and money": "pasokan dan uang",
    "members": "anggota",
}

SOURCES: dict[Lang, dict[str, str]] = {
    "en": {
        "A": "assumption",
        "assumption": "assumption",
        "own estimate": "own estimate",
        "own data": "own data",
        "expert judgement": "expert judgement",
        "interview": "interview",
        "paper": "paper",
        "paper, reflection": "paper, reflection",
        "paper, discussion": "paper, discussion",
        "paper, Rogers": "paper, Rogers",
    },
    "id": {
        "A": "asumsi",
        "assumption": "asumsi",
        "own estimate": "perkiraan sendiri",
        "own data": "data sendiri",
        "expert judgement": "penilaian ahli",
        "interview": "wawancara",
        "paper": "makalah",
        "paper, reflection": "makalah, refleksi",
        "paper, discussion": "makalah, pembahasan",
        "paper, Rogers": "makalah, Rogers",
    },
}
"""Sources that are words; whatever else stands there is a citation, and stays as it is."""


def unit_word(unit: str, lang: Lang) -> str:
    """What the number of a parameter counts.

    Examples
    --------
    >>> unit_word("per week", "id")
    'per minggu'
    """
    return unit if lang == "en" else UNITS[unit]


def theme_word(theme: str, lang: Lang) -> str:
    """Heading that a parameter stands under."""
    return theme if lang == "en" else THEMES[theme]


def confidence_word(confidence: str, lang: Lang) -> str:
    """How far a source can be trusted as a value of this model."""
    return PHRASES[lang][f"confidence.{confidence}"]


def source_text(source: str, lang: Lang) -> str:
    """Say where a value comes from: words are translated, citations stay as they are.

    Examples
    --------
    >>> source_text("A", "id"), source_text("ev 1.12", "id"), source_text("paper L191, L209", "id")
    ('asumsi', 'ev 1.12', 'makalah L191, L209')
    """
    words = SOURCES[lang]
    if source in words:
        return words[source]
    first, _, place = source.partition(" ")
    return f"{words[first]} {place}" if first == "paper" else source

"""Texts of errors, warnings and help: English in the code, said in another language where its catalogue has them."""

from __future__ import annotations

from typing import Self

from getok.simulation.texts.catalogue import translation


class Message(str):
    """A text whose English stands where it is said; a string of that English to all who do not ask for more.

    Parameters
    ----------
    english : str
        With named slots, unless none are filled; written out, as ``docs/catalogues.py`` looks for it in the code.
    **slots : object
        What fills them; a message in a slot is said in the same language.

    Examples
    --------
    >>> Message("{file} is not there", file="map.csv")
    'map.csv is not there'
    """

    english: str
    slots: dict[str, object]

    def __new__(cls, english: str, /, **slots: object) -> Self:
        """Fill the English."""
        self = super().__new__(cls, english.format(**slots) if slots else english)
        self.english, self.slots = english, slots
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Go to another process in English, since slots may hold what cannot."""
        return str, (str(self),)

    def in_(self, lang: str) -> str:
        """Say it in a language."""
        text, slots = translation(self.english, lang), self.slots
        return text.format(**{name: in_language(slot, lang) for name, slot in slots.items()}) if slots else text


def in_language(text: object, lang: str) -> object:
    """Say it in a language if it is a message; anything else stays as it is."""
    return text.in_(lang) if isinstance(text, Message) else text

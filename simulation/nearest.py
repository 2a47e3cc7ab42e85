"""The nearest known word to one that is not known, found within a bound of time."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from getok.simulation.texts.message import Message

LONGEST_WORD = 60
MOST_WORDS = 2_000
"""Of more words only those that begin alike are compared, as far as they go."""


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """Find the nearest known word, if one is near.

    Examples
    --------
    >>> nearest_word("haalal", ["halal", "pirt"])
    'halal'
    """
    if len(word) > LONGEST_WORD:
        return None
    words = list(known)
    if len(words) > MOST_WORDS:
        words = [one for one in words if one[:1] == word[:1] and abs(len(one) - len(word)) <= 2][:MOST_WORDS]
    return next(iter(difflib.get_close_matches(word, words, n=1)), None)


def nearest(word: str, known: Iterable[str]) -> str:
    """Hint at the nearest known word, as the end of a sentence.

    Examples
    --------
    >>> nearest("haalal", ["halal", "pirt"])
    "; did you mean 'halal'?"
    """
    near = nearest_word(word, known)
    return Message("; did you mean '{near}'?", near=near) if near else ""

"""Texts that can be printed: what no text may hold, and how a text of any kind is shown in a message."""

from __future__ import annotations

import re

from getok.simulation.texts.message import Message

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Characters that no text may hold: commands to a terminal, marks that turn a line around, halves of pairs."""

LONGEST_SHOWN = 1000
"""Longest text that a message shows whole."""


def unprintable(text: str) -> str:
    r"""Say which character of a text cannot be printed; empty if all can.

    Examples
    --------
    >>> unprintable("a\x1b[2J")
    'the character U+001B cannot be printed; remove it'
    """
    found = UNPRINTABLE.search(text)
    return Message("the character U+{code:04X} cannot be printed; remove it", code=ord(found.group())) if found else ""


def printed(text: str) -> str:
    r"""Text with what cannot be printed replaced, for outputs of what an earlier version let in.

    Examples
    --------
    >>> printed("a\x1b[2J")
    'a?[2J'
    """
    return UNPRINTABLE.sub("?", text)


def shown(text: str, longest: int = LONGEST_SHOWN) -> str:
    r"""Text as a message can hold it: what cannot be printed replaced, the middle of a long one left out.

    Examples
    --------
    >>> shown("maps/pasir\x1b.csv")
    'maps/pasir?.csv'
    >>> shown("a" * 60 + "b" * 60, longest=11)
    'aaaa...bbbb'
    """
    if len(text) > longest:
        half = (longest - 3) // 2
        text = f"{text[:half]}...{text[-half:]}"
    return printed(text)

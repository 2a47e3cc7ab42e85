"""Texts in files that spreadsheets open: a text that begins like a formula is given a mark that keeps it a text."""

from __future__ import annotations

import re

FORMULA = re.compile(r"[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?inf|-")
"""What begins with a sign and is reckoned with all the same; a dash alone stands for nothing."""

MARK = "'"


def guarded(text: str) -> str:
    """Text of a cell that no spreadsheet takes for a formula; numbers as they are.

    Examples
    --------
    >>> guarded("=1+1"), guarded("-0.5"), guarded("Warung Susi")
    ("'=1+1", '-0.5', 'Warung Susi')
    """
    return f"{MARK}{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """Text of a cell as it was before :func:`guarded`.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith(MARK) and guarded(text[1:]) == text else text

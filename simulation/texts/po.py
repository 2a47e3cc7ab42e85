"""Reads catalogues in gettext's format, faster than Babel, as every command waits for it; a test holds both equal."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

STRING = r'(".*"(?:\n".*")*)'
MESSAGE = re.compile(
    rf"\n((?:#.*\n)*)(?:msgctxt {STRING}\n)?msgid {STRING}\n(?:msgid_plural {STRING}\n)?((?:msgstr.*\n(?:\".*\"\n)*)+)"
)
FORM = re.compile(rf"msgstr\[\d+\] {STRING}")
FUZZY = re.compile(r"^#,.*\bfuzzy\b", re.MULTILINE)
RULE = re.compile(r"Plural-Forms:[^;]*;\s*plural=([^;]*);")
ESCAPE = re.compile(r"\\(.)")
ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}

KEYLESS = "\x04"

Forms = tuple[str, ...]
"""A text, singular before plural."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Messages of one file, and which of their forms goes with a number.

    Attributes
    ----------
    messages : dict of str to (forms, forms)
        English, and what the file's language says; nothing where nobody has translated it, or somebody must look again.
        By key, or by its English behind :data:`KEYLESS` if it has none.
    form : callable
        Place of the form for a number.
    """

    messages: dict[str, tuple[Forms, Forms]]
    form: Callable[[int], int]


def read(path: Path) -> Catalogue:
    """Read a template or the catalogue of a language."""
    text = path.read_text(encoding="utf-8") + "\n"
    rule = RULE.search(text)
    messages: dict[str, tuple[Forms, Forms]] = {
        _string(key) or KEYLESS + _string(english): (
            (_string(english), _string(plural)) if plural else (_string(english),),
            () if "fuzzy" in comments and FUZZY.search(comments) else _forms(said),
        )
        for comments, key, english, plural, said in MESSAGE.findall(text)
        if key or english != '""'
    }
    return Catalogue(messages, gettext.c2py(rule[1]) if rule else _germanic)


def _forms(said: str) -> Forms:
    forms = (_string(said[7:-1]),) if said.startswith("msgstr ") else tuple(map(_string, FORM.findall(said)))
    return forms if all(forms) else ()


def _string(written: str) -> str:
    """Text of a string that may go over several lines."""
    text = written[1:-1].replace('"\n"', "")
    return ESCAPE.sub(lambda found: ESCAPED.get(found[1], found[1]), text) if "\\" in text else text


def _germanic(n: int) -> int:
    return int(n != 1)

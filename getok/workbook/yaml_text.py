"""Pieces of YAML, written so that a scenario file stays easy to read and to change by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bare:
    """Text that stands without quotation marks: an id, a quantity, a word of the schema."""

    text: str


def value(thing: object) -> str:
    """Write one value; mappings and lists on one line.

    Examples
    --------
    >>> value({"id": Bare("susi"), "name": "Warung Susi", "trust": 0.7, "carrying": True})
    '{id: susi, name: "Warung Susi", trust: 0.7, carrying: true}'
    """
    if isinstance(thing, Bare):
        return thing.text
    if isinstance(thing, bool):
        return "true" if thing else "false"
    if isinstance(thing, int | float):
        return f"{thing:g}" if isinstance(thing, float) else str(thing)
    if isinstance(thing, Mapping):
        return "{" + ", ".join(f"{key}: {value(part)}" for key, part in thing.items()) + "}"
    if isinstance(thing, list | tuple):
        return "[" + ", ".join(map(value, thing)) + "]"
    return json.dumps(str(thing), ensure_ascii=False)


def section(name: str, entries: Mapping[str, object] | Sequence[Mapping[str, object]], indent: str = "") -> list[str]:
    """Lines of a section, one entry a line; nothing if there is no entry."""
    if not entries:
        return []
    inner = f"{indent}  "
    if not isinstance(entries, Mapping):
        return [f"{indent}{name}:", *(f"{inner}- {value(entry)}" for entry in entries)]
    return [f"{indent}{name}:", *(f"{inner}{key}: {value(entry)}" for key, entry in entries.items())]


def said(**fields: object) -> dict[str, object]:
    """Fields that say something: neither nothing, nor empty, nor no."""
    return {key: part for key, part in fields.items() if part is not None and part != "" and part is not False}

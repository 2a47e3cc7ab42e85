"""A YAML document with the place of every key and value, so that a fault can be shown where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from getok.simulation.errors import Problem

Scalar = str | int | float | bool | None
Key = str | int


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column of a file, both counted from 1, and what stands there."""

    path: Path
    line: int
    column: int
    excerpt: str

    def problem(self, key: str, what: str) -> Problem:
        """Make a fault of this place."""
        return Problem(f"{self.path.as_posix()}:{self.line}:{self.column}", key, what, self.line, self.excerpt)


@dataclass(slots=True)
class Node:
    """A value and where it stands; a mapping also knows where its keys stand.

    Attributes
    ----------
    value : scalar, list of Node, or dict of str to Node
        What was written.
    place : Place
        Where.
    keys : dict of str to Place
        Places of the keys of a mapping.
    """

    value: Scalar | list[Node] | dict[str, Node]
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)

    def plain(self) -> object:
        """Return the bare value, with lists and dicts."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def place_of(self, path: Sequence[Key]) -> Place:
        """Place of a key or item, or of the nearest thing around it that was written."""
        node, place = self, self.place
        for key in path:
            child: Node | None = None
            if isinstance(node.value, dict) and isinstance(key, str):
                place = node.keys.get(key, place)
                child = node.value.get(key)
            elif isinstance(node.value, list) and isinstance(key, int) and key < len(node.value):
                child = node.value[key]
                place = child.place
            if child is None:
                break
            node = child
        return place

    def items(self) -> Iterator[tuple[str, Node]]:
        """Entries of a mapping; nothing for other values."""
        if isinstance(self.value, dict):
            yield from self.value.items()


def node_of(value: object, place: Place) -> Node:
    """Make a document of plain values, all of which stand at one place."""
    if isinstance(value, dict):
        return Node({key: node_of(part, place) for key, part in value.items()}, place, dict.fromkeys(value, place))
    if isinstance(value, list):
        return Node([node_of(item, place) for item in value], place)
    return Node(cast(Scalar, value), place)


def key_text(path: Sequence[Key]) -> str:
    """Write a path as ``programme[0].visits``."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text

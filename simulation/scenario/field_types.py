"""Whether every field of a scenario has the type that its class declares: no text for a number, no NaN."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any

from getok.simulation.scenario.nodes import Key
from getok.simulation.texts.message import Message

Found = tuple[tuple[Key, ...], str]
"""Path of a field, and what is wrong there."""

NAMES = {int: "a whole number", float: "a number", str: "a text", bool: "True or False"}


def wrong_types(kind: Any, value: object, path: tuple[Key, ...] = ()) -> Iterator[Found]:  # noqa: ANN401 - annotations
    """Fields of a record, however deep, that are of another type than is declared, or no finite number."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in {typing.Union, types.UnionType}:
        if value is not None:
            yield from wrong_types(next(one for one in arguments if one is not types.NoneType), value, path)
    elif dataclasses.is_dataclass(kind):
        if isinstance(value, typing.cast(type, kind)):
            for name, of in _hints(typing.cast(type, kind)).items():
                yield from wrong_types(of, getattr(value, name), (*path, name))
        else:
            yield path, Message("{value!r:.60} is not a {name}", value=value, name=typing.cast(type, kind).__name__)
    elif origin is tuple:
        yield from _wrong_items(arguments[0], value, path)
    elif origin is dict:
        yield from _wrong_entries(arguments[1], value, path)
    elif what := _wrong_scalar(kind, value):
        yield path, what


def _wrong_items(kind: Any, value: object, path: tuple[Key, ...]) -> Iterator[Found]:  # noqa: ANN401
    if not isinstance(value, tuple):
        yield path, Message("{value!r:.60} is not a tuple", value=value)
        return
    for place, item in enumerate(value):
        yield from wrong_types(kind, item, (*path, place))


def _wrong_entries(kind: Any, value: object, path: tuple[Key, ...]) -> Iterator[Found]:  # noqa: ANN401
    if not isinstance(value, dict):
        yield path, Message("{value!r:.60} is not a dictionary", value=value)
        return
    for key, part in value.items():
        if isinstance(key, str):
            yield from wrong_types(kind, part, (*path, key))
        else:
            yield path, Message("{key!r:.60} is not a name", key=key)


def _wrong_scalar(kind: type, value: object) -> str:
    """Why a value is not of a simple kind; a whole number is a number too, a truth value is neither."""
    accepted = (int, float) if kind is float else (kind,)
    if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
        if issubclass(kind, Enum):
            return f"{value!r:.60} is not one of {', '.join(map(str, kind))}"
        return f"{value!r:.60} is not {NAMES[kind]}"
    if isinstance(value, float) and not math.isfinite(value):
        return f"{value} is not a finite number"
    return ""


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)

"""Records as JSON that is read by the types it was written from, and closed with a hash of itself."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from getok.simulation.errors import StoreError
from getok.simulation.files import read_whole

T = TypeVar("T")

SEAL = re.compile(rb',\n  "sha256": "([0-9a-f]{64})"\n}\n\Z')
"""Last line of a sealed record: hash of the same text without it."""

NOT_AS_WRITTEN = "is damaged (it is not as it was written)"

EXACTLY = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


def sealed(record: Any) -> bytes:  # noqa: ANN401 - any record
    """Text of a record, its hash last."""
    text = json.dumps(dataclasses.asdict(record), indent=2, ensure_ascii=False) + "\n"
    content = text.encode()
    seal = hashlib.sha256(content).hexdigest()
    return content.removesuffix(b"\n}\n") + f',\n  "sha256": "{seal}"\n}}\n'.encode()


def unsealed(path: Path, kind: type[T], folder: Path) -> T:
    """Read a record of a run folder: as it was written, and of its type to the last field.

    Records of earlier versions have no hash; of them only the types are looked at.

    Raises
    ------
    FileNotFoundError, NotADirectoryError
        If it is not there.
    StoreError
        If it lies outside the folder, cannot be read, or is not as it was written.
    """
    content = read_whole(path, folder)
    if (seal := SEAL.search(content)) is not None:
        content = content[: seal.start()] + b"\n}\n"
        if hashlib.sha256(content).hexdigest() != seal[1].decode():
            raise StoreError(path, NOT_AS_WRITTEN)
    return read_json(content, kind, path)


def read_json(content: bytes, kind: type[T], path: Path) -> T:
    """Read JSON as a record of a type: every field there, none too many, each of its type.

    Raises
    ------
    StoreError
        If it is not; the first fault is named.
    """
    try:
        record: T = reader(cast("Hashable", kind)).validate_json(content)
    except (ValidationError, RecursionError) as error:
        raise StoreError(path, f"is damaged ({first_fault(error)})") from error
    return record


@cache
def reader(kind: Hashable) -> TypeAdapter[Any]:
    """What reads a type strictly."""
    exactly: Any = with_config(EXACTLY)(kind) if isinstance(kind, type) and dataclasses.is_dataclass(kind) else kind
    return TypeAdapter(exactly)


def first_fault(error: Exception) -> str:
    """The first thing that is wrong, by its place."""
    if not isinstance(error, ValidationError):
        return str(error).partition("\n")[0]
    fault = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, fault["loc"]))
    return f"{place}: {fault['msg']}" if place else fault["msg"]

"""Runs of a model of a user's own: what it is known by, and where another process finds it.

The shipped model is lived by the compiled engine. A subclass of :class:`getok.CommunityModel` is lived in Mesa, which
takes some hundred times as long.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

from getok.simulation.errors import UsageError
from getok.simulation.record.provenance import OwnModel
from getok.simulation.record.tables import Table
from getok.simulation.scenario.resolved import Scenario

OURS = "getok."
MAIN = "__main__"

_HERE: dict[str, type[Any]] = {}
"""Models described in this process, by the hash of their source: those of a notebook are found nowhere else."""


def describe(model: type[Any]) -> OwnModel | None:
    """Say what a model is known by; None for the shipped one, which the engine lives.

    Raises
    ------
    UsageError
        If it is no subclass of :class:`getok.CommunityModel`.
    """
    shipped = importlib.import_module("getok.simulation.model").CommunityModel
    if not (inspect.isclass(model) and issubclass(model, shipped)):
        raise UsageError(f"model {model!r}: expected a subclass of getok.CommunityModel, such as class MyModel(...)")
    if model is shipped:
        return None
    digest = hashlib.sha256()
    for part in _sources(model):
        digest.update(part)
    own = OwnModel(model.__qualname__, model.__module__, digest.hexdigest())
    _HERE[own.sha256] = model
    return own


def travels(own: OwnModel) -> bool:
    """Whether another process finds the class: by its module, or in the script that was started."""
    module = sys.modules.get(own.module)
    if own.module == MAIN and not Path(getattr(module, "__file__", None) or "").is_file():
        return False
    return _attribute(module, own.name) is not None


def find(own: OwnModel) -> type[Any]:
    """Find the class of a model, in this process or in one that was started by it.

    Raises
    ------
    UsageError
        If it is not where it was.
    """
    if own.sha256 in _HERE:
        return _HERE[own.sha256]
    found = _attribute(importlib.import_module(own.module), own.name)
    if found is None:
        raise UsageError(f"model {own.name} is not found in {own.module}; define it there, outside of functions")
    return found


def burn_in_nothing(_scenario: Scenario, _seed: int, _replicate: int) -> None:
    """Share no burn-in: a rule of one's own holds from the first week on."""


def simulate_own(
    model: type[Any], scenario: Scenario, seed: int, replicate: int, _burnt_in: None, *, people: bool
) -> dict[str, Table]:
    """Live a replicate in Mesa, from its first week to its horizon; the engine's ``simulate`` in form."""
    tables: dict[str, Table] = model.tables_of(scenario, seed, replicate, people=people)
    return tables


def _attribute(module: object, qualified: str) -> type[Any] | None:
    found: object = module
    for name in qualified.split("."):
        found = getattr(found, name, None)
    return found if inspect.isclass(found) else None


def _sources(model: type[Any]) -> Iterator[bytes]:
    """What decides the numbers of a model: the files of all its classes that are not ours, or their code."""
    seen: set[type[Any]] = set()
    waiting = [model]
    while waiting:
        for one in waiting.pop().__mro__:
            if one in seen or one.__module__.startswith((OURS, "mesa.", "builtins")):
                continue
            seen.add(one)
            yield f"{one.__module__}.{one.__qualname__}".encode()
            yield _source(one)
            waiting += [kind for name, kind in vars(one).items() if name.endswith("_class") and inspect.isclass(kind)]


def _source(one: type[Any]) -> bytes:
    """Content of the file of a class; what its methods were compiled to, where it has none (a notebook)."""
    file = Path(getattr(sys.modules.get(one.__module__), "__file__", None) or "")
    if file.is_file():
        return file.read_bytes()
    members = ((name, inspect.unwrap(value)) for name, value in sorted(vars(one).items()) if callable(value))
    return "\n".join(f"{name} {_told(getattr(value, '__code__', value))}" for name, value in members).encode()


def _told(code: object) -> str:
    """Code as text without places and addresses."""
    if not isinstance(code, CodeType):
        return repr(code) if isinstance(code, int | float | str | bytes | tuple) else type(code).__name__
    return f"{code.co_code.hex()} {code.co_names} {[_told(constant) for constant in code.co_consts]}"

"""What is said of a scenario in code: keys of a file, or things by their names, as the document of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.nearest import nearest
from getok.simulation.scenario.nodes import Node, Place, node_of
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.schema import VERSION, WrittenScenario

Document = dict[str, Any]

KEYS = tuple(field.alias or name for name, field in WrittenScenario.model_fields.items())
"""What a file of a scenario may say."""

NOT_CHANGED = frozenset({"schema", "name", "extends"})

UNITS = ("_rupiah", "_weeks")
"""Endings of names of parameters that may be left out: the value has its unit."""


def document_of(said: Mapping[str, object]) -> Document:
    """Make the document of a scenario that is said as a file would say it; the version of the schema may be left out.

    Raises
    ------
    ScenarioError
        If something in it can stand in no file.
    """
    name = said.get("name")
    problems = [] if "name" in said else [Problem("", "name", "missing; a scenario has a name of its own")]
    document = {"schema": VERSION, **{str(key): plain(value, str(key), problems) for key, value in said.items()}}
    if problems:
        raise ScenarioError(told_in_code(problems, f"{name}" if isinstance(name, str) else "made in code"))
    return document


def change_of(scenario: Scenario, name: str, said: Mapping[str, object]) -> tuple[Document, list[Problem]]:
    """Make the document of a scenario that differs from another, and tell what of it cannot stand there.

    What is said is of a key, a parameter, or a thing by its name.
    """
    document: Document = {"schema": VERSION, "name": name, "extends": scenario.name}
    problems: list[Problem] = []
    for key, value in said.items():
        path = place_of(scenario, key)
        if not path:
            short = [parameter.removesuffix(unit) for parameter in BY_NAME for unit in UNITS]
            known = [*(one for one in KEYS if one not in NOT_CHANGED), *BY_NAME, *short, *dict(things(scenario))]
            what = f"neither a key of a scenario, a parameter nor a thing of {scenario.name}{nearest(key, known)}"
            problems.append(Problem("", key, what))
            continue
        before = len(problems)
        found = plain(value, key, problems)
        if len(problems) == before:
            put(document, path, found)
    return document, told_in_code(problems, name)


def place_of(scenario: Scenario, key: str) -> tuple[str, ...]:
    """Where a file says what a name stands for; nothing if it stands for nothing."""
    if key in KEYS:
        return () if key in NOT_CHANGED else (key,)
    for name in (key, *(f"{key}{unit}" for unit in UNITS)):
        if name in BY_NAME:
            return ("parameters", name)
    head, _, rest = key.partition(".")
    if rest and (head in KEYS or head in dict(things(scenario))):
        return (*place_of(scenario, head), *rest.split("."))
    section = dict(things(scenario)).get(key)
    return () if section is None else (section, key)


def things(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Names of things of a scenario, and the key under which a file has them; of one name the last counts."""
    for section, found in (
        ("shocks", scenario.shocks),
        ("outlets", scenario.outlets),
        ("programme", scenario.programme),
        ("agencies", scenario.services),
    ):
        yield from ((thing.id, section) for thing in found)


def put(document: Document, path: tuple[str, ...], value: object) -> None:
    """Lay a value into a document; things in lists stand there under their names."""
    first, *rest = path
    if not rest:
        document[first] = value
        return
    if first in ("shocks", "outlets", "programme"):
        thing: Document = {"id": rest[0]}
        document.setdefault(first, []).append(thing)
        if len(rest) > 1:
            put(thing, tuple(rest[1:]), value)
        elif isinstance(value, dict):
            thing |= value
        return
    inner = document.setdefault(first, {})
    if isinstance(inner, dict):
        put(inner, tuple(rest), value)


def plain(value: object, key: str, problems: list[Problem]) -> object:
    """Give a value as a file can hold it: texts, numbers, lists, mappings; anything else is a fault."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(part, f"{key}.{name}", problems) for name, part in value.items()}
    if isinstance(value, Sequence):
        return [plain(part, f"{key}[{place}]", problems) for place, part in enumerate(value)]
    advice = "write a text, a number, a list or a mapping"
    problems.append(Problem("", key, f"a value of type {type(value).__name__} cannot stand in a scenario; {advice}"))
    return None


def node_in_code(document: Document) -> tuple[Path, Node]:
    """Name in the place of a file, and the document."""
    path = Path(str(document.get("name", "made_in_code")))
    return path, node_of(document, Place(path, 0, 0, ""))


def told_in_code(problems: list[Problem], name: str) -> list[Problem]:
    """Tell faults by scenario and key, where there is no line to show."""
    return [
        Problem(f"scenario {name}", one.key, one.what) if one.line in (None, 0) and not Path(one.where).suffix else one
        for one in problems
    ]

"""The resolved form as JSON: what the run folder keeps, and what the run key hashes."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any

from simulation.scenario.resolved import Scenario
from simulation.scenario.text import Text

NOT_RESULTS = ("name", "question", "parents", "assumptions", "labels", "observed", "partners", "held", "field_map")
"""Fields that say what a scenario is called and why, not what happens; of partners and papers see :func:`told`."""

GAP = "\0parameters\0"
"""Where parameters are filled in; no text of a scenario holds such characters."""

BURN_IN = ("parameters", "community", "outlets", "burn_in_weeks", "start_year")
"""Fields that the community and the burn-in depend on."""


def to_json(scenario: Scenario) -> str:
    """Write a scenario: keys sorted, numbers in their shortest exact form."""
    return json.dumps(dataclasses.asdict(scenario), sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> Scenario:
    """Read what :func:`to_json` wrote."""
    scenario: Scenario = _restore(Scenario, json.loads(text))
    return scenario


def digest(scenario: Scenario) -> str:
    """Hash of everything that decides the results; names, questions and notes do not."""
    return _hash(_deciding(scenario))


def told(scenario: Scenario) -> dict[str, list[Any]]:
    """What is known about partners and papers and decides results; empty where a scenario says nothing, as most do."""
    found = [list(partner.decides) for partner in scenario.partners if partner.decides is not None]
    partners = {"partners": sorted(found)} if found else {}
    return partners | ({"held": sorted(scenario.held)} if scenario.held else {})


def _deciding(scenario: Scenario) -> dict[str, Any]:
    fields = dataclasses.asdict(scenario)
    return {key: value for key, value in fields.items() if key not in NOT_RESULTS} | told(scenario)


def digest_with_parameters(scenario: Scenario) -> Callable[[Mapping[str, float]], str]:
    """Give a quick way to :func:`digest` the same scenario with other parameters: the rest is written once."""
    kept = _deciding(scenario)
    before, after = _text(kept | {"parameters": GAP}).split(_text(GAP))

    def make(parameters: Mapping[str, float]) -> str:
        return hashlib.sha256(f"{before}{_text(parameters)}{after}".encode()).hexdigest()

    return make


def burn_in_inputs(scenario: Scenario) -> tuple[Any, ...]:
    """Everything that the community and the burn-in depend on: equal inputs share them.

    Services count only by their number, because every group has a tie to each.
    """
    return (*(getattr(scenario, name) for name in BURN_IN), told(scenario), len(scenario.services))


def burn_in_digest(scenario: Scenario) -> str:
    """Hash of :func:`burn_in_inputs`."""
    shared = {name: _plain(getattr(scenario, name)) for name in BURN_IN}
    return _hash({**shared, **told(scenario), "n_services": len(scenario.services)})


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field of a scenario
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _hash(value: dict[str, Any]) -> str:
    return hashlib.sha256(_text(value).encode()).hexdigest()


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _restore(kind: Any, value: Any) -> Any:  # noqa: ANN401 - follows the annotations
    if kind is Text and isinstance(value, str):
        return Text(value, value)  # notes of older runs: one language
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _restore(hints[name], part) for name, part in value.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return tuple(_restore(arguments[0], item) for item in value)
    if origin in {typing.Union, types.UnionType}:
        return None if value is None else _restore(next(a for a in arguments if a is not types.NoneType), value)
    if kind is float and value is not None:
        return float(value)
    return value

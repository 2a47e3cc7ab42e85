"""The resolved form as JSON: what the run folder keeps, and what the run key hashes."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from getok.simulation.scenario.resolved import Scenario

NOT_RESULTS = ("name", "question", "parents", "assumptions", "labels", "observed", "partners", "held", "field_map")
"""Fields that say what a scenario is called and why, not what happens; of partners and papers see :func:`told`."""

GAP = "\0parameters\0"
"""Where parameters are filled in; no text of a scenario holds such characters."""

BURN_IN = ("parameters", "community", "outlets", "burn_in_weeks", "start_year")
"""Fields that the community and the burn-in depend on."""


def to_json(scenario: Scenario) -> str:
    """Write a scenario: keys sorted, numbers in their shortest exact form."""
    return json.dumps(dataclasses.asdict(scenario), sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def from_json(text: str | bytes) -> Scenario:
    """Read what :func:`to_json` wrote: every field of its type, and none that there is not.

    Raises
    ------
    ValueError
        If it is no scenario.
    """
    try:
        return _reader().validate_json(text)
    except ValidationError as error:
        if (older := _in_both_languages(text, error)) is None:
            raise
        return _reader().validate_json(older)


@cache
def _reader() -> TypeAdapter[Scenario]:
    return TypeAdapter(with_config(ConfigDict(strict=True, extra="forbid", allow_inf_nan=False))(Scenario))


def _in_both_languages(text: str | bytes, error: ValidationError) -> str | None:
    """Let notes of older runs, which have one language, stand in both; None if something else is wrong."""
    faults = error.errors(include_url=False)
    if not all(fault["type"].startswith("dataclass") and isinstance(fault["input"], str) for fault in faults):
        return None
    raw = json.loads(text)
    for fault in faults:
        *above, last = fault["loc"]
        place = raw
        for step in above:
            place = place[step]
        place[last] = {"id": place[last], "en": place[last]}
    return json.dumps(raw)


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

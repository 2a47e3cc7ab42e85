"""What a sweep can vary: every parameter by its name, and a few settings of facilitator and agencies by their path."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from getok.simulation.errors import UsageError
from getok.simulation.nearest import nearest
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.resolved import Facilitator, Scenario, Service, Triangular
from getok.simulation.scenario.values import impossible
from getok.simulation.sweep.stated import value_at
from getok.simulation.texts.message import Message


def whole(value: float) -> int:
    """Nearest whole number, halves upwards."""
    return math.floor(value + 0.5)


FIELDS: dict[str, tuple[str, ...]] = {
    "visits": ("visits_per_week",),
    "first": ("first_week",),
    "last": ("last_week",),
    "number": ("number",),
    "groups_each": ("groups_each",),
    "acceptance": ("acceptance",),
    "capacity": ("capacity_per_week",),
    "desks": ("desks",),
    "quota_per_year": ("quota_per_year",),
    "fee": ("fee_rupiah",),
    "amount": ("amount_low_rupiah", "amount_high_rupiah"),
}
"""Fields of facilitator or service that a setting replaces."""

OF_FACILITATOR = ("visits", "first", "last", "number", "groups_each")
OF_SERVICE = ("acceptance", "delay_factor", "capacity", "desks", "quota_per_year", "fee", "amount")
AT_LEAST_ONE = frozenset({"first", "last", "number", "groups_each", "capacity", "desks"})
WHOLE_SETTINGS = AT_LEAST_ONE | {"quota_per_year", "fee", "amount"}

LARGEST = 1e9
"""Largest value of a setting that is taken for meant."""

Thing = TypeVar("Thing", Facilitator, Service)


def _with_setting(thing: Thing, setting: str, value: float) -> Thing:
    """Copy a facilitator or a service with another setting; waits are made longer or shorter as a whole."""
    if setting == "delay_factor" and isinstance(thing, Service):
        d = thing.delay
        return replace(thing, delay=Triangular(d.low * value, d.mode * value, d.high * value))
    fields: dict[str, Any] = dict.fromkeys(FIELDS[setting], int(value) if setting in WHOLE_SETTINGS else value)
    return replace(thing, **fields)


def is_parameter(name: str) -> bool:
    """Whether a name is that of a parameter; otherwise it is the path of a setting."""
    return name in BY_NAME


def declared_range(name: str) -> tuple[float, float] | None:
    """Range that a parameter's evidence supports; None for a setting, which has none."""
    return (BY_NAME[name].low, BY_NAME[name].high) if name in BY_NAME else None


def is_whole(name: str) -> bool:
    """Whether only whole numbers make sense."""
    if name in BY_NAME:
        return BY_NAME[name].is_whole
    return name.rpartition(".")[2] in WHOLE_SETTINGS


def value_that_runs(name: str, value: float) -> float:
    """Nearest value that can run: a whole one where only whole ones make sense."""
    return float(whole(value)) if is_whole(name) else float(value)


def why_unknown(name: str, scenario: Scenario) -> str:
    """Why a sweep of a scenario cannot vary something of this name, or nothing."""
    if name in BY_NAME:
        return ""
    head, _, rest = name.partition(".")
    if head == "facilitator" and rest in OF_FACILITATOR:
        return ""
    service, _, setting = rest.partition(".")
    services = [one.id for one in scenario.services]
    if head == "agencies" and service in services and setting in OF_SERVICE:
        return ""
    if head == "agencies" and service in services:
        return Message(
            "'{setting}' is no setting of a service; there are {of_service}",
            setting=setting,
            of_service=", ".join(OF_SERVICE),
        )
    if head == "agencies":
        return Message(
            "scenario {name} has no service '{service}'{hint}",
            name=scenario.name,
            service=service,
            hint=nearest(service, services),
        )
    known = [*BY_NAME, *(f"facilitator.{key}" for key in OF_FACILITATOR)]
    return Message("unknown parameter{hint}", hint=nearest(name, known))


def why_impossible(name: str, value: float) -> str:
    """Why something cannot have a value, or nothing."""
    if is_whole(name) and value % 1:
        return Message(
            "{value:g} is no whole number; write {value_2} or {value_3}",
            value=value,
            value_2=math.floor(value),
            value_3=math.ceil(value),
        )
    if name in BY_NAME:
        return impossible(BY_NAME[name], value)
    last = name.rpartition(".")[2]
    low = 1.0 if last in AT_LEAST_ONE else 0.0
    high = 1.0 if last == "acceptance" else LARGEST
    return (
        ""
        if low <= value <= high
        else Message("{value:g} is impossible; it is {low:g} to {high:g}", value=value, low=low, high=high)
    )


def with_values(scenario: Scenario, names: Sequence[str], values: Sequence[float], name: str) -> Scenario:
    """Scenario at a point, under another name; what it says of parameters itself stands, settings are replaced.

    Raises
    ------
    UsageError
        If the scenario has nothing of that name.
    """
    parameters = dict(scenario.parameters)
    facilitator, services = scenario.facilitator, {one.id: one for one in scenario.services}
    for key, value in zip(names, map(value_that_runs, names, values), strict=True):
        if key in BY_NAME:
            parameters[key] = value_at(scenario, key, value)
            continue
        if why := why_unknown(key, scenario):
            raise UsageError(Message("{key}: {why}", key=key, why=why))
        head, _, rest = key.partition(".")
        if head == "facilitator":
            facilitator = _with_setting(facilitator, rest, value)
        else:
            service, _, setting = rest.partition(".")
            services[service] = _with_setting(services[service], setting, value)
    return replace(
        scenario, name=name, parameters=parameters, facilitator=facilitator, services=tuple(services.values())
    )


def differing_settings(scenarios: Sequence[Scenario], names: Sequence[str]) -> Iterator[str]:
    """Say of each setting that a sweep replaces what scenarios say of it themselves, where they do not say the same."""
    for name in names:
        if name in BY_NAME or name.endswith(".delay_factor"):
            continue
        said = {one.name: _said(one, name) for one in scenarios}
        if len(set(said.values())) > 1:
            yield f"{name}: the sweep's values replace " + ", ".join(f"{k} {v}" for k, v in said.items())


def _said(scenario: Scenario, name: str) -> str:
    """What a scenario says of a setting."""
    head, _, rest = name.partition(".")
    service, _, setting = rest.partition(".")
    thing = (
        scenario.facilitator if head == "facilitator" else next(one for one in scenario.services if one.id == service)
    )
    values = [getattr(thing, field) for field in FIELDS[setting or rest]]
    return " to ".join("none" if value is None else f"{value:g}" for value in dict.fromkeys(values))

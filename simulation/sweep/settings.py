"""What a sweep can vary: every parameter by its name, and a few settings of facilitator and agencies by their path."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from simulation.errors import UsageError
from simulation.scenario.parameters import BY_NAME
from simulation.scenario.resolved import Facilitator, Scenario, Service, Triangular
from simulation.scenario.values import impossible, nearest


def whole(value: float) -> int:
    """Nearest whole number, halves upwards."""
    return math.floor(value + 0.5)


def _delay(service: Service, factor: float) -> Service:
    """Make all waits of a service longer or shorter."""
    d = service.delay
    return replace(service, delay=Triangular(d.low * factor, d.mode * factor, d.high * factor))


def _amount(service: Service, amount: float) -> Service:
    return replace(service, amount_low_rupiah=whole(amount), amount_high_rupiah=whole(amount))


OF_FACILITATOR: dict[str, Callable[[Facilitator, float], Facilitator]] = {
    "visits": lambda f, value: replace(f, visits_per_week=value),
    "first": lambda f, value: replace(f, first_week=whole(value)),
    "last": lambda f, value: replace(f, last_week=whole(value)),
    "number": lambda f, value: replace(f, number=whole(value)),
    "groups_each": lambda f, value: replace(f, groups_each=whole(value)),
}

OF_SERVICE: dict[str, Callable[[Service, float], Service]] = {
    "acceptance": lambda s, value: replace(s, acceptance=value),
    "delay_factor": _delay,
    "capacity": lambda s, value: replace(s, capacity_per_week=whole(value)),
    "desks": lambda s, value: replace(s, desks=whole(value)),
    "quota_per_year": lambda s, value: replace(s, quota_per_year=whole(value)),
    "fee": lambda s, value: replace(s, fee_rupiah=whole(value)),
    "amount": _amount,
}

AT_LEAST_ONE = frozenset({"first", "last", "number", "groups_each", "capacity", "desks"})


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
    return name.rpartition(".")[2] in {"first", "last", "number", "groups_each", "capacity", "desks", "quota_per_year"}


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
        return f"'{setting}' is no setting of a service; there are {', '.join(OF_SERVICE)}"
    if head == "agencies":
        return f"scenario {scenario.name} has no service '{service}'{nearest(service, services)}"
    known = [*BY_NAME, *(f"facilitator.{key}" for key in OF_FACILITATOR)]
    return f"unknown parameter{nearest(name, known)}"


def why_impossible(name: str, value: float) -> str:
    """Why something cannot have a value, or nothing."""
    if name in BY_NAME:
        return impossible(BY_NAME[name], float(whole(value)) if is_whole(name) else value)
    last = name.rpartition(".")[2]
    low = 1.0 if last in AT_LEAST_ONE else 0.0
    high = 1.0 if last == "acceptance" else math.inf
    return "" if low <= value <= high else f"{value:g} is impossible; it is {low:g} to {high:g}"


def with_values(scenario: Scenario, names: Sequence[str], values: Sequence[float], name: str) -> Scenario:
    """Copy a scenario with other values, under another name.

    Raises
    ------
    UsageError
        If the scenario has nothing of that name.
    """
    parameters = dict(scenario.parameters)
    facilitator, services = scenario.facilitator, {one.id: one for one in scenario.services}
    for key, value in zip(names, values, strict=True):
        if key in BY_NAME:
            parameters[key] = float(whole(value)) if is_whole(key) else float(value)
            continue
        if why := why_unknown(key, scenario):
            raise UsageError(f"{key}: {why}")
        head, _, rest = key.partition(".")
        if head == "facilitator":
            facilitator = OF_FACILITATOR[rest](facilitator, value)
        else:
            service, _, setting = rest.partition(".")
            services[service] = OF_SERVICE[setting](services[service], value)
    return replace(
        scenario, name=name, parameters=parameters, facilitator=facilitator, services=tuple(services.values())
    )

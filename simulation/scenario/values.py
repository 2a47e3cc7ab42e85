"""Parameters as written: each has a declared unit, a possible range, and a range that sweeps draw from."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping

from simulation.errors import Problem
from simulation.scenario import units
from simulation.scenario.nodes import Node
from simulation.scenario.parameters import BOUNDED_UNITS, BY_NAME, PARAMETERS, Parameter, Unit

READERS: dict[Unit, Callable[[object], float]] = {
    "count": units.number,
    "persons": units.number,
    "ties": units.number,
    "weight": units.number,
    "level": units.number,
    "share": units.share,
    "probability": units.probability,
    "weeks": units.weeks,
    "packs": units.packs,
    "rupiah": units.rupiah,
    "per week": units.per_week,
}
LIMITS = {
    "shelf_life_weeks": (1, 16),
    "supermarket_payment_weeks": (0, 15),
    "cycle_weeks": (1, 52),
    "n_members": (1, 500),
}
"""What the engine can hold, where that is less than what is possible."""


def written(parameter: Parameter, value: float) -> str:
    """Write a value the way a scenario file wants it.

    Examples
    --------
    >>> written(BY_NAME["cycle_weeks"], 2)
    '2 weeks'
    """
    plain = f"{value:g}" if value < 100_000 else f"{value:.0f}"
    forms: dict[Unit, str] = {
        "share": f"{100 * value:g} %",
        "weeks": f"{value:g} weeks",
        "packs": f"{value:g} packs",
        "rupiah": f"Rp {units.thousands(round(value))}",
        "per week": f"{value:g} /week",
    }
    return forms.get(parameter.unit, plain)


def limits(parameter: Parameter) -> tuple[float, float]:
    """Least and greatest value that can be."""
    return LIMITS.get(parameter.name, (0.0, 1.0 if parameter.unit in BOUNDED_UNITS else float("inf")))


def impossible(parameter: Parameter, value: float) -> str:
    """Why a value cannot be, or nothing."""
    low, high = limits(parameter)
    if not low <= value <= high:
        top = f" to {written(parameter, high)}" if high != float("inf") else " or more"
        return f"{written(parameter, value)} is impossible; it is {written(parameter, low)}{top}"
    if parameter.name.startswith("n_") and value % 1:
        return f"{value:g} is no whole number"
    return ""


def unusual(parameter: Parameter, value: float) -> str:
    """Whether a value lies outside the range that the evidence supports."""
    if parameter.low <= value <= parameter.high:
        return ""
    low, high = written(parameter, parameter.low), written(parameter, parameter.high)
    return f"{written(parameter, value)} is outside the declared range {low} to {high} ({parameter.source})"


def read_parameters(node: Node | None) -> tuple[dict[str, float], list[Problem], list[Problem]]:
    """Read the section ``parameters``: values for all names, errors, warnings."""
    values = {parameter.name: float(parameter.default) for parameter in PARAMETERS}
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for name, value in node.items() if node is not None else ():
        key = f"parameters.{name}"
        if name not in BY_NAME:
            place = node.keys[name] if node is not None else value.place
            errors.append(place.problem(key, f"unknown parameter{nearest(name, BY_NAME)}"))
            continue
        parameter = BY_NAME[name]
        try:
            values[name] = float(READERS[parameter.unit](value.plain()))
        except ValueError as error:
            errors.append(value.place.problem(key, str(error)))
            continue
        if why := impossible(parameter, values[name]):
            errors.append(value.place.problem(key, why))
        elif why := unusual(parameter, values[name]):
            warnings.append(value.place.problem(key, why))
    return values, errors, warnings


def nearest(word: str, words: Mapping[str, object] | list[str]) -> str:
    """Hint at the nearest known word."""
    near = difflib.get_close_matches(word, list(words), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""

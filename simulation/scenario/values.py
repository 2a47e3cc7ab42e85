"""Parameters as written: each has a declared unit, a possible range, and a range that sweeps draw from."""

from __future__ import annotations

from collections.abc import Callable, Collection

from getok.simulation.errors import MOST_TOLD, Problem
from getok.simulation.nearest import nearest
from getok.simulation.scenario import units
from getok.simulation.scenario.nodes import Node
from getok.simulation.scenario.parameters import BY_NAME, PARAMETERS, Parameter, Unit

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
POSSIBLE: dict[Unit, tuple[float, float]] = {
    "count": (0, 100_000),
    "persons": (1, 100),
    "ties": (0, 100),
    "weight": (0, 1),
    "level": (0, 1),
    "share": (0, 1),
    "probability": (0, 1),
    "weeks": (0, 1040),
    "packs": (0, 100_000),
    "rupiah": (0, 100_000_000),
    "per week": (0, 1000),
}
"""What a number of a unit can be at all: beyond it a law of the model would break, or a sum of money not be held."""

LIMITS: dict[str, tuple[float, float]] = {
    "n_households_rw": (1, 100_000),
    "n_rt": (1, 10_000),
    "n_members": (1, 500),
    "n_officers": (0, 500),
    "n_ring_neighbours": (0, 200),
    "n_member_extra_ties": (0, 1000),
    "n_shops_per_household": (0, 100),
    "n_trial_cycles": (1, 1000),
    "acceptance_slope": (0, 1000),
    "equipment_gain": (0, 100),
    "lot_growth": (0, 100),
    "plan_margin": (0, 100),
    "packs_mean": (1, 1000),
    "cycle_weeks": (1, 52),
    "adhoc_offer_weeks": (1, 1040),
    "shelf_life_weeks": (1, 16),
    "supermarket_payment_weeks": (0, 15),
    "price_rupiah": (1, 100_000_000),
    "poverty_line_rupiah": (1, 100_000_000),
    "initial_cash_rupiah": (0, 1_000_000_000_000),
    "trust_drift_rate": (0, 1),
}
"""Parameters of which less, or more, is possible than of others in their unit."""


def limits(parameter: Parameter) -> tuple[float, float]:
    """Least and most that a parameter can be; its declared range lies inside."""
    return LIMITS.get(parameter.name, POSSIBLE[parameter.unit])


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


def impossible(parameter: Parameter, value: float) -> str:
    """Why a value cannot be, or nothing."""
    low, high = limits(parameter)
    if not low <= value <= high:
        least, most = written(parameter, low), written(parameter, high)
        return f"{written(parameter, value)} is impossible; it is {least} to {most}"
    if parameter.name.startswith("n_") and value % 1:
        return f"{value:g} is no whole number"
    return ""


def unusual(parameter: Parameter, value: float) -> str:
    """Whether a value lies outside the range that the evidence supports."""
    if parameter.low <= value <= parameter.high:
        return ""
    low, high = written(parameter, parameter.low), written(parameter, parameter.high)
    return f"{written(parameter, value)} is outside the declared range {low} to {high} ({parameter.source})"


def read_parameters(
    node: Node | None, observed: Collection[str] = ()
) -> tuple[dict[str, float], list[Problem], list[Problem]]:
    """Read the section ``parameters``, and what stands under ``observed``: values for all names, errors, warnings."""
    values = {parameter.name: float(parameter.default) for parameter in PARAMETERS}
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for name, value in node.items() if node is not None else ():
        key = f"{'observed' if name in observed else 'parameters'}.{name}"
        if len(errors) >= MOST_TOLD:
            break
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

"""What a scenario says of parameters itself stands at every point: as observed, or as a change of what a point says.

A scenario that raises a parameter from its default of 12 to 24 asks what twice as much does: where a parameter set has
9, the scenario has 18. What it has observed, such as the price of its own group, is the same in every set.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from getok.simulation.scenario.parameters import BY_NAME, Parameter
from getok.simulation.scenario.points import Points
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.values import limits


class How(StrEnum):
    """How a value stands over parameter sets."""

    OBSERVED = "observed"
    TIMES = "times"
    ODDS = "odds"


@dataclass(frozen=True, slots=True)
class Stated:
    """A parameter that points vary and a scenario says something of itself.

    Attributes
    ----------
    default, value : float
        What the model says, and the scenario at the defaults.
    factor : float
        What the value of a set, or its odds, is multiplied by; 1 for what was observed, infinite for a value of 1.
    n_clipped, n : int
        Sets in which the changed value would pass a bound of the model and is put there; sets in all.
    """

    scenario: str
    parameter: str
    how: How
    default: float
    value: float
    factor: float
    n_clipped: int
    n: int

    @property
    def is_bound(self) -> bool:
        """Whether a change leads to a bound, and so to the same value in every set."""
        return self.how is not How.OBSERVED and (self.factor == 0.0 or math.isinf(self.factor))


def is_stated(scenario: Scenario, name: str) -> bool:
    """Whether a scenario says something of a parameter itself."""
    default = BY_NAME[name].default
    return name in scenario.observed or scenario.parameters.get(name, default) != default


def value_at(scenario: Scenario, name: str, drawn: float) -> float:
    """Value of a parameter of a scenario where a parameter set says ``drawn``."""
    if name in scenario.observed:
        return scenario.parameters[name]
    if not is_stated(scenario, name):
        return drawn
    return _within(BY_NAME[name], _changed(BY_NAME[name], scenario.parameters[name], drawn))


def stated(scenarios: Sequence[Scenario], points: Points) -> Iterator[Stated]:
    """Tell what each scenario says itself of the parameters that points vary."""
    for place, name in enumerate(points.parameters):
        for scenario in scenarios:
            if name in BY_NAME and is_stated(scenario, name):
                yield _stated(scenario, BY_NAME[name], points.values[:, place].tolist())


def _stated(scenario: Scenario, parameter: Parameter, drawn: Sequence[float]) -> Stated:
    name, value, default = parameter.name, scenario.parameters[parameter.name], float(parameter.default)
    if name in scenario.observed:
        return Stated(scenario.name, name, How.OBSERVED, default, value, 1.0, 0, len(drawn))
    changed = [_changed(parameter, value, one) for one in drawn]
    n_clipped = sum(one != _within(parameter, one) for one in changed)
    return Stated(
        scenario.name, name, How(parameter.change), default, value, _factor(parameter, value), n_clipped, len(drawn)
    )


def _factor(parameter: Parameter, value: float) -> float:
    """What a change of the default to a value multiplies."""
    if parameter.change == "times":
        return value / parameter.default
    return _odds(value) / _odds(parameter.default)


def _changed(parameter: Parameter, value: float, drawn: float) -> float:
    """Value that a change of the default to ``value`` makes of a drawn one; a whole one where only such make sense."""
    factor = _factor(parameter, value)
    if parameter.change == "times":
        changed = drawn * factor
        return float(math.floor(changed + 0.5)) if parameter.is_whole else changed
    if value in {0.0, 1.0}:  # never, or always: so in every set
        return value
    odds = factor * _odds(drawn)
    return 1.0 if math.isinf(odds) else odds / (1.0 + odds)


def _odds(share: float) -> float:
    return math.inf if share >= 1.0 else share / (1.0 - share)


def _within(parameter: Parameter, value: float) -> float:
    low, high = limits(parameter)
    return min(max(value, low), high)

"""The scenarios of a sweep: as many as scenarios times points, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import overload

from getok.simulation.scenario.points import Points, variant_name
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.resolved_json import burn_in_digest, digest, digest_with_parameters
from getok.simulation.sweep.designs import that_run
from getok.simulation.sweep.settings import is_parameter, with_values
from getok.simulation.sweep.stated import is_stated, value_at

NEVER = -1.0
"""A value that no parameter has."""


class Variants(Sequence[Scenario]):
    """Scenarios over points, point by point, so that every part of a sweep is a fair comparison.

    Parameters
    ----------
    scenarios : sequence of Scenario
        The first is the baseline.
    points : Points
        Parameter sets.
    """

    def __init__(self, scenarios: Sequence[Scenario], points: Points) -> None:
        self.scenarios = tuple(scenarios)
        self.points = points

    def __len__(self) -> int:
        return len(self.scenarios) * len(self.points)

    @overload
    def __getitem__(self, index: int) -> Scenario: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Scenario, ...]: ...

    def __getitem__(self, index: int | slice) -> Scenario | tuple[Scenario, ...]:
        """Scenario at a place: of point ``place // n`` where ``n`` scenarios are swept."""
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        point, place = divmod(index % len(self), len(self.scenarios))
        scenario = self.scenarios[place]
        values = self.points.values[point].tolist()
        return with_values(scenario, self.points.parameters, values, variant_name(scenario.name, point))

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all, in order."""
        return tuple(variant_name(one.name, point) for point in range(len(self.points)) for one in self.scenarios)

    def digests(self) -> tuple[str, ...]:
        """Digest of the resolved form of each."""
        names = self.points.parameters
        if not all(map(is_parameter, names)):
            return tuple(digest(scenario) for scenario in self)
        makers = [digest_with_parameters(scenario) for scenario in self.scenarios]
        own = [[name for name in names if is_stated(scenario, name)] for scenario in self.scenarios]
        found: list[str] = []
        for row in that_run(self.points).values.tolist():
            drawn = dict(zip(names, row, strict=True))
            for make, scenario, stated in zip(makers, self.scenarios, own, strict=True):
                changed = {name: value_at(scenario, name, drawn[name]) for name in stated}
                found.append(make(scenario.parameters | drawn | changed))
        return tuple(found)

    def burn_ins(self) -> tuple[int, ...]:
        """Number of the burn-in of each: at one point, scenarios of equal burn-in share it."""
        swept = [name for name in self.points.parameters if is_parameter(name)]
        same = [_burn_in_but(one, swept) for one in self.scenarios]
        classes = [same.index(one) for one in same]
        return tuple(point * len(classes) + one for point in range(len(self.points)) for one in classes)


def _burn_in_but(scenario: Scenario, swept: Sequence[str]) -> tuple[str, ...]:
    """Digest of what a burn-in hangs on but for what points say, and what the scenario says of that itself."""
    drawn = [name for name in swept if not is_stated(scenario, name)]
    others = replace(scenario, parameters=scenario.parameters | dict.fromkeys(drawn, NEVER))
    return burn_in_digest(others), *(name for name in swept if name in scenario.observed)

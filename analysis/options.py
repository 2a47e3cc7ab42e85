"""What can be chosen among scenarios, and what merely happens.

A shock, and a parameter that nobody decides on, is the world's doing: a scenario that differs from another by these
alone asks how the same choice fares, and is compared, but no one can prefer it. So it is not ranked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from getok.simulation.scenario.parameters import DECIDED
from getok.simulation.scenario.resolved import Scenario

TOLD = frozenset({"name", "question", "parents", "assumptions", "labels", "observed"})
"""What is said about a scenario, not what is played."""

WORLD = frozenset({"shocks", "parameters"})
"""Fields that hold what happens; of the parameters those that somebody decides on are looked at by themselves."""


def circumstances(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Names of the scenarios that are no options, in their order; the first, the baseline, always is one.

    Of two scenarios that the world alone sets apart the one with fewer shocks is the option, then the one named first.
    """
    baseline, *others = scenarios
    options = [baseline]
    for one in sorted(others, key=lambda other: len(other.shocks)):
        if not any(is_same_choice(one, option) and is_other_world(one, option) for option in options):
            options.append(one)
    chosen = {option.name for option in options}
    return tuple(one.name for one in scenarios if one.name not in chosen)


def is_same_choice(one: Scenario, other: Scenario) -> bool:
    """Whether nothing sets two scenarios apart that anybody decides on."""
    fields = [field.name for field in dataclasses.fields(Scenario) if field.name not in TOLD | WORLD]
    return all(getattr(one, name) == getattr(other, name) for name in fields) and all(
        one.parameters.get(name) == other.parameters.get(name) for name in DECIDED
    )


def is_other_world(one: Scenario, other: Scenario) -> bool:
    """Whether something happens, or is so, in one scenario and not in the other."""
    return one.shocks != other.shocks or one.parameters != other.parameters

"""Scenarios that only patterns need: the library's own, with one thing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from getok.analysis.patterns.pattern import Pattern
from getok.simulation.scenario.resolved import Facilitator, Scenario

Library = Callable[[str], Scenario]
"""Finds a scenario of the library by name."""


def no_unsold_risk(library: Library) -> Scenario:
    """The baseline, but an informal arrangement takes the risk of unsold stock off the owner, as an MoU does."""
    base = library("baseline_reflection")
    relieved = base.parameters | {"informal_weight": base.parameters["mou_weight"]}
    return replace(base, name="probe_no_unsold_risk", parameters=relieved)


def no_facilitator(library: Library) -> Scenario:
    """The implemented programme, and nobody to carry it."""
    done = library("implemented_2019")
    return replace(done, name="probe_no_facilitator", facilitator=Facilitator(0.0, 1, 1))


def more_equipment(library: Library) -> Scenario:
    """Everything, with twice the equipment from the start."""
    everything = library("everything")
    doubled = everything.parameters | {"capacity_member_packs": 2 * everything.parameters["capacity_member_packs"]}
    return replace(everything, name="probe_more_equipment", parameters=doubled)


PROBES: dict[str, Callable[[Library], Scenario]] = {
    "probe_no_unsold_risk": no_unsold_risk,
    "probe_no_facilitator": no_facilitator,
    "probe_more_equipment": more_equipment,
}


def scenarios_for(patterns: Iterable[Pattern], library: Library) -> list[Scenario]:
    """Scenarios that these patterns need, each once, in the order in which they are first named."""
    names = dict.fromkeys(name for pattern in patterns for name in pattern.scenarios)
    return [PROBES[name](library) if name in PROBES else library(name) for name in names]

"""One replicate, as a user of Python asks for it: what is asked for is checked first, then run by the engine.

A run checks its scenarios once, when it is planned, and then calls the engine itself.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from getok.simulation import engine
from getok.simulation.engine import Snapshot
from getok.simulation.errors import UsageError
from getok.simulation.record.tables import Table
from getok.simulation.scenario.made import refuse_impossible
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.whole import checked_replicate, checked_seed

if TYPE_CHECKING:
    from getok.simulation.model import CommunityModel

_CHECKED: deque[tuple[Scenario, dict[str, float]]] = deque(maxlen=16)
"""Scenarios found whole a moment ago, with the parameters they had: loops over replicates check each once."""


def checked_scenario(scenario: Scenario) -> Scenario:
    """Give a scenario back that can be run.

    Raises
    ------
    ScenarioError
        If it cannot: see :func:`getok.simulation.scenario.made.refuse_impossible`.
    """
    if not any(scenario is one and scenario.parameters == parameters for one, parameters in _CHECKED):
        refuse_impossible(scenario)
        _CHECKED.append((scenario, dict(scenario.parameters)))
    return scenario


def burn_in(scenario: Scenario, seed: int, replicate: int) -> Snapshot:
    """Build the community of a replicate and run its burn-in once, for all scenarios that share it.

    Parameters
    ----------
    scenario : Scenario
        Any of those that share it.
    seed, replicate : int
        Which draws; whole numbers, the seed in [0, 2**63).

    Raises
    ------
    GetokError
        If the scenario cannot be, or a number is none of those.
    """
    return engine.burn_in(checked_scenario(scenario), checked_seed(seed), checked_replicate(replicate))


def simulate(
    scenario: Scenario,
    seed: int,
    replicate: int,
    burnt_in: Snapshot | None = None,
    *,
    people: bool = False,
    events: bool = False,
    model: type[CommunityModel] | None = None,
) -> dict[str, Table]:
    """Run one replicate of a scenario to its horizon and return its tables.

    Parameters
    ----------
    scenario : Scenario
        What happens.
    seed, replicate : int
        Which luck; whole numbers, the seed in [0, 2**63). Replicate k has the same community in every scenario.
    burnt_in : Snapshot, optional
        Burn-in to go on from, of :func:`burn_in`; without it the burn-in is lived first.
    people : bool
        Keep every buyer and tie at the snapshot weeks.
    events : bool
        Keep the event log.
    model : type, optional
        Subclass of :class:`getok.CommunityModel`, which lives the replicate in Mesa from its first week on.

    Returns
    -------
    dict of str to Table
        Tables by name, as docs/tables.md lists them.

    Raises
    ------
    GetokError
        If the scenario cannot be, or seed or replicate are no whole numbers in their range; if a model of one's own is
        to go on from a burn-in, or to keep events.
    ValueError
        If ``burnt_in`` belongs to another seed, replicate or community.
    """
    if model is not None:
        if burnt_in is not None or events:
            raise UsageError(
                f"{model.__name__} lives from its first week on and keeps no event log: no burnt_in, no events"
            )
        return model.tables_of(scenario, seed, replicate, people=people)
    return engine.simulate(
        checked_scenario(scenario),
        checked_seed(seed),
        checked_replicate(replicate),
        burnt_in,
        people=people,
        events=events,
    )

"""The model as a Mesa user meets it: ``CommunityModel(scenario)``, one ``step`` a week.

Mesa is the face, not the engine: scheduling, randomness and space are ours, because a week is compiled and its draws
are keyed. ``agents``, ``select``, ``DataCollector``, ``batch_run`` work as everywhere in Mesa.
"""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path
from typing import Any

from getok.simulation.agents import Agency, Buyer, Member, MesaCollector, MesaModel, ShopOwner
from getok.simulation.collecting import NUMBERS, cooperation_name, number, numbers_of_week, stage_name
from getok.simulation.engine import Simulation
from getok.simulation.record.tables import Table
from getok.simulation.replicate import checked_scenario
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.state import World
from getok.simulation.whole import LARGEST_SEED, checked_replicate, checked_seed

DEFAULT_SEED = 1
"""Seed of a replicate that is asked for by its number alone, as everywhere in getok."""

MODEL_REPORTERS = {
    **{name: name for name in ("scenario_name", "seed", "replicate", "week")},
    **{column.name: partial(number, name=column.name) for column in NUMBERS},
}
"""What the data collector takes down of every week: which luck, which week, and the columns of the weekly table."""

AGENT_REPORTERS = {
    Buyer: {"stage": stage_name, "trust": "trust", "group": "group"},
    Member: {"stage": stage_name, "group": "group"},
    ShopOwner: {"stage": stage_name, "trust": "trust", "cooperation": cooperation_name, "group": "group"},
    Agency: {"trust": "trust", "cooperation": cooperation_name},
}
"""What it takes down of every agent, if asked to."""


class CommunityModel(MesaModel):  # type: ignore[misc]  # Mesa ships no types
    """A community, a group and its agencies, living a scenario week by week.

    ``datacollector`` holds the numbers of every week lived. ``resolved_scenario`` is what happens; ``scenario`` is
    Mesa's own record of a model's arguments, from Mesa 3.5 on.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Name of a library scenario, a scenario file, or a resolved scenario.
    seed : int, optional
        Seed of the keyed draws, in [0, 2**63). Without seed and replicate every model has luck of its own, as Mesa's
        models have: the iterations of ``mesa.batch_run`` differ. Attribute ``seed`` says which it was.
    replicate : int, optional
        Replicate of the seed, counted from 0: the same community in every scenario. Without a seed it is one of seed 1,
        so ``mesa.batch_run(CommunityModel, {"scenario": [...], "replicate": range(30)})`` gives pairs.
    events : bool
        Keep the event log.
    collect_agents : bool
        Also take down stage and trust of every agent every week: some ten times slower.

    Raises
    ------
    GetokError
        If the scenario cannot be, or seed or replicate is no whole number in its range.

    Examples
    --------
    >>> model = CommunityModel("baseline_reflection", seed=1)
    >>> model.step()
    >>> model.week
    1
    """

    def __init__(
        self,
        scenario: str | Path | Scenario = "baseline_reflection",
        seed: int | None = None,
        replicate: int | None = None,
        *,
        events: bool = False,
        collect_agents: bool = False,
    ) -> None:
        if seed is None:
            seed = secrets.randbelow(LARGEST_SEED) if replicate is None else DEFAULT_SEED
        self._luck = checked_seed(seed), checked_replicate(0 if replicate is None else replicate)
        lived = scenario if isinstance(scenario, Scenario) else load_scenario(scenario).scenario
        super().__init__(rng=self.seed)
        self.resolved_scenario = checked_scenario(lived)
        self.simulation = Simulation(lived, *self._luck, people=True, events=events)
        self.buyers = [Buyer(self, i) for i in range(len(self.world.buyers))]
        self.members = [Member(self, i) for i in range(len(self.world.members))]
        self.shop_owners = [ShopOwner(self, i) for i in range(len(self.world.outlets))]
        self.agencies = [Agency(self, i) for i in range(len(lived.services))]
        self.numbers: dict[str, float] = {}
        reporters = {kind: one for kind, one in AGENT_REPORTERS.items() if kind in self.agents_by_type}
        self.datacollector = MesaCollector(
            model_reporters=MODEL_REPORTERS, agenttype_reporters=reporters if collect_agents else None
        )

    @property
    def scenario_name(self) -> str:
        """Name of the scenario that is lived."""
        return self.resolved_scenario.name

    @property
    def seed(self) -> int:
        """Seed of the keyed draws, given or not."""
        return self._luck[0]

    @property
    def replicate(self) -> int:
        """Replicate of the seed."""
        return self._luck[1]

    @property
    def world(self) -> World:
        """The arrays that the agents are views of."""
        return self.simulation.world

    @property
    def week(self) -> int:
        """Last week lived."""
        return self.world.week

    def step(self) -> None:
        """Live one week and collect its numbers; ``running`` ends with the horizon."""
        self.simulation.advance(1)
        self.numbers = numbers_of_week(self.simulation.weeks, self.week)
        self.datacollector.collect(self)
        self.running = self.week < self.resolved_scenario.horizon_weeks

    def flow(self, column: str, group: int = 0) -> Any:  # noqa: ANN401 - int or float by column
        """A number of the last week, by column of the weekly table (flows and states); 0 before the first week."""
        return self.simulation.weeks.flows[column][self.week - 1, group].item() if self.week > 0 else 0

    def warnings(self) -> tuple[str, ...]:
        """Interventions that never took place, once the horizon is reached."""
        return self.simulation.warnings()

    def tables(self) -> dict[str, Table]:
        """Tables of the weeks lived so far."""
        return self.simulation.tables()

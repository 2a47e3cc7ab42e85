"""The model as a Mesa user meets it: ``CommunityModel(scenario)``, one ``step`` a week.

Mesa is the face, not the engine: scheduling, randomness and space are ours, because a week is compiled and its draws
are keyed. ``agents``, ``select``, ``DataCollector`` work as everywhere in Mesa.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulation.agents import Agency, Buyer, Member, MesaModel, ShopOwner
from simulation.engine import Simulation
from simulation.record.tables import Table
from simulation.scenario.load import load_scenario
from simulation.scenario.resolved import Scenario
from simulation.state import World


class CommunityModel(MesaModel):  # type: ignore[misc]  # Mesa ships no types
    """A community, a group and its agencies, living a scenario week by week.

    Parameters
    ----------
    scenario : str, Path or Scenario
        Name of a library scenario, a scenario file, or a resolved scenario.
    seed : int
        Seed of the keyed draws.
    replicate : int
        Replicate: the same community in every scenario with this seed.
    events : bool
        Keep the event log.

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
        seed: int = 1,
        replicate: int = 0,
        *,
        events: bool = False,
    ) -> None:
        super().__init__(seed=seed)
        self.scenario = scenario if isinstance(scenario, Scenario) else load_scenario(scenario).scenario
        self.simulation = Simulation(self.scenario, seed, replicate, people=True, events=events)
        self.buyers = [Buyer(self, i) for i in range(len(self.world.buyers))]
        self.members = [Member(self, i) for i in range(len(self.world.members))]
        self.shop_owners = [ShopOwner(self, i) for i in range(len(self.world.outlets))]
        self.agencies = [Agency(self, i) for i in range(len(self.scenario.services))]

    @property
    def world(self) -> World:
        """The arrays that the agents are views of."""
        return self.simulation.world

    @property
    def week(self) -> int:
        """Last week lived."""
        return self.world.week

    def step(self) -> None:
        """Live one week; ``running`` ends with the horizon."""
        self.simulation.advance(1)
        self.running = self.week < self.scenario.horizon_weeks

    def flow(self, column: str, group: int = 0) -> Any:  # noqa: ANN401 - int or float by column
        """A number of the last week, by column of the weekly table (flows and states); 0 before the first week."""
        return self.simulation.weeks.flows[column][self.week - 1, group].item() if self.week > 0 else 0

    def warnings(self) -> tuple[str, ...]:
        """Interventions that never took place, once the horizon is reached."""
        return self.simulation.warnings()

    def tables(self) -> dict[str, Table]:
        """Tables of the weeks lived so far."""
        return self.simulation.tables()

"""The model as a user meets it: ``CommunityModel(scenario)``, one ``step`` a week, programme and agencies at work."""

from __future__ import annotations

import secrets
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from getok.simulation.community.generate import build_world
from getok.simulation.draws import replicate_key
from getok.simulation.engine import MOST_PEOPLE, tasks_done_share
from getok.simulation.institutions.weekly_steps import Institutions
from getok.simulation.model import arrays
from getok.simulation.model.agencies import Agency, Facilitator
from getok.simulation.model.agents import MesaCollector
from getok.simulation.model.buyers import Buyer
from getok.simulation.model.collecting import (
    NUMBERS,
    cooperation_name,
    group_index,
    number,
    numbers_of_week,
    stage_name,
)
from getok.simulation.model.community import Community, Process
from getok.simulation.model.members import Member
from getok.simulation.model.shop_owners import ShopOwner
from getok.simulation.record.outlets import outlets_table
from getok.simulation.record.snapshots import Snapshots
from getok.simulation.record.summary import summary_table
from getok.simulation.record.tables import SNAPSHOT_WEEKS, Table
from getok.simulation.record.weekly import income_table, weekly_table
from getok.simulation.replicate import checked_scenario
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.whole import LARGEST_SEED, checked_replicate, checked_seed

DEFAULT_SEED = 1
"""Seed of a replicate that is asked for by its number alone, as everywhere in getok."""

MODEL_REPORTERS = {
    **{name: name for name in ("scenario_name", "seed", "replicate", "week")},
    **{column.name: partial(number, name=column.name) for column in NUMBERS},
}
"""What the data collector takes down of every week: which luck, which week, and the columns of the weekly table."""

AGENT_REPORTERS = {
    Buyer: {"stage": stage_name, "trust": "trust", "group": group_index},
    Member: {"stage": stage_name, "group": group_index},
    ShopOwner: {"stage": stage_name, "trust": "trust", "cooperation": cooperation_name, "group": group_index},
    Agency: {"trust": "trust", "cooperation": cooperation_name},
}
"""What it takes down of every agent, if asked to."""


class CommunityModel(Community):
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
    collect_agents : bool
        Also take down stage and trust of every agent every week.
    people : bool
        Keep every buyer and tie at the snapshot weeks, for the tables ``people`` and ``network``.

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

    agency_class: ClassVar[type[Agency]] = Agency
    facilitator_class: ClassVar[type[Facilitator]] = Facilitator

    def __init__(
        self,
        scenario: str | Path | Scenario = "baseline_reflection",
        seed: int | None = None,
        replicate: int | None = None,
        *,
        collect_agents: bool = False,
        people: bool = True,
    ) -> None:
        if seed is None:
            seed = secrets.randbelow(LARGEST_SEED) if replicate is None else DEFAULT_SEED
        self._luck = checked_seed(seed), checked_replicate(0 if replicate is None else replicate)
        self.resolved_scenario = checked_scenario(
            scenario if isinstance(scenario, Scenario) else load_scenario(scenario).scenario
        )
        world = build_world(self.resolved_scenario, replicate_key(*self._luck))
        super().__init__(world, max(1, -world.week), self.seed)
        while self.week < 0:
            self.live_week()
        self._make_room(self.resolved_scenario.horizon_weeks)
        self._snapshots = Snapshots(self.resolved_scenario, people=people and len(self.buyers) <= MOST_PEOPLE)
        self._snapshots.take(self.world)
        self._add_collector(collect_agents=collect_agents)

    def populate(self) -> None:
        """Add agencies and facilitator; a subclass adds kinds of its own."""
        scenario = self.resolved_scenario
        self.institutions = Institutions(scenario, len(self.groups))
        self.agencies = [
            self.agency_class(self, index=place, name=service.name) for place, service in enumerate(scenario.services)
        ]
        self.facilitator = self.facilitator_class(self)
        for owner in self.shop_owners:
            owner.name = scenario.outlets[owner.key % 1000].name

    @classmethod
    def tables_of(cls, scenario: Scenario, seed: int, replicate: int, *, people: bool = False) -> dict[str, Table]:
        """Live one replicate of a scenario to its horizon and return its tables."""
        model = cls(scenario, seed, replicate, people=people)
        while model.running:
            model.step()
        return model.tables()

    def _add_collector(self, *, collect_agents: bool) -> None:
        self.numbers: dict[str, float] = {}
        reporters = {
            present: one
            for kind, one in AGENT_REPORTERS.items()
            for present in self.agents_by_type
            if issubclass(present, kind)
        }
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
    def service_trust(self) -> NDArray[np.float64]:
        """Trust of groups in services, shape (n_groups, n_services)."""
        return self._world.service_trust

    @property
    def service_cooperation(self) -> NDArray[np.uint8]:
        """Cooperation of groups with services, shape (n_groups, n_services)."""
        return self._world.service_cooperation

    # The week

    def processes(self) -> list[Process]:
        """What happens in a week, in order; a subclass puts its own among them."""
        return [self.plan, *super().processes()]

    def plan(self) -> None:
        """Processes 1 to 3: calendar, programme and agencies (7.1, 7.9, 7.10); nothing happens in the burn-in."""
        if self.week <= 0 or self.institutions.next_week(self.week - 1) != self.week:
            return
        world, flows, row = self._world, self.weeks.flows, self.week - 1
        world.week = self.week - 1
        arrays.write_few(self, world)
        arrays.write_seen(self, world)
        self.institutions.step(world, self.week, flows[row], None, flows[row - 1] if row > 0 else None)
        arrays.read_institutions(self, world)

    def step(self) -> None:
        """Live one week and collect its numbers; ``running`` ends with the horizon."""
        if self.week >= self.resolved_scenario.horizon_weeks:
            self.running = False
            return
        self.live_week()
        if self.week in {*SNAPSHOT_WEEKS, self.resolved_scenario.observation_week}:
            self._snapshots.take(self.world)
        self.numbers = numbers_of_week(self.weeks, self.week)
        self.datacollector.collect(self)
        self.running = self.week < self.resolved_scenario.horizon_weeks

    def flow(self, column: str, group: int = 0) -> Any:  # noqa: ANN401 - int or float by column
        """A number of the last week, by column of the weekly table (flows and states); 0 before the first week."""
        return self.weeks.flows[column][self.week - 1, group].item() if self.week > 0 else 0

    def warnings(self) -> tuple[str, ...]:
        """Interventions that never took place, once the horizon is reached."""
        return self.institutions.end_of_run()

    def tables(self) -> dict[str, Table]:
        """Tables of the weeks lived so far, by name: those of :func:`getok.simulate`."""
        world, weeks = self.world, self.weeks.first(max(1, self.week))
        programme = self.institutions.programme_table()
        return {
            "weekly": weekly_table(weeks),
            "outlets": outlets_table(world, weeks, self.resolved_scenario),
            "income": income_table(weeks, world),
            "cases": self.institutions.cases_table(),
            "programme": programme,
            "summary": summary_table(world, weeks, tasks_done_share(programme, len(self.groups))),
            **self._snapshots.tables(world),
        }

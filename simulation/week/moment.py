"""One week as the institutions see it: the world, the week's money and effort, and the agencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.draws import draw
from simulation.record.event_log import EventLog
from simulation.scenario.resolved import Payer
from simulation.state import Records, World

if TYPE_CHECKING:
    from simulation.interventions.work import Work
    from simulation.week.agencies import Agencies


@dataclass(slots=True)
class Moment:
    """What processes 1 to 3 may look at and change in one week.

    Attributes
    ----------
    flows : Records, shape (n_groups,)
        The week's flows of every group.
    parameters : dict
        The scenario's parameters by name.
    previous : Records or None, shape (n_groups,)
        Last week's flows; None if unknown.
    active_buyers : int64 or None, shape (n_groups,)
        Active buyers of every group, counted once a week if a trigger asks.
    """

    world: World
    week: int
    flows: Records
    parameters: dict[str, float]
    agencies: Agencies
    log: EventLog | None = None
    previous: Records | None = None
    active_buyers: NDArray[np.int64] | None = None

    def draw(self, purpose: int, number: int, group: int, luck: int) -> float:
        """Draw a group's luck with one service, in [0, 1).

        Parameters
        ----------
        purpose : int
            A plain number: an enum costs a compiled function as much as ten draws to look at.
        number : int
            What makes this draw another one: the attempt, or the week.
        luck : int
            Sets services apart.
        """
        return draw(self.world.key, purpose, number, int(self.world.groups["key"][group]), luck)

    def outlet(self, group: int, place: int) -> int:
        """Index of a group's outlet at this place of the scenario's list."""
        return int(self.world.groups["outlet_start"][group]) + place

    def n_members(self, group: int) -> int:
        """Members of a group."""
        groups = self.world.groups
        return int(groups["member_stop"][group]) - int(groups["member_start"][group])

    def pay(self, group: int, payer: Payer, rupiah: int, work: Work | None) -> None:
        """Book a cost of the programme: to the public, or out of the group's cash."""
        if rupiah == 0:
            return
        if payer is Payer.GROUP:
            self.world.groups["cash_rupiah"][group] -= rupiah
            self.flows["cost_group_rupiah"][group] += rupiah
            if work is not None:
                work.cost_group_rupiah += rupiah
        else:
            self.flows["cost_public_rupiah"][group] += rupiah
            if work is not None:
                work.cost_public_rupiah += rupiah

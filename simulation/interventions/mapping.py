"""Mapping: members and neighbours draw the map of source systems (paper S1, E04)."""

from __future__ import annotations

from getok.simulation.interventions.context import Context
from getok.simulation.interventions.contract import Aim, Intervention, Rank
from getok.simulation.interventions.work import Plan, Work
from getok.simulation.scenario.resolved import TaskKind


class Mapping(Intervention):
    """A session after which the group knows its sources, and members know what a network is for."""

    kind = TaskKind.MAPPING
    rank = Rank.MAPPING
    aim = Aim.GROUP

    def finish(self, context: Context, plan: Plan, work: Work) -> None:  # noqa: ARG002 - the whole session is the work
        """Hold the session; if a selection is to follow, offers wait for it (P07)."""
        groups = context.groups
        groups["session_mapping"][plan.group] = 1
        if plan.awaits(TaskKind.SELECTION):
            groups["selection_made"][plan.group] = 1

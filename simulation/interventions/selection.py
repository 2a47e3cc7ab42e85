"""Selection: the group decides which sources to approach (paper S2, E05, P07, C05)."""

from __future__ import annotations

from getok.simulation.interventions.context import Context
from getok.simulation.interventions.contract import Aim, Intervention, Rank
from getok.simulation.interventions.work import Plan, Work
from getok.simulation.scenario.resolved import TaskKind


class Selection(Intervention):
    """A session that chooses; from then on nobody else is approached."""

    kind = TaskKind.SELECTION
    rank = Rank.SELECTION
    aim = Aim.GROUP

    def finish(self, context: Context, plan: Plan, work: Work) -> None:
        """Hold the session and mark the chosen outlets."""
        groups = context.groups
        groups["session_selection"][plan.group] = 1
        groups["selection_made"][plan.group] = 1
        selected = context.outlets["selected"]
        for place in context.agencies.outlets_among(work.job.task.targets):
            selected[context.outlet(plan.group, place)] = 1

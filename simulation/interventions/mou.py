"""MoU: what was agreed is signed, and the group takes the risk of unsold stock (paper W5, E12, X10)."""

from __future__ import annotations

from getok.simulation.events import ActorKind, EventKind
from getok.simulation.interventions.context import Context
from getok.simulation.interventions.contract import Aim, Intervention, Readiness
from getok.simulation.interventions.meeting import is_away
from getok.simulation.interventions.work import Plan, Work
from getok.simulation.scenario.resolved import TaskKind
from getok.simulation.state import NEVER, Cooperation, Stage


class Mou(Intervention):
    """Cooperation rises to its highest level, one level a week."""

    kind = TaskKind.MOU
    aim = Aim.OUTLET
    needs_selection = True

    def readiness(self, context: Context, plan: Plan, work: Work) -> Readiness:
        """Sign only with owners met in an earlier week (P08), who have not dropped the product."""
        o = context.outlet(plan.group, work.job.place)
        outlets = context.outlets
        if outlets["n_meetings"][o] == 0:
            ahead = any(
                meeting.job.target == work.job.target and meeting.job.task.kind is TaskKind.MEETING
                for meeting in plan.unsettled
            )
            return Readiness.WAITS if ahead else Readiness.IMPOSSIBLE
        dropped = outlets["stage"][o] == Stage.DISCONTINUED
        waits = outlets["meeting_week"][o] >= context.week or dropped or is_away(context, o)
        return Readiness.WAITS if waits else Readiness.READY

    def finish(self, context: Context, plan: Plan, work: Work) -> None:
        """Sign, and deliver from now on."""
        o = context.outlet(plan.group, work.job.place)
        outlets = context.outlets
        outlets["cooperation_goal"][o] = Cooperation.MOU
        outlets["hold_until"][o] = NEVER
        if outlets["mou_week"][o] == NEVER:
            outlets["mou_week"][o] = context.week
        if context.log is not None:
            trust = outlets["trust"][o]
            context.log.append(
                context.week, EventKind.MOU, ActorKind.OWNER, o, ActorKind.GROUP, plan.group,
                stages=(outlets["stage"][o], outlets["stage"][o]), trusts=(trust, trust),
                threshold=outlets["threshold"][o],
            )  # fmt: skip

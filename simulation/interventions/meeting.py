"""Meeting: an owner is met in person (paper E10, E11, C11; model.md 7.1, 7.4)."""

from __future__ import annotations

from getok.simulation.events import ActorKind, EventKind
from getok.simulation.interventions.context import Context
from getok.simulation.interventions.contract import Aim, Intervention, Readiness
from getok.simulation.interventions.work import Plan, Work
from getok.simulation.rules.trust import gain
from getok.simulation.scenario.resolved import TaskKind
from getok.simulation.state import NEVER, Cooperation, Stage


def is_away(context: Context, outlet: int) -> bool:
    """Whether an owner cannot be approached now: the shop is closed, or it dropped the product not long ago."""
    outlets = context.outlets
    if outlets["closed_until"][outlet] >= context.week:
        return True
    if outlets["stage"][outlet] != Stage.DISCONTINUED:
        return False
    dropped: int = outlets["drop_week"][outlet]
    return context.week - dropped < context.parameters["reapproach_weeks"]


class Meeting(Intervention):
    """Trust grows, the offer stands from now on, and the owner knows what is asked."""

    kind = TaskKind.MEETING
    aim = Aim.OUTLET
    needs_selection = True

    def readiness(self, context: Context, plan: Plan, work: Work) -> Readiness:
        """Meet an owner at most once a week, and not while the shop is closed or has just dropped the product."""
        met_now = work.last_week == context.week
        away = met_now or is_away(context, context.outlet(plan.group, work.job.place))
        return Readiness.WAITS if away else Readiness.READY

    def finish(self, context: Context, plan: Plan, work: Work) -> None:
        """Meet the owner."""
        o = context.outlet(plan.group, work.job.place)
        outlets = context.outlets
        before = outlets["trust"][o]
        after = gain(before, context.parameters["meeting_trust_gain_rate"])
        outlets["trust"][o] = after
        outlets["n_meetings"][o] += 1
        outlets["standing_offer"][o] = 1
        outlets["cooperation_goal"][o] = max(outlets["cooperation_goal"][o], Cooperation.VERBAL)
        if outlets["approach_week"][o] == NEVER:
            outlets["approach_week"][o] = context.week
        if outlets["meeting_week"][o] == NEVER:
            outlets["meeting_week"][o] = context.week
            if plan.awaits(TaskKind.MOU, work.job.target):
                # Nothing is delivered before the agreement is signed, but not for ever (P08).
                outlets["hold_until"][o] = context.week + 2 * int(context.parameters["cycle_weeks"])
        if context.log is not None:
            context.log.append(
                context.week, EventKind.MEETING, ActorKind.OWNER, o, ActorKind.GROUP, plan.group,
                stages=(outlets["stage"][o], outlets["stage"][o]), trusts=(before, after),
                value=float(outlets["n_meetings"][o]), threshold=outlets["threshold"][o],
            )  # fmt: skip

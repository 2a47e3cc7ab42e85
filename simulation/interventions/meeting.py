"""Meeting: an owner is met in person (paper E10, E11, C11; model.md 7.1, 7.4)."""

from __future__ import annotations

from getok.simulation.events import ActorKind, EventKind
from getok.simulation.interventions.contract import Aim, Intervention, Readiness
from getok.simulation.interventions.work import Plan, Work
from getok.simulation.rules.trust import gain
from getok.simulation.scenario.resolved import TaskKind
from getok.simulation.state import NEVER, Cooperation, Stage
from getok.simulation.week.moment import Moment


def is_away(moment: Moment, outlet: int) -> bool:
    """Whether an owner cannot be approached now: the shop is closed, or it dropped the product not long ago."""
    outlets = moment.outlets
    if outlets["closed_until"][outlet] >= moment.week:
        return True
    if outlets["stage"][outlet] != Stage.DISCONTINUED:
        return False
    dropped: int = outlets["drop_week"][outlet]
    return moment.week - dropped < moment.parameters["reapproach_weeks"]


class Meeting(Intervention):
    """Trust grows, the offer stands from now on, and the owner knows what is asked."""

    kind = TaskKind.MEETING
    aim = Aim.OUTLET
    needs_selection = True

    def readiness(self, moment: Moment, plan: Plan, work: Work) -> Readiness:
        """Meet an owner at most once a week, and not while the shop is closed or has just dropped the product."""
        met_now = work.last_week == moment.week
        away = met_now or is_away(moment, moment.outlet(plan.group, work.job.place))
        return Readiness.WAITS if away else Readiness.READY

    def finish(self, moment: Moment, plan: Plan, work: Work) -> None:
        """Meet the owner."""
        o = moment.outlet(plan.group, work.job.place)
        outlets = moment.outlets
        before = outlets["trust"][o]
        after = gain(before, moment.parameters["meeting_trust_gain_rate"])
        outlets["trust"][o] = after
        outlets["n_meetings"][o] += 1
        outlets["standing_offer"][o] = 1
        outlets["cooperation_goal"][o] = max(outlets["cooperation_goal"][o], Cooperation.VERBAL)
        if outlets["approach_week"][o] == NEVER:
            outlets["approach_week"][o] = moment.week
        if outlets["meeting_week"][o] == NEVER:
            outlets["meeting_week"][o] = moment.week
            if plan.awaits(TaskKind.MOU, work.job.target):
                # Nothing is delivered before the agreement is signed, but not for ever (P08).
                outlets["hold_until"][o] = moment.week + 2 * int(moment.parameters["cycle_weeks"])
        if moment.log is not None:
            moment.log.append(
                moment.week, EventKind.MEETING, ActorKind.OWNER, o, ActorKind.GROUP, plan.group,
                stages=(outlets["stage"][o], outlets["stage"][o]), trusts=(before, after),
                value=float(outlets["n_meetings"][o]), threshold=outlets["threshold"][o],
            )  # fmt: skip

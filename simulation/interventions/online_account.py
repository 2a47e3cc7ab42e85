"""Online account: an officer and her child open it (paper E13, A04)."""

from __future__ import annotations

from getok.simulation.interventions.contract import Aim, Intervention
from getok.simulation.interventions.work import Plan, Work
from getok.simulation.scenario.resolved import TaskKind
from getok.simulation.state import NEVER
from getok.simulation.week.moment import Moment


class OnlineAccount(Intervention):
    """Nobody has to be won over: once opened it goes through the stages week by week."""

    kind = TaskKind.ONLINE_ACCOUNT
    aim = Aim.OUTLET
    needs_selection = True

    def finish(self, moment: Moment, plan: Plan, work: Work) -> None:
        """Open the account."""
        o = moment.outlet(plan.group, work.job.place)
        outlets = moment.outlets
        outlets["standing_offer"][o] = 1
        if outlets["approach_week"][o] == NEVER:
            outlets["approach_week"][o] = moment.week

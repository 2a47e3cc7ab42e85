"""Online account: an officer and her child open it (paper E13, A04)."""

from __future__ import annotations

from getok.simulation.interventions.context import Context
from getok.simulation.interventions.contract import Aim, Intervention
from getok.simulation.interventions.work import Plan, Work
from getok.simulation.scenario.resolved import TaskKind
from getok.simulation.state import NEVER


class OnlineAccount(Intervention):
    """Nobody has to be won over: once opened it goes through the stages week by week."""

    kind = TaskKind.ONLINE_ACCOUNT
    aim = Aim.OUTLET
    needs_selection = True

    def finish(self, context: Context, plan: Plan, work: Work) -> None:
        """Open the account."""
        o = context.outlet(plan.group, work.job.place)
        outlets = context.outlets
        outlets["standing_offer"][o] = 1
        if outlets["approach_week"][o] == NEVER:
            outlets["approach_week"][o] = context.week

"""Grant proposal: written with the broker's help if there is one (paper E16, P15, P16)."""

from __future__ import annotations

from getok.simulation.interventions.context import Context
from getok.simulation.interventions.contract import Filing, Readiness
from getok.simulation.interventions.work import Plan, Work
from getok.simulation.scenario.resolved import TaskKind


class GrantProposal(Filing):
    """A proposal to Baznas in the case: five visits alone, fewer with a broker."""

    kind = TaskKind.GRANT_PROPOSAL
    needs_selection = True

    def readiness(self, context: Context, plan: Plan, work: Work) -> Readiness:  # noqa: ARG002 - any proposal waits
        """Wait for the broker's answer, if a broker is on the list."""
        if plan.awaits(TaskKind.BROKER):
            return Readiness.WAITS
        asked = (broker.job.place for broker in plan.targets(TaskKind.BROKER))
        answered = all(context.agencies.is_over(plan.group, service) for service in asked)
        return Readiness.READY if answered else Readiness.WAITS

    def visits(self, context: Context, plan: Plan, work: Work) -> float:
        """Visits of the task, less what the brokers at hand save."""
        return max(0.0, work.job.task.visits - context.agencies.visits_saved(plan.group))

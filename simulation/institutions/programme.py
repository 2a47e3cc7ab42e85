"""Process 2, first half: facilitator and members spend their effort on the list (model.md 7.1; paper P08, P22)."""

from __future__ import annotations

from math import floor

from getok.simulation.events import ActorKind, EventKind
from getok.simulation.institutions.calendar import NO_WEEK, Calendar
from getok.simulation.institutions.jobs import jobs_of
from getok.simulation.institutions.triggers import fires
from getok.simulation.interventions.context import Context
from getok.simulation.interventions.contract import Aim, Rank, Readiness
from getok.simulation.interventions.work import Job, Plan, Work, WorkState
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.state import Stage

ENOUGH = 1e-9
"""Effort smaller than this is rounding."""

IMPLEMENTATION, CONFIRMATION = int(Stage.IMPLEMENTATION), int(Stage.CONFIRMATION)


class Programme:
    """The task list of every group: all follow the same, each with its own effort and progress."""

    __slots__ = ("_calendar", "_running", "_self_effort_rate", "_visit_cost_rupiah", "due", "plans")

    def __init__(self, scenario: Scenario, calendar: Calendar, n_groups: int) -> None:
        jobs = jobs_of(scenario)
        self._calendar = calendar
        self._self_effort_rate = scenario.parameters["self_effort_rate"]
        self._visit_cost_rupiah = scenario.parameters["visit_cost_rupiah"]
        self.plans = [Plan(group, tuple(Work(job) for job in jobs)) for group in range(n_groups)]
        for plan in self.plans:
            plan.unsettled = [work for work in plan.works if work.state is WorkState.OPEN]
            plan.due = due_after(plan, 0)
        self._running = [plan for plan in self.plans if plan.unsettled]
        self.due = min((plan.due for plan in self._running), default=NO_WEEK)

    def step(self, context: Context) -> None:
        """Let every group with open work spend a week's effort."""
        if not self._running or context.week < self.due:
            return
        companion = self._calendar.facilitator_visits(context.week)
        stages = context.world.members["stage"].tobytes()
        for plan in self._running:
            if plan.due <= context.week:
                visits = companion if self._calendar.accompanies(plan.group) else 0.0
                self._step_group(context, plan, visits, carrying_share(context, stages, plan.group))
                plan.due = due_after(plan, context.week)
        self._running = [plan for plan in self._running if plan.unsettled]
        self.due = min((plan.due for plan in self._running), default=NO_WEEK)

    def _step_group(self, context: Context, plan: Plan, companion: float, carrying: float) -> None:
        works = works_at_hand(context, plan)
        supply = companion + self._self_effort_rate * carrying
        if supply > 0.0:
            left = supply
            for work in works:
                left = work_on(context, plan, work, left)
                if left <= ENOUGH:
                    break
            self._book(context, plan.group, companion, supply - max(0.0, left))
        plan.unsettled = [work for work in plan.unsettled if work.state is WorkState.OPEN]

    def _book(self, context: Context, group: int, companion: float, spent: float) -> None:
        """Write down the effort; the facilitator's part is spent first, and costs."""
        flows = context.flows
        flows["facilitator_visits"][group] += companion
        flows["visits"][group] += spent
        cost = floor(min(spent, companion) * self._visit_cost_rupiah + 0.5)
        flows["cost_public_rupiah"][group] += cost


def carrying_share(context: Context, stages: bytes, group: int) -> float:
    """Share of a group's members who carry the programme (implementation or confirmation).

    Parameters
    ----------
    stages : bytes, shape (n_members,)
        Stage of every member. Counting bytes is ten times as fast as comparing an array of ten.
    """
    start: int = context.groups["member_start"][group]
    stop: int = context.groups["member_stop"][group]
    if stop <= start:
        return 0.0
    n_carriers = stages.count(IMPLEMENTATION, start, stop) + stages.count(CONFIRMATION, start, stop)
    return n_carriers / (stop - start)


def works_at_hand(context: Context, plan: Plan) -> list[Work]:
    """Let windows pass and triggers fire; return what may be worked on this week, in list order.

    Work still open at the start of the week holds up later ranks, so that ranks never share a week; work whose trigger
    has not fired holds up nobody.
    """
    week, rank = context.week, int(Rank.COOPERATION)
    at_hand: list[Work] = []
    for work in plan.unsettled:
        job = work.job
        if job.last_week < week:
            work.state = WorkState.EXPIRED
            continue
        has_begun = job.first_week <= week
        if not work.triggered:
            if not has_begun or job.task.when is None or not fires(job.task.when, context, plan.group):
                continue
            work.triggered = True
        rank = min(rank, job.rank)
        if has_begun:
            at_hand.append(work)
    return [work for work in at_hand if work.job.rank <= rank]


def due_after(plan: Plan, week: int) -> int:
    """First week after this one in which a group can work on something."""
    first = NO_WEEK
    for work in plan.unsettled:
        if work.job.first_week <= week + 1:
            return week + 1
        first = min(first, work.job.first_week)
    return first


def work_on(context: Context, plan: Plan, work: Work, left: float) -> float:
    """Put effort into one job until it is done, has to wait, or the effort is spent; return what is left."""
    intervention = work.job.intervention
    while work.state is WorkState.OPEN:
        readiness = intervention.readiness(context, plan, work)
        if readiness is Readiness.IMPOSSIBLE:
            work.state = WorkState.IMPOSSIBLE
        if readiness is not Readiness.READY:
            break
        missing = max(0.0, intervention.visits(context, plan, work) - work.progress)
        spent = min(left, missing)
        left -= spent
        work.progress += spent
        work.visits += spent
        if work.start_week is None:
            work.start_week = context.week
        if missing - spent > ENOUGH:
            break
        finish_piece(context, plan, work)
    return left


def finish_piece(context: Context, plan: Plan, work: Work) -> None:
    """Let a finished piece of work have its effect; after the last piece the job is done."""
    work.progress = 0.0
    work.pieces_left -= 1
    work.last_week = context.week
    if work.pieces_left == 0:
        work.state = WorkState.DONE
        work.done_week = context.week
        context.groups["tasks_done"][plan.group] += 1
        if work.job.task.cost_rupiah:
            book_task_cost(context, plan, work)
    work.job.intervention.finish(context, plan, work)
    if context.log is not None and work.state is WorkState.DONE:
        kind, other = target_in_log(context, plan, work.job)
        context.log.append(
            context.week, EventKind.TASK, ActorKind.GROUP, plan.group, kind, other, value=work.job.task_index
        )


def book_task_cost(context: Context, plan: Plan, work: Work) -> None:
    """Let the public pay what a finished job costs beside visits and fees."""
    work.cost_public_rupiah += work.job.task.cost_rupiah
    context.flows["cost_public_rupiah"][plan.group] += work.job.task.cost_rupiah


def target_in_log(context: Context, plan: Plan, job: Job) -> tuple[ActorKind, int]:
    """Kind and index of a job's target as the event log names it."""
    if job.intervention.aim is Aim.OUTLET:
        return ActorKind.OWNER, context.outlet(plan.group, job.place)
    if job.intervention.aim is Aim.SERVICE:
        return ActorKind.AGENCY, job.place
    return ActorKind.NONE, -1

"""What is to be done: one job for each target of a task, and how far a group has come with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from getok.simulation.scenario.resolved import Task, TaskKind

if TYPE_CHECKING:
    from getok.simulation.interventions.contract import Intervention


class WorkState(IntEnum):
    """Where a group stands with one job."""

    OPEN = 0
    DONE = 1
    EXPIRED = 2  # the window passed
    IMPOSSIBLE = 3  # not selected, beyond the budget, or nothing left to wait for


@dataclass(frozen=True, slots=True)
class Job:
    """One task for one target, the same for all groups.

    Attributes
    ----------
    task_index : int
        Place of the task in the programme.
    target : str
        Outlet or service; empty if the task concerns the whole group.
    place : int
        Place of the target among the scenario's outlets or services; -1 without one.
    intervention : Intervention
        What the task's kind says about itself.
    rank, first_week, last_week : int
        The intervention's place in the order of precedence and the task's window, at hand every week.
    obstacle : str
        Why the job can never be done; empty if it can.
    """

    task_index: int
    task: Task
    target: str
    place: int
    intervention: Intervention
    rank: int
    first_week: int
    last_week: int
    obstacle: str = ""


class Work:
    """How far one group has come with one job."""

    __slots__ = (
        "cost_group_rupiah",
        "cost_public_rupiah",
        "done_week",
        "job",
        "last_week",
        "pieces_left",
        "progress",
        "start_week",
        "state",
        "triggered",
        "visits",
    )

    def __init__(self, job: Job) -> None:
        self.job = job
        self.state = WorkState.IMPOSSIBLE if job.obstacle else WorkState.OPEN
        self.triggered = job.task.when is None
        self.progress = 0.0
        self.pieces_left = pieces_of(job.task)
        self.start_week: int | None = None
        self.done_week: int | None = None
        self.last_week: int | None = None  # of a finished piece
        self.visits = 0.0
        self.cost_public_rupiah = 0
        self.cost_group_rupiah = 0


def pieces_of(task: Task) -> int:
    """Pieces of work on one target: an owner may be met several times, all else is done once."""
    return task.repeats if task.kind is TaskKind.MEETING else 1


@dataclass(slots=True)
class Plan:
    """The programme of one group: all its work in list order, and what is still open of it.

    Attributes
    ----------
    due : int
        First week in which there is something to look at.
    """

    group: int
    works: tuple[Work, ...]
    unsettled: list[Work] = field(default_factory=list)
    due: int = 1

    def awaits(self, kind: TaskKind, target: str | None = None) -> bool:
        """Whether work of this kind (for this target) is still ahead: neither settled nor waiting for a trigger."""
        for work in self.unsettled:
            job = work.job
            is_meant = job.task.kind is kind and (target is None or job.target == target)
            if is_meant and work.triggered and work.state is WorkState.OPEN:
                return True
        return False

    def will_file(self, place: int) -> bool:
        """Whether papers for a service, by its place, are still to be submitted; their trigger may not have fired."""
        return any(
            work.state is WorkState.OPEN and work.job.place == place and work.job.intervention.files
            for work in self.unsettled
        )

    def targets(self, kind: TaskKind) -> tuple[Work, ...]:
        """Return all work of this kind, settled or not."""
        return tuple(work for work in self.works if work.job.task.kind is kind)

"""What every kind of task says about itself: a new kind is a new file and one line in the registry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import Enum, IntEnum
from typing import ClassVar

from getok.simulation.interventions.context import Context
from getok.simulation.interventions.work import Plan, Work
from getok.simulation.scenario.resolved import TaskKind


class Rank(IntEnum):
    """Order of precedence: work of a rank waits until all of the earlier ranks is settled (paper P08)."""

    MAPPING = 0
    SELECTION = 1
    APPLICATION = 2
    COOPERATION = 3


class Aim(Enum):
    """What a task is directed at."""

    GROUP = "group"  # one job, whatever the targets
    OUTLET = "outlet"  # one job for each outlet
    SERVICE = "service"  # one job for each service


class Readiness(Enum):
    """Whether work on a target can go on this week."""

    READY = "ready"
    WAITS = "waits"
    IMPOSSIBLE = "impossible"


class Intervention(ABC):
    """One kind of task: when it can be worked on, what it takes, and what it changes when done.

    Attributes
    ----------
    kind : TaskKind
        The kind in scenario files.
    rank : Rank
        Its place in the order of precedence.
    aim : Aim
        What its targets are.
    files : bool
        Whether it ends with papers submitted at its target.
    needs_selection : bool
        Whether a target must have been chosen where the programme holds a selection (paper P07).
    """

    kind: ClassVar[TaskKind]
    rank: ClassVar[Rank] = Rank.COOPERATION
    aim: ClassVar[Aim]
    files: ClassVar[bool] = False
    needs_selection: ClassVar[bool] = False

    def readiness(self, _context: Context, _plan: Plan, _work: Work) -> Readiness:
        """Say whether the group can work on it this week."""
        return Readiness.READY

    def visits(self, _context: Context, _plan: Plan, work: Work) -> float:
        """Effort that one piece of the work takes, in visits."""
        return work.job.task.visits

    @abstractmethod
    def finish(self, context: Context, plan: Plan, work: Work) -> None:
        """Change the world: one piece of the work is done this week."""


class Filing(Intervention):
    """A task that ends with papers submitted: the agency does the rest."""

    aim = Aim.SERVICE
    files = True

    def finish(self, context: Context, plan: Plan, work: Work) -> None:
        """Submit the papers at the service."""
        context.agencies.submit(plan.group, work.job.place, work)

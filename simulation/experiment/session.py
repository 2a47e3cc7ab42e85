"""One start of the command on a run folder: who listens, and what has happened so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from getok.simulation.experiment.agenda import Agenda
from getok.simulation.experiment.design import Plan
from getok.simulation.experiment.interrupts import Interrupts
from getok.simulation.experiment.shard import ShardReport
from getok.simulation.experiment.store import Store

COMPILING = "compiling (first run on this machine, up to 40 s)"


class OnError(StrEnum):
    """What to do when a replicate fails: finish the others, or stop."""

    FINISH = "finish"
    STOP = "stop"


class Progress(Protocol):
    """Who is told how far a run is; the front door draws bars from it."""

    def begin(self, names: Sequence[str], finished: Sequence[int], replicates: int) -> None:
        """Before the first run: scenarios, runs finished of each, runs of each asked for (points times replicates)."""

    def advance(self, scenario: int, *, ok: bool) -> None:
        """Note that one more replicate of this scenario has finished or failed."""

    def note(self, text: str) -> None:
        """Something the user should know while waiting."""

    def end(self) -> None:
        """Nothing more will come."""


class Silent:
    """Progress that nobody watches."""

    def begin(self, names: Sequence[str], finished: Sequence[int], replicates: int) -> None:
        """Tell nobody."""

    def advance(self, scenario: int, *, ok: bool) -> None:
        """Tell nobody."""

    def note(self, text: str) -> None:
        """Tell nobody."""

    def end(self) -> None:
        """Tell nobody."""


@dataclass(slots=True)
class Session:
    """Plan, store and listeners of one start of the command, and the counts of it."""

    plan: Plan
    store: Store
    progress: Progress
    on_error: OnError
    interrupts: Interrupts
    computed: int = 0
    failed: int = 0
    noted_compiling: bool = field(default=False)

    def should_stop(self) -> bool:
        """Whether to take no more work: somebody asked, or a run failed and that is to be the end."""
        return self.interrupts.asked or (self.on_error is OnError.STOP and self.failed > 0)

    def settle(self, report: ShardReport, agenda: Agenda) -> None:
        """Take note of committed runs."""
        for run in report.runs:
            ok = run not in report.failed
            agenda.settle(run, ok=ok)
            self.computed += 1
            self.failed += not ok
            self.progress.advance(run.scenario % len(self.plan.bases), ok=ok)

    def note(self, text: str) -> None:
        """Tell the user something."""
        self.progress.note(text)

    def note_compiling(self, not_kept: str = "") -> None:
        """Say once that the first run on a machine takes longer, or why every first run does."""
        if not self.noted_compiling:
            self.noted_compiling = True
            self.note(not_kept or COMPILING)

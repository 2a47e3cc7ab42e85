"""Progress of a run on standard error: bars in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

QUIET_SECONDS = 10.0
"""Seconds between two lines where there is no terminal."""

MOST_BARS = 12
"""Scenarios that have a bar each; of more only the total is shown."""


def left(seconds: float) -> str:
    """Write how much time is left.

    Examples
    --------
    >>> left(48.0), left(200.0), left(9000.0)
    ('about 50 s left', 'about 3 min left', 'about 2.5 h left')
    """
    if seconds < 100:
        return f"about {max(10, 10 * round(seconds / 10))} s left"
    return f"about {seconds / 60:.0f} min left" if seconds < 6000 else f"about {seconds / 3600:.1f} h left"


class Bars:
    """One bar a scenario and a total, runs a second, failures, time left."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, markup=False, emoji=False, highlight=False)
        self._progress = Progress(
            TextColumn("{task.description:<24}", markup=False),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}", markup=False),
            TimeRemainingColumn(),
            console=self._console,
        )
        self._bars: list[TaskID] = []
        self._total = TaskID(0)
        self._start = self._done = self._failed = 0.0

    def begin(self, names: Sequence[str], finished: Sequence[int], replicates: int) -> None:
        """Draw the bars."""
        self._bars = [
            self._progress.add_task(name, total=replicates, completed=done, speed="")
            for name, done in zip(names, finished, strict=True)
            if len(names) <= MOST_BARS
        ]
        whole = replicates * len(names)
        self._total = self._progress.add_task("total", total=whole, completed=sum(finished), speed="")
        self._start = time.perf_counter()
        self._progress.start()

    def advance(self, scenario: int, *, ok: bool) -> None:
        """Move a bar and the total."""
        self._done += 1
        self._failed += not ok
        rate = self._done / max(1e-6, time.perf_counter() - self._start)
        failures = f", {self._failed:.0f} failed" if self._failed else ""
        if self._bars:
            self._progress.advance(self._bars[scenario])
        self._progress.update(self._total, advance=1, speed=f"{rate:.0f} runs/s{failures}")

    def note(self, text: str) -> None:
        """Say something above the bars."""
        self._progress.console.print(text)

    def end(self) -> None:
        """Leave the bars as they are."""
        self._progress.stop()


class Lines:
    """The same without a terminal."""

    def __init__(self) -> None:
        self._done = self._whole = 0
        self._failed = 0
        self._begun = self._said = 0.0
        self._before = 0

    def begin(self, names: Sequence[str], finished: Sequence[int], replicates: int) -> None:
        """Take note of the size; say nothing about what takes no time."""
        self._done = self._before = sum(finished)
        self._whole = replicates * len(names)
        self._begun = self._said = time.perf_counter()

    def advance(self, scenario: int, *, ok: bool) -> None:  # noqa: ARG002 - one line for all scenarios
        """Say where we are, if it is time."""
        self._done += 1
        self._failed += not ok
        now = time.perf_counter()
        if now - self._said > QUIET_SECONDS:
            self._said = now
            failures = f", {self._failed} failed" if self._failed else ""
            a_run = (now - self._begun) / (self._done - self._before)
            rest = left(a_run * (self._whole - self._done))
            self.note(f"{self._done} of {self._whole} runs finished{failures}; {rest}")

    def note(self, text: str) -> None:
        """Say something."""
        print(text, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Nothing to clear away."""


def progress_here() -> Bars | Lines:
    """Whichever fits where standard error goes."""
    return Bars() if sys.stderr.isatty() else Lines()

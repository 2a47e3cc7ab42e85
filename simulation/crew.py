"""Threads of this process that help to live large communities; they are made once, and wait for the next span.

To make threads anew would cost as much as a week of ten thousand buyers.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread


@dataclass(frozen=True, slots=True)
class Errand:
    """What the members of a crew do together.

    Attributes
    ----------
    share : callable
        What each of them does, told which one it is.
    give_up : callable
        Tells all that one of them will not come, so that nobody waits for it.
    reports : SimpleQueue
        One for each helper: None, or what went wrong.
    """

    share: Callable[[int], object]
    give_up: Callable[[], object]
    reports: SimpleQueue[BaseException | None] = field(default_factory=SimpleQueue)

    def help(self, me: int) -> None:
        """Do the share of a helper, and report."""
        try:
            self.share(me)
        except BaseException as fault:  # noqa: BLE001 - raised again in the thread that asked
            self.give_up()
            self.reports.put(fault)
        else:
            self.reports.put(None)


def help_for_ever(me: int, orders: SimpleQueue[Errand]) -> None:
    """Carry out one order after the other; no name holds the last, lest its world stay in memory until the next."""
    while True:
        orders.get().help(me)


class Crew:
    """Helpers, one thread each, beside the thread that calls; more join when they are asked for."""

    def __init__(self) -> None:
        self._process = os.getpid()
        self._busy = Lock()
        self._orders: list[SimpleQueue[Errand]] = []

    def is_here(self) -> bool:
        """Whether this process made the crew: a fork has the memory of threads, not the threads."""
        return self._process == os.getpid()

    def _engage(self, n_helpers: int) -> None:
        while len(self._orders) < n_helpers:
            orders: SimpleQueue[Errand] = SimpleQueue()
            Thread(target=help_for_ever, args=(len(self._orders) + 1, orders), daemon=True).start()
            self._orders.append(orders)  # only now: a system that has no more threads to give must not leave an order

    def carry_out(self, errand: Errand, n_threads: int) -> None:
        """Have one share done by each thread, the calling one included (share 0), and return when all are done.

        Raises
        ------
        BaseException
            What a share raised; of several faults that of the calling thread, else that of the first to report.
        """
        with self._busy:
            self._engage(n_threads - 1)
            asked = 0
            try:
                for orders in self._orders[: n_threads - 1]:
                    orders.put(errand)
                    asked += 1
                errand.share(0)
            except BaseException:
                errand.give_up()
                raise
            finally:
                faults = [errand.reports.get() for _ in range(asked)]
        for fault in faults:
            if fault is not None:
                raise fault


_crew = Crew()


def crew() -> Crew:
    """Return the crew of this process."""
    global _crew  # noqa: PLW0603 - a process has one crew
    if not _crew.is_here():
        _crew = Crew()
    return _crew

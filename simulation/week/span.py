"""A span of weeks, lived on one thread or, in communities of city size, on several."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from simulation.gate import new_gate
from simulation.week.arrays import Arrays, Log, Scratch, Weeks
from simulation.week.schedule import live_share

FEWEST_BUYERS = 50_000
"""Below this a week is over before threads have met."""


def live_weeks(
    a: Arrays, weeks: Weeks, log: Log, scratch: Scratch, key: int, first_week: int, last_week: int, first_row_week: int
) -> None:
    """Live a span of weeks, processes 2 (members) and 4 to 12, on as many threads as the scratch space is for.

    Several threads come together in Python first: from there on none waits for one that an interruption has kept away.

    Parameters
    ----------
    log : Log
        Without room if there are several threads: events would come in the order in which threads happen to run.
    first_week, last_week : int
        The span, both included.
    first_row_week : int
        Week of the first row of ``weeks``.
    """
    n_threads, gate = scratch.n_planned.size, new_gate()
    if n_threads == 1:
        live_share(a, weeks, log, scratch, key, first_week, last_week, first_row_week, gate, 0)
        return
    start = Barrier(n_threads)

    def live(me: int) -> None:
        start.wait()
        live_share(a, weeks, log, scratch, key, first_week, last_week, first_row_week, gate, me)

    with ThreadPoolExecutor(n_threads) as crew:
        try:
            tasks = [crew.submit(live, me) for me in range(n_threads)]
        except BaseException:
            start.abort()
            raise
        for task in tasks:
            task.result()

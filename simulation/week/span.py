"""A span of weeks, lived on one thread or, in communities of city size, on several."""

from __future__ import annotations

from functools import partial

from getok.simulation.crew import Errand, crew
from getok.simulation.gate import give_up, new_gate
from getok.simulation.week.arrays import Arrays, Log, Scratch, Weeks
from getok.simulation.week.schedule import live_share

FEWEST_BUYERS = 10_000
"""Below this a second thread saves less in a week than it takes to wake it for a span."""


def live_weeks(
    a: Arrays, weeks: Weeks, log: Log, scratch: Scratch, key: int, first_week: int, last_week: int, first_row_week: int
) -> None:
    """Live a span of weeks, processes 2 (members) and 4 to 12, on as many threads as the scratch space is for.

    Parameters
    ----------
    log : Log
        Without room if there are several threads: events would come in the order in which threads happen to run.
    first_week, last_week : int
        The span, both included.
    first_row_week : int
        Week of the first row of ``weeks``.
    """
    n_threads = scratch.n_planned.size
    gate = new_gate(n_threads)
    if n_threads == 1:
        live_share(a, weeks, log, scratch, key, first_week, last_week, first_row_week, gate, 0)
        return

    def share(me: int) -> None:
        live_share(a, weeks, log, scratch, key, first_week, last_week, first_row_week, gate, me)

    crew().carry_out(Errand(share, partial(give_up, gate)), n_threads)

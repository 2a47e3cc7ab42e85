"""The same weeks on several threads, for communities of city size.

A week is cut where its processes allow it: members, shops and supply beside door visits; buyers part by part; served
buyers group by group; accounts beside what neighbours see. Each piece is the one that :func:`live_weeks` calls in turn,
and none reads what another writes at the same time, so the result is the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from simulation.compiled import compiled
from simulation.week.arrays import Arrays, Log, Scratch, Weeks, no_log
from simulation.week.buyers import count_moves, live_buyers
from simulation.week.information import Visits, carry_out, plan_visits
from simulation.week.recording import look_around, publish, turn_the_page
from simulation.week.schedule import close_week, cost_of_pack, hear_of_requests, prepare_week, serve_group

PARTS_A_THREAD = 8
"""Parts of buyers for each thread: what work a neighbourhood makes is known only about."""

FEWEST_BUYERS = 50_000
"""Below this a week is over before threads have met."""


@compiled
def prepare(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, row: int, week: int) -> None:
    """Members, production, delivery, shop owners."""
    prepare_week(a, log, weeks, scratch, key, row, week)


@compiled
def plan(a: Arrays, key: int, week: int, first: int, stop: int) -> Visits:
    """Door visits of some members, planned."""
    return plan_visits(a, key, week, first, stop)


@compiled
def knock(a: Arrays, scratch: Scratch, visits: Visits, key: int, week: int, first: int, stop: int) -> None:
    """Door visits to some buyers, carried out."""
    carry_out(a, scratch, visits, key, week, first, stop)


@compiled
def live_part(a: Arrays, scratch: Scratch, part: int, key: int, week: int) -> None:
    """Buyers of one part hear, think and ask."""
    live_buyers(a, scratch, part, key, week)


@compiled
def count(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, row: int, week: int) -> None:
    """Who heard and moved is counted."""
    count_moves(a, log, weeks, scratch, row, week)


@compiled
def gather(a: Arrays, scratch: Scratch) -> None:
    """Requests are brought together."""
    hear_of_requests(a, scratch)


@compiled
def serve_groups(
    a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, first: int, stop: int, row: int, week: int
) -> None:
    """Buyers of some groups are served and judge."""
    cost = cost_of_pack(a)
    for g in range(first, stop):
        serve_group(a, log, weeks, scratch, key, g, row, week, cost)


@compiled
def close(a: Arrays, weeks: Weeks, scratch: Scratch, row: int, week: int) -> None:
    """Accounts and records."""
    close_week(a, weeks, scratch, row, week)


@compiled
def tell(a: Arrays, scratch: Scratch, first: int, stop: int) -> None:
    """Some buyers see what changed."""
    publish(a, scratch, first, stop)


@compiled
def turn(a: Arrays, scratch: Scratch) -> None:
    """The next week sees what changed."""
    turn_the_page(a, scratch)


@compiled
def look(a: Arrays, scratch: Scratch, first_part: int, stop_part: int) -> None:
    """New in an audience, buyers of some parts look around."""
    look_around(a, scratch, first_part, stop_part)


def finish(tasks: Iterable[Future[None]]) -> None:
    """Wait for tasks, and raise what went wrong in them."""
    for task in list(tasks):
        task.result()


def visit(a: Arrays, scratch: Scratch, visits: list[Visits], key: int, week: int, first: int, stop: int) -> None:
    """Carry out all planned visits to some buyers."""
    for some in visits:
        knock(a, scratch, some, key, week, first, stop)


def shares_of_groups(a: Arrays, scratch: Scratch, n_shares: int) -> list[tuple[int, int]]:
    """Groups in consecutive shares with about as many requests each."""
    groups = np.arange(a.groups.size)
    before = scratch.point_start[a.groups["outlet_start"] + groups]
    cuts = np.searchsorted(before, np.linspace(0, scratch.point_start[-1], n_shares + 1)[1:-1])
    bounds = [0, *cuts.tolist(), a.groups.size]
    return [(first, stop) for first, stop in pairwise(bounds) if stop > first]


def live_weeks_in_threads(
    a: Arrays,
    weeks: Weeks,
    scratch: Scratch,
    key: int,
    first_week: int,
    last_week: int,
    first_row_week: int,
    n_threads: int,
) -> None:
    """Live a span of weeks as :func:`~simulation.week.schedule.live_weeks` does, on several threads, without a log."""
    log = no_log()
    parts = range(scratch.n_moved.size)
    members = list(pairwise(np.linspace(0, a.members.size, n_threads + 1).astype(int).tolist()))
    shares = list(pairwise(range(0, len(parts) + 1, len(parts) // n_threads)))
    buyers = list(pairwise(scratch.part_start[:: len(parts) // n_threads].tolist()))
    with ThreadPoolExecutor(n_threads) as crew:
        for week in range(first_week, last_week + 1):
            row = week - first_row_week
            planned = [crew.submit(plan, a, key, week, *some) for some in members]
            prepared = crew.submit(prepare, a, log, weeks, scratch, key, row, week)
            visits = [task.result() for task in planned]
            prepared.result()
            finish([crew.submit(visit, a, scratch, visits, key, week, *some) for some in buyers])
            finish([crew.submit(live_part, a, scratch, part, key, week) for part in parts])
            counted = crew.submit(count, a, log, weeks, scratch, row, week)
            gather(a, scratch)
            counted.result()
            groups = shares_of_groups(a, scratch, 2 * n_threads)
            finish([crew.submit(serve_groups, a, log, weeks, scratch, key, *some, row, week) for some in groups])
            told = [crew.submit(tell, a, scratch, *some) for some in buyers]
            close(a, weeks, scratch, row, week)
            finish(told)
            turn(a, scratch)
            finish([crew.submit(look, a, scratch, *some) for some in shares])

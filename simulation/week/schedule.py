"""The order of the week: data that ``explain`` and the documentation print, and the compiled span that follows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import compiled, inner, making
from getok.simulation.gate import Work, lay_out, meet, share_of, take
from getok.simulation.rules.supply import unit_cost
from getok.simulation.state import ACTIVE_WEEKS
from getok.simulation.week.accounting import account
from getok.simulation.week.arrays import Arrays, Log, Scratch, Weeks
from getok.simulation.week.buyer_stages import chances_to_move
from getok.simulation.week.buyers import count_moves, live_buyers
from getok.simulation.week.delivery import settle_and_deliver
from getok.simulation.week.experience import fetch_who_asked, judge, settle_group
from getok.simulation.week.information import (
    look_at_groups,
    look_at_outlets,
    note_hazards,
    visit_doors,
)
from getok.simulation.week.members import live_members
from getok.simulation.week.production import produce
from getok.simulation.week.purchases import hear_regulars, line_up, sell
from getok.simulation.week.recording import deliver_letters, look_around, publish, record, turn_the_page
from getok.simulation.week.shop_owners import live_owners


@dataclass(frozen=True, slots=True)
class Process:
    """One process of the week: its place, its name, what happens in it, and whether it runs compiled."""

    place: int
    name: str
    meaning: str
    module: str
    compiled: bool


SCHEDULE = (
    Process(1, "calendar", "Services open and close, quotas reset, shocks begin and end.", "calendar", False),
    Process(2, "programme", "Facilitator and members spend their effort; members adopt.", "programme, members", False),
    Process(3, "agencies", "Queues advance, cases are decided, certificates and money come.", "agencies", False),
    Process(4, "production", "Packs age, spoil and are made.", "production", True),
    Process(5, "delivery", "Outlets settle, pay, return; the next lot is delivered.", "delivery", True),
    Process(6, "shop owners", "Owners hear, meet and decide.", "shop_owners", True),
    Process(7, "information", "Door visits, shelves, owner talk, word of mouth, online.", "information", True),
    Process(8, "buyers' stages", "Buyers form an attitude and move along the stages.", "buyer_stages", True),
    Process(9, "purchases", "Buyers choose a channel; stock is rationed in random order.", "purchases", True),
    Process(10, "experience", "Good or bad, trust, negative words, discontinuance.", "experience", True),
    Process(11, "accounting", "The surplus is shared, credit repaid.", "accounting", True),
    Process(12, "record", "The week is written down and becomes visible to neighbours.", "recording", True),
)


@making
def prepare_week(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, row: int, week: int) -> None:
    """Processes 2 and 4 to 6: members, production, delivery and shop owners; buyers are not touched."""
    scratch.recent[:, week % ACTIVE_WEEKS] = 0  # who bought last so long ago is active no more
    live_members(a, log, key, week)
    produce(a, weeks, row, week)
    settle_and_deliver(a, log, weeks, key, row, week)
    live_owners(a, log, weeks, key, week)
    note_hazards(scratch, a.parameters[0])
    chances_to_move(a, scratch)
    look_at_groups(a, scratch)
    look_at_outlets(a, scratch, week)


@inner
def live_parts(a: Arrays, scratch: Scratch, gate: NDArray[np.int64], key: int, week: int, me: int) -> None:
    """Processes 7 to 10 for part after part of the buyers, as they are there to be taken."""
    n_parts = scratch.part_start.size
    part = take(gate, Work.PARTS, n_parts, me, scratch.n_planned.size)
    while part < n_parts:
        live_buyers(a, scratch, part, key, week)
        part = take(gate, Work.PARTS, n_parts, me, scratch.n_planned.size)


@inner
def hear_of_requests(a: Arrays, scratch: Scratch) -> None:
    """Bring together the requests that buyers noted in process 9, by selling point."""
    hear_regulars(a, scratch)
    line_up(a, scratch)


@making
def serve_group(
    a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, g: int, row: int, week: int, cost: int
) -> None:
    """Processes 9 and 10 for the buyers of one group: they are served, and judge what they got."""
    fetch_who_asked(a, scratch, g)
    sell(a, log, weeks, scratch, key, g, row, week, cost)
    judge(a, log, weeks, scratch, key, g, row, week)
    settle_group(a, log, scratch, g, week)


@making
def serve_groups(
    a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, gate: NDArray[np.int64], key: int, row: int, week: int, me: int
) -> None:
    """Serve group after group, as they are there to be taken."""
    cost, n_groups = cost_of_pack(a), a.groups.size
    place = take(gate, Work.GROUPS, n_groups, me, scratch.n_planned.size)
    while place < n_groups:
        serve_group(a, log, weeks, scratch, key, scratch.group_order[place], row, week, cost)
        place = take(gate, Work.GROUPS, n_groups, me, scratch.n_planned.size)


@inner
def publish_parts(a: Arrays, scratch: Scratch, gate: NDArray[np.int64], me: int) -> None:
    """Let neighbours see what changed in part after part, as they are there to be taken."""
    n_parts = scratch.part_start.size
    part = take(gate, Work.TELLING, n_parts, me, scratch.n_planned.size)
    while part < n_parts:
        publish(a, scratch, part)
        part = take(gate, Work.TELLING, n_parts, me, scratch.n_planned.size)


@inner
def turn_pages(a: Arrays, scratch: Scratch, me: int) -> None:
    """Let buyers near a thread be seen as they are now."""
    deliver_letters(a, scratch, me)
    first, stop = share_of(scratch.part_start.size, me, scratch.n_planned.size)
    for part in range(first, stop):
        turn_the_page(a, scratch, part)


@inner
def look_around_in_parts(a: Arrays, scratch: Scratch, gate: NDArray[np.int64], me: int) -> None:
    """Let new listeners look around in part after part, as they are there to be taken."""
    n_parts = scratch.part_start.size
    part = take(gate, Work.LOOKS, n_parts, me, scratch.n_planned.size)
    while part < n_parts:
        look_around(a, scratch, part)
        part = take(gate, Work.LOOKS, n_parts, me, scratch.n_planned.size)


@making
def close_week(a: Arrays, weeks: Weeks, scratch: Scratch, row: int, week: int) -> None:
    """Processes 11 and 12 but for what neighbours see."""
    account(a, weeks, row, week)
    record(a, weeks, scratch, row)


@making
def live_week(
    a: Arrays,
    log: Log,
    weeks: Weeks,
    scratch: Scratch,
    gate: NDArray[np.int64],
    key: int,
    row: int,
    week: int,
    me: int,
) -> bool:
    """Live one thread's share of a week; false if another thread will not come to a meeting."""
    n_threads = scratch.n_planned.size
    if me == 0:
        prepare_week(a, log, weeks, scratch, key, row, week)
    if not visit_doors(a, scratch, gate, key, week, me):
        return False
    live_parts(a, scratch, gate, key, week, me)
    if not meet(gate, n_threads):
        return False
    if me == 0:
        lay_out(gate, Work.TELLING, n_threads)
        lay_out(gate, Work.LOOKS, n_threads)
        hear_of_requests(a, scratch)
    count_moves(a, log, weeks, scratch, row, week, me)
    if not meet(gate, n_threads):
        return False
    serve_groups(a, log, weeks, scratch, gate, key, row, week, me)
    if not meet(gate, n_threads):
        return False
    if me == 0:
        lay_out(gate, Work.MEMBERS, n_threads)
        lay_out(gate, Work.PARTS, n_threads)
        lay_out(gate, Work.GROUPS, n_threads)
        close_week(a, weeks, scratch, row, week)
    publish_parts(a, scratch, gate, me)
    if not meet(gate, n_threads):
        return False
    turn_pages(a, scratch, me)
    if not meet(gate, n_threads):
        return False
    look_around_in_parts(a, scratch, gate, me)
    return meet(gate, n_threads)


@compiled
def live_share(
    a: Arrays,
    weeks: Weeks,
    log: Log,
    scratch: Scratch,
    key: int,
    first_week: int,
    last_week: int,
    first_row_week: int,
    gate: NDArray[np.int64],
    me: int,
) -> None:
    """Live one thread's share of a span of weeks, processes 2 (members) and 4 to 12, without coming back to Python.

    Every thread for which ``scratch`` has been made calls this once for the span; one alone has all of it. What one
    thread alone does goes on beside what others do, and none reads what another writes between two meetings; so the
    result is the same to the last bit, however many there are.

    Parameters
    ----------
    first_week, last_week : int
        The span, both included.
    first_row_week : int
        Week of the first row of ``weeks``.
    gate : int64
        From :func:`~simulation.gate.new_gate`: where the threads meet.
    me : int
        Which thread this is.
    """
    for week in range(first_week, last_week + 1):
        if not live_week(a, log, weeks, scratch, gate, key, week - first_row_week, week, me):
            return


@inner
def cost_of_pack(a: Arrays) -> int:
    """Cost of making a pack in rupiah."""
    p = a.parameters[0]
    return unit_cost(p.price_rupiah, p.cost_share)

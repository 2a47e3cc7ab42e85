"""Processes 7 to 10 as one buyer lives them: it hears, thinks, asks for packs, and settles if it asked for none.

A buyer sees its neighbours as they were at the end of last week, and changes nothing but itself; what others have to
know, it notes. So buyers can be taken part by part, on any number of threads, and all parts together give the same.
"""

from __future__ import annotations

from typing import NamedTuple

from getok.simulation.compiled import inner
from getok.simulation.draws import Purpose, stream, uniform
from getok.simulation.prefetch import fetch_soon
from getok.simulation.rules.trust import positive_word_gain
from getok.simulation.state import Stage
from getok.simulation.week.ahead import look_ahead, who_drifts
from getok.simulation.week.arrays import ALWAYS, AT_ONCE, FORGOTTEN, Arrays, Awake, Log, Scratch, Weeks
from getok.simulation.week.buyer_stages import think
from getok.simulation.week.experience import fetch_tie, let_tie_drift, looks_different, settle_buyer
from getok.simulation.week.information import count_hearing, hear
from getok.simulation.week.moves import count_move, leave_audience, note_move
from getok.simulation.week.purchases import RequestDraws, ask_for_packs
from getok.simulation.week.remembering import bind, buys, remember


class BuyerDraws(NamedTuple):
    """Where a week's draws begin: whether a buyer hears, from whom, whether it moves on, and what it asks for."""

    hearing: int
    source: int
    thinking: int
    asking: RequestDraws


@inner
def buyer_draws(key: int, week: int) -> BuyerDraws:
    """Draws of a week."""
    return BuyerDraws(
        stream(key, Purpose.HEARING, week),
        stream(key, Purpose.HEARING_SOURCE, week),
        stream(key, Purpose.BUYER_STAGE, week),
        RequestDraws(stream(key, Purpose.PURCHASE, week), stream(key, Purpose.PACKS, week)),
    )


@inner
def live_buyers(a: Arrays, scratch: Scratch, part: int, key: int, week: int) -> None:
    """Let the buyers of a part hear, think, ask, and settle."""
    draws = buyer_draws(key, week)
    scratch.n_moved[part] = 0
    scratch.n_asked[part] = 0
    scratch.asking[part] = 0
    scratch.sums[part] = 0
    scratch.n_changed[part] = 0
    last = scratch.part_stop[part]
    for first in range(scratch.part_start[part], last, AT_ONCE):
        stop = min(first + AT_ONCE, last)
        n = look_ahead(a, scratch, part, first, stop, draws.hearing, draws.thinking)
        fetch_who(a, scratch, part, n)
        for at in range(n):
            i = scratch.who[part, at]
            if scratch.awake[i] == Awake.AWARE:
                live_on(a, scratch, part, i, week, draws)
            else:
                listen(a, scratch, part, i, week, draws)
        n = who_drifts(scratch, part, first, stop)
        fetch_who(a, scratch, part, n)
        for at in range(n):
            let_tie_drift(a, scratch, scratch.who[part, at])


@inner
def listen(a: Arrays, scratch: Scratch, part: int, i: int, week: int, draws: BuyerDraws) -> None:
    """The week of a buyer who is unaware as it begins."""
    strength = hear(a, scratch, i, week, uniform(draws.hearing, a.buyers[i].key), draws.source)
    if strength < 0.0:
        remember(a, scratch, i)
        return
    scratch.awake[i] = Awake.AWARE.value
    scratch.audience[i] = a.buyers[i].group
    scratch.tie_settled[i] = 0
    note_move(a, scratch, part, i, Stage.UNAWARE.value, strength)
    remember(a, scratch, i)
    settle_early(a, scratch, part, i)


@inner
def live_on(a: Arrays, scratch: Scratch, part: int, i: int, week: int, draws: BuyerDraws) -> None:
    """The week of a buyer who is aware as it begins."""
    if scratch.bound[i] == FORGOTTEN:
        remember(a, scratch, i)
    a.buyer_trust[i] = positive_word_gain(a.buyer_trust[i], scratch.pull[i])
    think(a, scratch, part, i, uniform(draws.thinking, a.buyers[i].key))
    if buys(a.buyers[i].stage):
        ask_for_packs(a, scratch, part, i, week, draws.asking)
    if scratch.has_asked[i] == 1:
        scratch.bound[i] = ALWAYS  # who is served may change, once this is over
    else:
        settle_early(a, scratch, part, i)


@inner
def settle_early(a: Arrays, scratch: Scratch, part: int, i: int) -> None:
    """Process 10 for who asks for nothing: trust settles at once; bad words, which are rare, will come to it later."""
    scratch.trust_before[i] = a.buyer_trust[i]
    scratch.sums[part, a.buyers[i].group] += settle_buyer(a, scratch, i)
    if looks_different(a, i):
        scratch.changed_buyer[scratch.part_start[part] + scratch.n_changed[part]] = i
        scratch.n_changed[part] += 1
    bind(a, scratch, i)


@inner
def fetch_who(a: Arrays, scratch: Scratch, part: int, n: int) -> None:
    """Have the buyers fetched whom ``scratch.who`` names, and such ties to whom they heard from as may drift."""
    who, ties = scratch.who[part], scratch.ties[part]
    for at in range(n):
        fetch_soon(a.buyers, who[at])
    for at in range(n):
        ties[at] = a.buyers[who[at]].source_tie if scratch.tie_settled[who[at]] == 0 else -1
        if ties[at] >= 0:
            fetch_tie(a, ties[at])
    for at in range(n):
        if ties[at] >= 0:
            fetch_soon(a.buyers, a.tie_to[ties[at]])


@inner
def count_moves(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, row: int, week: int, me: int) -> None:
    """Count and write down who has heard and who has moved, part after part: buyers of groups near a thread."""
    for part in range(scratch.n_moved.size):
        first, stop = scratch.part_start[part], scratch.part_start[part] + scratch.n_moved[part]
        for at in range(first, stop):
            move = scratch.moved[at]
            if scratch.near_group[move.group] == me:
                fetch_soon(a.buyers, move.buyer)
                fetch_soon(a.buyer_entry, move.buyer)
        for at in range(first, stop):
            move = scratch.moved[at]
            if move.row_before >= 0 and scratch.near_group[move.row_before] == me:
                leave_audience(a, move.buyer)
            if scratch.near_group[move.group] != me:
                continue
            if move.before == Stage.UNAWARE:
                count_hearing(a, log, weeks, row, week, move.buyer, move.value, move.trust)
            else:
                count_move(a, log, move.buyer, move.before, week, move.value, move.trust)

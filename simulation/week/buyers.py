"""Processes 7 to 10 for one buyer after the other: it hears, moves on, asks for packs, and settles if it did not ask.

A buyer sees its neighbours as they were at the end of last week, and changes nothing that another buyer looks at before
the week is committed. So buyers can be taken one after the other, in any order.
"""

from __future__ import annotations

from typing import NamedTuple

from getok.simulation.compiled import inner, kernel
from getok.simulation.draws import Purpose, stream, uniform
from getok.simulation.rules.attitude import attitude
from getok.simulation.rules.purchase import may_ask
from getok.simulation.rules.stages import next_buyer_stage
from getok.simulation.rules.trust import positive_word_gain
from getok.simulation.week.arrays import ALWAYS_ACTIVE, BLOCK, STALE, Activity, Arrays, Log, Scratch, Weeks
from getok.simulation.week.experience import let_tie_drift, note_change, settle_buyer
from getok.simulation.week.information import count_hearing, hear
from getok.simulation.week.look_ahead import look_ahead, refresh, set_bound, ties_to_drift
from getok.simulation.week.moves import count_move
from getok.simulation.week.purchases import RequestDraws, ask_for_packs


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
def attitude_of(a: Arrays, scratch: Scratch, i: int) -> float:
    """Attitude of an aware buyer to the product of its group."""
    p = a.parameters[0]
    buyer = a.buyers[i]
    view = scratch.groups[buyer.group]
    return attitude(
        a.buyer_trust[i],
        scratch.share[i],
        p.influence_weight,
        view.legality,
        p.buyer_legality_weight,
        view.quality_gain,
        p.buyer_quality_weight,
    )


@inner
def think(a: Arrays, log: Log, scratch: Scratch, i: int, week: int, u: float) -> None:
    """Let a buyer who has known the product for a week form an attitude, and act on it."""
    buyer = a.buyers[i]
    value = attitude_of(a, scratch, i)
    convinced = value >= buyer.threshold
    if u < scratch.chance[buyer.stage, int(convinced)]:
        before = int(buyer.stage)
        buyer.stage = next_buyer_stage(before, convinced)
        count_move(a, log, i, before, week, value)


@kernel
def step_buyers(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, row: int, week: int) -> None:
    """Let all buyers hear, think, ask, and settle."""
    draws, counts, n_buyers = buyer_draws(key, week), scratch.counts[0], a.buyers.size
    counts.requests, counts.changed, counts.heard = 0, 0, 0
    for g in range(scratch.trust_sums.size):
        scratch.trust_sums[g] = 0
    for first in range(0, n_buyers, BLOCK):
        stop = min(first + BLOCK, n_buyers)
        for place in range(look_ahead(a, scratch, first, stop, draws.hearing, draws.thinking)):
            i = scratch.visited[place]
            if scratch.activity[i] == Activity.AWARE:
                step_aware(a, log, scratch, i, week, draws)
            else:
                step_unaware(a, log, weeks, scratch, i, row, week, draws)
        for place in range(ties_to_drift(scratch, first, stop)):
            let_tie_drift(a, scratch, scratch.visited[place])


@inner
def step_unaware(
    a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, i: int, row: int, week: int, draws: BuyerDraws
) -> None:
    """Step a buyer who is unaware as the week begins."""
    strength = hear(a, scratch, i, week, uniform(draws.hearing, a.buyers[i].key), draws.source)
    if strength >= 0.0:
        scratch.activity[i] = Activity.AWARE.value
        scratch.group[i] = a.buyers[i].group
        scratch.tie_settled[i] = 0
        scratch.heard[scratch.counts[0].heard] = i
        scratch.counts[0].heard += 1
        count_hearing(a, log, weeks, row, week, i, strength)
        settle_early(a, scratch, i)
    refresh(a, scratch, i)


@inner
def step_aware(a: Arrays, log: Log, scratch: Scratch, i: int, week: int, draws: BuyerDraws) -> None:
    """Step a buyer who is aware as the week begins."""
    if scratch.bound[i] == STALE:
        refresh(a, scratch, i)
    a.buyer_trust[i] = positive_word_gain(a.buyer_trust[i], scratch.influence[i])
    think(a, log, scratch, i, week, uniform(draws.thinking, a.buyers[i].key))
    if may_ask(a.buyers[i].stage):
        ask_for_packs(a, scratch, i, week, draws.asking)
    if scratch.has_asked[i] == 1:
        scratch.bound[i] = ALWAYS_ACTIVE  # who is served may change, once this is over
    else:
        settle_early(a, scratch, i)
        set_bound(a, scratch, i)


@inner
def settle_early(a: Arrays, scratch: Scratch, i: int) -> None:
    """Process 10 for who asks for nothing: trust settles at once; bad words, which are rare, will come to it later."""
    scratch.trust_before[i] = a.buyer_trust[i]
    scratch.trust_sums[a.buyers[i].group] += settle_buyer(a, scratch, i)
    note_change(a, scratch, i)

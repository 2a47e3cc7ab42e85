"""Processes 7 to 10 as one buyer lives them: it hears, thinks, asks for packs, and settles if it asked for none.

A buyer sees its neighbours as they were at the end of last week, and changes nothing but itself; what others have to
know, it notes. So buyers can be taken part by part, on any number of threads, and all parts together give the same.
"""

from __future__ import annotations

from simulation.compiled import inner
from simulation.draws import Purpose, stream
from simulation.rules.stages import uses
from simulation.state import NEVER, Stage
from simulation.week.arrays import ACTIVE, TRUST, Arrays, Awake, Log, Scratch, Weeks
from simulation.week.buyer_stages import think
from simulation.week.experience import is_active, looks_different, settle_buyer
from simulation.week.information import HearingDraws, count_hearing, hazards_of, hear, take_in_good_words
from simulation.week.moves import count_move, leave_audience, note_move, row_before
from simulation.week.purchases import RequestDraws, ask_for_packs


@inner
def live_buyers(a: Arrays, scratch: Scratch, part: int, key: int, week: int) -> None:
    """Let the buyers of a part hear, think, ask, and settle."""
    h = hazards_of(a.parameters[0])
    hearing = HearingDraws(stream(key, Purpose.HEARING, week), stream(key, Purpose.HEARING_SOURCE, week))
    thinking = stream(key, Purpose.BUYER_STAGE, week)
    asking = RequestDraws(stream(key, Purpose.PURCHASE, week), stream(key, Purpose.PACKS, week))
    scratch.n_moved[part] = 0
    scratch.n_asked[part] = 0
    scratch.asking[part] = 0
    scratch.sums[part] = 0
    scratch.n_changed[part] = 0
    group = -1  # of the last buyer: neighbours mostly have the same, so that sums are written when it changes
    trust = active = 0
    for i in range(scratch.part_start[part], scratch.part_start[part + 1]):
        if scratch.awake[i] == Awake.ASLEEP:
            continue
        if scratch.awake[i] < Awake.APART:
            strength = hear(a, scratch, i, week, h, hearing)
            if strength >= 0.0:
                scratch.awake[i] = awake_when_aware(a, i)
                note_move(a, scratch, part, i, Stage.UNAWARE.value, strength)
                add_up(scratch, part, a.buyers[i].group, settle_early(a, scratch, part, i), is_active(a, i, week))
            continue
        take_in_good_words(a, i)
        think(a, scratch, part, i, thinking)
        stage = a.buyers[i].stage
        if scratch.awake[i] == Awake.AWARE and (stage == Stage.DECISION or uses(stage)):
            ask_for_packs(a, scratch, part, i, week, asking)
        if scratch.has_asked[i] == 1:
            continue
        if a.buyers[i].group != group:
            add_up(scratch, part, group, trust, active)
            group = a.buyers[i].group
            trust = active = 0
        trust += settle_early(a, scratch, part, i)
        active += is_active(a, i, week)
    add_up(scratch, part, group, trust, active)


@inner
def awake_when_aware(a: Arrays, i: int) -> int:
    """Whether an aware buyer may ask for packs anywhere, or lives apart from the product."""
    buyer = a.buyers[i]
    uses_outlets = a.patron_start[i + 1] > a.patron_start[i]
    return Awake.AWARE.value if uses_outlets or buyer.online == 1 or buyer.met_week != NEVER else Awake.APART.value


@inner
def add_up(scratch: Scratch, part: int, group: int, trust: int, active: int) -> None:
    """Write down the sums over buyers of one group."""
    if group >= 0:
        scratch.sums[part, group, TRUST] += trust
        scratch.sums[part, group, ACTIVE] += active


@inner
def settle_early(a: Arrays, scratch: Scratch, part: int, i: int) -> int:
    """Process 10 for who asks for nothing: trust settles at once; bad words, which are rare, will come to it later."""
    scratch.trust_before[i] = a.buyers[i].trust
    settled = settle_buyer(a, i)
    if looks_different(a, i):
        scratch.changed_buyer[scratch.part_start[part] + scratch.n_changed[part]] = i
        scratch.n_changed[part] += 1
    return settled


@inner
def count_moves(
    a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, row: int, week: int, first_group: int, stop_group: int
) -> None:
    """Count and write down who has heard and who has moved, part after part: buyers of some groups."""
    for part in range(scratch.n_moved.size):
        first = scratch.part_start[part]
        for at in range(first, first + scratch.n_moved[part]):
            i, before, value = scratch.moved_buyer[at], int(scratch.moved_from[at]), scratch.moved_value[at]
            if before == Stage.UNAWARE and first_group <= row_before(a, i) < stop_group:
                leave_audience(a, i)
            if not first_group <= a.buyers[i].group < stop_group:
                continue
            trust = scratch.moved_trust[at]
            if before == Stage.UNAWARE:
                count_hearing(a, log, weeks, row, week, i, value, trust)
            else:
                count_move(a, log, i, before, week, value, trust)

"""Process 10: what buyers make of what they bought, and what they tell (model.md 7.2, 7.6; paper P25)."""

from __future__ import annotations

import numpy as np

from getok.simulation.compiled import inner
from getok.simulation.draws import Purpose, stream, uniform
from getok.simulation.events import ActorKind, EventKind
from getok.simulation.rules.product import good_probability
from getok.simulation.rules.stages import signal_of, stage_after_experience
from getok.simulation.rules.trust import drift, gain, lose, lose_repeatedly
from getok.simulation.state import TRUST_ONE
from getok.simulation.week.arrays import STALE, Arrays, Log, Scratch, Weeks
from getok.simulation.week.look_ahead import invalidate, refresh_exposure
from getok.simulation.week.moves import move_buyer, write


@inner
def set_tie_trust(a: Arrays, i: int, tie: int, trust: int) -> None:
    """Change the trust of buyer ``i`` in a neighbour, and the exposures that rest on it."""
    buyer = a.buyers[i]
    change = trust - a.tie_trust[tie]
    a.tie_trust[tie] = trust
    neighbour = a.buyers[a.tie_to[tie]]
    buyer.exposure_all += change
    if buyer.group < 0 or neighbour.group == buyer.group:
        if neighbour.signal == 2:
            buyer.exposure_adopters += change
        elif neighbour.signal == 1:
            buyer.exposure_aware += change


@inner
def fixed(trust: float) -> int:
    """Trust in [0, 1] as a fixed-point number."""
    return int(np.floor(trust * TRUST_ONE + 0.5))


@inner
def thank_or_blame(a: Arrays, scratch: Scratch, i: int, good: bool) -> None:
    """Let a buyer who tried the product on a neighbour's word trust that neighbour more, or less."""
    p = a.parameters[0]
    tie = a.buyers[i].source_tie
    if tie >= 0:
        trust = a.tie_trust[tie] / TRUST_ONE
        trust = gain(trust, p.trust_gain_rate) if good else lose(trust, p.trust_loss_rate)
        set_tie_trust(a, i, tie, fixed(trust))
        scratch.tie_settled[i] = 0
        invalidate(scratch, i)


@inner
def warn_neighbours(a: Arrays, scratch: Scratch, i: int, words: int) -> None:
    """Let a disappointed buyer warn neighbours who know the same product."""
    p = a.parameters[0]
    buyer = a.buyers[i]
    for e in range(a.tie_start[i], a.tie_start[i + 1]):
        j = a.tie_to[e]
        neighbour = a.buyers[j]
        if neighbour.group != buyer.group or neighbour.member_of >= 0:
            continue
        if uniform(words, buyer.key, neighbour.key + 1) < p.bad_word_probability:
            if neighbour.bad_words == 0:
                scratch.next_warned[j] = scratch.groups[buyer.group].first_warned
                scratch.groups[buyer.group].first_warned = j
            neighbour.bad_words += 1


@inner
def experience(
    a: Arrays,
    log: Log,
    weeks: Weeks,
    scratch: Scratch,
    i: int,
    trial: bool,
    row: int,
    week: int,
    u: float,
    v: float,
    words: int,
) -> None:
    """Let one buyer find the product good or bad."""
    p = a.parameters[0]
    buyer = a.buyers[i]
    group = a.groups[buyer.group]
    chance = good_probability(group.quality, p.good_base_probability, p.good_quality_weight)
    if group.good_probability >= 0.0:
        chance = group.good_probability
    good = u < chance
    before = a.buyer_trust[i]
    a.buyer_trust[i] = gain(before, p.trust_gain_rate) if good else lose(before, p.trust_loss_rate)
    event = EventKind.GOOD.value if good else EventKind.BAD.value
    write(
        log,
        week,
        event,
        ActorKind.BUYER.value,
        i,
        ActorKind.GROUP.value,
        buyer.group,
        (buyer.stage, buyer.stage),
        (before, a.buyer_trust[i]),
        chance,
        buyer.threshold,
    )
    if trial:
        thank_or_blame(a, scratch, i, good)
    if good:
        weeks.flows[row, buyer.group].experiences_good += 1
    else:
        weeks.flows[row, buyer.group].experiences_bad += 1
        warn_neighbours(a, scratch, i, words)
    stage = stage_after_experience(
        buyer.stage, trial, good, v, p.confirm_probability, p.discontinue_probability, p.discontinue_confirmed_share
    )
    if stage != buyer.stage:
        move_buyer(a, log, i, stage, week, a.buyer_trust[i])


@inner
def judge(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, g: int, row: int, week: int) -> None:
    """Let every buyer of a group who was served judge what it bought."""
    outcomes = stream(key, Purpose.EXPERIENCE, week)
    stages = stream(key, Purpose.EXPERIENCE_STAGE, week)
    words = stream(key, Purpose.BAD_WORD, week)
    group = a.groups[g]
    for k in range(scratch.point_start[group.outlet_start + g], scratch.point_start[group.outlet_stop + g + 1]):
        request = scratch.requests[scratch.queue[k]]
        if request.served > 0:
            i = request.buyer
            agent = a.buyers[i].key
            u, v = uniform(outcomes, agent), uniform(stages, agent)
            experience(a, log, weeks, scratch, i, request.trial == 1, row, week, u, v, words)


@inner
def take_in_bad_words(a: Arrays, log: Log, i: int, week: int) -> None:
    """Let the negative words of this week sink in."""
    buyer = a.buyers[i]
    before = a.buyer_trust[i]
    a.buyer_trust[i] = lose_repeatedly(before, a.parameters[0].word_trust_loss_rate, buyer.bad_words)
    write(
        log,
        week,
        EventKind.BAD_WORD.value,
        ActorKind.BUYER.value,
        i,
        0,
        -1,
        (buyer.stage, buyer.stage),
        (before, a.buyer_trust[i]),
        buyer.bad_words,
        buyer.threshold,
    )
    buyer.bad_words = 0


@inner
def let_tie_drift(a: Arrays, scratch: Scratch, i: int) -> None:
    """Let trust in the neighbour a buyer heard from drift back, until it no longer moves."""
    tie = a.buyers[i].source_tie
    scratch.tie_settled[i] = 1
    if tie >= 0 and a.tie_trust[tie] != a.tie_trust_prior[tie]:
        rate = a.parameters[0].trust_drift_rate
        trust = fixed(drift(a.tie_trust[tie] / TRUST_ONE, a.tie_trust_prior[tie] / TRUST_ONE, rate))
        if trust != a.tie_trust[tie]:
            set_tie_trust(a, i, tie, trust)
            scratch.tie_settled[i] = 0
            if scratch.bound[i] != STALE:
                refresh_exposure(a, scratch, i)


@inner
def note_change(a: Arrays, scratch: Scratch, i: int) -> None:
    """Note a buyer whom neighbours will see in another way than at the end of last week."""
    if signal_of(a.buyers[i].stage) != a.buyers[i].signal:
        counts = scratch.counts[0]
        scratch.changed[counts.changed] = i
        counts.changed += 1


@inner
def settle_buyer(a: Arrays, scratch: Scratch, i: int) -> int:
    """Let trust drift back; return it in fixed point, so that sums are exact in any order."""
    trust = drift(a.buyer_trust[i], a.buyer_trust_prior[i], a.parameters[0].trust_drift_rate)
    a.buyer_trust[i] = trust
    if scratch.tie_settled[i] == 0:
        let_tie_drift(a, scratch, i)
    return int(trust * TRUST_ONE)


@inner
def settle_warned(a: Arrays, log: Log, scratch: Scratch, g: int, week: int) -> None:
    """Let bad words sink in with those buyers of a group who got any.

    Most of them had settled already, when nothing was known of those words: what they did is done over from the trust
    they had then. Who asked for packs settles afterwards.
    """
    i = scratch.groups[g].first_warned
    while i >= 0:
        if scratch.has_asked[i] == 0:
            scratch.trust_sums[g] -= int(a.buyer_trust[i] * TRUST_ONE)
            a.buyer_trust[i] = scratch.trust_before[i]
            take_in_bad_words(a, log, i, week)
            a.buyer_trust[i] = drift(a.buyer_trust[i], a.buyer_trust_prior[i], a.parameters[0].trust_drift_rate)
            scratch.trust_sums[g] += int(a.buyer_trust[i] * TRUST_ONE)
        else:
            take_in_bad_words(a, log, i, week)
        i = scratch.next_warned[i]
    scratch.groups[g].first_warned = -1


@inner
def settle_group(a: Arrays, log: Log, scratch: Scratch, g: int, week: int) -> None:
    """Let the trust of those buyers of a group settle who asked for packs, or got bad words."""
    settle_warned(a, log, scratch, g, week)
    group = a.groups[g]
    for k in range(scratch.point_start[group.outlet_start + g], scratch.point_start[group.outlet_stop + g + 1]):
        i = scratch.requests[scratch.queue[k]].buyer
        scratch.has_asked[i] = 0
        note_change(a, scratch, i)
        scratch.trust_sums[g] += settle_buyer(a, scratch, i)

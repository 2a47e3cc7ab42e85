"""Process 10: what buyers make of what they bought, and what they tell (model.md 7.2, 7.6; paper P25)."""

from __future__ import annotations

import numpy as np

from simulation.compiled import inner
from simulation.draws import Purpose, stream, uniform
from simulation.rules.product import good_probability
from simulation.rules.stages import stage_after_experience
from simulation.rules.trust import drift, gain, lose, lose_repeatedly
from simulation.state import TRUST_ONE, ActorKind, EventKind, Stage
from simulation.week.arrays import Arrays, Log, Scratch, Weeks
from simulation.week.moves import move_buyer, write


@inner
def set_tie_trust(a: Arrays, i: int, tie: int, trust: int) -> None:
    """Change the trust of buyer ``i`` in a neighbour, and the exposures that rest on it."""
    buyer = a.buyers[i]
    change = trust - a.tie_trust[tie]
    a.tie_trust[tie] = trust
    neighbour = a.buyers[a.tie_to[tie]]
    buyer.exposure_all += change
    if buyer.group < 0 or neighbour.signal_group == buyer.group:
        if neighbour.signal == 2:
            buyer.exposure_adopters += change
        elif neighbour.signal == 1:
            buyer.exposure_aware += change


@inner
def fixed(trust: float) -> int:
    """Trust in [0, 1] as a fixed-point number."""
    return int(np.floor(trust * TRUST_ONE + 0.5))


@inner
def thank_or_blame(a: Arrays, i: int, good: bool) -> None:
    """Let a buyer who tried the product on a neighbour's word trust that neighbour more, or less."""
    p = a.parameters[0]
    tie = a.buyers[i].source_tie
    if tie >= 0:
        trust = a.tie_trust[tie] / TRUST_ONE
        trust = gain(trust, p.trust_gain_rate) if good else lose(trust, p.trust_loss_rate)
        set_tie_trust(a, i, tie, fixed(trust))


@inner
def warn_neighbours(a: Arrays, i: int, words: int) -> None:
    """Let a disappointed buyer warn neighbours who know the same product."""
    p = a.parameters[0]
    buyer = a.buyers[i]
    for e in range(a.tie_start[i], a.tie_start[i + 1]):
        neighbour = a.buyers[a.tie_to[e]]
        if neighbour.group != buyer.group or neighbour.member_of >= 0:
            continue
        if uniform(words, buyer.key, neighbour.key + 1) < p.bad_word_probability:
            neighbour.bad_words += 1


@inner
def experience(
    a: Arrays, log: Log, weeks: Weeks, i: int, trial: bool, row: int, week: int, u: float, v: float, words: int
) -> None:
    """Let one buyer find the product good or bad."""
    p = a.parameters[0]
    buyer = a.buyers[i]
    group = a.groups[buyer.group]
    chance = good_probability(group.quality, p.good_base_probability, p.good_quality_weight)
    if group.good_probability >= 0.0:
        chance = group.good_probability
    good = u < chance
    before = buyer.trust
    buyer.trust = gain(before, p.trust_gain_rate) if good else lose(before, p.trust_loss_rate)
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
        (before, buyer.trust),
        chance,
        buyer.threshold,
    )
    if trial:
        thank_or_blame(a, i, good)
    if good:
        weeks.flows[row, buyer.group].experiences_good += 1
    else:
        weeks.flows[row, buyer.group].experiences_bad += 1
        warn_neighbours(a, i, words)
    stage = stage_after_experience(
        buyer.stage, trial, good, v, p.confirm_probability, p.discontinue_probability, p.discontinue_confirmed_share
    )
    if stage != buyer.stage:
        move_buyer(a, log, i, stage, week, buyer.trust)


@inner
def settle_trust(a: Arrays, log: Log, week: int) -> None:
    """Let bad words sink in, and trust drift back to where it came from."""
    p = a.parameters[0]
    for i in range(a.buyers.size):
        buyer = a.buyers[i]
        if buyer.member_of >= 0 or buyer.stage == Stage.UNAWARE:
            continue
        if buyer.bad_words > 0:
            before = buyer.trust
            buyer.trust = lose_repeatedly(before, p.word_trust_loss_rate, buyer.bad_words)
            write(
                log,
                week,
                EventKind.BAD_WORD.value,
                ActorKind.BUYER.value,
                i,
                0,
                -1,
                (buyer.stage, buyer.stage),
                (before, buyer.trust),
                buyer.bad_words,
                buyer.threshold,
            )
            buyer.bad_words = 0
        buyer.trust = drift(buyer.trust, buyer.trust_prior, p.trust_drift_rate)
        tie = buyer.source_tie
        if tie >= 0 and a.tie_trust[tie] != a.tie_trust_prior[tie]:
            trust = drift(a.tie_trust[tie] / TRUST_ONE, a.tie_trust_prior[tie] / TRUST_ONE, p.trust_drift_rate)
            set_tie_trust(a, i, tie, fixed(trust))


@inner
def live_experiences(
    a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, n_requests: int, key: int, row: int, week: int
) -> None:
    """Let everybody who bought judge, then let words and time work on trust."""
    outcomes = stream(key, Purpose.EXPERIENCE, week)
    stages = stream(key, Purpose.EXPERIENCE_STAGE, week)
    words = stream(key, Purpose.BAD_WORD, week)
    for r in range(n_requests):
        if scratch.request_served[r] > 0:
            i = scratch.request_buyer[r]
            agent = a.buyers[i].key
            u, v = uniform(outcomes, agent), uniform(stages, agent)
            experience(a, log, weeks, i, scratch.request_trial[r] == 1, row, week, u, v, words)
    settle_trust(a, log, week)

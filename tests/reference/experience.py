"""Process 10: experience, trust, negative word of mouth, discontinuance (model.md 7.2, 7.5, 7.6)."""

import math

from reference.draws import stream, uniform
from reference.people import enter
from reference.trust import drift, gain, lose

from getok.simulation.draws import Purpose
from getok.simulation.state import TRUST_ONE, Stage


def live_experiences(world, row, requests, week):
    p = world.parameters
    outcome = stream(world.key, Purpose.EXPERIENCE, week)
    moves = stream(world.key, Purpose.EXPERIENCE_STAGE, week)
    words = stream(world.key, Purpose.BAD_WORD, week)
    for request in requests:
        if request.served > 0:
            buyer = request.buyer
            good = uniform(outcome, buyer.key) < good_probability(p, buyer.group)
            learn(p, buyer, request.trial, good)
            if good:
                row.flow(buyer.group).experiences_good += 1
            else:
                row.flow(buyer.group).experiences_bad += 1
                warn(p, buyer, words)
            move(p, buyer, request.trial, good, uniform(moves, buyer.key), week)
    for buyer in world.buyers:
        if buyer.member_of is None and buyer.stage != Stage.UNAWARE:
            settle_trust(p, buyer)


def good_probability(p, group):
    if group.good_probability >= 0.0:  # an incident
        return group.good_probability
    return min(1.0, p.good_base_probability + p.good_quality_weight * group.quality)


def learn(p, buyer, trial, good):
    """Trust in the group moves; at a trial also trust in the neighbour on whose word it was bought."""
    buyer.trust = gain(buyer.trust, p.trust_gain_rate) if good else lose(buyer.trust, p.trust_loss_rate)
    tie = buyer.source_tie
    if trial and tie is not None:
        trust = tie.trust / TRUST_ONE
        tie.trust = fixed(gain(trust, p.trust_gain_rate) if good else lose(trust, p.trust_loss_rate))


def fixed(trust):
    return math.floor(trust * TRUST_ONE + 0.5)


def warn(p, buyer, words):
    """A bad experience reaches each neighbour who knows the same product."""
    for tie in buyer.ties:
        neighbour = tie.to
        if neighbour.member_of is not None or neighbour.group is not buyer.group:
            continue
        if uniform(words, buyer.key, neighbour.key + 1) < p.bad_word_probability:
            neighbour.bad_words += 1


def move(p, buyer, trial, good, u, week):
    """A good experience may confirm, not the trial itself; a bad one may end it."""
    if good:
        if buyer.stage == Stage.IMPLEMENTATION and not trial and u < p.confirm_probability:
            enter(buyer, Stage.CONFIRMATION, week)
    else:
        confirmed = buyer.stage == Stage.CONFIRMATION
        if u < p.discontinue_probability * (p.discontinue_confirmed_share if confirmed else 1.0):
            enter(buyer, Stage.DISCONTINUED, week)


def settle_trust(p, buyer):
    """Bad words sink in; then trust drifts to its prior."""
    for _ in range(buyer.bad_words):
        buyer.trust = lose(buyer.trust, p.word_trust_loss_rate)
    buyer.bad_words = 0
    buyer.trust = drift(buyer.trust, buyer.trust_prior, p.trust_drift_rate)
    tie = buyer.source_tie
    if tie is not None and tie.trust != tie.prior:
        tie.trust = fixed(drift(tie.trust / TRUST_ONE, tie.prior / TRUST_ONE, p.trust_drift_rate))

"""Process 7: door visits, shelves, owner talk, word of mouth, online (model.md 7.5)."""

import math

from reference.draws import poisson, stream, uniform
from reference.people import enter, exposures, in_halves, uses

from getok.simulation.draws import Purpose
from getok.simulation.state import Outlets, Source, Stage, Zone

LARGEST_PROBABILITY = 1.0 - 2.0**-53  # a hazard is finite, even of what is certain


def hazard(probability):
    return -math.log1p(-min(probability, LARGEST_PROBABILITY))


def spread_information(world, row, week):
    visit_doors(world, week)
    hearing = stream(world.key, Purpose.HEARING, week)
    sources = stream(world.key, Purpose.HEARING_SOURCE, week)
    p = world.parameters
    for buyer in world.buyers:
        if buyer.member_of is not None:
            continue
        if buyer.stage == Stage.UNAWARE:
            hear(p, row, buyer, uniform(hearing, buyer.key), uniform(sources, buyer.key), week)
        else:
            buyer.trust = after_good_words(p, buyer)


def after_good_words(p, buyer):
    """Positive word of mouth on the aware, as its weekly expectation."""
    adopters, _, _ = exposures(buyer)
    if adopters == 0:
        return buyer.trust
    rate = p.word_trust_gain_rate * p.word_adopter_probability * in_halves(adopters)
    return buyer.trust - (1.0 - buyer.trust) * math.expm1(-rate)


# Doors (7.6, last sentence)


def visit_doors(world, week):
    p = world.parameters
    counts = stream(world.key, Purpose.DOOR_COUNT, week)
    visits = stream(world.key, Purpose.DOOR_VISIT, week)
    meetings = stream(world.key, Purpose.DOOR_MEETING, week)
    for member in world.members:
        for k in range(poisson(uniform(counts, member.key), p.door_visit_rate)):
            way, place = (uniform(visits, member.key, 2 * k + slot) for slot in (1, 2))
            buyer = door(world, member, way, place)
            if buyer is None or buyer.member_of is not None:
                continue
            if uniform(meetings, member.key, 2 * k + 1) < p.contact_probability:
                meet(buyer, member, uniform(meetings, member.key, 2 * k + 2), week)


def door(world, member, way, place):
    p = world.parameters
    if way < p.own_ties_share:
        behind = [tie.to for tie in member.home.ties]
    else:
        rest = (way - p.own_ties_share) / (1.0 - p.own_ties_share)
        if rest < p.own_block_share:
            behind = world.blocks[member.home.block]
        else:
            elsewhere = (rest - p.own_block_share) / (1.0 - p.own_block_share)
            behind = member.group.blocks[int(elsewhere * len(member.group.blocks))]
    return behind[int(place * len(behind))] if behind else None


def meet(buyer, member, priority, week):
    """A household deals with one group only; of several members at one door, chance decides."""
    if buyer.group is not None and buyer.group is not member.group:
        return
    if buyer.met_week != week or priority < buyer.met_priority:
        buyer.met_week, buyer.met_member, buyer.met_priority = week, member, priority


# Hearing


def on_display(outlet, week):
    return outlet.kind != Outlets.ONLINE and uses(outlet) and outlet.closed_until < week and sum(outlet.shelf) > 0


def open_online_outlet(group, week):
    """The group's online account, if it is open; the last one if there are several."""
    for outlet in reversed(group.outlets):
        if outlet.kind == Outlets.ONLINE and uses(outlet) and outlet.closed_until < week:
            return outlet
    return None


def hear(p, row, buyer, u, v, week):
    if buyer.met_week == week:
        member = buyer.met_member
        become_aware(row, buyer, member.group, Source.DOOR, member.index, 1, week)
        return
    h_user, h_aware = hazard(p.word_adopter_probability), hazard(p.word_aware_probability)
    h_shelf = hazard(p.shelf_probability)
    adopters, aware, _ = exposures(buyer)
    by_word = h_user * in_halves(adopters) + h_aware * in_halves(aware)
    shelves = [outlet for outlet in buyer.patronised if on_display(outlet, week)]
    account = open_online_outlet(buyer.catchment, week) if buyer.online and buyer.catchment is not None else None
    h_online = hazard(p.online_reach_probability) if account is not None else 0.0
    total = by_word + len(shelves) * h_shelf + h_online
    if total <= 0.0 or u >= -math.expm1(-total):
        return
    point = v * total
    if point < by_word:
        hear_by_word(row, buyer, point, h_user, h_aware, week)
        return
    point -= by_word
    for outlet in shelves:
        point -= h_shelf
        if point < 0.0 or (account is None and outlet is shelves[-1]):
            become_aware(row, buyer, outlet.group, Source.SHOP, outlet.index, 2, week)
            return
    become_aware(row, buyer, buyer.catchment, Source.ONLINE, account.index, 1, week)


def hear_by_word(row, buyer, point, h_user, h_aware, week):
    """The source is drawn in proportion to its hazard."""
    passed = 0.0
    chosen = None
    for tie in buyer.ties:
        h = {0: 0.0, 1: h_aware, 2: h_user}[tie.to.signal]
        passed += in_halves(tie.trust) * h
        if tie.to.signal == 2 or (tie.to.signal == 1 and h > 0.0):
            chosen = tie
        if tie.to.signal > 0 and point < passed:
            break
    neighbour = chosen.to
    kind = Source.BUYER if neighbour.signal == 2 else Source.AWARE
    if neighbour.member_of is not None:
        kind = Source.MEMBER
    buyer.source_tie = chosen
    become_aware(row, buyer, neighbour.group, kind, neighbour.index, neighbour.generation + 1, week)


def become_aware(row, buyer, group, kind, source, generation, week):
    buyer.group = group
    buyer.source_kind = int(kind)
    buyer.source = source
    buyer.generation = generation
    enter(buyer, Stage.KNOWLEDGE, week)
    flow = row.flow(group)
    name = f"heard_{kind.name.lower()}"
    setattr(flow, name, getattr(flow, name) + 1)
    if kind == Source.BUYER and buyer.zone != Zone.RW:
        flow.heard_outside_buyer += 1

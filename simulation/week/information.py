"""Process 7: door visits, shelves, owner talk, word of mouth and the online account (model.md 7.5; paper C12, P18)."""

from __future__ import annotations

from simulation.compiled import inner
from simulation.draws import Purpose, poisson, stream, uniform
from simulation.rules.stages import uses
from simulation.rules.trust import positive_word_gain
from simulation.rules.word import happens, hazard, in_halves
from simulation.state import ActorKind, EventKind, Outlets, Record, Source, Stage, Zone
from simulation.week.arrays import Arrays, Log, Scratch, Weeks
from simulation.week.moves import join_group, move_buyer, write


@inner
def door_of(a: Arrays, member: Record, way: float, place: float) -> int:
    """Buyer at whose door a member knocks, or -1.

    Parameters
    ----------
    way : float
        Draw in [0, 1): own ties, own RT, or elsewhere in the RW.
    place : float
        Draw in [0, 1): which one.
    """
    p = a.parameters[0]
    home = member.buyer
    if way < p.own_ties_share:
        first, stop = a.tie_start[home], a.tie_start[home + 1]
        return int(a.tie_to[first + int(place * (stop - first))]) if stop > first else -1
    rest = (way - p.own_ties_share) / (1.0 - p.own_ties_share)
    block = int(a.buyers[home].block)
    if rest >= p.own_block_share:
        group = a.groups[member.group]
        elsewhere = (rest - p.own_block_share) / (1.0 - p.own_block_share)
        block = group.block_start + int(elsewhere * (group.block_stop - group.block_start))
    first, stop = a.block_start[block], a.block_start[block + 1]
    return int(a.block_buyer[first + int(place * (stop - first))]) if stop > first else -1


@inner
def visit_doors(a: Arrays, key: int, week: int) -> None:
    """Let members go from door to door; of two groups at one door, chance decides."""
    p = a.parameters[0]
    counts = stream(key, Purpose.DOOR_COUNT, week)
    visits = stream(key, Purpose.DOOR_VISIT, week)
    meetings = stream(key, Purpose.DOOR_MEETING, week)
    for m in range(a.members.size):
        member = a.members[m]
        for k in range(poisson(uniform(counts, member.key), p.door_visit_rate)):
            i = door_of(a, member, uniform(visits, member.key, 2 * k + 1), uniform(visits, member.key, 2 * k + 2))
            if i < 0 or a.buyers[i].member_of >= 0:
                continue
            if uniform(meetings, member.key, 2 * k + 1) >= p.contact_probability:
                continue
            buyer = a.buyers[i]
            if buyer.group >= 0 and buyer.group != member.group:
                continue
            priority = uniform(meetings, member.key, 2 * k + 2)
            if buyer.met_week != week or priority < buyer.met_priority:
                buyer.met_week = week
                buyer.met_member = m
                buyer.met_priority = priority


@inner
def look_at_outlets(a: Arrays, scratch: Scratch, week: int) -> None:
    """Note which outlets have packs on display, and each group's open online account."""
    for g in range(a.groups.size):
        scratch.online_outlet[g] = -1
    for o in range(a.outlets.size):
        outlet = a.outlets[o]
        scratch.on_display[o] = 0
        if not uses(outlet.stage) or outlet.closed_until >= week:
            continue
        if outlet.kind == Outlets.ONLINE:
            scratch.online_outlet[outlet.group] = o
        elif a.shelf[o].sum() > 0:
            scratch.on_display[o] = 1


@inner
def become_aware(
    a: Arrays,
    log: Log,
    weeks: Weeks,
    row: int,
    week: int,
    i: int,
    group: int,
    kind: int,
    source: int,
    generation: int,
    strength: float,
) -> None:
    """Let a buyer hear of a group for the first time, and remember from whom."""
    join_group(a, i, group)
    buyer = a.buyers[i]
    buyer.source_kind = kind
    buyer.source = source
    buyer.generation = min(generation, 32000)
    flow = weeks.flows[row, group]
    if kind == Source.DOOR:
        flow.heard_door += 1
    elif kind == Source.MEMBER:
        flow.heard_member += 1
    elif kind == Source.BUYER:
        flow.heard_buyer += 1
        flow.heard_outside_buyer += 1 if buyer.zone != Zone.RW else 0
    elif kind == Source.AWARE:
        flow.heard_aware += 1
    elif kind == Source.SHOP:
        flow.heard_shop += 1
    else:
        flow.heard_online += 1
    other_kind = ActorKind.BUYER.value
    if kind == Source.DOOR:
        other_kind = ActorKind.MEMBER.value
    elif kind == Source.SHOP or kind == Source.ONLINE:
        other_kind = ActorKind.OWNER.value
    write(
        log,
        week,
        EventKind.HEARD.value,
        ActorKind.BUYER.value,
        i,
        other_kind,
        source,
        (buyer.stage, buyer.stage),
        (buyer.trust, buyer.trust),
        strength,
        buyer.threshold,
    )
    move_buyer(a, log, i, Stage.KNOWLEDGE.value, week, strength)


@inner
def hear_by_word(
    a: Arrays,
    log: Log,
    weeks: Weeks,
    row: int,
    week: int,
    i: int,
    target: float,
    h_user: float,
    h_aware: float,
    strength: float,
) -> None:
    """Find the neighbour at ``target`` along the buyer's ties, weighted by trust and what each has to say."""
    passed = 0.0
    chosen = -1
    for e in range(a.tie_start[i], a.tie_start[i + 1]):
        signal = a.buyers[a.tie_to[e]].signal
        if signal == 0:
            continue
        passed += in_halves(a.tie_trust[e]) * (h_user if signal == 2 else h_aware)
        if signal == 2 or h_aware > 0.0:
            chosen = e
        if target < passed:
            break
    buyer = a.buyers[i]
    j = a.tie_to[chosen]
    neighbour = a.buyers[j]
    kind = Source.AWARE.value
    if neighbour.member_of >= 0:
        kind = Source.MEMBER.value
    elif neighbour.signal == 2:
        kind = Source.BUYER.value
    buyer.source_tie = chosen
    become_aware(a, log, weeks, row, week, i, neighbour.signal_group, kind, j, neighbour.generation + 1, strength)


@inner
def hear(
    a: Arrays,
    log: Log,
    weeks: Weeks,
    scratch: Scratch,
    row: int,
    week: int,
    i: int,
    u: float,
    v: float,
    h_user: float,
    h_aware: float,
    h_shelf: float,
    h_online: float,
) -> None:
    """Let an unaware buyer hear this week, or not; the source is drawn in proportion to its hazard."""
    buyer = a.buyers[i]
    if buyer.met_week == week:
        group = a.members[buyer.met_member].group
        become_aware(a, log, weeks, row, week, i, group, Source.DOOR.value, buyer.met_member, 1, 0.0)
        return
    word = h_user * in_halves(buyer.exposure_adopters) + h_aware * in_halves(buyer.exposure_aware)
    shelves = 0
    for k in range(a.patron_start[i], a.patron_start[i + 1]):
        shelves += scratch.on_display[a.patron_outlet[k]]
    online = buyer.online == 1 and buyer.catchment >= 0 and scratch.online_outlet[buyer.catchment] >= 0
    strength = word + shelves * h_shelf + (h_online if online else 0.0)
    if strength <= 0.0 or u >= happens(strength):
        return
    target = v * strength
    if target < word:
        hear_by_word(a, log, weeks, row, week, i, target, h_user, h_aware, strength)
        return
    target -= word
    for k in range(a.patron_start[i], a.patron_start[i + 1]):
        o = a.patron_outlet[k]
        if scratch.on_display[o] == 1:
            shelves -= 1
            target -= h_shelf
            if target < 0.0 or (shelves == 0 and not online):
                become_aware(a, log, weeks, row, week, i, a.outlets[o].group, Source.SHOP.value, o, 2, strength)
                return
    o = scratch.online_outlet[buyer.catchment]
    become_aware(a, log, weeks, row, week, i, buyer.catchment, Source.ONLINE.value, o, 1, strength)


@inner
def spread_information(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, row: int, week: int) -> None:
    """Let members visit, the unaware hear, and the aware be strengthened by good words."""
    p = a.parameters[0]
    visit_doors(a, key, week)
    look_at_outlets(a, scratch, week)
    hearing = stream(key, Purpose.HEARING, week)
    sources = stream(key, Purpose.HEARING_SOURCE, week)
    h_user, h_aware = hazard(p.word_adopter_probability), hazard(p.word_aware_probability)
    h_shelf, h_online = hazard(p.shelf_probability), hazard(p.online_reach_probability)
    for i in range(a.buyers.size):
        buyer = a.buyers[i]
        if buyer.member_of >= 0:
            continue
        if buyer.stage == Stage.UNAWARE:
            u, v = uniform(hearing, buyer.key), uniform(sources, buyer.key)
            hear(a, log, weeks, scratch, row, week, i, u, v, h_user, h_aware, h_shelf, h_online)
        elif buyer.exposure_adopters > 0:
            buying = in_halves(buyer.exposure_adopters)
            buyer.trust = positive_word_gain(buyer.trust, p.word_trust_gain_rate, p.word_adopter_probability, buying)

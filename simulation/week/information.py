"""Process 7: door visits, shelves, owner talk, word of mouth and the online account (model.md 7.5; paper C12, P18)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import inner
from getok.simulation.draws import MOST, Purpose, poisson, stream, uniform
from getok.simulation.events import ActorKind, EventKind
from getok.simulation.gate import Work, meet, take
from getok.simulation.prefetch import fetch_soon
from getok.simulation.rules.product import quality_gain
from getok.simulation.rules.stages import uses
from getok.simulation.rules.word import happens, hazard, in_halves
from getok.simulation.state import Channel, Outlets, Record, Source, Stage, Zone
from getok.simulation.week.arrays import CLOSED, PARTY, Arrays, Awake, Log, Scratch, Weeks
from getok.simulation.week.moves import count_move, join_audience, write
from getok.simulation.week.remembering import buys, forget

AHEAD = 8
"""Whom a member meets is known so many visits before."""

NOTHING = -1.0
"""What who hears nothing has for a hazard."""


@inner
def note_hazards(scratch: Scratch, p: Record) -> None:
    """Note the hazards of hearing: from a trusted user, from one who is aware, off a shelf, online."""
    scratch.hazard[0] = hazard(p.word_adopter_probability)
    scratch.hazard[1] = hazard(p.word_aware_probability)
    scratch.hazard[2] = hazard(p.shelf_probability)
    scratch.hazard[3] = hazard(p.online_reach_probability)


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


class VisitDraws(NamedTuple):
    """Where a week's draws begin: how many doors, which, and whether somebody opens."""

    number: int
    door: int
    meeting: int


@inner
def visit_draws(key: int, week: int) -> VisitDraws:
    """Draws of a week's visits."""
    return VisitDraws(
        stream(key, Purpose.DOOR_COUNT, week),
        stream(key, Purpose.DOOR_VISIT, week),
        stream(key, Purpose.DOOR_MEETING, week),
    )


@inner
def n_visits(a: Arrays, draws: VisitDraws, m: int) -> int:
    """Doors at which a member knocks this week."""
    return poisson(uniform(draws.number, a.members[m].key), a.parameters[0].door_visit_rate)


@inner
def who_opens(a: Arrays, draws: VisitDraws, m: int, k: int) -> int:
    """Buyer met on visit ``k`` of a member, or -1."""
    member = a.members[m]
    if uniform(draws.meeting, member.key, 2 * k + 1) >= a.parameters[0].contact_probability:
        return -1
    return door_of(a, member, uniform(draws.door, member.key, 2 * k + 1), uniform(draws.door, member.key, 2 * k + 2))


@inner
def meet_at_door(a: Arrays, scratch: Scratch, draws: VisitDraws, m: int, k: int, i: int, week: int) -> None:
    """Let a member meet a buyer, unless it deals with another group; of two members at one door, chance decides."""
    buyer, member = a.buyers[i], a.members[m]
    if buyer.member_of >= 0 or (buyer.group >= 0 and buyer.group != member.group):
        return
    priority = uniform(draws.meeting, member.key, 2 * k + 2)
    if buyer.met_week != week or priority < buyer.met_priority:
        buyer.met_week = week
        buyer.met_member = m
        buyer.met_priority = priority
        if buyer.stage == Stage.UNAWARE or buys(buyer.stage):
            forget(scratch, i)


@inner
def plan_visits(a: Arrays, scratch: Scratch, gate: NDArray[np.int64], key: int, week: int, me: int) -> None:
    """Plan whom members meet, without going there, until all members are taken or there is no room for one more."""
    draws, n_members = visit_draws(key, week), a.members.size
    n_parties = (n_members + PARTY - 1) // PARTY
    n = 0
    while n + PARTY * MOST <= scratch.planned.shape[1]:
        party = take(gate, Work.MEMBERS, n_parties, me, scratch.n_planned.size)
        for m in range(party * PARTY, min((party + 1) * PARTY, n_members)):
            for k in range(n_visits(a, draws, m)):
                i = who_opens(a, draws, m, k)
                if i >= 0:
                    visit = scratch.planned[me, n]
                    visit.buyer, visit.member, visit.number = i, m, k
                    n += 1
        if party == n_parties:
            break
    scratch.n_planned[me] = n


@inner
def carry_out(a: Arrays, scratch: Scratch, key: int, week: int, me: int) -> None:
    """Carry out those of all planned visits that meet buyers near a thread."""
    draws = visit_draws(key, week)
    for thread in range(scratch.n_planned.size):
        visits = scratch.planned[thread, : scratch.n_planned[thread]]
        for v in range(visits.size):
            soon = visits[min(v + AHEAD, visits.size - 1)].buyer
            if scratch.near_street[soon >> scratch.street_bits] == me:
                fetch_soon(a.buyers, soon)
            visit = visits[v]
            if scratch.near_street[visit.buyer >> scratch.street_bits] == me:
                meet_at_door(a, scratch, draws, visit.member, visit.number, visit.buyer, week)


@inner
def visit_doors(a: Arrays, scratch: Scratch, gate: NDArray[np.int64], key: int, week: int, me: int) -> bool:
    """Let members go from door to door: any thread plans, each carries out what meets buyers near it, in rounds.

    Returns
    -------
    bool
        False if a thread will not come.
    """
    n_threads = scratch.n_planned.size
    while True:
        plan_visits(a, scratch, gate, key, week, me)
        if not meet(gate, n_threads):
            return False
        if scratch.n_planned.sum() == 0:
            return True
        carry_out(a, scratch, key, week, me)
        if not meet(gate, n_threads):
            return False


@inner
def channel_of(kind: int) -> int:
    """Channel of an outlet's sales."""
    if kind == Outlets.WARUNG:
        return Channel.SHOP.value
    if kind == Outlets.INSTITUTION:
        return Channel.INSTITUTION.value
    if kind == Outlets.SUPERMARKET:
        return Channel.SUPERMARKET.value
    return Channel.ONLINE.value


@inner
def look_at_groups(a: Arrays, scratch: Scratch) -> None:
    """Note how each group's product looks to buyers."""
    p = a.parameters[0]
    scratch.most_shown[0] = 0.0
    for g in range(a.groups.size):
        group = a.groups[g]
        gained = quality_gain(group.quality, group.packaging, group.quality_start, group.packaging_start)
        scratch.look[g, 0] = group.legality
        scratch.look[g, 1] = gained
        shown = p.buyer_legality_weight * group.legality + p.buyer_quality_weight * gained
        scratch.most_shown[0] = max(scratch.most_shown[0], shown)
        scratch.online_outlet[g] = -1


@inner
def look_at_outlets(a: Arrays, scratch: Scratch, week: int) -> None:
    """Note which outlets have packs on display, where one can ask for some, and each group's open online account."""
    for o in range(a.outlets.size):
        outlet = a.outlets[o]
        is_open = outlet.closed_until < week
        scratch.outlet_stage[o] = outlet.stage
        scratch.outlet_group[o] = outlet.group
        scratch.outlet_channel[o] = channel_of(outlet.kind) if is_open else CLOSED
        scratch.on_display[o] = 0
        if uses(outlet.stage) and is_open:
            if outlet.kind == Outlets.ONLINE:
                scratch.online_outlet[outlet.group] = o
            elif a.shelf[o].sum() > 0:
                scratch.on_display[o] = 1
        takes = is_open and (uses(outlet.stage) or outlet.stage == Stage.UNAWARE)
        if takes and scratch.takes_requests[o] == 0:
            for k in range(scratch.regular_start[o], scratch.regular_start[o + 1]):
                if scratch.awake[scratch.regular[k]] == Awake.AWARE:
                    forget(scratch, scratch.regular[k])
        scratch.takes_requests[o] = takes


@inner
def become_aware(a: Arrays, i: int, group: int, kind: int, source: int, generation: int) -> None:
    """Let a buyer hear of a group for the first time, and remember from whom."""
    buyer = a.buyers[i]
    buyer.group = group
    buyer.source_kind = kind
    buyer.source = source
    buyer.generation = min(generation, 32000)
    buyer.stage = Stage.KNOWLEDGE.value


@inner
def hear_by_word(a: Arrays, i: int, target: float, h_user: float, h_aware: float) -> None:
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
    j = a.tie_to[chosen]
    neighbour = a.buyers[j]
    kind = Source.AWARE.value
    if neighbour.member_of >= 0:
        kind = Source.MEMBER.value
    elif neighbour.signal == 2:
        kind = Source.BUYER.value
    a.buyers[i].source_tie = chosen
    become_aware(a, i, neighbour.group, kind, j, neighbour.generation + 1)


@inner
def hear_of_product(
    a: Arrays, scratch: Scratch, i: int, target: float, word: float, shelves: int, online: bool
) -> None:
    """Find the source at ``target`` along all hazards: neighbours, shelves, then the online account."""
    if target < word:
        hear_by_word(a, i, target, scratch.hazard[0], scratch.hazard[1])
        return
    target -= word
    for k in range(a.patron_start[i], a.patron_start[i + 1]):
        o = a.patron_outlet[k]
        if scratch.on_display[o] == 1:
            shelves -= 1
            target -= scratch.hazard[2]
            if target < 0.0 or (shelves == 0 and not online):
                become_aware(a, i, a.outlets[o].group, Source.SHOP.value, o, 2)
                return
    catchment = a.buyers[i].catchment
    become_aware(a, i, catchment, Source.ONLINE.value, scratch.online_outlet[catchment], 1)


@inner
def hear(a: Arrays, scratch: Scratch, i: int, week: int, u: float, sources: int) -> float:
    """Let an unaware buyer hear this week, or not; the source is drawn in proportion to its hazard.

    Returns
    -------
    float
        Hazard of the week, 0 if met at the door; negative if it hears nothing.
    """
    buyer = a.buyers[i]
    if buyer.met_week == week:
        group = a.members[buyer.met_member].group
        become_aware(a, i, group, Source.DOOR.value, buyer.met_member, 1)
        return 0.0
    user, aware, shelf, from_online = scratch.hazard
    word = user * in_halves(buyer.exposure_adopters) + aware * in_halves(buyer.exposure_aware)
    shelves = 0
    for k in range(a.patron_start[i], a.patron_start[i + 1]):
        shelves += scratch.on_display[a.patron_outlet[k]]
    online = buyer.online == 1 and buyer.catchment >= 0 and scratch.online_outlet[buyer.catchment] >= 0
    strength = word + shelves * shelf + (from_online if online else 0.0)
    if u >= strength or u >= happens(strength):  # the former says it sooner: happens(x) <= x
        return NOTHING
    hear_of_product(a, scratch, i, uniform(sources, buyer.key) * strength, word, shelves, online)
    return float(strength)


@inner
def count_hearing(
    a: Arrays, log: Log, weeks: Weeks, row: int, week: int, i: int, strength: float, trust: float
) -> None:
    """Count and write down that a buyer has heard for the first time."""
    buyer = a.buyers[i]
    kind = buyer.source_kind
    flow = weeks.flows[row, buyer.group]
    other_kind = ActorKind.BUYER.value
    if kind == Source.DOOR:
        flow.heard_door += 1
        other_kind = ActorKind.MEMBER.value
    elif kind == Source.MEMBER:
        flow.heard_member += 1
    elif kind == Source.BUYER:
        flow.heard_buyer += 1
        flow.heard_outside_buyer += 1 if buyer.zone != Zone.RW else 0
    elif kind == Source.AWARE:
        flow.heard_aware += 1
    elif kind == Source.SHOP:
        flow.heard_shop += 1
        other_kind = ActorKind.OWNER.value
    else:
        flow.heard_online += 1
        other_kind = ActorKind.OWNER.value
    write(
        log,
        week,
        EventKind.HEARD.value,
        ActorKind.BUYER.value,
        i,
        other_kind,
        buyer.source,
        (Stage.UNAWARE.value, Stage.UNAWARE.value),
        (trust, trust),
        strength,
        buyer.threshold,
    )
    join_audience(a, i)
    count_move(a, log, i, Stage.UNAWARE.value, week, strength, trust)

"""Process 7: door visits, shelves, owner talk, word of mouth and the online account (model.md 7.5; paper C12, P18)."""

from __future__ import annotations

from typing import NamedTuple

from getok.simulation.compiled import inner, kernel
from getok.simulation.draws import Purpose, poisson, stream, uniform
from getok.simulation.events import ActorKind, EventKind
from getok.simulation.rules.attitude import shown
from getok.simulation.rules.product import quality_gain
from getok.simulation.rules.stages import chance_to_leave, uses
from getok.simulation.rules.word import happens, hazard, hearing_hazard, in_halves, word_hazard
from getok.simulation.state import N_STAGES, Channel, Outlets, Record, Source, Stage, Zone
from getok.simulation.week.arrays import CLOSED, Arrays, Log, Scratch, Weeks
from getok.simulation.week.look_ahead import invalidate
from getok.simulation.week.moves import count_move, move_to_group, write

NOTHING = -1.0
"""What who hears nothing has for a hazard."""


@inner
def chance_of(p: Record, stage: int, convinced: bool) -> float:
    """Chance to leave a stage by thinking."""
    return chance_to_leave(
        stage,
        convinced,
        p.persuasion_probability,
        p.reject_probability,
        p.reconsider_probability,
        p.reconsider_convinced_probability,
        p.react_probability,
        p.lapse_probability,
    )


@inner
def view_market(a: Arrays, scratch: Scratch) -> None:
    """Note what is the same for all buyers this week: hazards of hearing, and chances to leave each stage."""
    p, market = a.parameters[0], scratch.market[0]
    market.hazard_user = hazard(p.word_adopter_probability)
    market.hazard_aware = hazard(p.word_aware_probability)
    market.hazard_shelf = hazard(p.shelf_probability)
    market.hazard_online = hazard(p.online_reach_probability)
    for stage in range(N_STAGES):
        scratch.chance[stage, 0] = chance_of(p, stage, False)
        scratch.chance[stage, 1] = chance_of(p, stage, True)


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
        if buyer.stage == Stage.UNAWARE:
            invalidate(scratch, i)


@kernel
def visit_doors(a: Arrays, scratch: Scratch, key: int, week: int) -> None:
    """Let members go from door to door."""
    draws = visit_draws(key, week)
    for m in range(a.members.size):
        for k in range(n_visits(a, draws, m)):
            i = who_opens(a, draws, m, k)
            if i >= 0:
                meet_at_door(a, scratch, draws, m, k, i, week)


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
def view_groups(a: Arrays, scratch: Scratch) -> None:
    """Note how each group's product looks to buyers."""
    p, market = a.parameters[0], scratch.market[0]
    market.most_shown = 0.0
    for g in range(a.groups.size):
        group, view = a.groups[g], scratch.groups[g]
        view.legality = group.legality
        view.quality_gain = quality_gain(group.quality, group.packaging, group.quality_start, group.packaging_start)
        view.online_outlet = -1
        seen = shown(view.legality, p.buyer_legality_weight, view.quality_gain, p.buyer_quality_weight)
        market.most_shown = max(market.most_shown, seen)


@inner
def view_outlets(a: Arrays, scratch: Scratch, week: int) -> None:
    """Note which outlets have packs on display, where one can ask for some, and each group's open online account."""
    for o in range(a.outlets.size):
        outlet, view = a.outlets[o], scratch.outlets[o]
        is_open = outlet.closed_until < week
        view.stage = outlet.stage
        view.channel = channel_of(outlet.kind) if is_open else CLOSED
        view.on_display = 0
        if uses(outlet.stage) and is_open:
            if outlet.kind == Outlets.ONLINE:
                scratch.groups[outlet.group].online_outlet = o
            elif a.shelf[o].sum() > 0:
                view.on_display = 1


@kernel
def view_week(a: Arrays, scratch: Scratch, week: int) -> None:
    """Note what buyers see of groups and outlets this week."""
    view_market(a, scratch)
    view_groups(a, scratch)
    view_outlets(a, scratch, week)


@inner
def become_aware(a: Arrays, i: int, group: int, kind: int, source: int, generation: int) -> None:
    """Let a buyer hear of a group for the first time, and note from whom."""
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
    market = scratch.market[0]
    if target < word:
        hear_by_word(a, i, target, market.hazard_user, market.hazard_aware)
        return
    target -= word
    for k in range(a.patron_start[i], a.patron_start[i + 1]):
        o = a.patron_outlet[k]
        if scratch.outlets[o].on_display == 1:
            shelves -= 1
            target -= market.hazard_shelf
            if target < 0.0 or (shelves == 0 and not online):
                become_aware(a, i, a.outlets[o].group, Source.SHOP.value, o, 2)
                return
    catchment = a.buyers[i].catchment
    become_aware(a, i, catchment, Source.ONLINE.value, scratch.groups[catchment].online_outlet, 1)


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
    market = scratch.market[0]
    users, aware = in_halves(buyer.exposure_adopters), in_halves(buyer.exposure_aware)
    word = word_hazard(users, aware, market.hazard_user, market.hazard_aware)
    shelves = 0
    for k in range(a.patron_start[i], a.patron_start[i + 1]):
        shelves += scratch.outlets[a.patron_outlet[k]].on_display
    online = buyer.online == 1 and buyer.catchment >= 0 and scratch.groups[buyer.catchment].online_outlet >= 0
    strength = hearing_hazard(word, shelves, online, market.hazard_shelf, market.hazard_online)
    if u >= strength or u >= happens(strength):  # the former says it sooner: happens(x) <= x
        return NOTHING
    hear_of_product(a, scratch, i, uniform(sources, buyer.key) * strength, word, shelves, online)
    return float(strength)


@inner
def count_hearing(a: Arrays, log: Log, weeks: Weeks, row: int, week: int, i: int, strength: float) -> None:
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
        (a.buyer_trust[i], a.buyer_trust[i]),
        strength,
        buyer.threshold,
    )
    move_to_group(a, i)
    count_move(a, log, i, Stage.UNAWARE.value, week, strength)

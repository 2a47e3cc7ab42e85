"""Process 9: buyers choose a channel, ask for packs, and are served while stock lasts (model.md 7.6)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from getok.simulation.compiled import inner
from getok.simulation.draws import Purpose, poisson, stream, uniform
from getok.simulation.events import ActorKind, EventKind
from getok.simulation.rules.purchase import request_probability
from getok.simulation.rules.stages import uses
from getok.simulation.rules.supply import share_of
from getok.simulation.state import ACTIVE_WEEKS, MAX_SHELF_LIFE, NEVER, Channel, Record, Stage
from getok.simulation.week.arrays import Arrays, Log, Scratch, Weeks
from getok.simulation.week.lottery import sort_by_lottery
from getok.simulation.week.moves import move_buyer, write


class RequestDraws(NamedTuple):
    """Where a week's draws begin: whether a buyer asks at an access, and for how many packs."""

    access: int
    packs: int


@inner
def ask_at_outlets(a: Arrays, scratch: Scratch, i: int, start: int, chance: float) -> int:
    """Outlet at which a buyer asks for packs, by channel (shop, institution, supermarket), or -1."""
    buyer = a.buyers[i]
    for channel in range(Channel.SHOP.value, Channel.SUPERMARKET.value + 1):
        for k in range(a.patron_start[i], a.patron_start[i + 1]):
            o = a.patron_outlet[k]
            view = scratch.outlets[o]
            if view.channel != channel or view.group != buyer.group:
                continue
            if uniform(start, buyer.key, a.outlets[o].key + 2) >= chance:
                continue
            if uses(view.stage):
                return int(o)
            if view.stage == Stage.UNAWARE:
                a.outlets[o].n_asking += 1  # its owner hears of it
    return -1


@inner
def ask(a: Arrays, scratch: Scratch, i: int, week: int, start: int) -> tuple[int, int]:
    """Where buyer ``i`` asks for packs this week: selling point and channel, or (-1, -1).

    Outlets come first among the selling points, then one for the packs that each group carries itself. Channels are
    tried in order: door, the buyer's outlets, online; every access has its own draw.
    """
    p = a.parameters[0]
    buyer = a.buyers[i]
    g = buyer.group
    season = a.groups[g].season
    if buyer.met_week == week and a.members[buyer.met_member].group == g:
        chance = request_probability(
            buyer.stage, p.trial_probability, p.buy_door_probability, p.implementing_share, season
        )
        if uniform(start, buyer.key) < chance:
            return a.outlets.size + g, Channel.DOOR.value
    chance = request_probability(buyer.stage, p.trial_probability, p.buy_shop_probability, p.implementing_share, season)
    o = ask_at_outlets(a, scratch, i, start, chance)
    if o >= 0:
        return o, int(scratch.outlets[o].channel)
    if buyer.online == 1 and scratch.groups[g].online_outlet >= 0:
        chance = request_probability(
            buyer.stage, p.trial_probability, p.buy_online_probability, p.implementing_share, season
        )
        if uniform(start, buyer.key, 1) < chance:
            return a.outlets.size + g, Channel.ONLINE.value
    return -1, -1


@inner
def ask_for_packs(a: Arrays, scratch: Scratch, i: int, week: int, draws: RequestDraws) -> None:
    """Note what a buyer who would buy asks for, and where; one request a week at the most."""
    point, channel = ask(a, scratch, i, week, draws.access)
    if point < 0:
        return
    buyer = a.buyers[i]
    counts = scratch.counts[0]
    request = scratch.requests[counts.requests]
    counts.requests += 1
    request.buyer = i
    request.point = point
    request.channel = channel
    request.packs = 1 + poisson(uniform(draws.packs, buyer.key), max(0.0, a.parameters[0].packs_mean - 1.0))
    request.trial = buyer.stage == Stage.DECISION
    scratch.has_asked[i] = 1


@inner
def place_of(a: Arrays, scratch: Scratch, point: int) -> int:
    """Place of a selling point in a row in which a group's outlets are followed by the group itself."""
    n_outlets = a.outlets.size
    if point < n_outlets:
        return int(point + scratch.outlets[point].group)
    return int(a.groups[point - n_outlets].outlet_stop + point - n_outlets)


@inner
def line_up(a: Arrays, scratch: Scratch) -> None:
    """Put requests in the order of their selling points, each point's in the order of buyers (counting sort)."""
    starts, n_requests = scratch.point_start, scratch.counts[0].requests
    for place in range(starts.size):
        starts[place] = 0
    for r in range(n_requests):
        starts[place_of(a, scratch, scratch.requests[r].point) + 1] += 1
    for place in range(1, starts.size):
        starts[place] += starts[place - 1]
    for r in range(n_requests):
        place = place_of(a, scratch, scratch.requests[r].point)
        scratch.queue[starts[place]] = r
        starts[place] += 1
    for place in range(starts.size - 1, 0, -1):
        starts[place] = starts[place - 1]
    starts[0] = 0


@inner
def serve_by_lottery(a: Arrays, scratch: Scratch, first: int, stop: int, stock: int, numbers: int) -> None:
    """Serve requests ``first`` to ``stop`` of one selling point in random order until its stock ends."""
    for k in range(first, stop):
        scratch.lottery[k] = uniform(numbers, a.buyers[scratch.requests[scratch.queue[k]].buyer].key)
    sort_by_lottery(scratch.queue, scratch.lottery, first, stop)
    for k in range(first, stop):
        request = scratch.requests[scratch.queue[k]]
        request.served = min(request.packs, stock)
        stock -= request.served


@inner
def promise(scratch: Scratch, first: int, stop: int) -> int:
    """Give requests ``first`` to ``stop`` what they ask for; return how many packs that is."""
    demand = 0
    for k in range(first, stop):
        request = scratch.requests[scratch.queue[k]]
        demand += request.packs
        request.served = request.packs
    return demand


@inner
def on_hand(a: Arrays, point: int) -> int:
    """Packs at a selling point."""
    n_outlets = a.outlets.size
    packs = 0
    for age in range(MAX_SHELF_LIFE):
        packs += a.shelf[point, age] if point < n_outlets else a.stock[point - n_outlets, age]
    return packs


@inner
def remove(ages: np.ndarray, packs: int) -> None:
    """Take packs off a shelf, oldest first."""
    for age in range(MAX_SHELF_LIFE - 1, -1, -1):
        gone = min(ages[age], packs)
        ages[age] -= gone
        packs -= gone


@inner
def book_channel(flow: Record, channel: int, packs: int, money: int) -> None:
    """Book packs and what buyers paid under their channel."""
    flow.packs_sold += packs
    if channel == Channel.DOOR:
        flow.packs_door += packs
        flow.revenue_door_rupiah += money
    elif channel == Channel.SHOP:
        flow.packs_shop += packs
        flow.revenue_shop_rupiah += money
    elif channel == Channel.INSTITUTION:
        flow.packs_institution += packs
        flow.revenue_institution_rupiah += money
    elif channel == Channel.SUPERMARKET:
        flow.packs_supermarket += packs
        flow.revenue_supermarket_rupiah += money
    else:
        flow.packs_online += packs
        flow.revenue_online_rupiah += money


@inner
def sell_directly(a: Arrays, flow: Record, g: int, channel: int, packs: int, cost: int) -> None:
    """Take the money of packs that the group sells itself."""
    p = a.parameters[0]
    group = a.groups[g]
    remove(a.stock[g], packs)
    money = packs * group.price_rupiah
    fee = share_of(money, p.online_fee_share) if channel == Channel.ONLINE else 0
    handling = packs * int(p.handling_rupiah) if channel == Channel.ONLINE else 0
    group.cash_rupiah += money - fee - handling
    group.surplus_rupiah += money - fee - handling - packs * cost
    flow.income_received_rupiah += money - fee - handling
    flow.commission_rupiah += fee
    flow.handling_rupiah += handling


@inner
def sell_off_the_shelf(a: Arrays, o: int, packs: int, money: int) -> None:
    """Let an outlet sell packs; the group gets its share when they settle."""
    outlet = a.outlets[o]
    remove(a.shelf[o], packs)
    outlet.sold += packs
    outlet.sold_rupiah += money
    outlet.total_sold += packs


@inner
def count_recent(scratch: Scratch, g: int, before: int, week: int) -> None:
    """Count a buyer of a group as one who bought last this week, and no longer in the week before that."""
    if before > week - ACTIVE_WEEKS:
        scratch.recent[g, before % ACTIVE_WEEKS] -= 1
    scratch.recent[g, week % ACTIVE_WEEKS] += 1


@inner
def serve(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, r: int, row: int, week: int, cost: int) -> None:
    """Hand over the packs of one request and book them."""
    request = scratch.requests[r]
    i, point, channel = request.buyer, request.point, request.channel
    packs, missing = request.served, request.packs - request.served
    buyer = a.buyers[i]
    g = buyer.group
    flow = weeks.flows[row, g]
    direct = point >= a.outlets.size
    other_kind = ActorKind.MEMBER.value if channel == Channel.DOOR else ActorKind.OWNER.value
    other = buyer.met_member if channel == Channel.DOOR else (scratch.groups[g].online_outlet if direct else point)
    if direct:
        a.groups[g].direct_demand += request.packs
        flow.unserved_direct += missing
    else:
        flow.unserved_outlets += missing
    if missing > 0:
        write(
            log,
            week,
            EventKind.STOCK_OUT.value,
            ActorKind.BUYER.value,
            i,
            other_kind,
            other,
            (buyer.stage, buyer.stage),
            (a.buyer_trust[i], a.buyer_trust[i]),
            missing,
            buyer.threshold,
        )
    if packs == 0:
        return
    money = packs * a.groups[g].price_rupiah
    book_channel(flow, channel, packs, money)
    if not direct:
        sell_off_the_shelf(a, point, packs, money)
    else:
        sell_directly(a, flow, g, channel, packs, cost)
        if channel == Channel.ONLINE:
            a.outlets[other].total_sold += packs
    if a.groups[g].first_sale_week == NEVER:
        a.groups[g].first_sale_week = week
    count_recent(scratch, g, buyer.last_purchase, week)
    buyer.last_purchase = week
    write(
        log,
        week,
        EventKind.PURCHASE.value,
        ActorKind.BUYER.value,
        i,
        other_kind,
        other,
        (buyer.stage, buyer.stage),
        (a.buyer_trust[i], a.buyer_trust[i]),
        packs,
        buyer.threshold,
    )
    if buyer.stage == Stage.DECISION:
        move_buyer(a, log, i, Stage.IMPLEMENTATION.value, week, packs)


@inner
def sell(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, g: int, row: int, week: int, cost: int) -> None:
    """Let the buyers of one group be served while stock lasts."""
    numbers = stream(key, Purpose.PURCHASE_ORDER, week)
    group = a.groups[g]
    group.direct_demand = 0
    n_outlets = group.outlet_stop - group.outlet_start
    for n in range(n_outlets + 1):
        place = group.outlet_start + g + n
        first, stop = scratch.point_start[place], scratch.point_start[place + 1]
        if first < stop:
            stock = on_hand(a, group.outlet_start + n if n < n_outlets else a.outlets.size + g)
            if promise(scratch, first, stop) > stock:
                serve_by_lottery(a, scratch, first, stop, stock, numbers)
    for k in range(scratch.point_start[group.outlet_start + g], scratch.point_start[group.outlet_stop + g + 1]):
        serve(a, log, weeks, scratch, scratch.queue[k], row, week, cost)

"""Process 9: buyers choose a channel, ask for packs, and are served while stock lasts (model.md 7.6)."""

from __future__ import annotations

import numpy as np

from simulation.compiled import inner, making
from simulation.draws import Purpose, poisson, stream, uniform
from simulation.rules.purchase import request_probability
from simulation.rules.stages import uses
from simulation.rules.supply import share_of
from simulation.state import MAX_SHELF_LIFE, NEVER, ActorKind, Channel, EventKind, Outlets, Record, Stage
from simulation.week.arrays import Arrays, Log, Scratch, Weeks
from simulation.week.moves import move_buyer, write


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
def ask(a: Arrays, scratch: Scratch, i: int, week: int, start: int) -> tuple[int, int]:
    """Where buyer ``i`` asks for packs this week: selling point and channel, or (-1, -1).

    Outlets come first among the selling points, then one for the packs that each group carries itself. Channels are
    tried in order: door, the buyer's outlets (shop, institution, supermarket), online; every access has its own draw.
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
    for channel in range(Channel.SHOP.value, Channel.SUPERMARKET.value + 1):
        for k in range(a.patron_start[i], a.patron_start[i + 1]):
            o = a.patron_outlet[k]
            outlet = a.outlets[o]
            if outlet.group != g or outlet.closed_until >= week or channel_of(outlet.kind) != channel:
                continue
            asks = uniform(start, buyer.key, outlet.key + 2) < chance
            if asks and uses(outlet.stage):
                return o, channel
            if asks and outlet.stage == Stage.UNAWARE:
                outlet.n_asking += 1
    if buyer.online == 1 and scratch.online_outlet[g] >= 0:
        chance = request_probability(
            buyer.stage, p.trial_probability, p.buy_online_probability, p.implementing_share, season
        )
        if uniform(start, buyer.key, 1) < chance:
            return a.outlets.size + g, Channel.ONLINE.value
    return -1, -1


@inner
def collect_requests(a: Arrays, scratch: Scratch, key: int, week: int) -> int:
    """Gather one request a buyer at the most; return how many there are."""
    p = a.parameters[0]
    accesses = stream(key, Purpose.PURCHASE, week)
    amounts = stream(key, Purpose.PACKS, week)
    scratch.demand[:] = 0
    n = 0
    for i in range(a.buyers.size):
        buyer = a.buyers[i]
        if buyer.member_of >= 0 or not (buyer.stage == Stage.DECISION or uses(buyer.stage)):
            continue
        point, channel = ask(a, scratch, i, week, accesses)
        if point < 0:
            continue
        packs = 1 + poisson(uniform(amounts, buyer.key), max(0.0, p.packs_mean - 1.0))
        scratch.request_buyer[n] = i
        scratch.request_point[n] = point
        scratch.request_channel[n] = channel
        scratch.request_packs[n] = packs
        scratch.request_served[n] = 0
        scratch.request_trial[n] = buyer.stage == Stage.DECISION
        scratch.demand[point] += packs
        n += 1
    return n


@making
def ration(a: Arrays, scratch: Scratch, n: int, point: int, stock: int, order_stream: int) -> None:
    """Serve the requests at one selling point in random order until its stock ends."""
    members = np.empty(n, dtype=np.int64)
    queue = np.empty(n)
    count = 0
    for r in range(n):
        if scratch.request_point[r] == point:
            members[count] = r
            queue[count] = uniform(order_stream, a.buyers[scratch.request_buyer[r]].key)
            count += 1
    for k in np.argsort(queue[:count], kind="mergesort"):
        r = members[k]
        served = min(scratch.request_packs[r], stock)
        scratch.request_served[r] = served
        stock -= served


@making
def ration_all(a: Arrays, scratch: Scratch, n: int, key: int, week: int) -> None:
    """Decide how many packs every request gets."""
    order_stream = stream(key, Purpose.PURCHASE_ORDER, week)
    n_outlets = a.outlets.size
    for point in range(scratch.demand.size):
        if scratch.demand[point] == 0:
            continue
        stock = a.shelf[point].sum() if point < n_outlets else a.stock[point - n_outlets].sum()
        if scratch.demand[point] > stock:
            ration(a, scratch, n, point, stock, order_stream)
            scratch.demand[point] = -1
    for r in range(n):
        if scratch.demand[scratch.request_point[r]] >= 0:
            scratch.request_served[r] = scratch.request_packs[r]


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
def serve(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, r: int, row: int, week: int, cost: int) -> None:
    """Hand over the packs of one request and book them."""
    i, point, channel = scratch.request_buyer[r], scratch.request_point[r], scratch.request_channel[r]
    packs, missing = scratch.request_served[r], scratch.request_packs[r] - scratch.request_served[r]
    buyer = a.buyers[i]
    g = buyer.group
    flow = weeks.flows[row, g]
    direct = point >= a.outlets.size
    other_kind = ActorKind.MEMBER.value if channel == Channel.DOOR else ActorKind.OWNER.value
    other = buyer.met_member if channel == Channel.DOOR else (scratch.online_outlet[g] if direct else point)
    if direct:
        a.groups[g].direct_demand += scratch.request_packs[r]
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
            (buyer.trust, buyer.trust),
            missing,
            buyer.threshold,
        )
    if packs == 0:
        return
    money = packs * a.groups[g].price_rupiah
    book_channel(flow, channel, packs, money)
    if direct:
        sell_directly(a, flow, g, channel, packs, cost)
        if channel == Channel.ONLINE:
            a.outlets[other].total_sold += packs
    else:
        remove(a.shelf[point], packs)
        a.outlets[point].sold += packs
        a.outlets[point].sold_rupiah += money
        a.outlets[point].total_sold += packs
    if a.groups[g].first_sale_week == NEVER:
        a.groups[g].first_sale_week = week
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
        (buyer.trust, buyer.trust),
        packs,
        buyer.threshold,
    )
    if buyer.stage == Stage.DECISION:
        move_buyer(a, log, i, Stage.IMPLEMENTATION.value, week, packs)


@making
def sell(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, row: int, week: int, cost: int) -> int:
    """Let buyers ask and be served; return how many requests there were."""
    for g in range(a.groups.size):
        a.groups[g].direct_demand = 0
    n = collect_requests(a, scratch, key, week)
    ration_all(a, scratch, n, key, week)
    for r in range(n):
        serve(a, log, weeks, scratch, r, row, week, cost)
    return n

"""Process 9: purchases (model.md 7.6)."""

import math

from reference.draws import poisson, stream, uniform
from reference.information import open_online_outlet
from reference.people import enter, uses
from reference.supply import unit_cost

from getok.simulation.draws import Purpose
from getok.simulation.state import NEVER, Channel, Outlets, Stage

CHANNEL = {
    Outlets.WARUNG: Channel.SHOP,
    Outlets.INSTITUTION: Channel.INSTITUTION,
    Outlets.SUPERMARKET: Channel.SUPERMARKET,
    Outlets.ONLINE: Channel.ONLINE,
}


class Request:
    """What a buyer asks for: packs, at a selling point (an outlet, or the group itself at doors and online)."""

    def __init__(self, buyer, point, channel):
        self.buyer, self.point, self.channel = buyer, point, channel
        self.trial = buyer.stage == Stage.DECISION
        self.packs = self.served = 0


def sell(world, row, week):
    """One request a buyer at the most; each selling point serves its own in random order until its stock ends."""
    for group in world.groups:
        group.direct_demand = 0
    requests = collect(world, week)
    luck = stream(world.key, Purpose.PURCHASE_ORDER, week)
    for point in [*world.outlets, *world.groups]:
        left = sum(packs_at(point))
        queue = [request for request in requests if request.point is point]
        for request in sorted(queue, key=lambda request: uniform(luck, request.buyer.key)):
            request.served = min(request.packs, left)
            left -= request.served
    for request in requests:
        hand_over(world.parameters, row, request, week)
    return requests


def packs_at(point):
    return point.shelf if hasattr(point, "shelf") else point.stock


def collect(world, week):
    accesses = stream(world.key, Purpose.PURCHASE, week)
    amounts = stream(world.key, Purpose.PACKS, week)
    requests = []
    for buyer in world.buyers:
        if buyer.member_of is None and (buyer.stage == Stage.DECISION or uses(buyer)):
            request = ask(world.parameters, buyer, accesses, week)
            if request is not None:
                mean = max(0.0, world.parameters.packs_mean - 1.0)
                request.packs = 1 + poisson(uniform(amounts, buyer.key), mean)
                requests.append(request)
    return requests


def ask(p, buyer, accesses, week):
    """Channels in order: door, shop, institution, supermarket, online; every access has a draw of its own."""
    group = buyer.group
    met = buyer.met_week == week and buyer.met_member.group is group
    if met and uniform(accesses, buyer.key) < chance(p, buyer, p.buy_door_probability):
        return Request(buyer, group, Channel.DOOR)
    for channel in (Channel.SHOP, Channel.INSTITUTION, Channel.SUPERMARKET):
        for outlet in buyer.patronised:
            if outlet.group is not group or outlet.closed_until >= week or CHANNEL[Outlets(outlet.kind)] != channel:
                continue
            if uniform(accesses, buyer.key, outlet.key + 2) < chance(p, buyer, p.buy_shop_probability):
                if uses(outlet):
                    return Request(buyer, outlet, channel)
                if outlet.stage == Stage.UNAWARE:
                    outlet.n_asking += 1
    reached = buyer.online and open_online_outlet(group, week) is not None
    if reached and uniform(accesses, buyer.key, 1) < chance(p, buyer, p.buy_online_probability):
        return Request(buyer, group, Channel.ONLINE)
    return None


def chance(p, buyer, confirmed):
    """Trial with p_try; confirmed buyers with the channel's probability, implementing ones with a share of it."""
    season = buyer.group.season
    if buyer.stage == Stage.DECISION:
        return min(1.0, p.trial_probability * season)
    if buyer.stage == Stage.IMPLEMENTATION:
        return min(1.0, confirmed * p.implementing_share * season)
    return min(1.0, confirmed * season)


def hand_over(p, row, request, week):
    buyer, group, packs = request.buyer, request.buyer.group, request.served
    flow = row.flow(group)
    direct = request.point is group
    if direct:
        group.direct_demand += request.packs
        flow.unserved_direct += request.packs - packs
    else:
        flow.unserved_outlets += request.packs - packs
    if packs == 0:
        return
    take_oldest(packs_at(request.point), packs)
    money = packs * group.price_rupiah
    flow.packs_sold += packs
    name = request.channel.name.lower()
    setattr(flow, f"packs_{name}", getattr(flow, f"packs_{name}") + packs)
    setattr(flow, f"revenue_{name}_rupiah", getattr(flow, f"revenue_{name}_rupiah") + money)
    if direct:
        take_money(p, flow, group, request.channel, packs, money)
        if request.channel == Channel.ONLINE:
            open_online_outlet(group, week).total_sold += packs
    else:
        request.point.sold += packs
        request.point.sold_rupiah += money
        request.point.total_sold += packs
    if group.first_sale_week == NEVER:
        group.first_sale_week = week
    buyer.last_purchase = week
    if buyer.stage == Stage.DECISION:
        enter(buyer, Stage.IMPLEMENTATION, week)


def take_oldest(packs_by_age, packs):
    for age in reversed(range(len(packs_by_age))):
        gone = min(packs_by_age[age], packs)
        packs_by_age[age] -= gone
        packs -= gone


def take_money(p, flow, group, channel, packs, money):
    """Door sales at price; online 1 - fee, less handling (7.8)."""
    fee = handling = 0
    if channel == Channel.ONLINE:
        fee = math.floor(money * p.online_fee_share)
        handling = packs * int(p.handling_rupiah)
    received = money - fee - handling
    group.cash_rupiah += received
    group.surplus_rupiah += received - packs * unit_cost(p)
    flow.income_received_rupiah += received
    flow.commission_rupiah += fee
    flow.handling_rupiah += handling

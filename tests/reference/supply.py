"""Processes 4 and 5: production, settlement and delivery (model.md 7.7, 7.8)."""

import math

from reference.draws import stream, uniform
from reference.people import enter, uses
from reference.trust import gain, lose

from getok.simulation.draws import Purpose
from getok.simulation.state import NEVER, PIPELINE_WEEKS, Certificate, CertificateState, Cooperation, Outlets, Stage


def unit_cost(p):
    return max(1, math.floor(p.price_rupiah * p.cost_share + 0.5))


def capacity(p, group):
    return math.floor(len(group.members) * p.capacity_member_packs * group.equipment)


# Production


def produce(world, row, week):
    p = world.parameters
    for group in world.groups:
        spoiled = 0
        for place in [group, *group.outlets]:
            name = "stock" if place is group else "shelf"
            older, gone = a_week_older(getattr(place, name), int(p.shelf_life_weeks))
            setattr(place, name, older)
            spoiled += gone
        weight = p.forecast_smoothing
        group.smoothed_demand = (1.0 - weight) * group.smoothed_demand + weight * group.direct_demand
        due = sum(outlet.lot for outlet in group.outlets if expects_packs(p, outlet, week))
        wanted = math.floor(p.plan_margin * group.smoothed_demand + due - sum(group.stock))
        affordable = group.cash_rupiah // unit_cost(p)
        made = max(0, min(wanted, capacity(p, group), affordable))
        group.stock[0] += made
        group.cash_rupiah -= made * unit_cost(p)
        group.surplus_rupiah = -spoiled * unit_cost(p)
        flow = row.flow(group)
        flow.packs_produced += made
        flow.packs_spoiled += spoiled
        flow.production_cost_rupiah += made * unit_cost(p)


def a_week_older(packs_by_age, life):
    """Packs a week later, and how many of them are too old."""
    older = [0] * len(packs_by_age)
    spoiled = 0
    for age, packs in enumerate(packs_by_age):
        if age + 1 >= life:
            spoiled += packs
        else:
            older[age + 1] = packs
    return older, spoiled


def expects_packs(p, outlet, week):
    if outlet.kind == Outlets.ONLINE or outlet.closed_until >= week or not may_sell(outlet):
        return False
    if outlet.stage == Stage.DECISION:
        return outlet.hold_until < week
    return uses(outlet) and outlet.cycle_week + 1 >= int(p.cycle_weeks)


def may_sell(outlet):
    """A supermarket sells nothing without P-IRT and halal, however they were lost."""
    papers = [outlet.group.certificates[paper] for paper in (Certificate.PIRT, Certificate.HALAL)]
    return outlet.kind != Outlets.SUPERMARKET or all(state == CertificateState.GRANTED for state in papers)


# Settlement and delivery


def settle_and_deliver(world, row, week):
    p = world.parameters
    for outlet in world.outlets:
        receive_payment(outlet, row, week)
    luck = stream(world.key, Purpose.DELIVERY_ORDER, week)
    for group in world.groups:
        for outlet in group.outlets:
            if outlet.kind != Outlets.ONLINE and uses(outlet) and outlet.closed_until < week:
                outlet.cycle_week += 1
                if outlet.cycle_week >= p.cycle_weeks or not may_sell(outlet):
                    settle(p, outlet, row, week)
        waiting = [outlet for outlet in group.outlets if wants_delivery(outlet, week)]
        for outlet in sorted(waiting, key=lambda outlet: uniform(luck, outlet.key)):
            deliver(p, outlet, row, week)


def receive_payment(outlet, row, week):
    paid = outlet.receivable[week % PIPELINE_WEEKS]
    if paid > 0:
        outlet.receivable[week % PIPELINE_WEEKS] = 0
        outlet.group.cash_rupiah += paid
        row.flow(outlet.group).income_received_rupiah += paid


def settle(p, outlet, row, week):
    returned = move_packs(outlet.shelf, outlet.group.stock, sum(outlet.shelf))
    row.flow(outlet.group).packs_returned += returned
    outlet.total_returned += returned
    if outlet.sold > 0:
        pay(p, outlet, row, week)
    if outlet.delivered > 0:
        good = outlet.sold / outlet.delivered >= p.sell_through_norm
        outlet.trust = gain(outlet.trust, p.trust_gain_rate) if good else lose(outlet.trust, p.trust_loss_rate)
        lot = math.floor(p.lot_growth * outlet.sold + 0.5)
        outlet.lot = min(int(p.lot_max_packs), max(int(p.lot_min_packs), lot))
        outlet.cycles_empty = 0
    else:
        outlet.cycles_empty += 1
    outlet.cycles_done += 1
    outlet.cycle_week = outlet.delivered = outlet.sold = outlet.sold_rupiah = 0
    judge(p, outlet, week)


def pay(p, outlet, row, week):
    group = outlet.group
    flow = row.flow(group)
    supermarket = outlet.kind == Outlets.SUPERMARKET
    kept = p.supermarket_margin_share if supermarket else p.commission_share
    commission = math.floor(outlet.sold_rupiah * kept)
    handling = int(p.handling_rupiah) * outlet.sold
    net = outlet.sold_rupiah - commission - handling
    flow.commission_rupiah += commission
    flow.handling_rupiah += handling
    group.surplus_rupiah += net - outlet.sold * unit_cost(p)
    late = int(p.supermarket_payment_weeks) if supermarket else 0
    if late > 0:
        outlet.receivable[(week + late) % PIPELINE_WEEKS] += net
    else:
        group.cash_rupiah += net
        flow.income_received_rupiah += net


def judge(p, outlet, week):
    """The last two rows of the table in 7.4."""
    distrusts = outlet.cycles_done >= 2 and outlet.trust < p.drop_trust_share * p.confirm_trust
    if distrusts or outlet.cycles_empty >= 3 or not may_sell(outlet):
        enter(outlet, Stage.DISCONTINUED, week)
        outlet.cooperation = outlet.cooperation_goal = int(Cooperation.NONE)
        outlet.standing_offer = 0
        outlet.drop_week = week
    elif (
        outlet.stage == Stage.IMPLEMENTATION
        and outlet.cycles_done >= p.n_trial_cycles
        and outlet.trust >= p.confirm_trust
    ):
        enter(outlet, Stage.CONFIRMATION, week)
        outlet.confirm_week = week


def wants_delivery(outlet, week):
    if outlet.kind == Outlets.ONLINE or outlet.closed_until >= week or not may_sell(outlet):
        return False
    if outlet.stage == Stage.DECISION:
        return outlet.hold_until < week
    return uses(outlet) and outlet.cycle_week == 0


def deliver(p, outlet, row, week):
    group = outlet.group
    packs = move_packs(group.stock, outlet.shelf, outlet.lot)
    too_few = 2 * packs < outlet.lot
    if outlet.stage == Stage.DECISION and too_few:
        move_packs(outlet.shelf, group.stock, packs)
        outlet.failed_deliveries += 1
        if outlet.failed_deliveries % 2 == 0:
            break_promise(p, outlet)
        return
    if outlet.stage == Stage.DECISION:
        enter(outlet, Stage.IMPLEMENTATION, week)
        if outlet.delivery_week == NEVER:
            outlet.delivery_week = week
        outlet.cycle_week = outlet.cycles_done = outlet.cycles_empty = 0
    elif too_few:
        break_promise(p, outlet)
    outlet.delivered = packs
    outlet.total_delivered += packs
    row.flow(group).packs_delivered += packs


def break_promise(p, outlet):
    outlet.trust = lose(outlet.trust, p.trust_loss_rate * p.minor_evidence_weight)


def move_packs(source, target, wanted):
    """Move packs, oldest first; they keep their age. Return how many there were."""
    moved = 0
    for age in reversed(range(len(source))):
        packs = min(source[age], wanted - moved)
        if packs > 0:
            source[age] -= packs
            target[age] += packs
            moved += packs
    return moved

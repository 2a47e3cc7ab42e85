"""Processes 4 and 5: packs age, spoil and are made; outlets settle, pay and return, and get the next lot.

With it stand the hard demands of a supermarket: papers, packaging, capacity. Sources: ev 3.18, 4.2, 4.3; paper P26.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import inner, kernel
from getok.simulation.draws import Purpose, stream, uniform
from getok.simulation.events import ActorKind, EventKind
from getok.simulation.rules.owners import next_lot
from getok.simulation.rules.stages import uses
from getok.simulation.rules.supply import capacity, production, share_of, smoothed, unit_cost
from getok.simulation.rules.trust import gain, lose
from getok.simulation.state import (
    NEVER,
    PIPELINE_WEEKS,
    Certificate,
    CertificateState,
    Cooperation,
    Outlets,
    Record,
    Stage,
)
from getok.simulation.week.arrays import Arrays, Log, Scratch, Weeks
from getok.simulation.week.lottery import sort_by_lottery
from getok.simulation.week.moves import move_owner, write


@inner
def has_papers(a: Arrays, g: int) -> bool:
    """Whether a group holds P-IRT and halal today."""
    return bool(
        a.certificates[g, Certificate.PIRT] == CertificateState.GRANTED
        and a.certificates[g, Certificate.HALAL] == CertificateState.GRANTED
    )


@inner
def may_sell(a: Arrays, outlet: Record) -> bool:
    """Whether an outlet may have the product at all; only a supermarket asks for papers."""
    return bool(outlet.kind != Outlets.SUPERMARKET or has_papers(a, outlet.group))


@inner
def gate_open(a: Arrays, outlet: Record) -> bool:
    """Whether a group meets all demands of a supermarket this week."""
    p = a.parameters[0]
    group = a.groups[outlet.group]
    most = capacity(group.member_stop - group.member_start, p.capacity_member_packs, group.equipment)
    enough = most >= p.supermarket_capacity_packs
    return bool(has_papers(a, outlet.group) and group.packaging >= p.supermarket_packaging and enough)


@inner
def grow_older(ages: NDArray[np.int32], life: int) -> int:
    """Let packs grow a week older; return how many spoil."""
    spoiled = 0
    for age in range(ages.size - 1, -1, -1):
        if age >= life - 1:
            spoiled += ages[age]
            ages[age] = 0
        elif ages[age] > 0:
            ages[age + 1] += ages[age]
            ages[age] = 0
    return spoiled


@inner
def packs_due(a: Arrays, g: int, week: int, cycle: int) -> int:
    """Packs that outlets of a group expect this week."""
    due = 0
    for o in range(a.groups[g].outlet_start, a.groups[g].outlet_stop):
        outlet = a.outlets[o]
        if outlet.kind == Outlets.ONLINE or outlet.closed_until >= week or not may_sell(a, outlet):
            continue
        if outlet.stage == Stage.DECISION and outlet.hold_until < week:
            due += outlet.lot
        elif uses(outlet.stage) and outlet.cycle_week + 1 >= cycle:
            due += outlet.lot
    return due


@kernel
def produce(a: Arrays, weeks: Weeks, row: int, week: int) -> None:
    """Let stock age, plan production, make packs and pay for them."""
    p = a.parameters[0]
    cost = unit_cost(p.price_rupiah, p.cost_share)
    life = int(p.shelf_life_weeks)
    for g in range(a.groups.size):
        group = a.groups[g]
        flow = weeks.flows[row, g]
        spoiled = grow_older(a.stock[g], life)
        for o in range(group.outlet_start, group.outlet_stop):
            spoiled += grow_older(a.shelf[o], life)
        group.smoothed_demand = smoothed(group.smoothed_demand, group.direct_demand, p.forecast_smoothing)
        most = capacity(group.member_stop - group.member_start, p.capacity_member_packs, group.equipment)
        due = packs_due(a, g, week, int(p.cycle_weeks))
        stock = a.stock[g].sum()
        made = production(group.smoothed_demand, p.plan_margin, due, stock, most, group.cash_rupiah, cost)
        a.stock[g, 0] += made
        group.cash_rupiah -= made * cost
        group.surplus_rupiah = -spoiled * cost
        flow.packs_produced += made
        flow.packs_spoiled += spoiled
        flow.production_cost_rupiah += made * cost


@inner
def take(ages: NDArray[np.int32], wanted: int, into: NDArray[np.int32]) -> int:
    """Move up to ``wanted`` packs, oldest first, keeping their age; return how many there were."""
    moved = 0
    for age in range(ages.size - 1, -1, -1):
        packs = min(ages[age], wanted - moved)
        if packs > 0:
            ages[age] -= packs
            into[age] += packs
            moved += packs
    return moved


@inner
def owner_evidence(a: Arrays, log: Log, o: int, week: int, good: bool, weight: float, event: int, value: float) -> None:
    """Let an owner learn from a settlement or a broken promise."""
    p = a.parameters[0]
    outlet = a.outlets[o]
    before = outlet.trust
    outlet.trust = gain(before, p.trust_gain_rate * weight) if good else lose(before, p.trust_loss_rate * weight)
    write(
        log,
        week,
        event,
        ActorKind.OWNER.value,
        o,
        ActorKind.GROUP.value,
        outlet.group,
        (outlet.stage, outlet.stage),
        (before, outlet.trust),
        value,
        outlet.threshold,
    )


@inner
def receive_payments(a: Arrays, weeks: Weeks, row: int, week: int) -> None:
    """Collect what outlets that pay late owe this week."""
    slot = week % PIPELINE_WEEKS
    for o in range(a.outlets.size):
        paid = a.receivable[o, slot]
        if paid > 0:
            a.receivable[o, slot] = 0
            g = a.outlets[o].group
            a.groups[g].cash_rupiah += paid
            weeks.flows[row, g].income_received_rupiah += paid


@inner
def pay(a: Arrays, weeks: Weeks, o: int, row: int, week: int) -> None:
    """Settle the money of a cycle: commission stays, the rest comes now or, from a supermarket, later."""
    p = a.parameters[0]
    outlet = a.outlets[o]
    group = a.groups[outlet.group]
    flow = weeks.flows[row, outlet.group]
    supermarket = outlet.kind == Outlets.SUPERMARKET
    commission = share_of(outlet.sold_rupiah, p.supermarket_margin_share if supermarket else p.commission_share)
    handling = int(p.handling_rupiah) * outlet.sold
    net = outlet.sold_rupiah - commission - handling
    flow.commission_rupiah += commission
    flow.handling_rupiah += handling
    group.surplus_rupiah += net - outlet.sold * unit_cost(p.price_rupiah, p.cost_share)
    if supermarket and p.supermarket_payment_weeks > 0:
        a.receivable[o, (week + int(p.supermarket_payment_weeks)) % PIPELINE_WEEKS] += net
    else:
        group.cash_rupiah += net
        flow.income_received_rupiah += net


@inner
def drop(a: Arrays, log: Log, o: int, week: int, value: float) -> None:
    """End the cooperation with an outlet."""
    outlet = a.outlets[o]
    move_owner(a, log, o, Stage.DISCONTINUED.value, week, value)
    outlet.cooperation = Cooperation.NONE
    outlet.cooperation_goal = Cooperation.NONE
    outlet.standing_offer = 0
    outlet.drop_week = week


@inner
def judge(a: Arrays, log: Log, o: int, week: int) -> None:
    """Let an owner confirm or drop the product after a cycle."""
    p = a.parameters[0]
    outlet = a.outlets[o]
    low = outlet.trust < p.drop_trust_share * p.confirm_trust
    if (outlet.cycles_done >= 2 and low) or outlet.cycles_empty >= 3 or not may_sell(a, outlet):
        drop(a, log, o, week, outlet.trust)
    elif (
        outlet.stage == Stage.IMPLEMENTATION
        and outlet.cycles_done >= p.n_trial_cycles
        and outlet.trust >= p.confirm_trust
    ):
        move_owner(a, log, o, Stage.CONFIRMATION.value, week, outlet.trust)
        outlet.confirm_week = week


@inner
def settle(a: Arrays, log: Log, weeks: Weeks, o: int, row: int, week: int) -> None:
    """Count what was sold, take back the rest, pay, and let the owner judge."""
    p = a.parameters[0]
    outlet = a.outlets[o]
    flow = weeks.flows[row, outlet.group]
    returned = take(a.shelf[o], a.shelf[o].sum(), a.stock[outlet.group])
    flow.packs_returned += returned
    outlet.total_returned += returned
    if outlet.sold > 0:
        pay(a, weeks, o, row, week)
    if outlet.delivered > 0:
        sell_through = outlet.sold / outlet.delivered
        good = sell_through >= p.sell_through_norm
        owner_evidence(a, log, o, week, good, 1.0, EventKind.SETTLEMENT.value, sell_through)
        outlet.lot = next_lot(outlet.sold, p.lot_growth, int(p.lot_min_packs), int(p.lot_max_packs))
        outlet.cycles_empty = 0
    else:
        outlet.cycles_empty += 1
    outlet.cycles_done += 1
    outlet.cycle_week = 0
    outlet.delivered = 0
    outlet.sold = 0
    outlet.sold_rupiah = 0
    judge(a, log, o, week)


@inner
def deliver(a: Arrays, log: Log, weeks: Weeks, o: int, row: int, week: int) -> None:
    """Bring the next lot, as far as the stock goes; less than half of it breaks a promise."""
    p = a.parameters[0]
    outlet = a.outlets[o]
    packs = take(a.stock[outlet.group], outlet.lot, a.shelf[o])
    if outlet.stage == Stage.DECISION:
        if 2 * packs < outlet.lot:
            take(a.shelf[o], packs, a.stock[outlet.group])
            outlet.failed_deliveries += 1
            if outlet.failed_deliveries % 2 == 0:
                owner_evidence(a, log, o, week, False, p.minor_evidence_weight, EventKind.BROKEN_PROMISE.value, packs)
            return
        move_owner(a, log, o, Stage.IMPLEMENTATION.value, week, packs)
        if outlet.delivery_week == NEVER:
            outlet.delivery_week = week
        outlet.cycle_week = 0
        outlet.cycles_done = 0
        outlet.cycles_empty = 0
    elif 2 * packs < outlet.lot:
        owner_evidence(a, log, o, week, False, p.minor_evidence_weight, EventKind.BROKEN_PROMISE.value, packs)
    outlet.delivered = packs
    outlet.total_delivered += packs
    weeks.flows[row, outlet.group].packs_delivered += packs
    write(
        log,
        week,
        EventKind.DELIVERY.value,
        ActorKind.OWNER.value,
        o,
        ActorKind.GROUP.value,
        outlet.group,
        (outlet.stage, outlet.stage),
        (outlet.trust, outlet.trust),
        packs,
        outlet.threshold,
    )


@inner
def wants_delivery(a: Arrays, o: int, week: int) -> bool:
    """Whether an outlet waits for packs: its first, or the next lot after this week's settlement."""
    outlet = a.outlets[o]
    if outlet.kind == Outlets.ONLINE or outlet.closed_until >= week or not may_sell(a, outlet):
        return False
    if outlet.stage == Stage.DECISION:
        return bool(outlet.hold_until < week)
    return uses(outlet.stage) and outlet.cycle_week == 0


@inner
def settle_due(a: Arrays, log: Log, weeks: Weeks, o: int, row: int, week: int) -> None:
    """Let a week of an outlet's cycle pass, and settle if it was the last, or if the outlet may sell no longer."""
    outlet = a.outlets[o]
    if outlet.kind != Outlets.ONLINE and uses(outlet.stage) and outlet.closed_until < week:
        outlet.cycle_week += 1
        if outlet.cycle_week >= a.parameters[0].cycle_weeks or not may_sell(a, outlet):
            settle(a, log, weeks, o, row, week)


@kernel
def settle_and_deliver(a: Arrays, log: Log, weeks: Weeks, scratch: Scratch, key: int, row: int, week: int) -> None:
    """Settle at outlets whose cycle ends, then deliver in an order drawn afresh."""
    receive_payments(a, weeks, row, week)
    numbers = stream(key, Purpose.DELIVERY_ORDER, week)
    for g in range(a.groups.size):
        n_waiting = 0
        for o in range(a.groups[g].outlet_start, a.groups[g].outlet_stop):
            settle_due(a, log, weeks, o, row, week)
            if wants_delivery(a, o, week):
                scratch.waiting[n_waiting] = o
                scratch.place[n_waiting] = uniform(numbers, a.outlets[o].key)
                n_waiting += 1
        sort_by_lottery(scratch.waiting, scratch.place, 0, n_waiting)
        for k in range(n_waiting):
            deliver(a, log, weeks, scratch.waiting[k], row, week)

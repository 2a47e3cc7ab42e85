"""Process 5: settlement and delivery at outlets (model.md 7.4, 7.7, 7.8; ev 4.2, 4.3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import inner, making
from getok.simulation.draws import Purpose, stream, uniform
from getok.simulation.events import ActorKind, EventKind
from getok.simulation.rules.owners import next_lot
from getok.simulation.rules.stages import uses
from getok.simulation.rules.supply import share_of, unit_cost
from getok.simulation.rules.trust import gain, lose
from getok.simulation.state import NEVER, PIPELINE_WEEKS, Cooperation, Outlets, Stage
from getok.simulation.week.arrays import Arrays, Log, Weeks
from getok.simulation.week.gate import may_sell
from getok.simulation.week.moves import move_owner, write


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


@making
def settle_and_deliver(a: Arrays, log: Log, weeks: Weeks, key: int, row: int, week: int) -> None:
    """Settle at outlets whose cycle ends, then deliver in an order drawn afresh."""
    p = a.parameters[0]
    receive_payments(a, weeks, row, week)
    order_stream = stream(key, Purpose.DELIVERY_ORDER, week)
    for g in range(a.groups.size):
        start, stop = a.groups[g].outlet_start, a.groups[g].outlet_stop
        waiting = 0
        for o in range(start, stop):
            outlet = a.outlets[o]
            if outlet.kind != Outlets.ONLINE and uses(outlet.stage) and outlet.closed_until < week:
                outlet.cycle_week += 1
                if outlet.cycle_week >= p.cycle_weeks or not may_sell(a, outlet):
                    settle(a, log, weeks, o, row, week)
            waiting += wants_delivery(a, o, week)
        if waiting > 0:
            queue = np.empty(stop - start)
            for o in range(start, stop):
                last = 2.0  # behind everybody
                queue[o - start] = uniform(order_stream, a.outlets[o].key) if wants_delivery(a, o, week) else last
            order = np.argsort(queue, kind="mergesort")
            for k in range(waiting):
                deliver(a, log, weeks, start + order[k], row, week)

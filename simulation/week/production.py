"""Process 4: packs age, spoil and are made (model.md 7.7)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import inner
from getok.simulation.rules.stages import uses
from getok.simulation.rules.supply import capacity, production, smoothed, unit_cost
from getok.simulation.state import Outlets, Stage
from getok.simulation.week.arrays import Arrays, Weeks
from getok.simulation.week.gate import may_sell


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


@inner
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

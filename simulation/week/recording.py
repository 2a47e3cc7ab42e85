"""Processes 11 and 12: surplus is shared, credit repaid, the week written down, and neighbours see what changed."""

from __future__ import annotations

import numpy as np

from getok.simulation.compiled import inner, kernel
from getok.simulation.rules.stages import signal_of, uses
from getok.simulation.rules.supply import share_of
from getok.simulation.state import ACTIVE_WEEKS, N_STAGES, N_ZONES, NEVER, TRUST_ONE, CertificateState, Outlets, Stage
from getok.simulation.week.arrays import STALE, Arrays, Scratch, Weeks
from getok.simulation.week.look_ahead import refresh, refresh_exposure


@kernel
def account(a: Arrays, weeks: Weeks, row: int, week: int) -> None:
    """Share the surplus among members as far as cash goes, losses carried forward first; then repay credit."""
    p = a.parameters[0]
    for g in range(a.groups.size):
        group = a.groups[g]
        flow = weeks.flows[row, g]
        group.carry_rupiah += group.surplus_rupiah
        due = share_of(max(0, group.carry_rupiah), p.distributed_share)
        payout = max(0, min(due, group.cash_rupiah))
        if payout == due and group.carry_rupiah > 0:
            group.carry_rupiah = 0
        elif payout > 0:
            group.carry_rupiah -= share_of(payout, 1.0 / p.distributed_share)
        group.cash_rupiah -= payout
        flow.payout_rupiah += payout
        a.payouts[g, week % 8] = payout
        repaid = max(0, min(group.repayment_rupiah, min(group.debt_rupiah, group.cash_rupiah)))
        group.cash_rupiah -= repaid
        group.debt_rupiah -= repaid
        flow.repayment_rupiah += repaid
        if week == 0:
            group.income_baseline = a.payouts[g].sum() / 8.0


@inner
def record_buyers(a: Arrays, weeks: Weeks, row: int) -> None:
    """Write down stages and first entries of buyers, by group and elsewhere."""
    for g in range(a.groups.size + 1):
        for stage in range(N_STAGES):
            for zone in range(N_ZONES):
                weeks.buyers[row, g, zone, stage] = a.buyer_stages[g, zone, stage]
                weeks.buyer_entries[row, g, stage] += a.buyer_entries[g, zone, stage]


@inner
def record_audience(a: Arrays, weeks: Weeks, scratch: Scratch, row: int, g: int) -> None:
    """Write down active buyers of a group, and the mean trust of those who know it."""
    flow, aware, active = weeks.flows[row, g], 0, 0
    for zone in range(N_ZONES):
        for stage in range(Stage.KNOWLEDGE.value, N_STAGES):
            aware += a.buyer_stages[g, zone, stage]
    for week in range(ACTIVE_WEEKS):
        active += scratch.recent[g, week]
    flow.active_buyers = active
    flow.trust_buyers = scratch.trust_sums[g] / TRUST_ONE / aware if aware > 0 else np.nan


@inner
def record_outlets(a: Arrays, weeks: Weeks, row: int, g: int) -> None:
    """Write down the outlets of a group."""
    flow = weeks.flows[row, g]
    trust = 0.0
    owners = 0
    for o in range(a.groups[g].outlet_start, a.groups[g].outlet_stop):
        outlet = a.outlets[o]
        weeks.owners[row, g, outlet.stage] += 1
        for s in range(N_STAGES):
            weeks.owner_entries[row, g, s] += a.outlet_entry[o, s] != NEVER
        flow.shelf_packs += a.shelf[o].sum()
        flow.receivable_rupiah += a.receivable[o].sum()
        if uses(outlet.stage):
            weeks.carrying[row, o] = 1
            flow.carrying_outlets += 1
            flow.carrying_warungs += outlet.kind == Outlets.WARUNG
        if outlet.kind != Outlets.ONLINE:
            trust += outlet.trust
            owners += 1
    flow.trust_owners = trust / owners if owners > 0 else np.nan


@inner
def record_group(a: Arrays, weeks: Weeks, row: int, g: int) -> None:
    """Write down the group itself and its members."""
    flow = weeks.flows[row, g]
    group = a.groups[g]
    flow.stock_packs = a.stock[g].sum()
    flow.cash_rupiah = group.cash_rupiah
    flow.debt_rupiah = group.debt_rupiah
    flow.legality = group.legality
    flow.quality = group.quality
    flow.packaging = group.packaging
    flow.equipment = group.equipment
    for c in range(a.certificates.shape[1]):
        flow.certificates_pending += a.certificates[g, c] == CertificateState.PENDING
        flow.certificates_granted += a.certificates[g, c] == CertificateState.GRANTED
    for m in range(group.member_start, group.member_stop):
        weeks.members[row, g, a.members[m].stage] += 1
        for s in range(N_STAGES):
            weeks.member_entries[row, g, s] += a.member_entry[m, s] != NEVER


@kernel
def record(a: Arrays, weeks: Weeks, scratch: Scratch, row: int) -> None:
    """Write the week down."""
    record_buyers(a, weeks, row)
    for g in range(a.groups.size):
        record_audience(a, weeks, scratch, row, g)
        record_outlets(a, weeks, row, g)
        record_group(a, weeks, row, g)


@inner
def show_neighbour(a: Arrays, scratch: Scratch, e: int, group: int, before: int, signal: int) -> None:
    """Take a buyer of a group out of the exposure of its neighbour on tie ``e`` as it was, and put it in as it is."""
    i = a.tie_to[e]
    neighbour = a.buyers[i]
    if neighbour.group >= 0 and neighbour.group != group:
        return
    trust = a.tie_trust[a.tie_mirror[e]]
    if before == 2:
        neighbour.exposure_adopters -= trust
    elif before == 1:
        neighbour.exposure_aware -= trust
    if signal == 2:
        neighbour.exposure_adopters += trust
    elif signal == 1:
        neighbour.exposure_aware += trust
    if neighbour.member_of < 0 and scratch.bound[i] != STALE:
        refresh_exposure(a, scratch, i)


@inner
def recount_neighbours(a: Arrays, scratch: Scratch, i: int) -> None:
    """Let a buyer count only neighbours who deal with its group."""
    buyer = a.buyers[i]
    buyer.exposure_adopters = 0
    buyer.exposure_aware = 0
    for e in range(a.tie_start[i], a.tie_start[i + 1]):
        neighbour = a.buyers[a.tie_to[e]]
        if neighbour.group == buyer.group:
            if neighbour.signal == 2:
                buyer.exposure_adopters += a.tie_trust[e]
            elif neighbour.signal == 1:
                buyer.exposure_aware += a.tie_trust[e]
    refresh(a, scratch, i)


@kernel
def commit(a: Arrays, scratch: Scratch) -> None:
    """Let neighbours see the stages of buyers from next week on, and who has heard count those of its group only."""
    counts = scratch.counts[0]
    for place in range(counts.changed):
        j = scratch.changed[place]
        buyer = a.buyers[j]
        before, signal = buyer.signal, signal_of(buyer.stage)
        for e in range(a.tie_start[j], a.tie_start[j + 1]):
            show_neighbour(a, scratch, e, buyer.group, before, signal)
        buyer.signal = signal
    for place in range(counts.heard):
        recount_neighbours(a, scratch, scratch.heard[place])

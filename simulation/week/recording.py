"""Process 12: the week is written down, and neighbours get to see what changed."""

from __future__ import annotations

import numpy as np

from simulation.compiled import inner, making
from simulation.rules.stages import signal_of, uses
from simulation.state import N_STAGES, NEVER, TRUST_ONE, CertificateState, Outlets, Stage
from simulation.week.arrays import Arrays, Weeks


@making
def record_buyers(a: Arrays, weeks: Weeks, row: int, week: int) -> None:
    """Write down stages, active buyers and mean trust of buyers; sums of trust are exact in any order."""
    n_groups = a.groups.size
    aware = np.zeros(n_groups, dtype=np.int64)
    trust = np.zeros(n_groups, dtype=np.int64)
    for i in range(a.buyers.size):
        buyer = a.buyers[i]
        if buyer.group < 0 or buyer.member_of >= 0:
            continue
        aware[buyer.group] += 1
        trust[buyer.group] += int(buyer.trust * TRUST_ONE)
        if buyer.last_purchase > week - 8:
            weeks.flows[row, buyer.group].active_buyers += 1
    for g in range(n_groups):
        weeks.flows[row, g].trust_buyers = trust[g] / TRUST_ONE / aware[g] if aware[g] > 0 else np.nan
    weeks.buyers[row] = a.buyer_stages
    for g in range(n_groups + 1):
        for s in range(N_STAGES):
            weeks.buyer_entries[row, g, s] = a.buyer_entries[g, :, s].sum()


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


@inner
def tell_neighbours(a: Arrays, j: int, signal: int, signal_group: int) -> None:
    """Take buyer ``j`` out of its neighbours' exposures as it was, and put it in as it is."""
    buyer = a.buyers[j]
    for e in range(a.tie_start[j], a.tie_start[j + 1]):
        neighbour = a.buyers[a.tie_to[e]]
        trust = a.tie_trust[a.tie_mirror[e]]
        if neighbour.group < 0 or neighbour.group == buyer.signal_group:
            if buyer.signal == 2:
                neighbour.exposure_adopters -= trust
            elif buyer.signal == 1:
                neighbour.exposure_aware -= trust
        if neighbour.group < 0 or neighbour.group == signal_group:
            if signal == 2:
                neighbour.exposure_adopters += trust
            elif signal == 1:
                neighbour.exposure_aware += trust
    buyer.signal = signal
    buyer.signal_group = signal_group


@inner
def look_around(a: Arrays, i: int) -> None:
    """Let a buyer who has just joined a group's audience count only neighbours who deal with that group."""
    buyer = a.buyers[i]
    buyer.exposure_adopters = 0
    buyer.exposure_aware = 0
    for e in range(a.tie_start[i], a.tie_start[i + 1]):
        neighbour = a.buyers[a.tie_to[e]]
        if neighbour.signal_group == buyer.group:
            if neighbour.signal == 2:
                buyer.exposure_adopters += a.tie_trust[e]
            elif neighbour.signal == 1:
                buyer.exposure_aware += a.tie_trust[e]


@inner
def publish(a: Arrays, week: int) -> None:
    """Let neighbours see this week's stages from next week on."""
    for j in range(a.buyers.size):
        buyer = a.buyers[j]
        signal = signal_of(buyer.stage)
        if buyer.member_of < 0 and signal != buyer.signal:
            tell_neighbours(a, j, signal, buyer.group)
    if a.groups.size > 1:
        for i in range(a.buyers.size):
            if a.buyer_entry[i, Stage.KNOWLEDGE] == week and a.buyers[i].member_of < 0:
                look_around(a, i)


@making
def record(a: Arrays, weeks: Weeks, row: int, week: int) -> None:
    """Write the week down."""
    record_buyers(a, weeks, row, week)
    for g in range(a.groups.size):
        record_outlets(a, weeks, row, g)
        record_group(a, weeks, row, g)
    publish(a, week)

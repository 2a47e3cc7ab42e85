"""Processes 11 and 12: accounting (model.md 7.8) and the record (section 9), everything counted afresh."""

import math

from reference.people import uses

from getok.simulation.state import N_STAGES, N_ZONES, NEVER, TRUST_ONE, CertificateState, Outlets, Stage


def account(world, row, week):
    p = world.parameters
    for group in world.groups:
        flow = row.flow(group)
        group.carry_rupiah += group.surplus_rupiah
        due = math.floor(max(0, group.carry_rupiah) * p.distributed_share)
        payout = max(0, min(due, group.cash_rupiah))
        if payout == due and group.carry_rupiah > 0:
            group.carry_rupiah = 0
        elif payout > 0:
            group.carry_rupiah -= math.floor(payout * (1.0 / p.distributed_share))
        group.cash_rupiah -= payout
        group.payouts[week % 8] = payout
        repaid = max(0, min(group.repayment_rupiah, group.debt_rupiah, group.cash_rupiah))
        group.cash_rupiah -= repaid
        group.debt_rupiah -= repaid
        flow.payout_rupiah += payout
        flow.repayment_rupiah += repaid
        if week == 0:
            group.income_baseline = sum(group.payouts) / 8.0


def record(world, row, week):
    row.buyers = count_buyers(world)
    row.buyer_entries = [[sum(zone[s] for zone in zones) for s in range(N_STAGES)] for zones in count_entries(world)]
    for group in world.groups:
        row.owners.append(stages_of(group.outlets))
        row.owner_entries.append(entries_of(group.outlets))
        row.members.append(stages_of(group.members))
        row.member_entries.append(entries_of(group.members))
        record_group(world, group, row.flow(group), week)
    row.carrying = [int(uses(outlet)) for outlet in world.outlets]
    publish(world)


def publish(world):
    """From next week on neighbours see this week's stages."""
    for buyer in world.buyers:
        if buyer.member_of is None:
            buyer.signal = 2 if uses(buyer) else int(buyer.stage != Stage.UNAWARE)


def record_group(world, group, flow, week):
    own = [buyer for buyer in world.buyers if buyer.group is group and buyer.member_of is None]
    shops = [outlet for outlet in group.outlets if outlet.kind != Outlets.ONLINE]
    carrying = [outlet for outlet in group.outlets if uses(outlet)]
    flow.stock_packs = sum(group.stock)
    flow.shelf_packs = sum(sum(outlet.shelf) for outlet in group.outlets)
    flow.cash_rupiah = group.cash_rupiah
    flow.receivable_rupiah = sum(sum(outlet.receivable) for outlet in group.outlets)
    flow.debt_rupiah = group.debt_rupiah
    flow.carrying_outlets = len(carrying)
    flow.carrying_warungs = len([outlet for outlet in carrying if outlet.kind == Outlets.WARUNG])
    flow.active_buyers = len([buyer for buyer in own if buyer.last_purchase > week - 8])
    flow.certificates_pending = group.certificates.count(CertificateState.PENDING)
    flow.certificates_granted = group.certificates.count(CertificateState.GRANTED)
    flow.legality, flow.quality = group.legality, group.quality
    flow.packaging, flow.equipment = group.packaging, group.equipment
    trust = sum(int(buyer.trust * TRUST_ONE) for buyer in own)  # whole numbers: exact in any order
    flow.trust_buyers = trust / TRUST_ONE / len(own) if own else math.nan
    total = 0.0
    for outlet in shops:  # not sum(), which is more exact than the plain addition of new and old Pythons
        total += outlet.trust
    flow.trust_owners = total / len(shops) if shops else math.nan


def stages_of(agents):
    return [len([agent for agent in agents if agent.stage == s]) for s in range(N_STAGES)]


def entries_of(agents):
    return [len([agent for agent in agents if agent.entry[s] != NEVER]) for s in range(N_STAGES)]


def place_of(world, buyer):
    """Row of the tables that counts a buyer: its group, else its catchment, else elsewhere."""
    group = buyer.group if buyer.group is not None else buyer.catchment
    return group.index if group is not None else len(world.groups)


def count_buyers(world):
    counts = [[[0] * N_STAGES for _ in range(N_ZONES)] for _ in range(len(world.groups) + 1)]
    for buyer in world.buyers:
        if buyer.member_of is None:
            counts[place_of(world, buyer)][buyer.zone][buyer.stage] += 1
    return counts


def count_entries(world):
    """First entries since the start: everybody starts unaware, so that stage is not counted."""
    counts = [[[0] * N_STAGES for _ in range(N_ZONES)] for _ in range(len(world.groups) + 1)]
    for buyer in world.buyers:
        if buyer.member_of is None:
            for s in range(Stage.KNOWLEDGE, N_STAGES):
                counts[place_of(world, buyer)][buyer.zone][s] += buyer.entry[s] != NEVER
    return counts


def count_regular_adopters(world):
    """For every outlet, regulars who use the product of its group."""
    counts = [0] * len(world.outlets)
    for buyer in world.buyers:
        if buyer.member_of is None and uses(buyer):
            for outlet in buyer.patronised:
                counts[outlet.index] += outlet.group is buyer.group
    return counts

"""Process 12: the week is written down, and neighbours get to see what changed."""

from __future__ import annotations

import numpy as np

from getok.simulation.compiled import inner, making
from getok.simulation.prefetch import fetch_soon
from getok.simulation.rules.stages import signal_of, uses
from getok.simulation.state import N_STAGES, NEVER, TRUST_ONE, CertificateState, Outlets, Stage
from getok.simulation.week.arrays import FORGOTTEN, Arrays, Scratch, Weeks
from getok.simulation.week.remembering import remember, weigh_neighbours

AHEAD = 4
"""Who changed is known so many before it is told."""


@making
def record_buyers(a: Arrays, weeks: Weeks, scratch: Scratch, row: int) -> None:
    """Write down stages, active buyers and mean trust of buyers."""
    n_groups = a.groups.size
    for g in range(n_groups):
        aware = a.buyer_stages[g, :, 1:].sum()
        trust = scratch.late_sums[g] + scratch.sums[:, g].sum()
        weeks.flows[row, g].active_buyers = scratch.recent[g].sum()
        weeks.flows[row, g].trust_buyers = trust / TRUST_ONE / aware if aware > 0 else np.nan
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
def tell(a: Arrays, scratch: Scratch, e: int, group: int, before: int, signal: int) -> None:
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
    if neighbour.member_of < 0 and scratch.bound[i] != FORGOTTEN:
        weigh_neighbours(a, scratch, i)


@inner
def tell_neighbours(a: Arrays, scratch: Scratch, part: int, j: int) -> None:
    """Let the neighbours of buyer ``j`` see it as it is; those in other parts, whom others may deal with, by letter."""
    buyer = a.buyers[j]
    before, signal = buyer.signal, signal_of(buyer.stage)
    first, stop = scratch.part_start[part], scratch.part_stop[part]
    for e in range(a.tie_start[j], a.tie_start[j + 1]):
        if first <= a.tie_to[e] < stop:
            fetch_soon(a.buyers, a.tie_to[e])
            fetch_soon(a.tie_trust, a.tie_mirror[e])
    for e in range(a.tie_start[j], a.tie_start[j + 1]):
        if first <= a.tie_to[e] < stop:
            tell(a, scratch, e, buyer.group, before, signal)
        else:
            letter = scratch.letters[scratch.letter_start[part] + scratch.n_letters[part]]
            letter.tie, letter.group, letter.before, letter.signal = e, buyer.group, before, signal
            scratch.n_letters[part] += 1


@inner
def count_neighbours(a: Arrays, scratch: Scratch, i: int) -> None:
    """Let a buyer count only neighbours who deal with its group."""
    buyer = a.buyers[i]
    buyer.exposure_adopters = 0
    buyer.exposure_aware = 0
    for e in range(a.tie_start[i], a.tie_start[i + 1]):
        fetch_soon(a.buyers, a.tie_to[e])
    for e in range(a.tie_start[i], a.tie_start[i + 1]):
        neighbour = a.buyers[a.tie_to[e]]
        if neighbour.group == buyer.group:
            if neighbour.signal == 2:
                buyer.exposure_adopters += a.tie_trust[e]
            elif neighbour.signal == 1:
                buyer.exposure_aware += a.tie_trust[e]
    remember(a, scratch, i)


@inner
def fetch_ties(a: Arrays, j: int) -> None:
    """Have the ties of a buyer fetched."""
    first = a.tie_start[j]
    if first < a.tie_start[j + 1]:
        fetch_soon(a.tie_to, first)
        fetch_soon(a.tie_mirror, first)


@inner
def publish(a: Arrays, scratch: Scratch, part: int) -> None:
    """Let neighbours see the stages of a part's buyers from next week on."""
    scratch.n_letters[part] = 0
    first = scratch.part_start[part]
    stop = first + scratch.n_changed[part]
    for at in range(first, stop):
        fetch_ties(a, scratch.changed_buyer[min(at + AHEAD, stop - 1)])
        tell_neighbours(a, scratch, part, scratch.changed_buyer[at])
    stop = first + scratch.n_asked[part]
    for r in range(first, stop):
        if scratch.asked[min(r + AHEAD, stop - 1)].changed == 1:
            fetch_ties(a, scratch.asked[min(r + AHEAD, stop - 1)].buyer)
        if scratch.asked[r].changed == 1:
            tell_neighbours(a, scratch, part, scratch.asked[r].buyer)


@inner
def deliver_letters(a: Arrays, scratch: Scratch, me: int) -> None:
    """Deliver those letters of all parts that buyers near a thread get."""
    for part in range(scratch.n_letters.size):
        first = scratch.letter_start[part]
        for at in range(first, first + scratch.n_letters[part]):
            letter = scratch.letters[at]
            if scratch.near_street[a.tie_to[letter.tie] >> scratch.street_bits] == me:
                tell(a, scratch, letter.tie, letter.group, letter.before, letter.signal)


@inner
def show(a: Arrays, j: int) -> None:
    """Let a buyer look to its neighbours as it is."""
    a.buyers[j].signal = signal_of(a.buyers[j].stage)


@inner
def turn_the_page(a: Arrays, scratch: Scratch, part: int) -> None:
    """Note what neighbours see of the buyers of a part now."""
    first = scratch.part_start[part]
    for at in range(first, first + scratch.n_changed[part]):
        show(a, scratch.changed_buyer[at])
    for r in range(first, first + scratch.n_asked[part]):
        if scratch.asked[r].changed == 1:
            show(a, scratch.asked[r].buyer)


@inner
def look_around(a: Arrays, scratch: Scratch, part: int) -> None:
    """Let those of a part who have just joined an audience count only neighbours who deal with that group."""
    if a.groups.size == 1:
        return  # one audience: nobody to leave out
    first = scratch.part_start[part]
    for at in range(first, first + scratch.n_moved[part]):
        if scratch.moved[at].before == Stage.UNAWARE:
            count_neighbours(a, scratch, scratch.moved[at].buyer)


@making
def record(a: Arrays, weeks: Weeks, scratch: Scratch, row: int) -> None:
    """Write the week down."""
    record_buyers(a, weeks, scratch, row)
    for g in range(a.groups.size):
        record_outlets(a, weeks, row, g)
        record_group(a, weeks, row, g)

"""The one place where an agent changes its stage: state, first entries, counters and the log together."""

from __future__ import annotations

from getok.simulation.compiled import inner
from getok.simulation.events import ActorKind, EventKind
from getok.simulation.rules.stages import uses
from getok.simulation.state import NEVER, Stage
from getok.simulation.week.arrays import Arrays, Log


@inner
def write(
    log: Log,
    week: int,
    event: int,
    actor_kind: int,
    actor: int,
    other_kind: int,
    other: int,
    stages: tuple[int, int],
    trusts: tuple[float, float],
    value: float,
    threshold: float,
) -> None:
    """Append an event to the log, if there is one."""
    if log.rows.size == 0:
        return
    row = log.rows[log.used[0]]
    log.used[0] += 1
    row.week = week
    row.event = event
    row.actor_kind = actor_kind
    row.actor = actor
    row.other_kind = other_kind
    row.other = other
    row.stage_from = stages[0]
    row.stage_to = stages[1]
    row.trust_before = trusts[0]
    row.trust_after = trusts[1]
    row.value = value
    row.threshold = threshold


@inner
def row_before(a: Arrays, i: int) -> int:
    """Row of the buyer tables that counts buyer ``i`` while it knows of no group."""
    catchment = a.buyers[i].catchment
    return int(catchment) if catchment >= 0 else a.groups.size


@inner
def table_row(a: Arrays, i: int) -> int:
    """Row of the buyer tables that counts buyer ``i``: its group, else its catchment, else elsewhere."""
    group = a.buyers[i].group
    return int(group) if group >= 0 else row_before(a, i)


@inner
def count_regular(a: Arrays, i: int, change: int) -> None:
    """Tell the outlets of its group that buyer ``i`` became, or is no longer, a regular who uses the product."""
    for k in range(a.patron_start[i], a.patron_start[i + 1]):
        outlet = a.outlets[a.patron_outlet[k]]
        if outlet.group == a.buyers[i].group:
            outlet.n_regular_adopters += change


@inner
def count_move(a: Arrays, log: Log, i: int, before: int, week: int, value: float) -> None:
    """Count and write down that a buyer has moved to the stage it is in; ``value`` is what moved it."""
    buyer = a.buyers[i]
    stage = int(buyer.stage)
    row = table_row(a, i)
    a.buyer_stages[row, buyer.zone, before] -= 1
    a.buyer_stages[row, buyer.zone, stage] += 1
    if a.buyer_entry[i, stage] == NEVER:
        a.buyer_entry[i, stage] = week
        a.buyer_entries[row, buyer.zone, stage] += 1
    if uses(before) != uses(stage):
        count_regular(a, i, 1 if uses(stage) else -1)
    write(
        log,
        week,
        EventKind.STAGE.value,
        ActorKind.BUYER.value,
        i,
        0,
        -1,
        (before, stage),
        (a.buyer_trust[i], a.buyer_trust[i]),
        value,
        buyer.threshold,
    )


@inner
def move_buyer(a: Arrays, log: Log, i: int, stage: int, week: int, value: float) -> None:
    """Move a buyer to another stage."""
    before = int(a.buyers[i].stage)
    a.buyers[i].stage = stage
    count_move(a, log, i, before, week, value)


@inner
def move_to_group(a: Arrays, i: int) -> None:
    """Count a buyer from now on for the group it has heard of, no longer where it lives."""
    zone = a.buyers[i].zone
    a.buyer_stages[row_before(a, i), zone, Stage.UNAWARE] -= 1
    a.buyer_stages[a.buyers[i].group, zone, Stage.UNAWARE] += 1


@inner
def move_owner(a: Arrays, log: Log, o: int, stage: int, week: int, value: float) -> None:
    """Move a shop owner to another stage."""
    outlet = a.outlets[o]
    before = int(outlet.stage)
    if a.outlet_entry[o, stage] == NEVER:
        a.outlet_entry[o, stage] = week
    outlet.stage = stage
    write(
        log,
        week,
        EventKind.STAGE.value,
        ActorKind.OWNER.value,
        o,
        0,
        -1,
        (before, stage),
        (outlet.trust, outlet.trust),
        value,
        outlet.threshold,
    )


@inner
def move_member(a: Arrays, log: Log, m: int, stage: int, week: int) -> None:
    """Move a member to another stage."""
    before = int(a.members[m].stage)
    if a.member_entry[m, stage] == NEVER:
        a.member_entry[m, stage] = week
    a.members[m].stage = stage
    write(log, week, EventKind.STAGE.value, ActorKind.MEMBER.value, m, 0, -1, (before, stage), (0.0, 0.0), 0.0, 0.0)

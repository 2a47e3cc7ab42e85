"""What a compiled week gets to see: the world's arrays, the week's tables, the log, and scratch space."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.events import EVENT
from simulation.record.tables import flow_dtype
from simulation.state import N_STAGES, N_ZONES, NEVER, Records, Stage, World


class Arrays(NamedTuple):
    """The arrays of a :class:`~simulation.state.World`, as a compiled function takes them."""

    parameters: Records
    buyers: Records
    members: Records
    groups: Records
    outlets: Records
    buyer_entry: NDArray[np.int16]
    member_entry: NDArray[np.int16]
    outlet_entry: NDArray[np.int16]
    tie_start: NDArray[np.int64]
    tie_to: NDArray[np.int32]
    tie_mirror: NDArray[np.int32]
    tie_trust: NDArray[np.int32]
    tie_trust_prior: NDArray[np.int32]
    patron_start: NDArray[np.int32]
    patron_outlet: NDArray[np.int32]
    block_start: NDArray[np.int32]
    block_buyer: NDArray[np.int32]
    stock: NDArray[np.int32]
    shelf: NDArray[np.int32]
    receivable: NDArray[np.int64]
    certificates: NDArray[np.uint8]
    payouts: NDArray[np.int64]
    buyer_stages: NDArray[np.int32]
    buyer_entries: NDArray[np.int32]


class Weeks(NamedTuple):
    """Tables that the weeks of a run fill, one row a week and group.

    ``flows`` has the record type of :func:`~simulation.record.tables.flow_dtype`; ``refusals`` counts an outlet's
    refusals by reason.
    """

    flows: Records
    buyers: NDArray[np.int32]
    buyer_entries: NDArray[np.int32]
    owners: NDArray[np.int16]
    owner_entries: NDArray[np.int16]
    members: NDArray[np.int16]
    member_entries: NDArray[np.int16]
    carrying: NDArray[np.uint8]
    refusals: NDArray[np.int32]

    def first(self, n_weeks: int) -> Weeks:
        """Return the first weeks (views); refusals stay whole."""
        return Weeks(
            self.flows[:n_weeks],
            self.buyers[:n_weeks],
            self.buyer_entries[:n_weeks],
            self.owners[:n_weeks],
            self.owner_entries[:n_weeks],
            self.members[:n_weeks],
            self.member_entries[:n_weeks],
            self.carrying[:n_weeks],
            self.refusals,
        )


class Log(NamedTuple):
    """The event log: rows of :data:`~simulation.events.EVENT`, ``used[0]`` of them written; no rows, no logging."""

    rows: Records
    used: NDArray[np.int64]


class Awake(IntEnum):
    """What this week may hold for a buyer, as far as can be told without looking at it."""

    ASLEEP = 0  # nothing: a member's household, or unaware with nobody around who could speak of the product
    LISTENING = 1  # unaware, may hear from neighbours
    LOOKING = 2  # unaware, uses outlets or is online as well
    APART = 3  # aware, but without access to the product: no outlet, not online, never met at the door
    AWARE = 4


TRUST, ACTIVE = 0, 1
"""Columns of ``Scratch.sums``."""

CLOSED = 255
"""Channel of an outlet at which nobody can ask."""


class Scratch(NamedTuple):
    """Space that a week uses and forgets, and what it would otherwise have to look up again.

    Buyers are dealt with in parts, on as many threads as there are: part ``p`` from ``part_start[p]`` up to
    ``part_start[p + 1]``. What it notes about them stands from ``part_start[p]`` on, so that all parts together have it
    in the order of buyers.
    """

    n_planned: NDArray[np.int64]  # by thread: visits planned, not yet carried out
    planned_buyer: NDArray[np.int32]  # by thread and visit
    planned_member: NDArray[np.int32]
    planned_number: NDArray[np.int32]  # which of the member's visits it is
    awake: NDArray[np.uint8]  # of each buyer: Awake
    part_start: NDArray[np.int64]
    n_moved: NDArray[np.int64]  # by part
    n_asked: NDArray[np.int64]
    n_changed: NDArray[np.int64]
    moved_buyer: NDArray[np.int32]  # buyers who heard or moved on their own
    moved_from: NDArray[np.uint8]
    moved_value: NDArray[np.float64]  # hazard or attitude
    moved_trust: NDArray[np.float64]
    changed_buyer: NDArray[np.int32]  # buyers who look different to their neighbours from next week on
    asked_buyer: NDArray[np.int32]  # requests for packs
    asked_point: NDArray[np.int32]
    asked_channel: NDArray[np.int8]
    asked_packs: NDArray[np.int32]
    asked_trial: NDArray[np.uint8]
    served_packs: NDArray[np.int32]
    asked_changed: NDArray[np.uint8]  # of each request: 1 if its buyer looks different from next week on
    asking: NDArray[np.int32]  # by part and outlet: regulars who asked where it is unknown
    request: NDArray[np.int32]  # requests by selling point, those of a group together
    lot: NDArray[np.float64]  # of each request in that order: who draws least is served first
    point_start: NDArray[np.int64]  # where each selling point's requests begin
    has_asked: NDArray[np.uint8]  # of each buyer
    trust_before: NDArray[np.float64]  # of each aware buyer: before it settled this week
    first_warned: NDArray[np.int64]  # of each group: a buyer who got bad words, or -1
    next_warned: NDArray[np.int64]  # of each warned buyer: the next one of its group
    sums: NDArray[np.int64]  # by part and group: TRUST in fixed point of who is aware, ACTIVE buyers
    late_sums: NDArray[np.int64]  # by group: the same of those who settle late
    on_display: NDArray[np.uint8]
    online_outlet: NDArray[np.int32]
    look: NDArray[np.float64]  # of each group, as buyers see it: legality, gain in visible quality
    largest_chance: NDArray[np.float64]  # of each stage
    outlet_channel: NDArray[np.uint8]  # where one can ask at an outlet, or CLOSED
    outlet_stage: NDArray[np.uint8]
    outlet_group: NDArray[np.int32]


def arrays_of(world: World) -> Arrays:
    """The arrays of a world (no copy)."""
    return Arrays(*(getattr(world, name) for name in Arrays._fields))


def weeks_for(world: World, n_weeks: int) -> Weeks:
    """Empty tables for this many weeks of a world."""
    n_groups, n_outlets = len(world.groups), len(world.outlets)
    shape = (n_weeks, n_groups)
    return Weeks(
        flows=np.zeros(shape, dtype=flow_dtype()),
        buyers=np.zeros((n_weeks, n_groups + 1, N_ZONES, N_STAGES), dtype=np.int32),
        buyer_entries=np.zeros((n_weeks, n_groups + 1, N_STAGES), dtype=np.int32),
        owners=np.zeros((*shape, N_STAGES), dtype=np.int16),
        owner_entries=np.zeros((*shape, N_STAGES), dtype=np.int16),
        members=np.zeros((*shape, N_STAGES), dtype=np.int16),
        member_entries=np.zeros((*shape, N_STAGES), dtype=np.int16),
        carrying=np.zeros((n_weeks, n_outlets), dtype=np.uint8),
        refusals=np.zeros((n_outlets, 3), dtype=np.int32),
    )


def no_log() -> Log:
    """A log that takes nothing."""
    return Log(np.zeros(0, dtype=EVENT), np.zeros(1, dtype=np.int64))


def who_is_awake(world: World) -> NDArray[np.uint8]:
    """Tell for each buyer whether it is aware, may hear, or has nobody to hear from, and need not be looked at."""
    b = world.buyers
    awake = np.full(len(b), Awake.ASLEEP, dtype=np.uint8)
    awake[(b["exposure_adopters"] > 0) | (b["exposure_aware"] > 0) | (b["met_week"] > world.week)] = Awake.LISTENING
    awake[(np.diff(world.patron_start) > 0) | ((b["online"] == 1) & (b["catchment"] >= 0))] = Awake.LOOKING
    has_access = (np.diff(world.patron_start) > 0) | (b["online"] == 1) | (b["met_week"] != NEVER)
    awake[b["stage"] != Stage.UNAWARE] = Awake.APART
    awake[(b["stage"] != Stage.UNAWARE) & has_access] = Awake.AWARE
    awake[b["member_of"] >= 0] = Awake.ASLEEP
    return awake


FAR = 0.3
"""Work that a buyer far from all groups makes, against one in the surroundings of a group: about, for equal parts."""


def cut(world: World, n_parts: int) -> NDArray[np.int64]:
    """Cut buyers into consecutive parts that make about as much work each."""
    if n_parts == 1:
        return np.array([0, len(world.buyers)], dtype=np.int64)
    work = np.cumsum(np.where(world.buyers["catchment"] >= 0, 1.0, FAR))
    inner = np.searchsorted(work, np.linspace(0.0, work[-1] if len(work) else 0.0, n_parts + 1)[1:-1])
    return np.concatenate([[0], inner, [len(world.buyers)]]).astype(np.int64)


PARTS_A_THREAD = 8
"""Parts of buyers for each of several threads: what work a neighbourhood makes is known only about."""

PLAN_ROOM = 16_384
"""Most visits that a thread plans before all go to carry them out."""


def scratch_for(world: World, n_threads: int = 1) -> Scratch:
    """Scratch space of the size of a world, for so many threads."""
    n_parts = 1 if n_threads == 1 else n_threads * PARTS_A_THREAD
    plans = (n_threads, 0 if n_threads == 1 else PLAN_ROOM)
    n_buyers, n_groups, n_outlets = len(world.buyers), len(world.groups), len(world.outlets)
    return Scratch(
        n_planned=np.zeros(n_threads, dtype=np.int64),
        planned_buyer=np.empty(plans, dtype=np.int32),
        planned_member=np.empty(plans, dtype=np.int32),
        planned_number=np.empty(plans, dtype=np.int32),
        awake=who_is_awake(world),
        part_start=cut(world, n_parts),
        n_moved=np.zeros(n_parts, dtype=np.int64),
        n_asked=np.zeros(n_parts, dtype=np.int64),
        n_changed=np.zeros(n_parts, dtype=np.int64),
        moved_buyer=np.empty(n_buyers, dtype=np.int32),
        moved_from=np.empty(n_buyers, dtype=np.uint8),
        moved_value=np.empty(n_buyers),
        moved_trust=np.empty(n_buyers),
        changed_buyer=np.empty(n_buyers, dtype=np.int32),
        asked_buyer=np.empty(n_buyers, dtype=np.int32),
        asked_point=np.empty(n_buyers, dtype=np.int32),
        asked_channel=np.empty(n_buyers, dtype=np.int8),
        asked_packs=np.empty(n_buyers, dtype=np.int32),
        asked_trial=np.empty(n_buyers, dtype=np.uint8),
        served_packs=np.empty(n_buyers, dtype=np.int32),
        asked_changed=np.empty(n_buyers, dtype=np.uint8),
        asking=np.zeros((n_parts, n_outlets), dtype=np.int32),
        request=np.empty(n_buyers, dtype=np.int32),
        lot=np.empty(n_buyers),
        point_start=np.zeros(n_outlets + n_groups + 1, dtype=np.int64),
        has_asked=np.zeros(n_buyers, dtype=np.uint8),
        trust_before=np.empty(n_buyers),
        first_warned=np.full(n_groups, -1, dtype=np.int64),
        next_warned=np.empty(n_buyers, dtype=np.int64),
        sums=np.zeros((n_parts, n_groups, 2), dtype=np.int64),
        late_sums=np.zeros((n_groups, 2), dtype=np.int64),
        on_display=np.zeros(n_outlets, dtype=np.uint8),
        online_outlet=np.full(n_groups, -1, dtype=np.int32),
        look=np.zeros((n_groups, 2)),
        largest_chance=np.zeros(N_STAGES),
        outlet_channel=np.zeros(n_outlets, dtype=np.uint8),
        outlet_stage=np.zeros(n_outlets, dtype=np.uint8),
        outlet_group=np.zeros(n_outlets, dtype=np.int32),
    )

"""What a compiled week gets to see: the world's arrays, the week's tables, the log, and scratch space."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from getok.simulation.draws import MOST
from getok.simulation.events import EVENT
from getok.simulation.record.tables import flow_dtype
from getok.simulation.state import ACTIVE_WEEKS, N_STAGES, N_ZONES, Outlets, Records, Stage, World
from getok.simulation.week.parts import parts_for, ties_between


class Arrays(NamedTuple):
    """The arrays of a :class:`~simulation.state.World`, as a compiled function takes them."""

    parameters: Records
    buyers: Records
    members: Records
    groups: Records
    outlets: Records
    buyer_trust: NDArray[np.float64]
    buyer_trust_prior: NDArray[np.float64]
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
    """What a week may hold for a buyer, as far as can be told without looking at it."""

    ASLEEP = 0  # nothing: a member's household
    LISTENING = 1  # it may hear of the product
    AWARE = 2  # it may think, ask for packs, and settle


AT_ONCE = 1024
"""Buyers looked at together: few enough to stay in a near cache, enough for some of them to be fetched at once."""

NEVER_MOVES, ALWAYS, FORGOTTEN = 0.0, 2.0, 3.0
"""Bounds below and above every draw: nothing can happen to a buyer; it is left to the rules; so it is, and what was
remembered of its neighbours has to be worked out again."""

CLOSED = 255
"""Channel of an outlet at which nobody can ask."""


VISIT = np.dtype(
    [
        ("buyer", np.int32),
        ("member", np.int32),
        ("number", np.int32),  # which of the member's visits it is
    ]
)

MOVE = np.dtype(
    [
        ("buyer", np.int32),
        ("group", np.int32),  # that it knows now
        ("row_before", np.int32),  # of the tables of buyers, if it was unaware; else -1
        ("before", np.int32),  # its stage
        ("value", np.float64),  # hazard or attitude
        ("trust", np.float64),
    ]
)

LETTER = np.dtype(
    [
        ("tie", np.int32),  # from who writes to who gets it
        ("group", np.int32),  # of who writes
        ("before", np.uint8),  # what was seen of who writes
        ("signal", np.uint8),  # what is seen from next week on
    ],
    align=True,
)

REQUEST = np.dtype(
    [
        ("buyer", np.int32),
        ("point", np.int32),
        ("packs", np.int32),
        ("served", np.int32),
        ("channel", np.int32),
        ("trial", np.uint8),
        ("changed", np.uint8),  # 1 if the buyer looks different from next week on
    ],
    align=True,
)


class Scratch(NamedTuple):
    """Space that a week uses and forgets, and what it would otherwise have to look up again.

    Buyers are dealt with in parts, on as many threads as there are (:class:`~simulation.week.parts.Parts`). What is
    noted about those of part ``p`` stands from ``part_start[p]`` on.
    """

    n_planned: NDArray[np.int64]  # by thread: visits planned, not yet carried out
    planned: Records  # by thread: VISIT
    awake: NDArray[np.uint8]  # of each buyer: Awake
    key: NDArray[np.int64]  # of each buyer, side by side
    bound: NDArray[np.float64]  # of each buyer: from this draw on nothing happens to it; ALWAYS or FORGOTTEN above all
    need: NDArray[np.float64]  # of each buyer: from this trust on, and what is seen of the group, it may be convinced
    pull: NDArray[np.float64]  # of each aware buyer, unless forgotten: rules.trust.word_pull of its neighbours
    share: NDArray[np.float64]  # the same: trust-weighted share of neighbours who use the product
    tie_settled: NDArray[np.uint8]  # of each aware buyer: 1 if its trust in the neighbour it heard from is at its prior
    audience: NDArray[np.int32]  # of each aware buyer: its group; of others that in whose catchment they live, or -1
    who: NDArray[np.int32]  # by part: buyers, among those looked at together, who are left to the rules
    ties: NDArray[np.int32]  # by part: their ties that may drift, or -1
    stirs: NDArray[np.uint8]  # by part and place: 1 if something may happen
    units: NDArray[np.int64]  # by part and place: trust in fixed point of who is quiet
    part_start: NDArray[np.int64]  # this and the next six are the world's Parts
    part_stop: NDArray[np.int64]
    parts_in_order: NDArray[np.int64]
    street_bits: int
    near_street: NDArray[np.int32]
    near_group: NDArray[np.int32]
    group_order: NDArray[np.int64]
    n_moved: NDArray[np.int64]  # by part
    n_asked: NDArray[np.int64]
    n_changed: NDArray[np.int64]
    moved: Records  # MOVE: who heard or moved on its own
    changed_buyer: NDArray[np.int32]  # buyers who look different to their neighbours from next week on
    letters: Records  # LETTER, those of a part together: what its buyers let neighbours in other parts see
    letter_start: NDArray[np.int64]  # by part
    n_letters: NDArray[np.int64]  # by part
    asked: Records  # REQUEST: who asked for packs
    asking: NDArray[np.int32]  # by part and outlet: regulars who asked where it is unknown
    request: NDArray[np.int32]  # requests by selling point, those of a group together
    lot: NDArray[np.float64]  # of each request in that order: who draws least is served first
    point_start: NDArray[np.int64]  # where each selling point's requests begin
    has_asked: NDArray[np.uint8]  # of each buyer
    trust_before: NDArray[np.float64]  # of each aware buyer: before it settled this week
    first_warned: NDArray[np.int64]  # of each group: a buyer who got bad words, or -1
    next_warned: NDArray[np.int64]  # of each warned buyer: the next one of its group
    sums: NDArray[np.int64]  # by part and group: trust in fixed point of who is aware; behind them a place for nobody
    late_sums: NDArray[np.int64]  # by group: the same of those who settle late
    recent: NDArray[np.int32]  # by group and week modulo ACTIVE_WEEKS: buyers who bought last in that week
    on_display: NDArray[np.uint8]
    online_outlet: NDArray[np.int32]
    look: NDArray[np.float64]  # of each group, as buyers see it: legality, gain in visible quality
    most_shown: NDArray[np.float64]  # what that adds to an attitude, at most and about
    hazard: NDArray[np.float64]  # of hearing: from a user, from one who is aware, off a shelf, online
    largest_chance: NDArray[np.float64]  # of each stage
    sells_online: NDArray[np.uint8]  # of each group: 1 if it has an online account, open or not yet
    takes_requests: NDArray[np.uint8]  # of each outlet: 1 if it matters who asks there
    regular_start: NDArray[np.int64]  # where each outlet's regulars begin
    regular: NDArray[np.int32]
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
    """Tell for each buyer whether it is aware, may hear, or is a member's household."""
    awake = np.full(len(world.buyers), Awake.LISTENING, dtype=np.uint8)
    awake[world.buyers["stage"] != Stage.UNAWARE] = Awake.AWARE
    awake[world.buyers["member_of"] >= 0] = Awake.ASLEEP
    return awake


def may_stir(world: World) -> NDArray[np.bool_]:
    """Tell for each buyer whether anything may happen to it before something changes around it."""
    b = world.buyers
    hears = (b["exposure_adopters"] > 0) | (b["exposure_aware"] > 0) | (b["met_week"] > world.week)
    looks = (np.diff(world.patron_start) > 0) | ((b["online"] == 1) & (b["catchment"] >= 0))
    stirs: NDArray[np.bool_] = (b["member_of"] < 0) & ((b["stage"] != Stage.UNAWARE) | hears | looks)
    return stirs


def sells_online(world: World) -> NDArray[np.uint8]:
    """Tell for each group whether it has an online account among its outlets."""
    sells = np.zeros(len(world.groups), dtype=np.uint8)
    sells[world.outlets["group"][world.outlets["kind"] == Outlets.ONLINE]] = 1
    return sells


def regulars(world: World) -> NDArray[np.int32]:
    """Buyers who use each outlet, those of an outlet together."""
    who = np.repeat(np.arange(len(world.buyers), dtype=np.int32), np.diff(world.patron_start))
    return who[np.argsort(world.patron_outlet, kind="stable")]


def recent_buyers(world: World) -> NDArray[np.int32]:
    """Buyers of each group who bought last in each of the last weeks, by week modulo their number."""
    bought = world.buyers["last_purchase"].astype(np.int64)
    counted = (bought > world.week - ACTIVE_WEEKS) & (world.buyers["group"] >= 0) & (world.buyers["member_of"] < 0)
    recent = np.zeros((len(world.groups), ACTIVE_WEEKS), dtype=np.int32)
    np.add.at(recent, (world.buyers["group"][counted], bought[counted] % ACTIVE_WEEKS), 1)
    return recent


PARTY = 8
"""Members whose visits are planned together."""

PLAN_ROOM = 2 * PARTY * MOST
"""Most visits that a thread plans before all go to carry them out."""


def scratch_for(world: World, n_threads: int = 1) -> Scratch:
    """Scratch space of the size of a world, for so many threads."""
    parts = parts_for(world, n_threads)
    n_parts = parts.part_start.size
    n_buyers, n_groups, n_outlets = len(world.buyers), len(world.groups), len(world.outlets)
    awake = who_is_awake(world)
    letters = np.cumsum(ties_between(world, parts))
    return Scratch(
        n_planned=np.zeros(n_threads, dtype=np.int64),
        planned=np.empty((n_threads, PLAN_ROOM), dtype=VISIT),
        awake=awake,
        key=world.buyers["key"].copy(),
        bound=np.where(may_stir(world), FORGOTTEN, NEVER_MOVES),
        need=np.full(n_buyers, np.inf),
        pull=np.zeros(n_buyers),
        share=np.zeros(n_buyers),
        tie_settled=(awake != Awake.AWARE).astype(np.uint8),
        audience=np.where(world.buyers["group"] >= 0, world.buyers["group"], world.buyers["catchment"]),
        who=np.empty((n_parts, AT_ONCE), dtype=np.int32),
        ties=np.empty((n_parts, AT_ONCE), dtype=np.int32),
        stirs=np.empty((n_parts, AT_ONCE), dtype=np.uint8),
        units=np.empty((n_parts, AT_ONCE), dtype=np.int64),
        **parts._asdict(),
        n_moved=np.zeros(n_parts, dtype=np.int64),
        n_asked=np.zeros(n_parts, dtype=np.int64),
        n_changed=np.zeros(n_parts, dtype=np.int64),
        moved=np.empty(n_buyers, dtype=MOVE),
        changed_buyer=np.empty(n_buyers, dtype=np.int32),
        letters=np.empty(letters[-1], dtype=LETTER),
        letter_start=np.concatenate([[0], letters]),
        n_letters=np.zeros(n_parts, dtype=np.int64),
        asked=np.empty(n_buyers, dtype=REQUEST),
        asking=np.zeros((n_parts, n_outlets), dtype=np.int32),
        request=np.empty(n_buyers, dtype=np.int32),
        lot=np.empty(n_buyers),
        point_start=np.zeros(n_outlets + n_groups + 1, dtype=np.int64),
        has_asked=np.zeros(n_buyers, dtype=np.uint8),
        trust_before=np.empty(n_buyers),
        first_warned=np.full(n_groups, -1, dtype=np.int64),
        next_warned=np.empty(n_buyers, dtype=np.int64),
        sums=np.zeros((n_parts, n_groups + 1), dtype=np.int64),
        late_sums=np.zeros(n_groups, dtype=np.int64),
        recent=recent_buyers(world),
        on_display=np.zeros(n_outlets, dtype=np.uint8),
        online_outlet=np.full(n_groups, -1, dtype=np.int32),
        look=np.zeros((n_groups, 2)),
        most_shown=np.zeros(1),
        hazard=np.zeros(4),
        largest_chance=np.zeros(N_STAGES),
        sells_online=sells_online(world),
        takes_requests=np.zeros(n_outlets, dtype=np.uint8),
        regular_start=np.concatenate([[0], np.cumsum(np.bincount(world.patron_outlet, minlength=n_outlets))]),
        regular=regulars(world),
        outlet_channel=np.zeros(n_outlets, dtype=np.uint8),
        outlet_stage=np.zeros(n_outlets, dtype=np.uint8),
        outlet_group=np.zeros(n_outlets, dtype=np.int32),
    )

"""What a compiled week gets to see: the world's arrays, the week's tables, the log, and scratch space."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from getok.simulation.events import EVENT
from getok.simulation.record.tables import flow_dtype
from getok.simulation.state import ACTIVE_WEEKS, N_STAGES, N_ZONES, Records, Stage, World


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


class Activity(IntEnum):
    """What a week may hold for a buyer, as far as can be told without looking at it."""

    NONE = 0  # a member's household: nothing
    UNAWARE = 1  # it may hear of the product
    AWARE = 2  # it may think, ask for packs, and settle


BLOCK = 1024
"""Buyers looked ahead at together: few enough to stay in the nearest cache."""

NEVER_ACTIVE, ALWAYS_ACTIVE, STALE = 0.0, 2.0, 3.0
"""Bounds below and above every draw: nothing can happen to a buyer; the rules look at it every week; so they do, and
what is cached of its neighbours has to be worked out again."""

CLOSED = 255
"""Channel of an outlet at which nobody can ask."""

REQUEST = np.dtype(
    [
        ("buyer", np.int32),
        ("point", np.int32),
        ("packs", np.int32),
        ("served", np.int32),
        ("channel", np.int32),
        ("trial", np.uint8),
    ],
    align=True,
)

COUNTS = np.dtype([("requests", np.int64), ("changed", np.int64), ("heard", np.int64)])

MARKET = np.dtype(
    [
        ("hazard_user", np.float64),
        ("hazard_aware", np.float64),
        ("hazard_shelf", np.float64),
        ("hazard_online", np.float64),
        ("most_shown", np.float64),  # what legality and quality of any group add to an attitude, at most and about
    ]
)

GROUP_VIEW = np.dtype(
    [
        ("legality", np.float64),
        ("quality_gain", np.float64),
        ("online_outlet", np.int32),  # its open online account, or -1
        ("first_warned", np.int32),  # a buyer who got bad words, or -1
    ],
    align=True,
)

OUTLET_VIEW = np.dtype(
    [
        ("group", np.int32),
        ("on_display", np.uint8),
        ("channel", np.uint8),  # under which one can ask there, or CLOSED
        ("stage", np.uint8),
    ],
    align=True,
)


class Scratch(NamedTuple):
    """Room that a week works in, and what is cached from week to week: no part of the state of the model."""

    activity: NDArray[np.uint8]  # of each buyer: Activity
    key: NDArray[np.int64]  # of each buyer, side by side
    bound: NDArray[np.float64]  # of each buyer: from this draw on nothing happens to it; see STALE
    needed_trust: NDArray[np.float64]  # of each buyer: from this trust on, and what is shown, it may be convinced
    influence: NDArray[np.float64]  # of each aware buyer, unless stale: rules.trust.peer_influence
    share: NDArray[np.float64]  # the same: trust-weighted share of neighbours who use the product
    tie_settled: NDArray[np.uint8]  # of each aware buyer: 1 if its trust in the neighbour it heard from is at its prior
    group: NDArray[np.int32]  # of each aware buyer, side by side; of others that in whose catchment they live, or -1
    active: NDArray[np.uint8]  # by place in a block: 1 if something may happen
    visited: NDArray[np.int32]  # buyers of a block that are left to the rules
    units: NDArray[np.int64]  # by place in a block: trust in fixed point of who is quiet
    counts: Records  # COUNTS, one row: lengths of the lists of this week
    changed: NDArray[np.int32]  # buyers who look different to their neighbours from next week on
    heard: NDArray[np.int32]  # buyers who heard for the first time this week
    requests: Records  # REQUEST: who asked for packs
    queue: NDArray[np.int32]  # requests by selling point, those of a group together
    lottery: NDArray[np.float64]  # number of each request in that order: the smallest is served first
    point_start: NDArray[np.int64]  # where the queue of each selling point begins
    has_asked: NDArray[np.uint8]  # of each buyer
    trust_before: NDArray[np.float64]  # of each aware buyer: before it settled this week
    next_warned: NDArray[np.int32]  # of each warned buyer: the next one of its group
    trust_sums: NDArray[np.int64]  # by group: trust in fixed point of who is aware; behind them a place for nobody
    recent: NDArray[np.int32]  # by group and week modulo ACTIVE_WEEKS: buyers who bought last in that week
    market: Records  # MARKET, one row: the same for all buyers this week
    chance: NDArray[np.float64]  # to leave each stage by thinking: unless convinced, and if convinced
    groups: Records  # GROUP_VIEW: groups as buyers see them this week
    outlets: Records  # OUTLET_VIEW: outlets as buyers see them this week
    waiting: NDArray[np.int32]  # outlets that wait for a delivery
    place: NDArray[np.float64]  # lottery numbers of these


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


def activity_of(world: World) -> NDArray[np.uint8]:
    """Tell for each buyer whether it is aware, may hear, or is a member's household."""
    activity = np.full(len(world.buyers), Activity.UNAWARE, dtype=np.uint8)
    activity[world.buyers["stage"] != Stage.UNAWARE] = Activity.AWARE
    activity[world.buyers["member_of"] >= 0] = Activity.NONE
    return activity


def may_be_active(world: World) -> NDArray[np.bool_]:
    """Tell for each buyer whether anything may happen to it before something changes around it."""
    b = world.buyers
    hears = (b["exposure_adopters"] > 0) | (b["exposure_aware"] > 0) | (b["met_week"] > world.week)
    looks = (np.diff(world.patron_start) > 0) | ((b["online"] == 1) & (b["catchment"] >= 0))
    active: NDArray[np.bool_] = (b["member_of"] < 0) & ((b["stage"] != Stage.UNAWARE) | hears | looks)
    return active


def group_view(world: World) -> Records:
    """Rows for how each group looks to buyers."""
    view = np.zeros(len(world.groups), dtype=GROUP_VIEW)
    view["first_warned"] = -1
    return view


def outlet_view(world: World) -> Records:
    """Rows for how each outlet looks to buyers."""
    view = np.zeros(len(world.outlets), dtype=OUTLET_VIEW)
    view["group"] = world.outlets["group"]
    return view


def recent_buyers(world: World) -> NDArray[np.int32]:
    """Buyers of each group who bought last in each of the last weeks, by week modulo their number."""
    bought = world.buyers["last_purchase"].astype(np.int64)
    counted = (bought > world.week - ACTIVE_WEEKS) & (world.buyers["group"] >= 0) & (world.buyers["member_of"] < 0)
    recent = np.zeros((len(world.groups), ACTIVE_WEEKS), dtype=np.int32)
    np.add.at(recent, (world.buyers["group"][counted], bought[counted] % ACTIVE_WEEKS), 1)
    return recent


def scratch_for(world: World) -> Scratch:
    """Scratch space of the size of a world, with nothing cached."""
    n_buyers, n_groups, n_outlets = len(world.buyers), len(world.groups), len(world.outlets)
    activity = activity_of(world)
    return Scratch(
        activity=activity,
        key=world.buyers["key"].copy(),
        bound=np.where(may_be_active(world), STALE, NEVER_ACTIVE),
        needed_trust=np.full(n_buyers, np.inf),
        influence=np.zeros(n_buyers),
        share=np.zeros(n_buyers),
        tie_settled=(activity != Activity.AWARE).astype(np.uint8),
        group=np.where(world.buyers["group"] >= 0, world.buyers["group"], world.buyers["catchment"]),
        active=np.empty(BLOCK, dtype=np.uint8),
        visited=np.empty(BLOCK, dtype=np.int32),
        units=np.empty(BLOCK, dtype=np.int64),
        counts=np.zeros(1, dtype=COUNTS),
        changed=np.empty(n_buyers, dtype=np.int32),
        heard=np.empty(n_buyers, dtype=np.int32),
        requests=np.empty(n_buyers, dtype=REQUEST),
        queue=np.empty(n_buyers, dtype=np.int32),
        lottery=np.empty(n_buyers),
        point_start=np.zeros(n_outlets + n_groups + 1, dtype=np.int64),
        has_asked=np.zeros(n_buyers, dtype=np.uint8),
        trust_before=np.empty(n_buyers),
        next_warned=np.empty(n_buyers, dtype=np.int32),
        trust_sums=np.zeros(n_groups + 1, dtype=np.int64),
        recent=recent_buyers(world),
        market=np.zeros(1, dtype=MARKET),
        chance=np.zeros((N_STAGES, 2)),
        groups=group_view(world),
        outlets=outlet_view(world),
        waiting=np.empty(n_outlets, dtype=np.int32),
        place=np.empty(n_outlets),
    )

"""What a compiled week gets to see: the world's arrays, the week's tables, the log, and scratch space."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.record.tables import flow_dtype
from simulation.state import EVENT, N_STAGES, N_ZONES, Records, World


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
    """The event log: rows of :data:`~simulation.state.EVENT`, ``used[0]`` of them written; no rows, no logging."""

    rows: Records
    used: NDArray[np.int64]


class Scratch(NamedTuple):
    """Space that a week uses and forgets: purchase requests, demand at selling points, shelves on display."""

    request_buyer: NDArray[np.int32]
    request_point: NDArray[np.int32]
    request_channel: NDArray[np.int8]
    request_packs: NDArray[np.int32]
    request_served: NDArray[np.int32]
    request_trial: NDArray[np.uint8]
    demand: NDArray[np.int32]
    on_display: NDArray[np.uint8]
    online_outlet: NDArray[np.int32]


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


def scratch_for(world: World) -> Scratch:
    """Scratch space of the size of a world."""
    n_buyers, n_groups, n_outlets = len(world.buyers), len(world.groups), len(world.outlets)
    return Scratch(
        request_buyer=np.empty(n_buyers, dtype=np.int32),
        request_point=np.empty(n_buyers, dtype=np.int32),
        request_channel=np.empty(n_buyers, dtype=np.int8),
        request_packs=np.empty(n_buyers, dtype=np.int32),
        request_served=np.empty(n_buyers, dtype=np.int32),
        request_trial=np.empty(n_buyers, dtype=np.uint8),
        demand=np.zeros(n_outlets + n_groups, dtype=np.int32),
        on_display=np.zeros(n_outlets, dtype=np.uint8),
        online_outlet=np.full(n_groups, -1, dtype=np.int32),
    )

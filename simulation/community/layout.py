"""Who lives where: households of RWs in RT blocks, the rest of the kelurahan, people of institutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.simulation.state import Zone


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of all buyers, in the order of the arrays.

    Attributes
    ----------
    zone : uint8, shape (n,)
        :class:`~simulation.state.Zone`.
    catchment : int32, shape (n,)
        Group whose surroundings they are; -1 elsewhere.
    unit : int32, shape (n,)
        RW, outside or pool that they belong to; buyers of a unit stand together.
    unit_start : int64, shape (n_units + 1,)
        Where each unit begins.
    block : int32, shape (n,)
        RT, or a block of the same size elsewhere.
    block_start : int32, shape (n_blocks + 1,)
        Where each block begins.
    block_unit : int32, shape (n_blocks,)
        Unit of each block.
    """

    zone: NDArray[np.uint8]
    catchment: NDArray[np.int32]
    unit: NDArray[np.int32]
    unit_start: NDArray[np.int64]
    block: NDArray[np.int32]
    block_start: NDArray[np.int32]
    block_unit: NDArray[np.int32]

    @property
    def n(self) -> int:
        """Number of buyers."""
        return len(self.zone)


def starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each part begins, and where the last ends."""
    return np.concatenate([[0], np.cumsum(sizes)])


def lay_out(parameters: Mapping[str, float], n_groups: int, n_rw: int) -> Layout:
    """Place households and people: first every RW, then each group's outside, then each group's institution.

    Parameters
    ----------
    parameters : mapping
        Parameters of the scenario.
    n_groups, n_rw : int
        The first ``n_groups`` of ``n_rw`` neighbourhoods have a group.
    """
    in_rw = int(parameters["n_households_rw"])
    n_rt = int(parameters["n_rt"])
    outside, pool = int(parameters["n_households_outside"]), int(parameters["n_institution_pool"])
    of_size = max(1, round(in_rw / n_rt))
    size = np.repeat([in_rw, outside, pool], [n_rw, n_groups, n_groups])
    n_blocks = np.repeat(
        [n_rt, max(1, round(outside / of_size)), max(1, round(pool / of_size))], [n_rw, n_groups, n_groups]
    )
    groups = np.arange(n_groups)
    has_group = np.arange(n_rw) < n_groups
    zone = np.concatenate(
        [
            np.where(has_group, Zone.RW, Zone.OUTSIDE),
            np.full(n_groups, Zone.OUTSIDE),
            np.full(n_groups, Zone.INSTITUTION),
        ]
    )
    catchment = np.concatenate([np.where(has_group, np.arange(n_rw), -1), groups, groups])
    block_unit = np.repeat(np.arange(len(size)), n_blocks)
    place = np.arange(len(block_unit)) - np.repeat(starts(n_blocks)[:-1], n_blocks)
    block_size = size[block_unit] // n_blocks[block_unit] + (place < size[block_unit] % n_blocks[block_unit])
    return Layout(
        zone=np.repeat(zone, size).astype(np.uint8),
        catchment=np.repeat(catchment, size).astype(np.int32),
        unit=np.repeat(np.arange(len(size)), size).astype(np.int32),
        unit_start=starts(size),
        block=np.repeat(np.arange(len(block_size)), block_size).astype(np.int32),
        block_start=starts(block_size).astype(np.int32),
        block_unit=block_unit.astype(np.int32),
    )

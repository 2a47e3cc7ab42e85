"""Who knows whom: rings inside blocks, weak ties inside a unit and across, extra ties of members (ev 1.20-1.23)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from getok.simulation.community.layout import Layout
from getok.simulation.draws import Purpose, stream, uniforms

Pairs = NDArray[np.int64]
"""Pairs of buyers who know each other, shape (n, 2)."""


def ring_pairs(layout: Layout, n_neighbours: int) -> Pairs:
    """Tie every household to its nearest on both sides of its block's ring."""
    ids = np.arange(layout.n)
    first = layout.block_start[layout.block]
    size = layout.block_start[layout.block + 1] - first
    rings = [
        np.column_stack([ids, first + (ids - first + distance) % size]) for distance in range(1, n_neighbours // 2 + 1)
    ]
    return np.concatenate(rings) if rings else np.empty((0, 2), dtype=np.int64)


def ends(key: int, purpose: Purpose, number: NDArray[np.int64], slot: int) -> NDArray[np.float64]:
    """Draws for the ends of ties, by number of the tie."""
    return uniforms(stream(key, int(purpose), 0), number, slot)


def pairs_within(layout: Layout, key: int, ties_a_household: float) -> Pairs:
    """Tie people of the same unit at random; tie ``k`` of a unit has the same luck whatever the other units."""
    size = np.diff(layout.unit_start)
    n_ties = np.round(size * ties_a_household / 2).astype(np.int64)
    unit = np.repeat(np.arange(len(size)), n_ties)
    number = unit * 1_000_003 + np.arange(len(unit)) - np.repeat(np.cumsum(n_ties) - n_ties, n_ties)
    return np.column_stack(
        [
            layout.unit_start[unit] + (ends(key, Purpose.COMMUNITY_WEAK_WITHIN, number, slot) * size[unit]).astype(int)
            for slot in (1, 2)
        ]
    )


def pairs_across(layout: Layout, key: int, ties_a_household: float) -> Pairs:
    """Tie people of different units at random."""
    size = np.diff(layout.unit_start)
    if np.count_nonzero(size) < 2:
        return np.empty((0, 2), dtype=np.int64)
    number = np.arange(round(layout.n * ties_a_household / 2))
    one = (ends(key, Purpose.COMMUNITY_WEAK_ACROSS, number, 1) * layout.n).astype(np.int64)
    own, own_start = size[layout.unit[one]], layout.unit_start[layout.unit[one]]
    other = (ends(key, Purpose.COMMUNITY_WEAK_ACROSS, number, 2) * (layout.n - own)).astype(np.int64)
    return np.column_stack([one, np.where(other >= own_start, other + own, other)])


def member_pairs(layout: Layout, key: int, homes: NDArray[np.int64], n_extra: int) -> Pairs:
    """Give members extra ties inside their RW."""
    unit = layout.unit[homes]
    start, size = layout.unit_start[unit], np.diff(layout.unit_start)[unit]
    extra = [
        np.column_stack([homes, start + (ends(key, Purpose.COMMUNITY_MEMBER_TIE, homes, slot) * size).astype(int)])
        for slot in range(1, n_extra + 1)
    ]
    return np.concatenate(extra) if extra else np.empty((0, 2), dtype=np.int64)


def all_pairs(parameters: Mapping[str, float], layout: Layout, key: int, homes: NDArray[np.int64]) -> Pairs:
    """All pairs of a generated community; doubles and people paired with themselves are still among them."""
    return np.concatenate(
        [
            ring_pairs(layout, int(parameters["n_ring_neighbours"])),
            pairs_within(layout, key, parameters["weak_ties_within"]),
            pairs_across(layout, key, parameters["weak_ties_across"]),
            member_pairs(layout, key, homes, int(parameters["n_member_extra_ties"])),
        ]
    )

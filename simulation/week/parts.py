"""How buyers are cut into parts, and which parts, streets and groups are near each of the threads that live a week.

What one thread wrote, another gets several times as slowly as the thread itself. So each begins with what is near it:
with the same parts of the buyers in every process and every week, and with the groups that live there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from getok.simulation.state import World

A_THREAD = 8
"""Parts of buyers for each of several threads: what work a neighbourhood makes is known only about."""

FAR = 0.3
"""Work that a buyer far from all groups makes, against one in the surroundings of a group: about, for equal parts."""

LONG_STREET = 6
"""Bits of a buyer's number that tell buyers of one street apart, in communities of city size.

A street is always of one part, so that no two parts write to the same line of the cache.
"""

FEWEST_STREETS = 16
"""Long streets for each part, at least; in smaller communities every buyer is a street."""


class Parts(NamedTuple):
    """Parts of buyers, numbered so that those near a thread follow one another.

    In the order of buyers one part after the other is near another thread: groups live in the first parts, and there is
    the most to do.
    """

    part_start: NDArray[np.int64]  # of each part: its first buyer
    part_stop: NDArray[np.int64]  # the first beyond it
    parts_in_order: NDArray[np.int64]  # parts in the order of their buyers
    street_bits: int  # buyer i lives in street i >> street_bits
    near_street: NDArray[np.int32]  # of each street: the thread near which it is
    near_group: NDArray[np.int32]  # of each group, and behind them of buyers elsewhere
    group_order: NDArray[np.int64]  # groups, those near a thread together


def parts_for(world: World, n_threads: int) -> Parts:
    """Cut the buyers of a world for so many threads."""
    if n_threads == 1:
        return all_together(world)
    n_parts = n_threads * A_THREAD
    street_bits = LONG_STREET if len(world.buyers) >> LONG_STREET >= n_parts * FEWEST_STREETS else 0
    cuts = cut(world, n_parts, street_bits)
    near_part = np.arange(n_parts) % n_threads
    order = np.argsort(near_part, kind="stable")
    streets = np.arange(0, len(world.buyers), 1 << street_bits)
    near_street = near_part[np.searchsorted(cuts[1:], streets, side="right")].astype(np.int32)
    near_group = groups_near(world, near_street, street_bits)
    return Parts(
        part_start=cuts[:-1][order],
        part_stop=cuts[1:][order],
        parts_in_order=np.argsort(order),
        street_bits=street_bits,
        near_street=near_street,
        near_group=near_group,
        group_order=np.argsort(near_group[:-1], kind="stable"),
    )


def all_together(world: World) -> Parts:
    """One part for the only thread there is."""
    n_buyers, n_groups = len(world.buyers), len(world.groups)
    return Parts(
        part_start=np.zeros(1, dtype=np.int64),
        part_stop=np.array([n_buyers], dtype=np.int64),
        parts_in_order=np.zeros(1, dtype=np.int64),
        street_bits=LONG_STREET,
        near_street=np.zeros((n_buyers >> LONG_STREET) + 1, dtype=np.int32),
        near_group=np.zeros(n_groups + 1, dtype=np.int32),
        group_order=np.arange(n_groups),
    )


def cut(world: World, n_parts: int, street_bits: int) -> NDArray[np.int64]:
    """Cut buyers into consecutive parts of whole streets that make about as much work each."""
    n_buyers = len(world.buyers)
    if n_buyers == 0:
        return np.zeros(n_parts + 1, dtype=np.int64)
    work = np.cumsum(np.where(world.buyers["catchment"] >= 0, 1.0, FAR))
    inner = np.searchsorted(work, np.linspace(0.0, work[-1], n_parts + 1)[1:-1])
    return np.concatenate([[0], inner >> street_bits << street_bits, [n_buyers]]).astype(np.int64)


def groups_near(world: World, near_street: NDArray[np.int32], street_bits: int) -> NDArray[np.int32]:
    """Thread near which the first member of each group lives; behind them one for buyers elsewhere."""
    near = np.zeros(len(world.groups) + 1, dtype=np.int32)
    first = world.groups["member_start"]
    peopled = np.flatnonzero(world.groups["member_stop"] > first)
    near[peopled] = near_street[world.members["buyer"][first[peopled]] >> street_bits]
    return near


def ties_between(world: World, parts: Parts) -> NDArray[np.int64]:
    """How many ties of each part's buyers lead to other parts."""
    n_ties = np.zeros(parts.part_start.size, dtype=np.int64)
    for part, (first, stop) in enumerate(zip(parts.part_start.tolist(), parts.part_stop.tolist(), strict=True)):
        to = world.tie_to[world.tie_start[first] : world.tie_start[stop]]
        n_ties[part] = np.count_nonzero(to < first) + np.count_nonzero(to >= stop)
    return n_ties

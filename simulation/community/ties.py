"""Social ties in compressed rows: every pair seen from both ends, each end with its own trust."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import compiled
from getok.simulation.draws import Purpose, stream, uniform
from getok.simulation.state import TRUST_ONE


@dataclass(frozen=True, slots=True)
class Ties:
    """Directed social ties; those of buyer ``i`` are ``start[i]:start[i + 1]``, ordered by the neighbour's key."""

    start: NDArray[np.int64]
    owner: NDArray[np.int32]
    to: NDArray[np.int32]
    mirror: NDArray[np.int32]
    trust: NDArray[np.int32]


@compiled
def beta_2_2(u: float) -> float:
    """Quantile of the Beta(2, 2) distribution: trust around one half, rarely near the ends.

    Examples
    --------
    >>> round(beta_2_2(0.5), 6)
    0.5
    """
    return 0.5 - math.sin(math.asin(1.0 - 2.0 * u) / 3.0)


@compiled
def draw_trust(
    start: int, owner: NDArray[np.int32], to: NDArray[np.int32], keys: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Trust of every owner of a tie in the neighbour, fixed point; each direction has luck of its own."""
    trust = np.empty(owner.size, dtype=np.int32)
    for e in range(owner.size):
        value = beta_2_2(uniform(start, keys[owner[e]], keys[to[e]] + 1))
        trust[e] = max(1, math.floor(value * TRUST_ONE + 0.5))
    return trust


@compiled
def neighbours_of(pairs: NDArray[np.int64], n: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Neighbours of ``n`` people, person by person, doubles among them: where each person's begin, and who they are."""
    begin = np.zeros(n + 1, np.int64)
    for a, b in pairs:
        if a != b:
            begin[a + 1] += 1
            begin[b + 1] += 1
    for i in range(n):
        begin[i + 1] += begin[i]
    gathered, filled = np.empty(begin[n], np.int32), begin[:n].copy()
    for a, b in pairs:
        if a != b:
            gathered[filled[a]], gathered[filled[b]] = b, a
            filled[a] += 1
            filled[b] += 1
    return begin, gathered


@compiled
def rows_of(
    pairs: NDArray[np.int64], in_order: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Rows of ties without doubles, ordered by the neighbour's key, and the mirror of each tie.

    Linear in the number of pairs, without a sort: neighbours are gathered by person; handing everybody's number, in the
    order of the keys, to all its neighbours then fills each row in that order.

    Parameters
    ----------
    pairs : int64, shape (n, 2)
        Places of buyers; doubles, and people paired with themselves, are dropped.
    in_order : int64, shape (n_buyers,)
        Places of the buyers in the order of their keys.

    Returns
    -------
    start, owner, to, mirror
        As in :class:`Ties`.
    """
    n = in_order.size
    begin, gathered = neighbours_of(pairs, n)
    rows, filled = np.empty(begin[n], np.int32), begin[:n].copy()
    for i in in_order:
        for e in range(begin[i], begin[i + 1]):
            j = gathered[e]
            if filled[j] == begin[j] or rows[filled[j] - 1] != i:  # a double would follow itself
                rows[filled[j]] = i
                filled[j] += 1
    start = np.zeros(n + 1, np.int64)
    for i in range(n):
        start[i + 1] = start[i] + filled[i] - begin[i]
    owner, to, mirror = np.empty(start[n], np.int32), np.empty(start[n], np.int32), np.empty(start[n], np.int32)
    met = start[:n].copy()
    for i in in_order:
        for e in range(start[i], start[i + 1]):
            j = rows[begin[i] + e - start[i]]
            owner[e], to[e], mirror[e] = i, j, met[j]  # i is the next neighbour that j meets
            met[j] += 1
    return start, owner, to, mirror


def ties_of(pairs: NDArray[np.int64], keys: NDArray[np.int64], key: int) -> Ties:
    """Make directed ties of pairs.

    Parameters
    ----------
    pairs : int64, shape (n, 2)
        Places of buyers; doubles are dropped.
    keys : int64, shape (n_buyers,)
        Keys of the buyers.
    key : int
        Key of the draws.
    """
    start, owner, to, mirror = rows_of(np.ascontiguousarray(pairs), np.argsort(keys, kind="stable"))
    trust = draw_trust(stream(key, int(Purpose.COMMUNITY_TIE_TRUST), 0), owner, to, keys)
    return Ties(start, owner, to, mirror, trust)

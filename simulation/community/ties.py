"""Social ties in compressed rows: every pair seen from both ends, each end with its own trust."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.compiled import compiled
from simulation.draws import Purpose, stream, uniform
from simulation.state import TRUST_ONE


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


def without_doubles(pairs: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Each pair once, the smaller end first, nobody paired with itself."""
    low, high = pairs.min(axis=1, initial=n), pairs.max(axis=1, initial=0)
    code = np.unique((low * n + high)[low != high])
    return np.column_stack([code // n, code % n])


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
    n = len(keys)
    once = without_doubles(pairs, n)
    owner, to = np.concatenate([once, once[:, ::-1]]).T
    in_order = np.array_equal(keys, np.arange(n))
    rank = np.arange(n) if in_order else np.argsort(np.argsort(keys, kind="stable"), kind="stable")
    code = owner * n + rank[to]
    order = np.argsort(code, kind="stable")
    owner, to, code = owner[order], to[order], code[order]
    mirror = order_of_mirrors(order, len(once))
    owner32, to32 = owner.astype(np.int32), to.astype(np.int32)
    return Ties(
        start=np.searchsorted(owner, np.arange(n + 1)).astype(np.int64),
        owner=owner32,
        to=to32,
        mirror=mirror,
        trust=draw_trust(stream(key, int(Purpose.COMMUNITY_TIE_TRUST), 0), owner32, to32, keys),
    )


def order_of_mirrors(order: NDArray[np.int64], n_pairs: int) -> NDArray[np.int32]:
    """Place of the same tie seen from the other end: the two halves of the unsorted list are mirrors."""
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place[(order + n_pairs) % max(1, 2 * n_pairs)].astype(np.int32)

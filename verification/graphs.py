"""Networks of the targets: undirected, from pairs of buyers, as compressed rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pairs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Graph:
    """A network; every pair is two ties, one for each side.

    Attributes
    ----------
    n : int
        Buyers.
    start : int64, shape (n + 1,)
        Ties of buyer ``i`` are ``start[i]:start[i + 1]``, ordered by neighbour.
    to, mirror : int32, shape (2 * pairs,)
        The neighbour; the index of the same tie seen from the neighbour.
    """

    n: int
    start: NDArray[np.int64]
    to: NDArray[np.int32]
    mirror: NDArray[np.int32]

    @property
    def owner(self) -> NDArray[np.int64]:
        """The buyer to whom each tie belongs."""
        return np.repeat(np.arange(self.n), np.diff(self.start))

    @property
    def pairs(self) -> Pairs:
        """Every pair once, shape (pairs, 2)."""
        owner = self.owner
        once = owner < self.to
        return np.stack([owner[once], self.to[once]], axis=1)


def from_pairs(n: int, pairs: Pairs) -> Graph:
    """Network of these pairs; doubles and loops are dropped."""
    low, high = pairs.min(axis=1, initial=n), pairs.max(axis=1, initial=-1)
    code = np.sort((low * n + high)[low < high])
    code = code[np.append(True, code[1:] != code[:-1])[: len(code)]]
    low, high = code // n, code % n
    owner, to = np.concatenate([low, high]), np.concatenate([high, low])
    order = np.argsort(owner * n + to)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order))
    mirror = place[(order + len(code)) % max(1, len(order))]
    owner, to = owner[order], to[order]
    start = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=n))]).astype(np.int64)
    return Graph(n, start, to.astype(np.int32), mirror)


def nobody_tied(n: int) -> Graph:
    """Buyers without ties."""
    return from_pairs(n, np.empty((0, 2), dtype=np.int64))


def complete(n: int) -> Graph:
    """Everybody is tied to everybody."""
    return from_pairs(n, np.stack(np.triu_indices(n, 1), axis=1))


def ring(n: int, a_side: int = 1) -> Graph:
    """Buyers on a circle, tied to the nearest ones on each side."""
    i = np.arange(n)
    return from_pairs(n, np.concatenate([np.stack([i, (i + k) % n], axis=1) for k in range(1, a_side + 1)]))


def path(n: int) -> Graph:
    """Buyers in a row, each tied to the next."""
    i = np.arange(n - 1)
    return from_pairs(n, np.stack([i, i + 1], axis=1))


def poisson(n: int, mean_degree: float, seed: int, times: int = 1) -> Graph:
    """Separate random networks whose degrees are Poisson for large ``n``: pairs thrown uniformly."""
    luck = np.random.default_rng(seed)
    thrown = luck.poisson(n * mean_degree / 2.0, size=times)
    first = np.repeat(np.arange(times) * n, thrown)
    return from_pairs(n * times, luck.integers(0, n, size=(thrown.sum(), 2)) + first[:, None])


def seeds_in_each(n: int, times: int, count: int, seed: int) -> NDArray[np.bool_]:
    """Exactly ``count`` buyers of each of several networks of ``n``, drawn at random."""
    luck = np.random.default_rng(seed)
    chosen = np.zeros((times, n), dtype=bool)
    for row in chosen:
        row[luck.choice(n, count, replace=False)] = True
    return chosen.ravel()


def copies(graph: Graph, times: int) -> Graph:
    """Many separate copies of one network, buyers of a copy next to each other: replicates in one world."""
    n_ties = len(graph.to)
    copy = np.repeat(np.arange(times), n_ties)
    steps = np.tile(np.diff(graph.start), times)
    return Graph(
        n=graph.n * times,
        start=np.concatenate([[0], np.cumsum(steps)]).astype(np.int64),
        to=(np.tile(graph.to, times) + copy * graph.n).astype(np.int32),
        mirror=(np.tile(graph.mirror, times) + copy * n_ties).astype(np.int32),
    )

"""The one loop of the measures that is compiled: exchanging the ends of two ties."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import compiled


@compiled
def swap(
    start: NDArray[np.int64],
    looks: NDArray[np.int64],
    places: NDArray[np.int64],
    mirror: NDArray[np.int64],
    group: NDArray[np.int64],
    pairs: NDArray[np.int64],
) -> int:
    """Exchange ends in place, one pair of ties after the other; return how many exchanges were made.

    Of ties a -> b and c -> d come a -> d and c -> b, unless that would make somebody look at oneself, double a tie, or
    change how many look from a group to a group. A pair that is not exchanged counts as a move that stays: so every
    network that can be reached is as probable as any other.

    Parameters
    ----------
    start : int64, shape (n + 1,)
        Ties of agent i are ``start[i]:start[i + 1]``.
    looks, places : int64, shape (n_ties,)
        Who looks at whom; ``places`` is changed.
    mirror : int64, shape (n_ties,) or empty
        Place of the tie back, if all ties are mutual; changed.
    group : int64, shape (n,)
        Group of each agent.
    pairs : int64, shape (n_pairs, 2)
        Places of the two ties of each exchange.
    """
    mutual = mirror.size > 0
    made = 0
    for k in range(pairs.shape[0]):
        one, two = pairs[k, 0], pairs[k, 1]
        a, b, c, d = looks[one], places[one], looks[two], places[two]
        if a in (c, d) or b in (c, d):
            continue
        if group[b] != group[d] and group[a] != group[c]:
            continue
        doubled = False
        for e in range(start[a], start[a + 1]):
            doubled |= places[e] == d
        for e in range(start[c], start[c + 1]):
            doubled |= places[e] == b
        if doubled:
            continue
        places[one], places[two] = d, b
        if mutual:
            back_one, back_two = mirror[one], mirror[two]
            places[back_one], places[back_two] = c, a
            mirror[one], mirror[two] = back_two, back_one
            mirror[back_one], mirror[back_two] = two, one
        made += 1
    return made

"""A look ahead at many buyers side by side: what the week holds for each of them if nothing happens to it.

In most weeks nothing happens to most buyers: what they draw is too high for them to hear or to move, and their trust
settles by itself. That is the same arithmetic for all, without a decision, so that one instruction of the machine does
it for several of them. Whoever may live through more is left to the rules, one by one.

The loops are short, each with few arrays that begin at the first of these buyers, because that is what the compiler
turns into such instructions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import inner
from getok.simulation.draws import uniform
from getok.simulation.rules.trust import drift, positive_word_gain
from getok.simulation.state import TRUST_ONE
from getok.simulation.week.arrays import Arrays, Awake, Scratch

NEIGHBOURS = 64
"""So many buyers one after the other often deal with one group."""


@inner
def draw_ahead(
    awake: NDArray[np.uint8],
    key: NDArray[np.int64],
    bound: NDArray[np.float64],
    hearing: int,
    thinking: int,
    stirs: NDArray[np.uint8],
) -> None:
    """Note who draws so little that it may hear or, if it knows the product, move on."""
    for k in range(key.size):
        stirs[k] = uniform(thinking if awake[k] == Awake.AWARE else hearing, key[k]) < bound[k]


@inner
def settle_ahead(
    awake: NDArray[np.uint8],
    trust: NDArray[np.float64],
    prior: NDArray[np.float64],
    pull: NDArray[np.float64],
    need: NDArray[np.float64],
    shown: float,
    rate: float,
    stirs: NDArray[np.uint8],
    before: NDArray[np.float64],
    units: NDArray[np.int64],
) -> None:
    """Let good words and time work on the trust of aware buyers to whom nothing happens, and note it in fixed point.

    Who may be convinced by the trust it has then, and by what is seen of the product, is left to the rules too.
    """
    for k in range(trust.size):
        told = positive_word_gain(trust[k], pull[k])
        settled = drift(told, prior[k], rate)
        stir = (stirs[k] != 0) | (told + shown >= need[k])
        quiet = (awake[k] == Awake.AWARE) & (not stir)
        before[k] = told
        trust[k] = settled if quiet else trust[k]
        units[k] = int(settled * TRUST_ONE) if quiet else 0
        stirs[k] = stir


@inner
def add_up(units: NDArray[np.int64], audience: NDArray[np.int32], sums: NDArray[np.int64]) -> None:
    """Add trust in fixed point up by group; neighbours mostly have the same."""
    for first in range(0, units.size, NEIGHBOURS):
        stop = min(first + NEIGHBOURS, units.size)
        some, group = units[first:stop], audience[first:stop]
        least, most = group[0], group[0]
        for k in range(group.size):
            least, most = min(least, group[k]), max(most, group[k])
        if least == most:
            sums[least] += some.sum()
        else:
            for k in range(group.size):
                sums[group[k]] += some[k]


@inner
def look_ahead(a: Arrays, scratch: Scratch, part: int, first: int, stop: int, hearing: int, thinking: int) -> int:
    """Let the week pass for those buyers to whom nothing happens; return how many others ``scratch.who`` names.

    Parameters
    ----------
    first, stop : int
        At most :data:`~simulation.week.arrays.AT_ONCE` buyers.
    hearing, thinking : int
        Where the draws begin that decide about who is unaware, and about who is aware.
    """
    awake, stirs, units = (
        scratch.awake[first:stop],
        scratch.stirs[part, : stop - first],
        scratch.units[part, : stop - first],
    )
    draw_ahead(awake, scratch.key[first:stop], scratch.bound[first:stop], hearing, thinking, stirs)
    settle_ahead(
        awake,
        a.buyer_trust[first:stop],
        a.buyer_trust_prior[first:stop],
        scratch.pull[first:stop],
        scratch.need[first:stop],
        scratch.most_shown[0],
        a.parameters[0].trust_drift_rate,
        stirs,
        scratch.trust_before[first:stop],
        units,
    )
    add_up(units, scratch.audience[first:stop], scratch.sums[part])
    who = scratch.who[part]
    n = 0
    for k in range(stirs.size):
        who[n] = first + k
        n += stirs[k]
    return n


@inner
def who_drifts(scratch: Scratch, part: int, first: int, stop: int) -> int:
    """How many of those to whom nothing happened trust the neighbour they heard from a little more or less now."""
    stirs, who, settled = scratch.stirs[part], scratch.who[part], scratch.tie_settled[first:stop]
    n = 0
    for k in range(settled.size):
        who[n] = first + k
        n += (stirs[k] == 0) & (settled[k] == 0)
    return n

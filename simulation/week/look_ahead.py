"""A look ahead at many buyers side by side: who can be left alone this week, and what the week does to them.

In most weeks nothing happens to most buyers: what they draw is too high for them to hear or to move, and their trust
settles by itself. That is the same arithmetic for all, without a decision, so that one instruction of the machine does
it for several of them. Whoever may live through more is left to the rules, one by one.

For this a bound is cached for each buyer: from this draw on, and below this trust, nothing can happen to it. Both are
bounds, not the rules: the rules decide about whoever passes them. They are worked out again when a buyer's stage, its
or its neighbours change. Nothing here is part of the state of the model.

The loops are short, each with few arrays that begin at the first of these buyers, because that is what the compiler
turns into such instructions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import inner
from getok.simulation.draws import uniform
from getok.simulation.rules.attitude import ROUNDING, needed_trust, share
from getok.simulation.rules.purchase import may_ask
from getok.simulation.rules.trust import drift, peer_influence, positive_word_gain
from getok.simulation.rules.word import hearing_hazard, in_halves, word_hazard
from getok.simulation.state import TRUST_ONE
from getok.simulation.week.arrays import ALWAYS_ACTIVE, STALE, Activity, Arrays, Scratch


@inner
def invalidate(scratch: Scratch, i: int) -> None:
    """Have the rules look at a buyer this week, and work out anew what is cached of it."""
    scratch.bound[i] = STALE


@inner
def refresh(a: Arrays, scratch: Scratch, i: int) -> None:
    """Work out all that is cached of a buyer."""
    refresh_exposure(a, scratch, i)
    if scratch.activity[i] == Activity.AWARE:
        set_bound(a, scratch, i)


@inner
def refresh_exposure(a: Arrays, scratch: Scratch, i: int) -> None:
    """Work out what a buyer's neighbours amount to, and what follows from it alone."""
    buyer = a.buyers[i]
    if scratch.activity[i] != Activity.AWARE:
        scratch.bound[i] = most_hazard(a, scratch, i)
        return
    p = a.parameters[0]
    buying = in_halves(buyer.exposure_adopters)
    scratch.influence[i] = peer_influence(p.word_trust_gain_rate, p.word_adopter_probability, buying)
    scratch.share[i] = share(buyer.exposure_adopters, buyer.exposure_all)
    if scratch.needed_trust[i] < np.inf:
        scratch.needed_trust[i] = trust_to_convince(a, scratch, i)


@inner
def most_hazard(a: Arrays, scratch: Scratch, i: int) -> float:
    """Hazard of hearing for an unaware buyer if all its outlets showed the product: no probability is larger."""
    buyer, market = a.buyers[i], scratch.market[0]
    users, aware = in_halves(buyer.exposure_adopters), in_halves(buyer.exposure_aware)
    word = word_hazard(users, aware, market.hazard_user, market.hazard_aware)
    shelves = a.patron_start[i + 1] - a.patron_start[i]
    online = buyer.online == 1 and buyer.catchment >= 0
    return hearing_hazard(word, shelves, online, market.hazard_shelf, market.hazard_online) * (1.0 + ROUNDING)


@inner
def trust_to_convince(a: Arrays, scratch: Scratch, i: int) -> float:
    """Trust from which on a buyer may be convinced, what is seen of the product aside."""
    return needed_trust(a.buyers[i].threshold, scratch.share[i], a.parameters[0].influence_weight)


@inner
def set_bound(a: Arrays, scratch: Scratch, i: int) -> None:
    """Note under which draw and trust nothing will happen to an aware buyer, until its stage or neighbours change."""
    stage = a.buyers[i].stage
    scratch.needed_trust[i] = np.inf
    if may_ask(stage):
        scratch.bound[i] = ALWAYS_ACTIVE
        return
    scratch.bound[i] = scratch.chance[stage, 0]
    if scratch.chance[stage, 1] != scratch.chance[stage, 0]:
        scratch.needed_trust[i] = trust_to_convince(a, scratch, i)


NEIGHBOURS = 64
"""So many buyers one after the other often deal with one group."""


@inner
def draw_ahead(
    activity: NDArray[np.uint8],
    key: NDArray[np.int64],
    bound: NDArray[np.float64],
    hearing: int,
    thinking: int,
    active: NDArray[np.uint8],
) -> None:
    """Note who draws so little that it may hear or, if it knows the product, move on."""
    for k in range(key.size):
        active[k] = uniform(thinking if activity[k] == Activity.AWARE else hearing, key[k]) < bound[k]


@inner
def settle_ahead(
    activity: NDArray[np.uint8],
    trust: NDArray[np.float64],
    prior: NDArray[np.float64],
    influence: NDArray[np.float64],
    needed: NDArray[np.float64],
    shown: float,
    rate: float,
    active: NDArray[np.uint8],
    before: NDArray[np.float64],
    units: NDArray[np.int64],
) -> None:
    """Let good words and time work on the trust of aware buyers to whom nothing happens, and note it in fixed point.

    Who may be convinced by the trust it has then, and by what is seen of the product, is left to the rules too.
    """
    for k in range(trust.size):
        told = positive_word_gain(trust[k], influence[k])
        settled = drift(told, prior[k], rate)
        stir = (active[k] != 0) | (told + shown >= needed[k])
        quiet = (activity[k] == Activity.AWARE) & (not stir)
        before[k] = told
        trust[k] = settled if quiet else trust[k]
        units[k] = int(settled * TRUST_ONE) if quiet else 0
        active[k] = stir


@inner
def add_up(units: NDArray[np.int64], groups: NDArray[np.int32], sums: NDArray[np.int64]) -> None:
    """Add trust in fixed point up by group; neighbours mostly have the same."""
    for first in range(0, units.size, NEIGHBOURS):
        stop = min(first + NEIGHBOURS, units.size)
        some, group = units[first:stop], groups[first:stop]
        least, most = group[0], group[0]
        for k in range(group.size):
            least, most = min(least, group[k]), max(most, group[k])
        if least == most:
            sums[least] += some.sum()
        else:
            for k in range(group.size):
                sums[group[k]] += some[k]


@inner
def look_ahead(a: Arrays, scratch: Scratch, first: int, stop: int, hearing: int, thinking: int) -> int:
    """Let the week pass for those buyers to whom nothing happens; return how many others ``scratch.visited`` names.

    Parameters
    ----------
    first, stop : int
        At most :data:`~simulation.week.arrays.BLOCK` buyers.
    hearing, thinking : int
        Where the draws begin that decide about who is unaware, and about who is aware.
    """
    activity, active, units = (
        scratch.activity[first:stop],
        scratch.active[: stop - first],
        scratch.units[: stop - first],
    )
    draw_ahead(activity, scratch.key[first:stop], scratch.bound[first:stop], hearing, thinking, active)
    settle_ahead(
        activity,
        a.buyer_trust[first:stop],
        a.buyer_trust_prior[first:stop],
        scratch.influence[first:stop],
        scratch.needed_trust[first:stop],
        scratch.market[0].most_shown,
        a.parameters[0].trust_drift_rate,
        active,
        scratch.trust_before[first:stop],
        units,
    )
    add_up(units, scratch.group[first:stop], scratch.trust_sums)
    visited = scratch.visited
    n = 0
    for k in range(active.size):
        visited[n] = first + k
        n += active[k]
    return n


@inner
def ties_to_drift(scratch: Scratch, first: int, stop: int) -> int:
    """How many of those to whom nothing happened trust the neighbour they heard from a little more or less now."""
    active, visited, settled = scratch.active, scratch.visited, scratch.tie_settled[first:stop]
    n = 0
    for k in range(settled.size):
        visited[n] = first + k
        n += (active[k] == 0) & (settled[k] == 0)
    return n

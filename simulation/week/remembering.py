"""What is remembered of each buyer, so that a week need not look at it again as long as nothing changes around it.

Nothing here is part of the model: what is remembered follows from the world, and saves the time to work it out anew.
"""

from __future__ import annotations

import numpy as np

from getok.simulation.compiled import inner
from getok.simulation.rules.attitude import share
from getok.simulation.rules.stages import uses
from getok.simulation.rules.trust import word_pull
from getok.simulation.rules.word import in_halves
from getok.simulation.state import Stage
from getok.simulation.week.arrays import ALWAYS, FORGOTTEN, Arrays, Awake, Scratch

ROUNDING = 1e-9
"""So near to its threshold nobody is passed over: an attitude is added up in another order when it is looked ahead."""


@inner
def forget(scratch: Scratch, i: int) -> None:
    """Have the rules look at a buyer this week, and work out anew what is remembered of it."""
    scratch.bound[i] = FORGOTTEN


@inner
def remember(a: Arrays, scratch: Scratch, i: int) -> None:
    """Work out all that is remembered of a buyer."""
    weigh_neighbours(a, scratch, i)
    if scratch.awake[i] == Awake.AWARE:
        bind(a, scratch, i)


@inner
def weigh_neighbours(a: Arrays, scratch: Scratch, i: int) -> None:
    """Work out what a buyer's neighbours amount to, and what follows from it alone."""
    buyer = a.buyers[i]
    if scratch.awake[i] != Awake.AWARE:
        scratch.bound[i] = most_hazard(a, scratch, i)
        return
    p = a.parameters[0]
    buying = in_halves(buyer.exposure_adopters)
    scratch.pull[i] = word_pull(p.word_trust_gain_rate, p.word_adopter_probability, buying)
    scratch.share[i] = share(buyer.exposure_adopters, buyer.exposure_all)
    if scratch.need[i] < np.inf:
        scratch.need[i] = needed_trust(a, scratch, i)


@inner
def needed_trust(a: Arrays, scratch: Scratch, i: int) -> float:
    """Trust from which on a buyer may be convinced, what is seen of the product aside."""
    return float(a.buyers[i].threshold - a.parameters[0].influence_weight * scratch.share[i] - ROUNDING)


@inner
def most_hazard(a: Arrays, scratch: Scratch, i: int) -> float:
    """Hazard of hearing for an unaware buyer if all its outlets showed the product: no probability is larger."""
    buyer = a.buyers[i]
    user, aware, shelf, online = scratch.hazard
    most = user * in_halves(buyer.exposure_adopters) + aware * in_halves(buyer.exposure_aware)
    most += (a.patron_start[i + 1] - a.patron_start[i]) * shelf
    if buyer.online == 1 and buyer.catchment >= 0:
        most += online
    return float(most * (1.0 + ROUNDING))


@inner
def buys(stage: int) -> bool:
    """Whether a buyer in this stage would ask for packs if it came by some."""
    return stage == Stage.DECISION or uses(stage)


@inner
def may_ask(a: Arrays, scratch: Scratch, i: int) -> bool:
    """Whether a buyer might ask for packs this week though nobody comes to its door."""
    buyer = a.buyers[i]
    if not buys(buyer.stage):
        return False
    if buyer.online == 1 and scratch.sells_online[buyer.group] == 1:
        return True
    for k in range(a.patron_start[i], a.patron_start[i + 1]):
        o = a.patron_outlet[k]
        if scratch.takes_requests[o] == 1 and scratch.outlet_group[o] == buyer.group:
            return True
    return False


@inner
def bind(a: Arrays, scratch: Scratch, i: int) -> None:
    """Note under which draw and trust nothing will happen to an aware buyer, until its stage or neighbours change."""
    p, stage = a.parameters[0], a.buyers[i].stage
    scratch.need[i] = np.inf
    if may_ask(a, scratch, i):
        scratch.bound[i] = ALWAYS
    elif stage == Stage.PERSUASION or stage == Stage.REJECTED:
        scratch.bound[i] = p.reject_probability if stage == Stage.PERSUASION else p.reconsider_probability
        scratch.need[i] = needed_trust(a, scratch, i)
    else:
        scratch.bound[i] = scratch.largest_chance[stage]

"""How a shop owner decides, and how a lot is judged (model.md 7.4, 7.7)."""

from __future__ import annotations

import math

from getok.simulation.compiled import compiled
from getok.simulation.state import Cooperation, Refusal


@compiled
def effective_trust(trust: float, legality: float, legality_weight: float, gain: float, quality_weight: float) -> float:
    """Trust as papers and visible quality reinforce it.

    Doubt ``1 - tau`` shrinks by what legality and the gain in visible quality each take of it.

    Examples
    --------
    >>> round(effective_trust(0.25, 0.55, 0.4, 0.192, 0.4), 6)
    0.504856
    """
    return 1.0 - (1.0 - trust) * (1.0 - legality_weight * legality) * max(0.0, 1.0 - 2.0 * quality_weight * gain)


@compiled
def cooperation_weight(cooperation: int, informal: float, verbal: float, mou: float) -> float:
    """What the level of cooperation adds to an owner's readiness."""
    if cooperation == Cooperation.MOU:
        return mou
    if cooperation == Cooperation.VERBAL:
        return verbal
    if cooperation == Cooperation.INFORMAL:
        return informal
    return 0.0


@compiled
def acceptance_probability(readiness: float, threshold: float, slope: float) -> float:
    """Probability that an owner says yes to an offer: logistic in readiness above the threshold.

    Examples
    --------
    >>> acceptance_probability(0.6, 0.6, 25.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-slope * (readiness - threshold)))


@compiled
def refusal_reason(reached: float, full_trust: float, risk_taken: float, risk_full: float) -> int:
    """Return the largest missing term of a refusal: doubt about quality, or fear of unsold stock (paper P03).

    Parameters
    ----------
    reached, full_trust : float
        Effective trust now, and if all papers were granted and the members trained.
    risk_taken, risk_full : float
        Weight of cooperation and pull now, and with an MoU and all regulars buying.
    """
    return Refusal.QUALITY.value if full_trust - reached >= risk_full - risk_taken else Refusal.UNSOLD.value


@compiled
def next_lot(sold: int, growth: float, smallest: int, largest: int) -> int:
    """Packs of the next lot: a little more than was sold, within limits.

    Examples
    --------
    >>> next_lot(10, 1.2, 4, 40)
    12
    """
    return min(largest, max(smallest, math.floor(growth * sold + 0.5)))

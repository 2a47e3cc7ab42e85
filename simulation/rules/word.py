"""How a buyer first hears: hazards that add up over sources (model.md 7.5)."""

from __future__ import annotations

import math

from getok.simulation.compiled import compiled
from getok.simulation.state import TRUST_ONE

LARGEST_PROBABILITY = 1.0 - 2.0**-53
"""An infinite hazard, times nobody who could speak, would be no number."""


@compiled
def hazard(probability: float) -> float:
    """Weekly hazard of what happens with this probability in a week; finite even for what is certain.

    Examples
    --------
    >>> round(hazard(0.12), 6)
    0.127833
    >>> happens(hazard(1.0)) > 1.0 - 1e-15
    True
    """
    return -math.log1p(-min(probability, LARGEST_PROBABILITY))


@compiled
def word_hazard(users: float, aware: float, from_user: float, from_aware: float) -> float:
    """Hazard of hearing by word of mouth.

    Parameters
    ----------
    users, aware : float
        Sum of trust / 0.5 over neighbours who use the product, and over those who know it.
    from_user, from_aware : float
        Hazard of hearing from one of them at trust 0.5.
    """
    return from_user * users + from_aware * aware


@compiled
def hearing_hazard(word: float, shelves: int, online: bool, off_shelf: float, from_online: float) -> float:
    """Hazard of hearing from all sources together.

    The look ahead bounds it by the same with all shelves of a buyer full and its account open: it never falls with
    another shelf, nor with an account.
    """
    return word + shelves * off_shelf + (from_online if online else 0.0)


@compiled
def happens(total_hazard: float) -> float:
    """Probability that something with this hazard happens within the week."""
    return -math.expm1(-total_hazard)


@compiled
def in_halves(exposure: int) -> float:
    """Sum of trust / 0.5 from a fixed-point sum of trust.

    Examples
    --------
    >>> in_halves(1 << 24)
    2.0
    """
    return exposure / (0.5 * TRUST_ONE)

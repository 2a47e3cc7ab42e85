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

"""A buyer's attitude to the product (model.md 7.5)."""

from __future__ import annotations

from getok.simulation.compiled import compiled

ROUNDING = 1e-9
"""So near to its threshold nobody is passed over: sums differ in their last bits with the order of adding."""


@compiled
def attitude(
    trust: float,
    buying_share: float,
    influence_weight: float,
    legality: float,
    legality_weight: float,
    gain: float,
    quality_weight: float,
) -> float:
    """Attitude: trust, the example of buying neighbours, papers, and visible quality, added up.

    Parameters
    ----------
    buying_share : float
        Trust-weighted share of neighbours who use the product, in [0, 1].

    Examples
    --------
    >>> round(attitude(0.4, 0.2, 0.15, 0.5, 0.07, 0.1, 0.12), 6)
    0.477
    """
    return trust + influence_weight * buying_share + legality_weight * legality + quality_weight * gain


@compiled
def shown(legality: float, legality_weight: float, gain: float, quality_weight: float) -> float:
    """What papers and visible quality add to an attitude."""
    return legality_weight * legality + quality_weight * gain


@compiled
def needed_trust(threshold: float, buying_share: float, influence_weight: float) -> float:
    """Trust below which, with all that is shown added, no :func:`attitude` reaches a threshold.

    The look ahead passes over buyers by it. It takes for granted that trust, example and what is shown are added up;
    an attitude that is made otherwise needs another bound.
    """
    return threshold - influence_weight * buying_share - ROUNDING


@compiled
def share(part: int, whole: int) -> float:
    """Part over whole, 0 where there is nothing."""
    return part / whole if whole > 0 else 0.0

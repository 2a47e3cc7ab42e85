"""A buyer's attitude to the product (model.md 7.5)."""

from __future__ import annotations

from getok.simulation.compiled import compiled


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
def share(part: int, whole: int) -> float:
    """Part over whole, 0 where there is nothing."""
    return part / whole if whole > 0 else 0.0

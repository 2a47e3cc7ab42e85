"""What can be seen of the product at the point of sale (model.md 7.3)."""

from __future__ import annotations

from getok.simulation.compiled import compiled


@compiled
def visible_quality(quality: float, packaging: float) -> float:
    """Quality as it can be seen on a shelf: mostly the product, partly its packaging.

    Examples
    --------
    >>> visible_quality(0.5, 0.3)
    0.42
    """
    return 0.6 * quality + 0.4 * packaging


@compiled
def quality_gain(quality: float, packaging: float, quality_start: float, packaging_start: float) -> float:
    """Visible quality above what it was at the start (``delta_q``), never below zero."""
    return max(0.0, visible_quality(quality, packaging) - visible_quality(quality_start, packaging_start))


@compiled
def good_probability(quality: float, base: float, weight: float) -> float:
    """Probability that a purchase is a good experience.

    Examples
    --------
    >>> good_probability(0.5, 0.55, 0.45)
    0.775
    """
    return min(1.0, base + weight * quality)

"""How trust moves on a tie: slowly up, quickly down, and back to where it started (model.md 7.2; ev 2.1)."""

from __future__ import annotations

import math

from getok.simulation.compiled import compiled


@compiled
def gain(trust: float, rate: float) -> float:
    """Trust after good evidence: a share of what was missing is added.

    Examples
    --------
    >>> gain(0.5, 0.1)
    0.55
    """
    return trust + rate * (1.0 - trust)


@compiled
def lose(trust: float, rate: float) -> float:
    """Trust after bad evidence: a share of it is taken.

    Examples
    --------
    >>> lose(0.5, 0.3)
    0.35
    """
    return trust - rate * trust


@compiled
def lose_repeatedly(trust: float, rate: float, times: int) -> float:
    """Trust after several pieces of bad evidence at once, in whatever order."""
    for _ in range(times):
        trust = lose(trust, rate)
    return trust


@compiled
def drift(trust: float, prior: float, rate: float) -> float:
    """Trust after a week without evidence: a little nearer to its prior.

    Examples
    --------
    >>> drift(0.9, 0.4, 0.002)
    0.899
    """
    return trust + rate * (prior - trust)


@compiled
def peer_influence(gain_rate: float, word_probability: float, buying: float) -> float:
    """Minus the share of the missing trust that a week of neighbours' good words adds, as expected.

    Parameters
    ----------
    gain_rate : float
        ``a_wom``: share of the missing trust that one word adds.
    word_probability : float
        ``q_P``: a buying neighbour speaks of it in a week.
    buying : float
        Sum of trust / 0.5 over buying neighbours.

    Examples
    --------
    >>> round(peer_influence(0.03, 0.035, 2.0), 6)
    -0.002098
    """
    return math.expm1(-gain_rate * word_probability * buying)


@compiled
def positive_word_gain(trust: float, influence: float) -> float:
    """Trust after a week of neighbours' good words.

    Examples
    --------
    >>> round(positive_word_gain(0.5, peer_influence(0.03, 0.035, 2.0)), 6)
    0.501049
    """
    return trust - (1.0 - trust) * influence

"""Every random number is a pure function of (seed, replicate, purpose, agent, week).

There is no stream that advances: a draw is SplitMix64 read at a position. ``stream`` gives the start of the sequence
that belongs to one purpose in one week, the agent's key says how far along it to look. So the order in which agents are
asked never matters, processes agree, and two scenarios with the same seed draw the same until they differ.

Sources: Steele, Lea & Flood 2014 (SplitMix64); Klein et al. 2024, arXiv 2409.02086 (common random numbers per event).
"""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import compiled

SCHEME = 1
"""Version of the scheme: draws are comparable only within one."""

GAMMA = np.uint64(0x9E3779B97F4A7C15)  # odd, close to 2**64 / golden ratio
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
ONE = np.uint64(1)
UNIT = 2.0**-53

MOST = 1000
"""Largest count that is drawn."""


class Purpose(IntEnum):
    """What a draw decides; each purpose has draws of its own."""

    COMMUNITY_CATEGORY = 1
    COMMUNITY_THRESHOLD = 2
    COMMUNITY_TRUST = 3
    COMMUNITY_ONLINE = 4
    COMMUNITY_TIE_TRUST = 5
    COMMUNITY_WEAK_WITHIN = 6
    COMMUNITY_WEAK_ACROSS = 7
    COMMUNITY_MEMBER = 8
    COMMUNITY_MEMBER_TIE = 9
    COMMUNITY_PATRONAGE = 10
    COMMUNITY_PATRON_GROUP = 11
    COMMUNITY_SUPERMARKET = 12
    COMMUNITY_OWNER_THRESHOLD = 13
    COMMUNITY_OWNER_TRUST = 14
    CASE_DELAY = 20
    CASE_ACCEPTANCE = 21
    CASE_AMOUNT = 22
    QUEUE_ORDER = 23
    MEMBER_SESSION = 30
    MEMBER_STAGE = 31
    DELIVERY_ORDER = 40
    OWNER_INTEREST = 41
    OWNER_DECISION = 42
    CURATION = 43
    DOOR_COUNT = 50
    DOOR_VISIT = 51
    DOOR_MEETING = 52
    HEARING = 53
    HEARING_SOURCE = 54
    BUYER_STAGE = 55
    PURCHASE = 60
    PACKS = 61
    PURCHASE_ORDER = 62
    EXPERIENCE = 63
    EXPERIENCE_STAGE = 64
    BAD_WORD = 65


@compiled
def mix(z: np.uint64) -> np.uint64:
    """Scramble 64 bits (the finaliser of SplitMix64)."""
    z = (z ^ (z >> S30)) * MIX_1
    z = (z ^ (z >> S27)) * MIX_2
    return z ^ (z >> S31)


@compiled
def stream(key: int, purpose: int, week: int) -> int:
    """Start of the draws for one purpose in one week of one replicate: 63 bits, so that it fits any integer."""
    z = mix(mix(np.uint64(key) + np.uint64(purpose) * GAMMA) + np.uint64(week) * GAMMA)
    return int(z >> ONE)


@compiled
def uniform(start: int, agent: int, slot: int = 0) -> float:
    """Draw of one agent in [0, 1): 53 bits.

    Parameters
    ----------
    start : int
        From :func:`stream`.
    agent : int
        The agent's key, never its place in an array.
    slot : int
        Which draw of this agent, or the key of the other agent for a draw about a pair.
    """
    z = mix(np.uint64(start) + np.uint64(agent) * GAMMA)
    if slot != 0:
        z = mix(z + np.uint64(slot) * GAMMA)
    return float(z >> S11) * UNIT


@compiled
def draw(key: int, purpose: int, week: int, agent: int, slot: int) -> float:
    """Make a single draw from Python: :func:`uniform` of :func:`stream`, in one call."""
    return uniform(stream(key, purpose, week), agent, slot)


@compiled
def uniforms(start: int, agents: NDArray[np.int64], slot: int = 0) -> NDArray[np.float64]:
    """Draws of many agents at once; the same numbers as :func:`uniform`."""
    out = np.empty(agents.size)
    for i in range(agents.size):
        out[i] = uniform(start, agents[i], slot)
    return out


@compiled
def poisson(u: float, mean: float) -> int:
    """Poisson count at quantile ``u``: grows with ``u`` and with the mean.

    Examples
    --------
    >>> poisson(0.5, 2.0)
    2
    """
    probability = math.exp(-mean)
    cumulative = probability
    count = 0
    while u >= cumulative and count < MOST:
        count += 1
        probability *= mean / count
        cumulative += probability
    return count


@compiled
def triangular(u: float, low: float, mode: float, high: float) -> float:
    """Triangular value at quantile ``u``.

    Examples
    --------
    >>> triangular(0.5, 0.0, 2.0, 4.0)
    2.0
    """
    if high <= low:
        return low
    cut = (mode - low) / (high - low)
    if u < cut:
        return low + math.sqrt(u * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - u) * (high - low) * (high - mode))


@compiled
def replicate_key(seed: int, replicate: int) -> int:
    """Key of one replicate, in [0, 2**63)."""
    z = mix(mix(np.uint64(seed) + GAMMA) + (np.uint64(replicate) + ONE) * GAMMA)
    return int(z >> ONE)

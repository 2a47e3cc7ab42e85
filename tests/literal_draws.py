"""Draws with Python's own integers, modulo 2**64 (docs/randomness.md)."""

import math

GAMMA = 0x9E3779B97F4A7C15
MODULO = 2**64


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % MODULO
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % MODULO
    return z ^ (z >> 31)


def stream(key, purpose, week):
    """Where the draws for one purpose in one week begin."""
    of_purpose = mix((key + purpose * GAMMA) % MODULO)
    return mix((of_purpose + week * GAMMA) % MODULO) // 2


def uniform(start, agent_key, slot=0):
    """The draw of one agent; a slot other than 0 is another draw of the same agent."""
    z = mix((start + agent_key * GAMMA) % MODULO)
    if slot != 0:
        z = mix((z + slot * GAMMA) % MODULO)
    return (z >> 11) * 2.0**-53


def poisson(u, mean):
    """The smallest count whose cumulative probability exceeds u."""
    probability = math.exp(-mean)
    cumulative = probability
    count = 0
    while u >= cumulative and count < 1000:
        count += 1
        probability *= mean / count
        cumulative += probability
    return count

"""Whole numbers that a user gives: seeds, replicates, weeks. Anything else is refused, never rounded."""

from __future__ import annotations

import numpy as np

from getok.simulation.errors import UsageError
from getok.simulation.texts.message import Message

LARGEST_SEED = 2**63 - 1
MOST_REPLICATES = 10_000_000
"""More than any interval can need; whoever asks for more has slipped on a digit."""

MOST_WEEKS = 1040
"""Longest horizon."""

SHOWN_BITS = 100


def whole_number(name: str, value: object, low: int, high: int) -> int:
    """Give a whole number back as Python's own; NumPy's whole numbers count as such, truth values do not.

    Raises
    ------
    UsageError
        If it is no whole number, or lies outside ``low`` to ``high``.
    """
    if not isinstance(value, int | np.integer) or isinstance(value, bool):
        raise UsageError(
            Message(
                "{name} {value} is no whole number; give one from {low} to {high}",
                name=name,
                value=_shown(value),
                low=low,
                high=_bound(high),
            )
        )
    if not low <= value <= high:
        raise UsageError(
            Message(
                "{name} {value} is out of range; give a whole number from {low} to {high}",
                name=name,
                value=_shown(value),
                low=low,
                high=_bound(high),
            )
        )
    return int(value)


def checked_seed(value: object) -> int:
    """Seed in [0, 2**63), whoever asks."""
    return whole_number("seed", value, 0, LARGEST_SEED)


def next_seed(seed: int) -> int:
    """Seed of other luck; the one after the largest is 0."""
    return (seed + 1) % (LARGEST_SEED + 1)


def checked_replicate(value: object) -> int:
    """Number of a replicate, counted from 0."""
    return whole_number("replicate", value, 0, MOST_REPLICATES - 1)


def _shown(value: object) -> str:
    """Write a value in a message, however long it is."""
    if isinstance(value, int | np.integer) and int(value).bit_length() > SHOWN_BITS:
        return f"of {int(value).bit_length()} bits"
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _bound(number: int) -> str:
    return "2**63 - 1" if number == LARGEST_SEED else str(number)

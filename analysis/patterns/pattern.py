"""A pattern: something the paper reports, or that a plausible model must show, and how it is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from analysis.patterns.evidence import Evidence


class Strength(StrEnum):
    """What it means if a pattern fails."""

    MUST = "must"  # comes straight from the paper
    SHOULD = "should"  # our inference, or plausibility
    ASSUMED = "assumed"  # follows from assumed weights: never a finding


@dataclass(frozen=True, slots=True)
class Measurement:
    """What came out: the figure in words, and whether it is what was expected."""

    measured: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern.

    Attributes
    ----------
    id : str
        P01 to P28.
    statement : str
        What should be seen, in one sentence.
    basis : str
        Where it comes from: claims of the paper, or evidence.
    expected : str
        The rule it is judged by.
    strength : Strength
        What a failure means.
    scenarios : tuple of str
        Scenarios that it needs.
    measure : callable
        From the evidence to a measurement.
    """

    id: str
    statement: str
    basis: str
    expected: str
    strength: Strength
    scenarios: tuple[str, ...]
    measure: Callable[[Evidence], Measurement]


def share_text(holds: int, of: int) -> str:
    """A count with its share, such as ``97 of 100``."""
    return f"{holds} of {of}"


def in_share(part: int, of: int, least: float, what: str) -> Measurement:
    """A soft pattern: it holds in at least a share of the replicates."""
    return Measurement(f"{share_text(part, of)} replicates: {what}", of > 0 and part >= least * of)

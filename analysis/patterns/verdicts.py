"""Measured, expected, verdict: the patterns put side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.patterns.evidence import Evidence
from analysis.patterns.pattern import Pattern, Strength


@dataclass(frozen=True, slots=True)
class Verdict:
    """One pattern as it came out."""

    id: str
    statement: str
    strength: str
    expected: str
    measured: str
    holds: bool

    @property
    def word(self) -> str:
        """The verdict in a word; a failure of an assumption is not a failure of the model."""
        return "holds" if self.holds else "fails"


def judge(patterns: Iterable[Pattern], evidence: Evidence) -> list[Verdict]:
    """Measure every pattern."""
    verdicts = []
    for pattern in patterns:
        measurement = pattern.measure(evidence)
        verdicts.append(
            Verdict(
                pattern.id,
                pattern.statement,
                pattern.strength.value,
                pattern.expected,
                measurement.measured,
                bool(measurement.holds),
            )
        )
    return verdicts


def must_fail(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Must patterns that do not hold: then the model is wrong about the paper."""
    return [verdict for verdict in verdicts if verdict.strength == Strength.MUST and not verdict.holds]


def conclusion(verdicts: Sequence[Verdict], n: int) -> str:
    """Say in one line how many hold."""
    must = [verdict for verdict in verdicts if verdict.strength == Strength.MUST]
    held = sum(verdict.holds for verdict in must)
    others = [verdict for verdict in verdicts if verdict.strength != Strength.MUST]
    return (
        f"In this model, over {n} replicates: {held} of {len(must)} must patterns hold, "
        f"{sum(verdict.holds for verdict in others)} of {len(others)} others. P23 and P24 follow from assumed weights."
    )

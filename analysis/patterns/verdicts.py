"""Measured, expected, verdict: the patterns put side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from getok.analysis.patterns.evidence import Evidence
from getok.analysis.patterns.pattern import Measurement, Pattern, Strength
from getok.simulation.texts.catalogue import PATTERN_WORDS, Lang


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict in one language."""

    id: str
    statement: str
    strength: str
    expected: str
    measured: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One pattern as it came out; a failure of an assumption is not a failure of the model."""

    pattern: Pattern
    measurement: Measurement

    @property
    def id(self) -> str:
        """P01 to P28."""
        return self.pattern.id

    @property
    def holds(self) -> bool:
        """Whether it is what was expected."""
        return bool(self.measurement.holds)

    def said(self, lang: Lang) -> Said:
        """Say it in a language."""
        words = PATTERN_WORDS[lang]
        return Said(
            id=self.id,
            statement=self.pattern.statement(lang),
            strength=words[f"strength.{self.pattern.strength.value}"],
            expected=self.pattern.expected(lang),
            measured=self.pattern.measured(self.measurement, lang),
            verdict=words["holds" if self.holds else "fails"],
        )


def judge(patterns: Iterable[Pattern], evidence: Evidence) -> list[Verdict]:
    """Measure every pattern."""
    return [Verdict(pattern, pattern.measure(evidence)) for pattern in patterns]


def must_fail(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Must patterns that do not hold: then the model is wrong about the paper."""
    return [verdict for verdict in verdicts if verdict.pattern.strength is Strength.MUST and not verdict.holds]


def conclusion(verdicts: Sequence[Verdict], n: int, lang: Lang = "en") -> str:
    """Say in one line how many hold."""
    must = [verdict for verdict in verdicts if verdict.pattern.strength is Strength.MUST]
    others = [verdict for verdict in verdicts if verdict.pattern.strength is not Strength.MUST]
    return PATTERN_WORDS[lang]["conclusion"].format(
        n=n,
        held=sum(verdict.holds for verdict in must),
        must=len(must),
        other=sum(verdict.holds for verdict in others),
        others=len(others),
    )


def table(verdicts: Sequence[Verdict], lang: Lang) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table for reading."""
    words = PATTERN_WORDS[lang]
    head = ["", *(words[f"column.{name}"] for name in ("strength", "verdict", "measured", "expected"))]
    said = [verdict.said(lang) for verdict in verdicts]
    return head, [[one.id, one.strength, one.verdict, one.measured, one.expected] for one in said]

"""A pattern: something the paper reports, or that a plausible model must show, and how it is measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from getok.analysis.patterns.evidence import Evidence
from getok.simulation.texts.catalogue import PATTERN_WORDS, Lang
from getok.simulation.texts.numbers import number


class Strength(StrEnum):
    """What it means if a pattern fails."""

    MUST = "must"  # comes straight from the paper
    SHOULD = "should"  # our inference, or plausibility
    ASSUMED = "assumed"  # follows from assumed weights: never a finding


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a measurement: how many decimals, and whether it is a share that is told in percent."""

    value: float
    digits: int = 0
    percent: bool = False
    signed: bool = False

    def said(self, lang: Lang) -> str:
        """Write it as the language does.

        Examples
        --------
        >>> Figure(0.125, 1, percent=True).said("id")
        '12,5 %'
        """
        scale, unit = (100, " %") if self.percent else (1, "")
        return number(scale * float(self.value), lang, self.digits, signed=self.signed) + unit


def share(value: float, digits: int = 0, *, signed: bool = False) -> Figure:
    """A share told in percent."""
    return Figure(value, digits, percent=True, signed=signed)


@dataclass(frozen=True, slots=True)
class Measurement:
    """What came out: the figures, whether it is what was expected, and which variant of the text says it."""

    holds: bool
    figures: Mapping[str, Figure | int]
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern; what it says stands in :mod:`getok.analysis.patterns.words`.

    Attributes
    ----------
    id : str
        P01 to P28.
    basis : str
        Where it comes from: claims of the paper, or evidence.
    strength : Strength
        What a failure means.
    scenarios : tuple of str
        Scenarios that it needs.
    measure : callable
        From the evidence to a measurement.
    """

    id: str
    basis: str
    strength: Strength
    scenarios: tuple[str, ...]
    measure: Callable[[Evidence], Measurement]

    def statement(self, lang: Lang) -> str:
        """What should be seen, in one sentence."""
        return PATTERN_WORDS[lang][f"{self.id}.statement"]

    def expected(self, lang: Lang) -> str:
        """The rule it is judged by."""
        return PATTERN_WORDS[lang][f"{self.id}.expected"]

    def measured(self, found: Measurement, lang: Lang) -> str:
        """What came out, in words."""
        said = {
            name: (one if isinstance(one, Figure) else Figure(one)).said(lang) for name, one in found.figures.items()
        }
        ending = f".{found.variant}" if found.variant else ""
        return PATTERN_WORDS[lang][f"{self.id}.measured{ending}"].format(**said)


def in_share(part: int, of: int, least: float, **figures: Figure) -> Measurement:
    """A soft pattern: it holds in at least a share of the replicates."""
    return Measurement(of > 0 and part >= least * of, {"part": part, "of": of, **figures})

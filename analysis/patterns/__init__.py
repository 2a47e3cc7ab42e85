"""The patterns P01-P28 of the case: measured, expected, verdict."""

from getok.analysis.patterns import programme, spread, start, wider
from getok.analysis.patterns.evidence import Evidence
from getok.analysis.patterns.pattern import Measurement, Pattern, Strength
from getok.analysis.patterns.probes import scenarios_for
from getok.analysis.patterns.verdicts import Verdict, conclusion, judge, must_fail, table

CATALOGUE: tuple[Pattern, ...] = start.PATTERNS + programme.PATTERNS + spread.PATTERNS + wider.PATTERNS

__all__ = [
    "CATALOGUE",
    "Evidence",
    "Measurement",
    "Pattern",
    "Strength",
    "Verdict",
    "conclusion",
    "judge",
    "must_fail",
    "scenarios_for",
    "table",
]

"""Decisions over parameter sets: how robust a ranking is, what it hangs on, and what a choice costs."""

from getok.analysis.decide.precision import Precision, enough, needed
from getok.analysis.decide.programme_choice import Candidate, Choice, PlannedTask, choose
from getok.analysis.decide.report import Decision, decide

__all__ = [
    "Candidate",
    "Choice",
    "Decision",
    "PlannedTask",
    "Precision",
    "choose",
    "decide",
    "enough",
    "needed",
]

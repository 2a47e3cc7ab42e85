"""Every catalogue of words, by subject: the one place through which both languages are checked against each other."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

CATALOGUES: dict[str, tuple[str, str]] = {
    "calibration": ("analysis.behavioural.words", "CALIBRATION_WORDS"),
    "commands": ("getok.cli.words", "CLI_WORDS"),
    "comparison": ("analysis.language.words", "WORDS"),
    "decision": ("analysis.decide.words", "DECIDE_WORDS"),
    "explanation": ("simulation.scenario.phrases", "PHRASES"),
    "fields": ("simulation.scenario.wording.fields", "FIELDS"),
    "figures": ("analysis.figures.words", "FIGURE_WORDS"),
    "measures": ("analysis.measures.words", "MEASURE_WORDS"),
    "measures_remarks": ("analysis.measures.remark_words", "REMARK_WORDS"),
    "measures_missing": ("analysis.measures.reasons", "REASONS"),
    "patterns": ("analysis.patterns.words", "PATTERN_WORDS"),
    "report": ("analysis.report.words", "REPORT_WORDS"),
    "sensitivity": ("analysis.sensitivity.words", "SENSITIVITY_WORDS"),
    "sources": ("simulation.scenario.wording.terms", "SOURCES"),
    "workbook": ("getok.workbook.words", "WORDS"),
    "workbook_messages": ("getok.workbook.messages", "WORDS"),
    "trace": ("analysis.trace.phrases", "PHRASES"),
}
"""Subject, and where its words stand: module and name; read when asked for, as figures need
matplotlib and commands stand above the analysis."""


def catalogue(subject: str) -> Mapping[str, Mapping[str, str]]:
    """Words of a subject by language.

    Raises
    ------
    KeyError
        If there is no such subject.
    """
    module, name = CATALOGUES[subject]
    words: Mapping[str, Mapping[str, str]] = getattr(importlib.import_module(module), name)
    return words

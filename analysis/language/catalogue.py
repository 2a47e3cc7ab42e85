"""Every catalogue of words, by subject: the one place through which both languages are checked against each other."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

CATALOGUES: dict[str, tuple[str, str]] = {
    "calibration": ("getok.analysis.behavioural.words", "CALIBRATION_WORDS"),
    "commands": ("getok.cli.words", "CLI_WORDS"),
    "comparison": ("getok.analysis.language.words", "WORDS"),
    "decision": ("getok.analysis.decide.words", "DECIDE_WORDS"),
    "explanation": ("getok.simulation.scenario.phrases", "PHRASES"),
    "fields": ("getok.simulation.scenario.wording.fields", "FIELDS"),
    "figures": ("getok.analysis.figures.words", "FIGURE_WORDS"),
    "measures": ("getok.analysis.measures.words", "MEASURE_WORDS"),
    "measures_remarks": ("getok.analysis.measures.remark_words", "REMARK_WORDS"),
    "measures_missing": ("getok.analysis.measures.reasons", "REASONS"),
    "patterns": ("getok.analysis.patterns.words", "PATTERN_WORDS"),
    "report": ("getok.analysis.report.words", "REPORT_WORDS"),
    "sensitivity": ("getok.analysis.sensitivity.words", "SENSITIVITY_WORDS"),
    "sources": ("getok.simulation.scenario.wording.terms", "SOURCES"),
    "workbook": ("getok.workbook.words", "WORDS"),
    "workbook_messages": ("getok.workbook.messages", "WORDS"),
    "trace": ("getok.analysis.trace.phrases", "PHRASES"),
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

"""Sensitivity: which parameters an outcome, or the effect of a scenario, depends on, and how much of it is luck."""

from analysis.sensitivity.analyse import analyse
from analysis.sensitivity.design import Design, Kind
from analysis.sensitivity.designs import (
    given_design,
    latin_hypercube,
    morris_design,
    saltelli_design,
    sobol_points,
)
from analysis.sensitivity.report import Method, Report
from analysis.sensitivity.table import note_lines, table_rows, write_table

__all__ = [
    "Design",
    "Kind",
    "Method",
    "Report",
    "analyse",
    "given_design",
    "latin_hypercube",
    "morris_design",
    "note_lines",
    "saltelli_design",
    "sobol_points",
    "table_rows",
    "write_table",
]

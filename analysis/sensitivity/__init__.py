"""Sensitivity: which parameters an outcome, or the effect of a scenario, depends on, and how much of it is luck."""

from getok.analysis.sensitivity.analyse import analyse
from getok.analysis.sensitivity.design import Design, Kind
from getok.analysis.sensitivity.designs import (
    given_design,
    latin_hypercube,
    morris_design,
    saltelli_design,
    sobol_points,
)
from getok.analysis.sensitivity.report import Method, Report
from getok.analysis.sensitivity.table import note_lines, table_rows, write_table

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

"""The report: content as plain data in one language, rendered as HTML, PDF, Word or workbook."""

from analysis.report.content import Document
from analysis.report.document import document
from analysis.report.material import Material, OverSets, PlannedRun, Swept, Told

__all__ = ["Document", "Material", "OverSets", "PlannedRun", "Swept", "Told", "document"]

"""The report: content as plain data in one language, rendered as HTML, PDF, Word or workbook."""

from getok.analysis.report.content import Document
from getok.analysis.report.document import document
from getok.analysis.report.material import Material, OverSets, PlannedRun, Swept, Told

__all__ = ["Document", "Material", "OverSets", "PlannedRun", "Swept", "Told", "document"]

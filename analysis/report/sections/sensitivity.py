"""What an outcome depends on in a sweep."""

from __future__ import annotations

from getok.analysis.report.cells import rows_reckoned
from getok.analysis.report.content import Block, Figure, Folded, Part, Section, Table, Text
from getok.analysis.report.material import Material, Swept
from getok.analysis.sensitivity.table import note_lines, rows_of, subject, table_rows

SHOWN = 12
"""Rows that stand in the open; the rest is folded."""


def sensitivity(material: Material) -> Section | None:
    """Show each sweep; nothing without one."""
    if not material.swept:
        return None
    parts = tuple(one_sweep(material, one) for one in material.swept)
    return Section("sensitivity", material.say("title.sensitivity"), (Text(material.say("sensitivity.how")),), parts)


def one_sweep(material: Material, one: Swept) -> Part:
    """Show one sweep: notes, figure, the largest, and all folded."""
    report = material.in_sentences(one.report)
    head, rows = table_rows(report, material.lang)
    whole = rows_reckoned(rows, material.lang)
    what = subject(report, material.lang)
    blocks: list[Block] = [Text(note) for note in note_lines(report, material.lang)]
    blocks += [Figure(drawing) for drawing in one.drawings]
    blocks.append(Table(what, tuple(head), whole[:SHOWN]))
    if len(whole) > SHOWN:
        blocks.append(Folded(material.say("fold.sensitivity", n=len(whole)), (Table(what, tuple(head), whole),)))
    return Part(what[:1].upper() + what[1:], tuple(blocks))


def above_floor(material: Material) -> tuple[str, ...]:
    """Parameters that some sweep shows to matter, each once."""
    rows = [row for one in material.swept for row in rows_of(one.report)]
    return tuple(dict.fromkeys(row.parameter for row in rows if row.rank is not None and row.above_noise_floor))

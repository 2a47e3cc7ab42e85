"""The report as a Word document: headings, tables whose heads repeat on every page, figures."""

from __future__ import annotations

import datetime
import io
import re
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from getok.analysis.office_archive import packed
from getok.analysis.report.content import (
    Amount,
    Block,
    Cell,
    Code,
    Document,
    Figure,
    Folded,
    Items,
    Table,
    Terms,
    Text,
    Tone,
)
from getok.simulation.texts.catalogue import REPORT_WORDS, Lang

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

NAME = re.compile(r"`([^`]+)`")
LOCALE = {"en": "en-GB", "id": "id-ID"}
"""What a language is called in a document, where that is not its code."""
SMALL, SMALLER = Pt(8), Pt(7)
MANY_COLUMNS = 7
LONGEST_PROPERTY = 255
"""Letters that the format allows in a property of a document."""


def word(document: Document) -> bytes:
    """Render a document: the same document, the same bytes."""
    made = docx.Document()
    set_up(made, document)
    made.add_heading(document.title, level=0)
    for line in (document.subtitle, *document.imprint):
        made.add_paragraph(line)
    for section in document.sections:
        made.add_heading(section.title, level=1)
        for block in section.blocks:
            add(made, block, document.lang)
        for part in section.parts:
            made.add_heading(part.title.replace("`", ""), level=2)
            for block in part.blocks:
                add(made, block, document.lang)
    out = io.BytesIO()
    made.save(out)
    return packed(out.getvalue())


def set_up(made: Word, document: Document) -> None:
    """Page, language and properties; landscape, because tables are wide."""
    page = made.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21.0)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(page, side, Cm(2.0))
    properties = made.core_properties
    properties.author, properties.title, properties.comments = "getok", document.title[:LONGEST_PROPERTY], ""
    properties.language = LOCALE.get(document.lang, document.lang)
    properties.created = properties.modified = datetime.datetime(1980, 1, 1)
    for lang in made.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), LOCALE.get(document.lang, document.lang))


def add(made: Word, block: Block, lang: Lang) -> None:
    """Add one block."""
    match block:
        case Text(text=text, tone=tone):
            write(made.add_paragraph(), text, bold=tone is Tone.FINDING, italic=tone is Tone.CAUTION)
        case Code(text=text):
            write(made.add_paragraph(), f"`{text}`")
        case Items() | Terms():
            add_list(made, block)
        case Table():
            add_table(made, block)
        case Figure():
            add_figure(made, block)
        case Folded(summary=summary, on_paper=False):
            made.add_paragraph(f"{summary}: {REPORT_WORDS[lang]['not_on_paper']}")
        case Folded(summary=summary, blocks=blocks):
            made.add_heading(summary, level=3)
            for inner in blocks:
                add(made, inner, lang)


def add_list(made: Word, block: Items | Terms) -> None:
    """Add a list of texts, or of words and their meanings."""
    if isinstance(block, Items):
        for text in block.texts:
            write(made.add_paragraph(style="List Bullet"), text)
        return
    for term, meaning in block.pairs:
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{term}: ").bold = True
        write(paragraph, meaning)


def add_figure(made: Word, block: Figure) -> None:
    """Add a picture with its text alternative: the finding and the measure above it, the source below."""
    drawing = block.drawing
    for text, style in ((drawing.title, "Caption"), (drawing.subtitle, None)):
        made.add_paragraph(text, style=style).paragraph_format.keep_with_next = True
    if drawing.png:
        shape = made.add_picture(io.BytesIO(drawing.png), width=Cm(18))
        shape._inline.docPr.set("descr", drawing.alt or drawing.title)  # python-docx has no other way
        made.paragraphs[-1].paragraph_format.keep_with_next = True
    write(made.add_paragraph(), drawing.source, size=SMALLER)


def add_table(made: Word, table: Table) -> None:
    """Add a table under its caption; its head is repeated on every page, rows are not torn."""
    caption = made.add_paragraph(style="Caption")
    write(caption, table.caption)
    caption.paragraph_format.keep_with_next = True
    grid = made.add_table(rows=1 + len(table.rows), cols=len(table.head))
    grid.style = "Table Grid"
    size = SMALLER if len(table.head) > MANY_COLUMNS else SMALL
    cells = grid._cells
    texts = [*table.head, *(text_of(cell) for row in table.rows for cell in row)]
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        write(paragraph, text, bold=place < len(table.head), size=size)
    head = grid.rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    head.append(repeated)
    made.add_paragraph()


def write(paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False, size: Pt | None = None) -> None:
    """Write a text; what stands between backticks in the letters of a program."""
    for place, piece in enumerate(NAME.split(text)):
        if not piece:
            continue
        run = paragraph.add_run(piece)
        run.bold, run.italic = bold or None, italic or None
        if size is not None:
            run.font.size = size
        if place % 2:
            run.font.name = "Consolas"


def text_of(cell: Cell) -> str:
    """Text of a cell."""
    return cell.text if isinstance(cell, Amount) else cell

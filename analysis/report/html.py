"""The report as one HTML page: no script, no request, ready for print."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from getok.analysis.report.content import Amount, Cell, Document, Table
from getok.simulation.record.provenance import installed_version
from getok.simulation.texts.catalogue import REPORT_WORDS

TEMPLATES = Path(__file__).parent / "templates"
NAME = re.compile(r"`([^`]+)`")
TOGETHER = re.compile(r"Rp (?=\d)| %|\d+ (?:dari|of) \d+|\[[^\]]{1,36}\]|\(\d (?:to|sampai) \d\)")
"""What is not broken at the end of a line: amounts, counts, intervals."""


def html(document: Document) -> str:
    """Render a document."""
    page = environment().get_template("report.html.j2")
    return page.render(document=document, say=REPORT_WORDS[document.lang], version=installed_version("getok"))


def environment() -> Environment:
    """Templates of the package; everything that is filled in is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        marked=marked, breakable=breakable, kind=lambda block: type(block).__name__, text=text_of, drawn=Markup
    )
    made.filters["flush_right"] = flush_right
    return made


def marked(text: str) -> Markup:
    """Escape a text, and show what stands between backticks as a name of the program.

    Examples
    --------
    >>> str(marked("`a_b` < c"))
    '<code translate="no">a_b</code> &lt; c'
    """
    held = TOGETHER.sub(lambda found: found[0].replace(" ", "\u00a0"), str(escape(text)))
    return Markup(NAME.sub(r'<code translate="no">\1</code>', held))  # noqa: S704 - escaped before


def breakable(text: Markup) -> Markup:
    """Let a long name be broken after its low lines.

    Examples
    --------
    >>> str(breakable(Markup("no_broker")))
    'no_<wbr>broker'
    """
    return Markup(str(text).replace("_", "_<wbr>"))  # noqa: S704 - escaped before


def text_of(cell: Cell) -> str:
    """Text of a cell."""
    return cell.text if isinstance(cell, Amount) else cell


def flush_right(table: Table) -> list[bool]:
    """Which columns are set flush right: those of numbers; the first one names the rows."""
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(table.head)
    return [place > 0 and bool(column) and all(map(is_number, column)) for place, column in enumerate(columns)]


def is_number(cell: Cell) -> bool:
    """Whether a cell reads as a number: one, a dash for none, or a text that begins like one.

    Examples
    --------
    >>> is_number("+1.5 [0 … 3]"), is_number("17 of 20"), is_number("Warung Susi")
    (True, True, False)
    """
    return isinstance(cell, Amount) or bool(re.match(r"[+−–-]?(Rp )?[\d–]", cell) or cell == "-")

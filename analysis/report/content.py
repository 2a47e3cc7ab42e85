"""What a report consists of, as plain data: every form (HTML, PDF, Word, workbook) renders the same document.

Texts carry no markup but one: a word between backticks is a name of the program and is shown as code.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import TypeVar

from getok.simulation.printable import printed
from getok.simulation.texts.catalogue import Lang

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is read, and as a spreadsheet can reckon with it."""

    text: str
    value: float


Cell = str | Amount


class Tone(StrEnum):
    """How a paragraph is meant."""

    PLAIN = "plain"
    FINDING = "finding"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Code:
    """A command to be typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short texts."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and what they mean."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of each row names the row.

    Attributes
    ----------
    caption : str
        What is in it, with measure and number of replicates.
    head : tuple of str
        Names of columns.
    rows : tuple of tuple of Cell
        As many cells as there are columns.

    Raises
    ------
    ValueError
        If a row has not as many cells as there are columns.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.head):
                raise ValueError(f"table '{self.caption}': {len(row)} cells, {len(self.head)} columns")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure that has been drawn.

    Attributes
    ----------
    name : str
        Which one: adoption, differences, ...
    title, subtitle, source : str
        The finding; the measure; source and N. They stand around it as text.
    svg : str
        An ``svg`` element that can stand inside a page beside others.
    png : bytes
        The same figure for forms without SVG; empty if none was asked for.
    alt : str
        What it shows, for somebody who cannot see it: the finding, and the values behind it.
    """

    name: str
    title: str
    subtitle: str
    source: str
    svg: str
    png: bytes = b""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with the words around it."""

    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Folded:
    """Details that a reader may open.

    Attributes
    ----------
    summary : str
        What they are.
    blocks : tuple of blocks
        The details.
    on_paper : bool
        Whether paper (print, PDF, Word) shows them, open; long tables are for the screen and the workbook.
    """

    summary: str
    blocks: tuple[Text | Code | Items | Terms | Table | Figure, ...]
    on_paper: bool = True


Block = Text | Code | Items | Terms | Table | Figure | Folded


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a section, under a heading of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the reader.

    Attributes
    ----------
    key : str
        Name of the section in links; the same in all languages.
    title : str
        Heading.
    blocks : tuple of Block
        What stands under it at once.
    parts : tuple of Part
        What follows under headings of its own.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...] = ()


def printable(part: Content) -> Content:
    """A part of a document without what cannot be printed, in all texts inside it."""
    if isinstance(part, StrEnum):
        return part
    if isinstance(part, str):
        return printed(part)  # type: ignore[return-value]
    if isinstance(part, tuple):
        return tuple(printable(one) for one in part)  # type: ignore[return-value]
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{field.name: printable(getattr(part, field.name)) for field in fields(part)})
    return part


@dataclass(frozen=True, slots=True)
class Document:
    """A report in one language; ``imprint`` are the lines under its title that say whose it is, and its calendar."""

    lang: Lang
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    imprint: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order; folded ones after the block that folds them."""
        found: list[Block] = []
        for section in self.sections:
            for block in (*section.blocks, *(block for part in section.parts for block in part.blocks)):
                found.append(block)
                found += block.blocks if isinstance(block, Folded) else ()
        return tuple(found)

"""Figures as files and as parts of a page: the same figure, the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from getok.analysis.figures.style import CAPTION, CaptionedFigure, Picture, styled
from getok.analysis.figures.svg import compact, with_text_alternative
from getok.simulation.files import make_folder, write_all

EDGE = 0.04
"""Ground above and below what is drawn, in inches, where the words around it stand elsewhere."""


@contextmanager
def bare(figure: CaptionedFigure) -> Iterator[Bbox]:
    """Hide the words around a figure, for a page that sets them itself: give the box of what is left, in inches.

    It is as wide as the figure, or wider if something would be cut.
    """
    words = [text for text in figure.texts if text.get_label() == CAPTION]
    for text in words:
        text.set_visible(False)
    try:
        with styled():
            drawn = figure.get_tightbbox(FigureCanvasAgg(figure).get_renderer())
        left, right = min(0.0, drawn.x0), max(figure.get_figwidth(), drawn.x1)
        yield Bbox.from_extents(left, drawn.y0 - EDGE, right, drawn.y1 + EDGE)
    finally:
        for text in words:
            text.set_visible(True)


def as_svg(picture: Picture, box: Bbox | None = None) -> str:
    """Text of a figure, or of a part of it in inches, as SVG with its text alternative."""
    drawn = saved(picture, "svg", box).decode("utf-8")
    return with_text_alternative(compact(drawn), picture.name, picture.alt)


def saved(picture: Picture, form: Literal["svg", "png"], box: Bbox | None = None) -> bytes:
    """Bytes of a figure, or of a part of it in inches."""
    buffer = io.BytesIO()
    metadata = {"svg": {"Date": None, "Creator": "getok"}, "png": {"Software": "getok"}}[form]
    with styled():
        picture.figure.savefig(buffer, format=form, metadata=metadata, bbox_inches=box)
    return buffer.getvalue()


def save(picture: Picture, folder: Path) -> list[Path]:
    """Write a figure as SVG and PNG: the same figure, the same bytes; both files or none."""
    make_folder(folder)
    return write_all({folder / name: content for name, content in as_files(picture).items()})


def as_files(picture: Picture) -> dict[str, bytes]:
    """Content of the files of a figure, by name."""
    return {f"{picture.name}.svg": as_svg(picture).encode(), f"{picture.name}.png": saved(picture, "png")}

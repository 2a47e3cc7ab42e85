"""What a figure of a sweep is before its caption is written."""

from __future__ import annotations

from dataclasses import dataclass

from getok.analysis.figures.style import CaptionedFigure


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with the words that belong to it; ``name`` is what its name says beside the parameters."""

    figure: CaptionedFigure
    title: str
    subtitle: str
    alt: str
    name: tuple[str, ...] = ()

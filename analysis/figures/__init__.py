"""Figures of a run, with matplotlib, as SVG and PNG."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from getok.analysis.compare import Comparison
from getok.analysis.figures.adoption import draw_adoption
from getok.analysis.figures.channels import draw_channels
from getok.analysis.figures.differences import draw_differences
from getok.analysis.figures.funnel import draw_funnel
from getok.analysis.figures.money import draw_money
from getok.analysis.figures.network import draw_network
from getok.analysis.figures.reach import draw_reach
from getok.analysis.figures.saving import save
from getok.analysis.figures.stages import draw_stages
from getok.analysis.figures.style import Picture, styled
from getok.analysis.figures.subject import Subject, subject_of
from getok.analysis.figures.time_in_stage import draw_time_in_stage
from getok.analysis.figures.timeline import draw_timeline
from getok.analysis.figures.venn import draw_venn
from getok.analysis.read import Run
from getok.simulation.errors import UsageError
from getok.simulation.nearest import nearest
from getok.simulation.texts.catalogue import Lang

__all__ = ["draw_comparison", "picture_of", "pictures_of"]


DRAWN: dict[str, Callable[[Subject], Picture | None]] = {
    "adoption": draw_adoption,
    "differences": draw_differences,
    "stages": draw_stages,
    "funnel": draw_funnel,
    "time_in_stage": draw_time_in_stage,
    "network": draw_network,
    "reach": draw_reach,
    "venn": draw_venn,
    "timeline": draw_timeline,
    "channels": draw_channels,
    "money": draw_money,
}
"""All figures of a comparison, in the order of the report."""


def picture_of(subject: Subject, name: str) -> Picture:
    """Draw one figure of a comparison.

    Raises
    ------
    UsageError
        If there is none of this name, or nothing to draw in it.
    """
    if name not in DRAWN:
        raise UsageError(f"there is no figure '{name}'{nearest(name, DRAWN)}; there are {', '.join(DRAWN)}")
    with styled():
        picture = DRAWN[name](subject)
    if picture is None:
        raise UsageError(f"{subject.run.path}: nothing to draw in the figure '{name}'")
    return picture


def pictures_of(run: Run, comparison: Comparison, lang: Lang) -> list[Picture]:
    """Draw all figures of a comparison."""
    subject = subject_of(run, comparison, lang)
    with styled():
        drawn = [draw(subject) for draw in DRAWN.values()]
    return [picture for picture in drawn if picture is not None]


def draw_comparison(run: Run, comparison: Comparison, folder: Path, lang: Lang) -> list[Path]:
    """Draw all figures of a comparison into a folder and return the files."""
    return [path for picture in pictures_of(run, comparison, lang) for path in save(picture, folder)]

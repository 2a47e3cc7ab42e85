"""Figures of a run, with matplotlib, as SVG and PNG."""

from __future__ import annotations

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
from getok.analysis.figures.subject import subject_of
from getok.analysis.figures.time_in_stage import draw_time_in_stage
from getok.analysis.figures.timeline import draw_timeline
from getok.analysis.figures.venn import draw_venn
from getok.analysis.language.numbers import Lang
from getok.analysis.read import Run

__all__ = ["draw_comparison", "pictures_of"]


def pictures_of(run: Run, comparison: Comparison, lang: Lang) -> list[Picture]:
    """Draw all figures of a comparison."""
    subject = subject_of(run, comparison, lang)
    with styled():
        drawn = [
            draw_adoption(subject),
            draw_differences(subject),
            draw_stages(subject),
            draw_funnel(subject),
            draw_time_in_stage(subject),
            draw_network(subject),
            draw_reach(subject),
            draw_venn(subject),
            draw_timeline(subject),
            draw_channels(subject),
            draw_money(subject),
        ]
    return [picture for picture in drawn if picture is not None]


def draw_comparison(run: Run, comparison: Comparison, folder: Path, lang: Lang) -> list[Path]:
    """Draw all figures of a comparison into a folder and return the files."""
    return [path for picture in pictures_of(run, comparison, lang) for path in save(picture, folder)]

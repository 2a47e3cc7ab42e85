"""Figures of a run, with matplotlib, as SVG and PNG."""

from __future__ import annotations

from pathlib import Path

from analysis.compare import Comparison
from analysis.figures.adoption import draw_adoption
from analysis.figures.channels import draw_channels
from analysis.figures.differences import draw_differences
from analysis.figures.funnel import draw_funnel
from analysis.figures.money import draw_money
from analysis.figures.network import draw_network
from analysis.figures.reach import draw_reach
from analysis.figures.saving import save
from analysis.figures.stages import draw_stages
from analysis.figures.style import Picture, styled
from analysis.figures.subject import subject_of
from analysis.figures.time_in_stage import draw_time_in_stage
from analysis.figures.timeline import draw_timeline
from analysis.figures.venn import draw_venn
from analysis.language.numbers import Lang
from analysis.read import Run

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

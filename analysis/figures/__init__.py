"""Figures of a run, with matplotlib, as SVG and PNG."""

from __future__ import annotations

from pathlib import Path

from analysis.compare import Comparison
from analysis.figures.adoption import draw_adoption
from analysis.figures.channels import draw_channels
from analysis.figures.differences import draw_differences
from analysis.figures.network import draw_network
from analysis.figures.stages import draw_stages
from analysis.figures.style import Picture, save, styled
from analysis.figures.subject import subject_of
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
            draw_channels(subject),
            draw_network(subject),
        ]
    return [picture for picture in drawn if picture is not None]


def draw_comparison(run: Run, comparison: Comparison, folder: Path, lang: Lang) -> list[Path]:
    """Draw all figures of a comparison into a folder and return the files."""
    return [path for picture in pictures_of(run, comparison, lang) for path in save(picture, folder)]

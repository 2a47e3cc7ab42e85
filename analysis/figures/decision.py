"""All figures of a decision over parameter sets."""

from __future__ import annotations

from pathlib import Path

from getok.analysis.decide.report import Decision
from getok.analysis.figures.cost_effectiveness import draw_cost_effectiveness
from getok.analysis.figures.robustness import draw_robustness
from getok.analysis.figures.saving import save
from getok.analysis.figures.style import Picture, styled
from getok.simulation.texts.catalogue import Lang


def pictures_of_decision(decision: Decision, lang: Lang) -> list[Picture]:
    """Draw the robustness of the order and, with costs, the economics for the public and for all."""
    with styled():
        drawn = [
            draw_robustness(decision, lang),
            *(draw_cost_effectiveness(decision, lang, one.payer) for one in decision.economics),
        ]
    return [picture for picture in drawn if picture is not None]


def draw_decision(decision: Decision, folder: Path, lang: Lang) -> list[Path]:
    """Draw all figures of a decision into a folder and return the files."""
    return [path for picture in pictures_of_decision(decision, lang) for path in save(picture, folder)]

"""Outcome of a sweep over one parameter (lines) or two (a map of means)."""

from __future__ import annotations

from getok.analysis.ensemble.ensemble import Ensemble
from getok.analysis.figures.style import Picture, caption, styled
from getok.analysis.figures.sweep_lines import draw_lines
from getok.analysis.figures.sweep_map import draw_map
from getok.simulation.record.provenance import installed_version
from getok.simulation.texts.catalogue import FIGURE_WORDS, Lang


def draw_sweep(
    ensemble: Ensemble, outcome: str, parameters: tuple[str, ...], lang: Lang, scenario: str | None = None
) -> Picture:
    """Draw an outcome over one or two of the parameters that vary.

    Parameters
    ----------
    ensemble : Ensemble
        Outcomes over parameter sets.
    outcome : str
        Key of an outcome that the ensemble has.
    parameters : tuple of one or two str
        What the axes are.
    scenario : str, optional
        Of two parameters: the scenario whose difference from the baseline is mapped, the last by default; the level
        if there is no other. Of one parameter it is left out.

    Raises
    ------
    ValueError
        If there are not one or two parameters.
    """
    if len(parameters) not in (1, 2):
        raise ValueError(f"a sweep is drawn over one or two parameters, not {len(parameters)}")
    with styled():
        if len(parameters) == 1:
            drawn = draw_lines(ensemble, outcome, parameters[0], lang)
        else:
            drawn = draw_map(ensemble, outcome, parameters, lang, scenario or ensemble.scenarios[-1])
        words = FIGURE_WORDS[lang]["source.sets"]
        source = words.format(version=installed_version("getok"), n=ensemble.n_points, seeds=ensemble.n_replicates)
        caption(drawn.figure, drawn.title, drawn.subtitle, source)
    return Picture("_".join(["sweep", outcome, *parameters, *drawn.name]), drawn.figure, f"{drawn.title}. {drawn.alt}")


def sweep_pictures(ensemble: Ensemble, outcome: str, lang: Lang) -> list[Picture]:
    """Draw a sweep over one or two parameters: lines of all scenarios, or a map of each but the baseline.

    Nothing if other than one or two parameters vary: neither shows what a third does.
    """
    parameters = ensemble.parameters
    if len(parameters) == 1:
        return [draw_sweep(ensemble, outcome, parameters, lang)]
    if len(parameters) != 2:
        return []
    others = ensemble.scenarios[1:] or ensemble.scenarios
    return [draw_sweep(ensemble, outcome, parameters, lang, name) for name in others]

"""Outcome of a sweep over one parameter (lines with spread) or two (a map of means)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from analysis.compare.outcomes import BY_KEY
from analysis.ensemble.ensemble import Ensemble
from analysis.figures.dots import dots
from analysis.figures.style import (
    DASHES,
    GREY,
    LIGHT,
    Picture,
    caption,
    colour,
    dark,
    fitted,
    new_figure,
    spread,
    styled,
    text_width,
)
from analysis.figures.words import FIGURE_WORDS
from analysis.language.numbers import Lang, amount, number
from analysis.language.words import WORDS
from simulation.record.provenance import installed_version

BINS = 6
"""Spans into which a parameter is divided unless the sweep is a grid of at most so many values."""

MOST_LINES = 5
MOST_DOTS = 400
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spans:
    """A parameter in spans: which span each set is in, and the middles."""

    place: NDArray[np.int64]
    middles: Values


def spans_of(values: Values, low: float, high: float) -> Spans:
    """Divide a parameter: a grid by its values, anything else into equal spans."""
    distinct = np.unique(values)
    if len(distinct) <= BINS:
        return Spans(np.searchsorted(distinct, values).astype(np.int64), distinct)
    edges = np.linspace(low, high, BINS + 1)
    place = np.clip(np.digitize(values, edges) - 1, 0, BINS - 1)
    return Spans(place.astype(np.int64), (edges[:-1] + edges[1:]) / 2)


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
            return _lines(ensemble, outcome, parameters[0], lang)
        return _map(ensemble, outcome, parameters, lang, scenario or ensemble.scenarios[-1])


def _lines(e: Ensemble, outcome: str, parameter: str, lang: Lang) -> Picture:
    shown = e.scenarios if len(e.scenarios) <= MOST_LINES else (e.scenarios[0], *_strongest(e, outcome))
    room = text_width(shown, 8) + 0.35
    figure = new_figure(6.4 + room, 4.2)
    width = figure.get_figwidth()
    axes = figure.add_axes((0.75 / width, 0.17, 5.5 / width, 0.63))
    low, high = e.ranges[e.parameters.index(parameter)]
    spans = spans_of(e.column(parameter), low, high)
    axes.set_xlim(low, high)
    ends, title_ends = [], []
    for name in shown:
        k = e.scenarios.index(name)
        means = np.nanmean(e.values[outcome][k], axis=1)
        dots(axes, e.column(parameter)[:MOST_DOTS], means[:MOST_DOTS], size=1.4, colour=dark(colour(k)), alpha=0.3)
        line = np.array(
            [
                np.nanmean(means[spans.place == b]) if (spans.place == b).any() else np.nan
                for b in range(len(spans.middles))
            ]
        )
        wide = 3.0 - 1.6 * shown.index(name) / max(1, len(shown) - 1)
        style = DASHES[shown.index(name) % len(DASHES)]
        axes.plot(spans.middles, line, color=dark(colour(k)), linewidth=wide, linestyle=style)
        known = line[~np.isnan(line)]
        ends.append(float(known[-1]))
        title_ends.append((name, float(known[0]), float(known[-1])))
    axes.autoscale(axis="x", enable=False)
    bottom, top = axes.get_ylim()
    axes.set_ylim(bottom, top)
    gap = 0.15 * (top - bottom) / (0.63 * 4.2)
    for name, end, y in zip(shown, ends, spread(ends, gap, bottom, top), strict=True):
        leader = {"arrowstyle": "-", "linewidth": 0.6, "color": GREY, "relpos": (0, 0.5), "shrinkA": 1, "shrinkB": 0}
        place = (1.04, (y - bottom) / (top - bottom))
        axes.annotate(
            name,
            (spans.middles[-1], end),
            xytext=place,
            textcoords=axes.transAxes,
            va="center",
            fontsize=8,
            arrowprops=leader,
            annotation_clip=False,
        )
    axes.set_xlabel(parameter)
    axes.set_ylabel(fitted(WORDS[lang][outcome], 2.7, 9)[0])
    axes.grid(color=LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
    _numbers(axes, lang)
    unit = BY_KEY[outcome].unit.value
    name, first, last = max(title_ends, key=lambda one: abs(one[2] - one[1]))
    slots = {"scenario": name, "first": amount(first, unit, lang), "last": amount(last, unit, lang)}
    title = FIGURE_WORDS[lang]["sweep.title"].format(outcome=WORDS[lang][outcome], parameter=parameter, **slots)
    subtitle = FIGURE_WORDS[lang]["sweep.lines"].format(outcome=WORDS[lang][outcome], spans=len(spans.middles))
    caption(figure, title, subtitle, _source(e, lang))
    each = "; ".join(f"{n} {amount(a, unit, lang)} → {amount(b, unit, lang)}" for n, a, b in title_ends)
    return Picture(f"sweep_{outcome}_{parameter}", figure, f"{title}. {each}")


def _map(e: Ensemble, outcome: str, parameters: tuple[str, ...], lang: Lang, scenario: str) -> Picture:
    k = e.scenarios.index(scenario)
    values = e.values[outcome][k] - (e.values[outcome][0] if k else 0.0)
    means = np.nanmean(values, axis=1)
    x, y = (spans_of(e.column(name), *e.ranges[e.parameters.index(name)]) for name in parameters)
    table = np.full((len(y.middles), len(x.middles)), np.nan)
    for row, column in np.ndindex(table.shape):
        here = (y.place == row) & (x.place == column)
        table[row, column] = means[here].mean() if here.any() else np.nan
    figure = new_figure(2.0 + 0.85 * table.shape[1], 2.1 + 0.42 * table.shape[0])
    if figure.get_figwidth() < 6.5:
        figure.set_figwidth(6.5)
    width, height = figure.get_figwidth(), figure.get_figheight()
    axes = figure.add_axes((1.1 / width, 0.75 / height, 1 - 1.25 / width, 0.42 * table.shape[0] / height))
    axes.imshow(table, cmap="Blues", aspect="auto", origin="lower")
    middle = (np.nanmin(table) + np.nanmax(table)) / 2
    spread_ = max(float(np.nanmax(table) - np.nanmin(table)), 1e-9)
    unit = BY_KEY[outcome].unit.value
    for row, column in np.argwhere(~np.isnan(table)):
        shade = "white" if table[row, column] > middle + 0.15 * spread_ else "black"
        text = amount(float(table[row, column]), unit, lang, signed=bool(k))
        axes.text(column, row, text, ha="center", va="center", fontsize=7.5, color=shade)
    axes.set_xticks(range(table.shape[1]), [number(v, lang, 2) for v in x.middles], fontsize=8)
    axes.set_yticks(range(table.shape[0]), [number(v, lang, 2) for v in y.middles], fontsize=8)
    axes.set_xlabel(parameters[0])
    axes.set_ylabel(fitted(parameters[1], 0.42 * table.shape[0] + 0.5, 9)[0])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    low, high = (amount(float(f(table)), unit, lang, signed=bool(k)) for f in (np.nanmin, np.nanmax))
    words = FIGURE_WORDS[lang]
    slots = {"scenario": scenario, "low": low, "high": high, "outcome": WORDS[lang][outcome]}
    title = words["sweep.map.title" if k else "sweep.level.title"].format(baseline=e.scenarios[0], **slots)
    caption(figure, title, words["sweep.map"].format(x=parameters[0], y=parameters[1]), _source(e, lang))
    return Picture(f"sweep_{outcome}_{parameters[0]}_{parameters[1]}", figure, title)


def _strongest(e: Ensemble, outcome: str) -> list[str]:
    """Scenarios with the highest mean difference from the baseline."""
    means = np.nanmean(e.differences(outcome), axis=(1, 2))
    return [e.scenarios[1 + int(k)] for k in np.argsort(-means)[: MOST_LINES - 1]]


def _numbers(axes: Axes, lang: Lang) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        step = float(np.diff(axis.get_majorticklocs()[:2])[0])
        digits = max(0, int(np.ceil(-np.log10(step) - 1e-9)))
        digits += round(step * 10**digits, 6) != round(step * 10**digits)
        axis.set_major_formatter(partial(_written, lang, digits))


def _written(lang: Lang, digits: int, value: float, _: object) -> str:
    return number(value, lang, digits)


def _source(e: Ensemble, lang: Lang) -> str:
    words = FIGURE_WORDS[lang]["source.sets"]
    return words.format(version=installed_version("getok"), n=e.n_points, seeds=e.n_replicates)

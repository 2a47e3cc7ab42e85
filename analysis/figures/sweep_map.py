"""An outcome over two parameters: a map of means, each written in its cell."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from getok.analysis.compare.outcomes import BY_KEY
from getok.analysis.ensemble.ensemble import Ensemble
from getok.analysis.figures.drawn_sweep import Drawn
from getok.analysis.figures.spans import Spans, Values, spans_of, write_values
from getok.analysis.figures.style import fitted, new_figure
from getok.simulation.texts.catalogue import COMPARE_WORDS, FIGURE_WORDS, Lang
from getok.simulation.texts.numbers import amount

CELL, ROW = 0.85, 0.42
"""Width and height of a cell, in inches."""

LEAST = 6.5
FAINT = 1e-9


def draw_map(e: Ensemble, outcome: str, parameters: tuple[str, ...], lang: Lang, scenario: str) -> Drawn:
    """Draw the difference of a scenario from the baseline, or the level of the baseline."""
    k = e.scenarios.index(scenario)
    values = e.values[outcome][k] - (e.values[outcome][0] if k else 0.0)
    x, y = (spans_of(e.column(name), *e.ranges[e.parameters.index(name)]) for name in parameters)
    table = cells(np.nanmean(values, axis=1), x, y)
    unit = BY_KEY[outcome].unit.value
    said = np.array(
        [["" if np.isnan(v) else amount(float(v), unit, lang, signed=bool(k)) for v in row] for row in table]
    )
    figure = new_figure(max(LEAST, 2.0 + CELL * table.shape[1]), 1.75 + ROW * table.shape[0])
    width, height = figure.get_figwidth(), figure.get_figheight()
    axes = figure.add_axes((1.1 / width, 0.75 / height, 1 - 1.25 / width, ROW * table.shape[0] / height))
    draw_cells(axes, table, said)
    names = [write_values(axis, spans.middles, lang) for axis, spans in ((axes.xaxis, x), (axes.yaxis, y))]
    axes.set_xticks(range(table.shape[1]), names[0], fontsize=8)
    axes.set_yticks(range(table.shape[0]), names[1], fontsize=8)
    axes.set_xlabel(parameters[0])
    label, size = fitted(parameters[1], ROW * table.shape[0] + 0.5, 9)
    axes.set_ylabel(label, fontsize=size)
    words, sides = FIGURE_WORDS[lang], {"x": parameters[0], "y": parameters[1]}
    places = [np.unravel_index(int(f(table)), table.shape) for f in (np.nanargmin, np.nanargmax)]
    ends = {"low": said[places[0]], "high": said[places[1]]}
    at = {f"at_{end}": f"{names[0][c]} / {names[1][r]}" for end, (r, c) in zip(ends, places, strict=True)}
    slots = {"scenario": scenario, "outcome": COMPARE_WORDS[lang][outcome], "baseline": e.scenarios[0], **ends}
    title = words["sweep.map.title" if k else "sweep.level.title"].format(**slots)
    alt = words["sweep.map.alt"].format(**ends, **at, **sides, n=int((~np.isnan(table)).sum()))
    luck = luck_of(values, x, y)
    unsure = "" if np.isnan(luck) else words["sweep.map.luck"].format(luck=amount(luck, unit, lang))
    return Drawn(figure, title, words["sweep.map"].format(**sides) + unsure, alt + unsure, (scenario,))


def luck_of(values: Values, x: Spans, y: Spans) -> float:
    """Standard error of the mean of a cell that luck of seeds makes, in the middle of cells; not a number of one seed.

    Parameters
    ----------
    values : float64, shape (n_points, n_replicates)
        What is mapped.
    """
    known = (~np.isnan(values)).sum(axis=1)
    if known.min() < 2:
        return float("nan")
    squared = np.nanvar(values, axis=1, ddof=1) / known
    cell = x.place * len(y.middles) + y.place
    n = np.bincount(cell)[np.unique(cell)]
    total = np.bincount(cell, weights=squared)[np.unique(cell)]
    return float(np.median(np.sqrt(total) / n))


def cells(means: Values, x: Spans, y: Spans) -> Values:
    """Mean of the sets in each cell, rows from below; not a number where there is none."""
    table = np.full((len(y.middles), len(x.middles)), np.nan)
    for row, column in np.ndindex(table.shape):
        here = (y.place == row) & (x.place == column)
        if here.any():
            table[row, column] = means[here].mean()
    return table


def draw_cells(axes: Axes, table: Values, said: np.ndarray) -> None:
    """Draw the cells, the darker the more, and write what they hold."""
    axes.imshow(table, cmap="Blues", aspect="auto", origin="lower")
    low, high = float(np.nanmin(table)), float(np.nanmax(table))
    turn = (low + high) / 2 + 0.15 * max(high - low, FAINT)
    for row, column in np.argwhere(~np.isnan(table)):
        shade = "white" if table[row, column] > turn else "black"
        axes.text(column, row, said[row, column], ha="center", va="center", fontsize=7.5, color=shade)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)

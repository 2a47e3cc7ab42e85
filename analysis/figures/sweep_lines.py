"""An outcome over one parameter: a dot a set, and a line of means a scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from getok.analysis.compare.outcomes import BY_KEY
from getok.analysis.ensemble.ensemble import Ensemble
from getok.analysis.figures.dots import dots
from getok.analysis.figures.drawn_sweep import Drawn
from getok.analysis.figures.spans import Spans, Values, spans_of, write_values
from getok.analysis.figures.style import DASHES, GREY, LIGHT, colour, dark, fitted, new_figure, spread, text_width
from getok.simulation.texts.catalogue import COMPARE_WORDS, FIGURE_WORDS, Lang
from getok.simulation.texts.numbers import amount

MOST_LINES = 5
MOST_DOTS = 400
TALL, SHARE = 4.2, 0.63
"""Height of the figure in inches, and the share of it that the axes have."""

NEAR = 0.6
"""A scale whose low end is under so much of its high end begins at zero."""

LEADER = {"arrowstyle": "-", "linewidth": 0.6, "color": GREY, "relpos": (0, 0.5), "shrinkA": 1, "shrinkB": 0}


@dataclass(frozen=True, slots=True)
class Line:
    """A scenario over the spans of a parameter."""

    name: str
    means: Values

    @property
    def ends(self) -> tuple[float, float]:
        """First and last mean that is known."""
        known = self.means[~np.isnan(self.means)]
        return float(known[0]), float(known[-1])


def draw_lines(e: Ensemble, outcome: str, parameter: str, lang: Lang) -> Drawn:
    """Draw the baseline and the strongest scenarios."""
    shown = e.scenarios if len(e.scenarios) <= MOST_LINES else (e.scenarios[0], *strongest(e, outcome))
    figure = new_figure(6.75 + text_width(shown, 8), TALL)
    width = figure.get_figwidth()
    axes = figure.add_axes((0.75 / width, 0.17, 5.5 / width, SHARE))
    low, high = e.ranges[e.parameters.index(parameter)]
    spans = spans_of(e.column(parameter), low, high)
    axes.set_xlim(low, high)
    lines = [draw_scenario(axes, e, name, shown.index(name), (outcome, parameter), spans) for name in shown]
    axes.autoscale(axis="x", enable=False)
    bottom, top = axes.get_ylim()
    axes.set_ylim(0.0 if 0 < bottom < NEAR * top else bottom, top)
    name_lines(axes, lines, spans)
    axes.set_xlabel(parameter)
    label, size = fitted(COMPARE_WORDS[lang][outcome], 2.7, 9)
    axes.set_ylabel(label, fontsize=size)
    axes.grid(color=LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
    for axis in (axes.xaxis, axes.yaxis):
        write_values(axis, np.asarray(axis.get_majorticklocs()), lang)
    words, unit = FIGURE_WORDS[lang], BY_KEY[outcome].unit.value
    told = {one.name: [amount(end, unit, lang) for end in one.ends] for one in lines}
    most = max(lines, key=lambda one: abs(one.ends[1] - one.ends[0])).name
    slots = {
        "outcome": COMPARE_WORDS[lang][outcome],
        "parameter": parameter,
        "first": told[most][0],
        "last": told[most][1],
    }
    title = words["sweep.title"].format(scenario=most, **slots)
    subtitle = words["sweep.lines"].format(outcome=capital(COMPARE_WORDS[lang][outcome]), spans=len(spans.middles))
    return Drawn(figure, title, subtitle, "; ".join(f"{name} {a} → {b}" for name, (a, b) in told.items()))


def draw_scenario(axes: Axes, e: Ensemble, name: str, row: int, what: tuple[str, str], spans: Spans) -> Line:
    """Draw dots and line of one scenario; the later, the thinner, so that none hides another."""
    k, (outcome, parameter) = e.scenarios.index(name), what
    shade = dark(colour(k))
    means = np.nanmean(e.values[outcome][k], axis=1)
    dots(axes, e.column(parameter)[:MOST_DOTS], means[:MOST_DOTS], size=1.4, colour=shade, alpha=0.3)
    line = Line(name, spans.means(means))
    wide = 3.0 - 1.6 * row / max(1, min(len(e.scenarios), MOST_LINES) - 1)
    axes.plot(spans.middles, line.means, color=shade, linewidth=wide, linestyle=DASHES[row % len(DASHES)])
    return line


def name_lines(axes: Axes, lines: list[Line], spans: Spans) -> None:
    """Write the names beside the right ends, apart from each other."""
    bottom, top = axes.get_ylim()
    gap = 0.15 * (top - bottom) / (SHARE * TALL)
    heights = spread([one.ends[1] for one in lines], gap, bottom, top)
    for one, y in zip(lines, heights, strict=True):
        last = int(np.flatnonzero(~np.isnan(one.means))[-1])
        axes.annotate(
            one.name,
            (spans.middles[last], one.ends[1]),
            xytext=(1.04, (y - bottom) / (top - bottom)),
            textcoords=axes.transAxes,
            va="center",
            fontsize=8,
            arrowprops=LEADER,
            annotation_clip=False,
        )


def capital(text: str) -> str:
    """A text that begins a line."""
    return text[:1].upper() + text[1:]


def strongest(e: Ensemble, outcome: str) -> list[str]:
    """Scenarios with the highest mean difference from the baseline."""
    means = np.nanmean(e.differences(outcome), axis=(1, 2))
    return [e.scenarios[1 + int(k)] for k in np.argsort(-means)[: MOST_LINES - 1]]

"""Cost and effect over parameter sets: the plane, and the acceptability curve with its frontier."""

from __future__ import annotations

from typing import Any

import numpy as np

from getok.analysis.decide.acceptability import closest_call
from getok.analysis.decide.cost import Status
from getok.analysis.decide.payers import Economics
from getok.analysis.decide.report import Decision
from getok.analysis.figures.robustness import source
from getok.analysis.figures.style import (
    GREY,
    LIGHT,
    Picture,
    caption,
    colour,
    dark,
    dashes,
    new_figure,
    spread,
    styled,
    text_width,
)
from getok.simulation.texts.catalogue import DECIDE_WORDS, FIGURE_WORDS, Lang
from getok.simulation.texts.numbers import number, percent, rupiah

MOST_DOTS = 200
"""Sets that are drawn of each scenario: the first ones."""

PANEL = 5.0
TALL = 2.5
NAME = 8.0
LINE = 0.155
"""Height of a name, in inches."""

MARKS = "osD^vP*X"
LEADER = {
    "arrowstyle": "-",
    "linewidth": 0.8,
    "linestyle": (0, (1, 2)),
    "color": GREY,
    "shrinkA": 1.0,
    "shrinkB": 0.0,
    "relpos": (0.0, 0.5),
}

SEEN = 0.05
"""Scenarios that are best in a smaller share of sets, whatever a buyer is worth, have no curve."""

MILLION, THOUSAND = 1e6, 1e3


def draw_cost_effectiveness(decision: Decision, lang: Lang, payer: str = "public") -> Picture | None:
    """Draw plane and acceptability for one payer; None if the decision has no costs."""
    one = next((one for one in decision.economics if one.payer == payer), None)
    if one is None:
        return None
    names_room = text_width(decision.options, NAME) + 0.55
    tall = max(TALL, LINE * len(decision.options) + 0.1)
    width, height = 0.75 + PANEL + names_room, 2 * tall + 2.05
    figure = new_figure(width, height)
    words = FIGURE_WORDS[lang]
    with styled():
        above = figure.add_axes((0.7 / width, (tall + 1.3) / height, PANEL / width, tall / height))
        draw_plane(above, decision, one)
        above.set_xlabel(words["economics.effect"])
        above.set_ylabel(words["economics.cost"])
        below = figure.add_axes((0.7 / width, 0.62 / height, PANEL / width, tall / height))
        draw_curves(below, decision, one)
        below.set_xlabel(words["economics.worth"])
        below.set_ylabel(words["economics.share"])
        for axis in (above.xaxis, above.yaxis, below.xaxis):
            write_numbers(axis, lang)
        below.yaxis.set_major_formatter(lambda value, _: percent(value, lang))
    title = finding(decision, one, lang)
    shown = min(MOST_DOTS, decision.n_sets)
    subtitle = words["economics.subtitle"].format(baseline=decision.options[0], shown=shown)
    caption(figure, title, subtitle, source(decision, lang))
    return Picture(f"cost_effectiveness_{payer}", figure, f"{title}. {told(decision, one, lang)}")


def finding(decision: Decision, one: Economics, lang: Lang) -> str:
    """Say which has the highest net benefit where the choice is closest."""
    curve = one.curve
    place = closest_call(curve, one.options)
    return FIGURE_WORDS[lang]["economics.title"].format(
        worth=rupiah(float(curve.thresholds[place]), lang),
        payer=DECIDE_WORDS[lang][f"payer.{one.payer}"],
        scenario=curve.chosen[place],
        k=number(float(curve.frontier[place]) * decision.n_sets, lang, 0),
        n=decision.n_sets,
    )


def told(decision: Decision, one: Economics, lang: Lang) -> str:
    """Mean cost and effect of every scenario, and from which worth each has the highest net benefit."""
    words, curve = FIGURE_WORDS[lang], one.curve
    each = [
        words["economics.each"].format(
            scenario=name,
            cost=rupiah(float(one.points[0, k].mean()), lang),
            effect=number(float(one.points[1, k].mean()), lang, signed=True),
        )
        for k, name in enumerate(decision.options)
        if k
    ]
    changes = [k for k, name in enumerate(curve.chosen) if k == 0 or name != curve.chosen[k - 1]]
    chosen = [
        words["economics.chosen"].format(worth=rupiah(float(curve.thresholds[k]), lang), scenario=curve.chosen[k])
        for k in changes
    ]
    slots = {"baseline": decision.options[0], "each": "; ".join(each), "chosen": "; ".join(chosen)}
    return words["economics.alt"].format(**slots)


def draw_plane(axes: Any, decision: Decision, one: Economics) -> None:  # noqa: ANN401 - axes of matplotlib
    """Draw every set, the means and the efficient frontier."""
    costs, effects = one.points[0] / MILLION, one.points[1]
    means = [(float(effects[k].mean()), float(costs[k].mean())) for k in range(len(decision.options))]
    for k in range(1, len(means)):
        axes.plot(effects[k, :MOST_DOTS], costs[k, :MOST_DOTS], ".", color=colour(k), markersize=2.2, alpha=0.30)
    best = sorted((mean for mean, option in zip(means, one.options, strict=True) if option.status is Status.FRONTIER))
    axes.plot(*np.array(best).T, color="black", linewidth=1.2, zorder=3)
    for k, (effect, cost) in enumerate(means):
        axes.plot(effect, cost, MARKS[k % len(MARKS)], markersize=7, zorder=4, **face(k))
    axes.axhline(0, color=GREY, linewidth=0.8, zorder=0)
    axes.axvline(0, color=GREY, linewidth=0.8, zorder=0)
    axes.grid(color=LIGHT, linewidth=0.5)
    label(axes, [(k, *mean) for k, mean in enumerate(means)], decision.options)


def face(place: int) -> dict[str, Any]:
    """Filled marks for the first scenarios; hollow ones when every shape has been used."""
    shade, hollow = colour(place), place >= len(MARKS)
    return {"markerfacecolor": "white" if hollow else shade, "markeredgecolor": dark(shade) if hollow else "white"}


def draw_curves(axes: Any, decision: Decision, one: Economics) -> None:  # noqa: ANN401 - axes of matplotlib
    """Draw the share of sets in which each is best by the worth of a buyer, with the frontier under it."""
    curve, worth = one.curve, one.curve.thresholds / THOUSAND
    axes.plot(worth, curve.frontier, color="#BBBBBB", linewidth=7, solid_capstyle="butt", zorder=1)
    drawn = [k for k in range(len(decision.options)) if curve.probability[k].max() >= SEEN]
    for k in drawn:
        width = 2.8 - 1.4 * k / (len(decision.options) - 1)
        axes.plot(worth, curve.probability[k], color=colour(k), linestyle=dashes(k), linewidth=width, zorder=2 + k)
    axes.set_xlim(0, worth[-1])
    axes.set_ylim(-0.03, 1.03)
    axes.grid(axis="y", color=LIGHT, linewidth=0.5)
    last = [(k, float(worth[-1]), float(curve.probability[k, -1])) for k in drawn]
    label(axes, last, decision.options)


def label(axes: Any, places: list[tuple[int, float, float]], names: tuple[str, ...]) -> None:  # noqa: ANN401
    """Write names to the right of the axes, apart from each other, each with a thin leader to its place."""
    low, high = axes.get_ylim()
    axes.set_ylim(low, high)
    axes.set_xlim(*axes.get_xlim())
    gap = LINE / (axes.get_position().height * axes.figure.get_figheight())
    wished = [(y - low) / (high - low) for _, _, y in places]
    for (k, x, y), height in zip(places, spread(wished, gap, 0.0, 1.0), strict=True):
        axes.annotate(
            names[k],
            (x, y),
            xytext=(1.07, height),
            textcoords=axes.transAxes,
            va="center",
            fontsize=NAME,
            arrowprops=LEADER,
            annotation_clip=False,
        )


def write_numbers(axis: Any, lang: Lang) -> None:  # noqa: ANN401 - an axis of matplotlib
    """Write the numbers of an axis the way the language does, with as many digits as the ticks need."""
    ticks = axis.get_majorticklocs()
    step = abs(ticks[1] - ticks[0]) if len(ticks) > 1 else 1.0
    digits = max(0, int(np.ceil(-np.log10(step) - 1e-9)))
    digits += round(step * 10**digits, 6) != round(step * 10**digits)
    axis.set_major_formatter(lambda value, _: number(value, lang, digits))

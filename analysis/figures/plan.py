"""Programmes under a budget: what each costs and adds, and the few that are worth a thought."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.analysis.decide.planned import Planned
from getok.analysis.figures.placing import MARK, Placed, placed
from getok.analysis.figures.robustness import source
from getok.analysis.figures.style import GREY, LIGHT, OKABE_ITO, Picture, caption, new_figure, styled, text_width
from getok.simulation.texts.catalogue import DECIDE_WORDS, FIGURE_WORDS, Lang
from getok.simulation.texts.numbers import number, rupiah

WIDTH, HEIGHT = 7.6, 4.6
PLANE = (6.6, 3.1)
"""Width and height of the plane, in inches."""

MILLION = 1e6


def draw_plan(found: Planned, lang: Lang) -> Picture:
    """Draw added cost and added active buyers of every programme, with the frontier under the budget."""
    words, most = FIGURE_WORDS[lang], found.named[-1][1] if found.named else None
    figure = new_figure(WIDTH, HEIGHT)
    with styled():
        axes = figure.add_axes((0.75 / WIDTH, 0.72 / HEIGHT, PLANE[0] / WIDTH, PLANE[1] / HEIGHT))
        draw_programmes(axes, found)
        axes.set_xlabel(words["plan.cost"])
        axes.set_ylabel(words["plan.effect"])
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda value, _: number(value, lang, 0 if value == round(value) else 1))
        name_options(axes, found, lang)
    programmes = sum(bool(one.candidate.tasks) for one in found.choice.judged)
    budget = rupiah(found.choice.budget, lang)
    slots: dict[str, object] = {"shown": len(found.options), "all": programmes, "budget": budget}
    title = words["plan.title.none"].format(**slots)
    if most is not None:
        cost, effect = rupiah(most.added_cost, lang), number(most.added_effect, lang, signed=True)
        title = words["plan.title"].format(**slots, cost=cost, effect=effect)
    caption(figure, title, words["plan.subtitle"].format(n=found.n_sets), source(found, lang))
    each = [
        words["economics.each"].format(
            scenario=DECIDE_WORDS[lang][f"title.option.{rank}"],
            cost=rupiah(one.added_cost, lang),
            effect=number(one.added_effect, lang, signed=True),
        )
        for rank, one in found.named
    ]
    return Picture("plan", figure, f"{title}. {'; '.join(each)}")


def draw_programmes(axes: Any, found: Planned) -> None:  # noqa: ANN401 - axes of matplotlib
    """Draw a dot for every programme, hollow beyond the budget, and the line of those that no other beats."""
    for one in found.choice.judged:
        face = "#B5B5B5" if one.affordable else "white"
        axes.plot(one.added_cost / MILLION, one.added_effect, "o", markersize=3.5, mfc=face, mec="#8A8A8A", mew=0.7)
    best = [(one.added_cost / MILLION, one.added_effect) for one in found.choice.frontier]
    if best:
        axes.plot(*np.array(best).T, color="black", linewidth=1.2, marker="o", markersize=3.5)
    for place, (_, one) in enumerate(found.named, start=1):
        spot = (one.added_cost / MILLION, one.added_effect)
        axes.plot(*spot, "oDs"[place - 1], markersize=8, mfc=OKABE_ITO[place], mec="white", zorder=4)
    axes.axhline(0, color=GREY, linewidth=0.8, zorder=0)
    axes.grid(color=LIGHT, linewidth=0.5)
    axes.margins(x=0.06, y=0.12)


def ground(spots: NDArray[np.float64], on_frontier: Sequence[bool]) -> list[Placed]:
    """Ground under the line through the frontier, in small pieces, in inches."""
    corners = spots[: len(on_frontier)][np.array(on_frontier, dtype=bool)]
    pieces = [place for a, b in pairwise(corners) for place in np.linspace(a, b, 40)]
    return [Placed(float(x) - MARK, float(y) - MARK, 2 * MARK, 2 * MARK, far=False) for x, y in pieces]


def name_options(axes: Any, found: Planned, lang: Lang) -> None:  # noqa: ANN401 - axes of matplotlib
    """Write the names of the named options beside them."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    corner, span = np.array([left, low]), np.array([right - left, high - low])
    marks = [
        (one.added_cost / MILLION, one.added_effect) for one in (*found.choice.judged, *(o for _, o in found.named))
    ]
    spots = (np.array(marks) - corner) / span * np.array(PLANE)
    names = [DECIDE_WORDS[lang][f"title.option.{rank}"] for rank, _ in found.named]
    chosen = range(len(marks) - len(names), len(marks))
    widths = [text_width([name], 8) for name in names]
    boxes = placed(spots, chosen, widths, PLANE, ground(spots, [one.on_frontier for one in found.choice.judged]))
    for name, box in zip(names, boxes, strict=True):
        if box is not None:
            axes.text(box.x / PLANE[0], box.y / PLANE[1], name, transform=axes.transAxes, fontsize=8, va="bottom")
    axes.set_xlim(left, right)
    axes.set_ylim(low, high)

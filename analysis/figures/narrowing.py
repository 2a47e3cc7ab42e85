"""What patterns narrow: each parameter as it was drawn and as it was kept, the narrowest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import NDArray

from getok.analysis.figures.style import LIGHT, CaptionedFigure, Picture, caption, new_figure, styled, text_width
from getok.simulation.record.provenance import installed_version
from getok.simulation.sweep.designs import spread_shares
from getok.simulation.texts.catalogue import FIGURE_WORDS, Lang
from getok.simulation.texts.numbers import number, percent

MOST = 12
"""Parameters shown at most: the narrowest."""

BINS = 20
LEVEL = 0.9
ROW = 0.42
PANEL, RIGHT = 4.2, 2.3
PRIOR, POSTERIOR = "#CFCFCF", "#1F5F95"

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shown:
    """The parameters that are drawn, the narrowest first: what was tried, what was kept, from where to where."""

    names: list[str]
    prior: Values
    posterior: Values
    ranges: Values


def draw_narrowing(names: Sequence[str], prior: Values, posterior: Values, ranges: Values, lang: Lang) -> Picture:
    """Draw how far the accepted sets narrow each parameter.

    Parameters
    ----------
    names : sequence of str
        Parameters.
    prior : float64, shape (n_draws, n_parameters)
        All sets that were tried.
    posterior : float64, shape (n_sets, n_parameters)
        Those that were kept.
    ranges : float64, shape (n_parameters, 2)
        From where to where each was drawn.
    lang : {"en", "id"}
        Language of all words.

    Raises
    ------
    ValueError
        If no set was kept, or shapes do not fit each other.
    """
    if not len(posterior):
        raise ValueError("no parameter set was kept: there is nothing to draw")
    if not prior.shape[1] == posterior.shape[1] == len(ranges) == len(names):
        raise ValueError(f"{len(names)} names for columns {prior.shape[1]}, {posterior.shape[1]}, {len(ranges)}")
    widths = [width_of(prior[:, k], posterior[:, k]) for k in range(len(names))]
    order = sorted(range(len(names)), key=lambda k: widths[k])[:MOST]
    shown = Shown([names[k] for k in order], prior[:, order], posterior[:, order], ranges[order])
    said = [interval_of(shown.posterior[:, k], widths[order[k]], lang) for k in range(len(order))]
    with styled():
        figure = draw_rows(shown, said, lang)
    words, first = FIGURE_WORDS[lang], shown.names[0]
    title = words["narrowing.title"].format(name=first, share=percent(widths[order[0]], lang))
    source = words["narrowing.source"].format(version=installed_version("getok"), n=len(posterior), draws=len(prior))
    caption(figure, title, words["narrowing.subtitle"].format(shown=len(order), n=len(names)), source)
    each = "; ".join(f"{name} {text}" for name, text in zip(shown.names, said, strict=True))
    return Picture("narrowing", figure, f"{title}. {each}")


def interval_of(kept: Values, width: float, lang: Lang) -> str:
    """The middle 90 % of what was kept, and its width against what was tried."""
    low, high = np.quantile(kept, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return f"{plain(low, lang)} – {plain(high, lang)}  ({percent(width, lang)})"


def draw_rows(shown: Shown, said: Sequence[str], lang: Lang) -> CaptionedFigure:
    """Draw a row a parameter: above what was tried, below what was kept, on the right what is said of it."""
    words, n = FIGURE_WORDS[lang], len(shown.names)
    room = text_width(shown.names, 8.5) + 0.2
    width, height = room + PANEL + RIGHT, 1.42 + ROW * n
    figure = new_figure(width, height)
    axes = figure.add_axes((room / width, 0.42 / height, PANEL / width, ROW * n / height))
    tried, kept = (spread_shares(shown.names, shown.ranges, values, 0) for values in (shown.prior, shown.posterior))
    for row, text in enumerate(said):
        for places, colour, side in ((tried, PRIOR, -1), (kept, POSTERIOR, 1)):
            draw_half(axes, places[:, row], row, colour, side)
        axes.text(1.03, row, text, transform=axes.get_yaxis_transform(), va="center", fontsize=8)
    axes.set(xlim=(0, 1), ylim=(n - 0.5, -0.5))
    axes.set_yticks(range(n), shown.names, fontsize=8.5)
    axes.set_xticks([0, 0.5, 1], [words["narrowing.low"], "", words["narrowing.high"]], fontsize=8)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)
    key = [Patch(facecolor=PRIOR, label=words["narrowing.prior"].format(n=len(shown.prior)))]
    key.append(Patch(facecolor=POSTERIOR, label=words["narrowing.posterior"].format(n=len(shown.posterior))))
    top = 1 - 0.50 / height
    figure.legend(handles=key, loc="upper left", bbox_to_anchor=(0, top), ncols=2, frameon=False, fontsize=8)
    return figure


def width_of(prior: Values, posterior: Values) -> float:
    """Width of the middle 90 % of what was kept, against the same of what was tried.

    Examples
    --------
    >>> round(width_of(np.linspace(0, 1, 101), np.linspace(0.2, 0.7, 101)), 2)
    0.5
    """
    tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    return float(np.ptp(np.quantile(posterior, tails)) / max(np.ptp(np.quantile(prior, tails)), 1e-12))


def draw_half(axes: Axes, places: Values, row: int, colour: str, side: int) -> None:
    """Draw a histogram over (-1) or under (1) the middle of a row."""
    counts, edges = np.histogram(places, bins=BINS, range=(0.0, 1.0))
    tall = 0.44 * counts / max(1, counts.max())
    axes.bar(edges[:-1], side * tall, 1 / BINS, row, align="edge", facecolor=colour, edgecolor="white", linewidth=0.3)


def plain(value: float, lang: Lang) -> str:
    """A number with three figures."""
    size = abs(value)
    return number(value, lang, 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3)

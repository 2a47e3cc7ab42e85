"""Figures of a sensitivity analysis: Morris plane, Sobol bars, bars of PAWN and delta."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.analysis.figures.placing import Placed, leader, placed
from getok.analysis.figures.saving import save
from getok.analysis.figures.style import (
    GREY,
    LIGHT,
    CaptionedFigure,
    Picture,
    caption,
    colour,
    new_figure,
    styled,
    text_width,
)
from getok.analysis.naming import LONGEST_RUN, shortened
from getok.analysis.sensitivity.design import DUMMY
from getok.analysis.sensitivity.estimates import Estimates
from getok.analysis.sensitivity.report import Method, Report
from getok.analysis.sensitivity.table import leading, share, subject
from getok.simulation.record.provenance import installed_version
from getok.simulation.texts.catalogue import SENSITIVITY_WORDS, Lang
from getok.simulation.texts.numbers import number

MOST_BARS = 20
"""Parameters in a figure of bars at most: the largest."""

MOST_LABELS = 8
"""Parameters with a name in the Morris plane at most: the largest."""

TOLD = 5
"""Parameters in the text alternative."""

PALE = "#B9CFE4"
BOX = (0.095, 0.15, 0.88, 0.68)
"""Place of the Morris plane, as parts of the figure."""


@dataclass(frozen=True, slots=True)
class Account:
    """A report, and how to speak of it.

    Attributes
    ----------
    report : Report
        What is drawn.
    origin : str
        Where the runs come from, for the foot of the figures.
    lang : Lang
        Language of all words.
    """

    report: Report
    origin: str
    lang: Lang

    def say(self, key: str, **slots: object) -> str:
        """A phrase of the catalogue."""
        return SENSITIVITY_WORDS[self.lang][key].format(**slots)

    def title(self) -> str:
        """The finding."""
        e, what = leading(self.report), subject(self.report, self.lang)
        what = what[:1].upper() + what[1:]
        above = e.above_floor
        if not above.any():
            return self.say("title.none", what=what)
        first = e.names[int(np.argmax(np.where(above, np.abs(e.estimate), -1)))]
        return self.say("title.some", what=what, first=first, k=int(above.sum()), n=int((~e.dummy).sum()))

    def source(self) -> str:
        """The line under every figure."""
        part = self.report.shares.luck
        luck = self.say("luck.unknown") if np.isnan(part) else share(part, self.lang)
        return self.say(
            "source",
            version=installed_version("getok"),
            origin=shortened(self.origin, LONGEST_RUN),
            points=self.report.n_points,
            replicates=self.report.n_replicates,
            luck=luck,
        )

    def left_out(self) -> str:
        """Say how many parameters are drawn, if not all."""
        n = int((~leading(self.report).dummy).sum())
        bars = self.report.method is not Method.MORRIS
        return self.say("subtitle.shown", k=MOST_BARS, n=n) if bars and n > MOST_BARS else ""

    def told(self) -> str:
        """The strongest parameters with index, interval and noise floor."""
        e = leading(self.report)
        order = [k for k in shown(e) if not e.dummy[k]][:TOLD]
        each = [
            self.say(
                "alt.each",
                name=e.names[k],
                **{
                    key: self.written(float(value[k]))
                    for key, value in (("estimate", e.estimate), ("low", e.low), ("high", e.high), ("floor", e.floor))
                },
            )
            for k in order
        ]
        return self.say("alt", index=SENSITIVITY_WORDS[self.lang][e.index], each="; ".join(each))

    def written(self, value: float) -> str:
        """A number with digits that fit its size."""
        return number(value, self.lang, 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)

    def picture(self, figure: CaptionedFigure) -> Picture:
        """Finish a figure."""
        method = self.report.method.value
        caption(figure, self.title(), self.say(f"subtitle.{method}") + self.left_out(), self.source())
        q = self.report.question
        name = "_".join(
            ["sensitivity", method, q.outcome, q.scenario, *(["difference"] if q.of == "difference" else [])]
        )
        return Picture(name, figure, f"{self.title()}. {self.told()}")


def sensitivity_picture(report: Report, origin: str, lang: Lang) -> Picture:
    """Draw the figure that fits the method of a report."""
    account = Account(report, origin, lang)
    with styled():
        if report.method is Method.MORRIS:
            return draw_plane(account)
        if report.method is Method.SOBOL:
            return draw_shares(account)
        return draw_distances(account)


def draw_sensitivity(report: Report, origin: str, folder: Path, lang: Lang) -> list[Path]:
    """Draw the figure of a report into a folder and return the files."""
    return save(sensitivity_picture(report, origin, lang), folder)


def draw_plane(account: Account) -> Picture:
    """Draw mu* against sigma: right is strong, up is uneven or with others."""
    e, sigma = leading(account.report), account.report.of("sigma").estimate
    figure = new_figure(8.2, 5.2)
    axes = figure.add_axes(BOX)
    most = float(max(e.high.max(), e.estimate.max())) * 1.08
    top = float(max(sigma.max() * 1.15, most * 0.1))
    axes.set(xlim=(-0.02 * most, most), ylim=(-0.03 * top, top))
    axes.set_xlabel(account.say("axis.mu_star"))
    axes.set_ylabel(account.say("axis.sigma"))
    end = min(most, top)
    axes.plot([0, end], [0, end], color=GREY, linewidth=0.8, linestyle=(0, (2, 2)), label=account.say("legend.equal"))
    axes.hlines(sigma, e.low, e.high, color=GREY, linewidth=0.9)
    above = e.above_floor
    for chosen, key, face in ((above, "above", colour(1)), (~above & ~e.dummy, "below", "white")):
        style: dict[str, Any] = {"markerfacecolor": face, "markeredgecolor": colour(1), "markersize": 5.5}
        axes.plot(e.estimate[chosen], sigma[chosen], "o", label=account.say(f"legend.{key}"), **style)
    marks: dict[str, Any] = {"color": colour(2), "markersize": 7, "markeredgewidth": 1.6, "clip_on": False}
    axes.plot(e.estimate[e.dummy], sigma[e.dummy], "x", label=account.say("dummy"), **marks)
    axes.grid(color=LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
    figure.legend(loc="upper right", bbox_to_anchor=(0.98, 0.885), ncols=4, frameon=False, fontsize=8)
    _name_points(figure, axes, e, sigma)
    return account.picture(figure)


def _name_points(figure: CaptionedFigure, axes: Any, e: Estimates, sigma: NDArray[np.float64]) -> None:  # noqa: ANN401 - axes
    """Write the names of the largest beside their points, where nothing is in the way."""
    size = np.array([figure.get_figwidth() * BOX[2], figure.get_figheight() * BOX[3]])
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    ends = (np.array([e.low, e.estimate, e.high]) - left) / (right - left) * size[0]
    spots = np.column_stack([ends[1], (sigma - bottom) / (top - bottom) * size[1]])
    lines = [Placed(a, y - 0.02, b - a, 0.04, far=False) for a, b, y in zip(ends[0], ends[2], spots[:, 1], strict=True)]
    chosen = [k for k in np.argsort(e.ranks) if 0 < e.ranks[k] <= MOST_LABELS]
    widths = [text_width([e.names[k]], 8) for k in chosen]
    for k, place in zip(chosen, placed(spots, chosen, widths, (float(size[0]), float(size[1])), lines), strict=True):
        if place is not None:
            _write_name(axes, e.names[k], spots[k], place, size)


def _write_name(axes: Any, name: str, spot: Any, place: Placed, size: Any) -> None:  # noqa: ANN401 - axes and arrays
    x, y = place.x / size[0], place.y / size[1]
    axes.text(x, y, name, transform=axes.transAxes, fontsize=8, ha="left", va="bottom")
    pieces = leader(spot, place)
    if pieces:
        line = np.array([[piece.x + piece.width / 2, piece.y + piece.height / 2] for piece in pieces]) / size
        axes.plot(line[:, 0], line[:, 1], transform=axes.transAxes, color=GREY, linewidth=0.6, zorder=1)


def draw_shares(account: Account) -> Picture:
    """Draw first-order and total indices as bars, with intervals and the noise floor."""
    first, total = account.report.of("S1"), account.report.of("ST")
    order = shown(total)
    figure, axes = _rows(account, [total.names[k] for k in order])
    places = np.arange(len(order))[::-1]
    edge = {"edgecolor": colour(1), "linewidth": 0.8}
    axes.barh(places, total.estimate[order], 0.74, color=PALE, label=account.say("legend.ST"), **edge)
    inner = np.maximum(first.estimate[order], 0)
    axes.barh(places - 0.15, inner, 0.34, color=colour(1), label=account.say("legend.S1"))
    axes.hlines(places + 0.2, total.low[order], total.high[order], color="black", linewidth=1.3)
    _interval(axes, places - 0.15, first.low[order], first.high[order])
    _floor(account, axes, places, total.floor[order])
    axes.set_xlabel(account.say("axis.sobol"))
    least = min(0.0, float(first.low[order].min()))
    axes.set_xlim(least * 1.05, float(max(total.high.max(), first.high.max())) * 1.05)
    return account.picture(figure)


def draw_distances(account: Account) -> Picture:
    """Draw PAWN or delta as bars, with intervals and the noise floor."""
    e = account.report.estimates[0]
    order = shown(e)
    figure, axes = _rows(account, [e.names[k] for k in order])
    places = np.arange(len(order))[::-1]
    filled = [colour(1) if e.above_floor[k] else "white" for k in order]
    axes.barh(places, e.estimate[order], 0.62, color=filled, edgecolor=colour(1), linewidth=0.8)
    for key, face in (("above", colour(1)), ("below", "white")):
        axes.barh([0], [0], color=face, edgecolor=colour(1), linewidth=0.8, label=account.say(f"legend.{key}"))
    _interval(axes, places, e.low[order], e.high[order])
    _floor(account, axes, places, e.floor[order])
    axes.set_xlabel(account.say(f"axis.{account.report.method.value}"))
    axes.set_xlim(0, float(e.high.max()) * 1.05)
    return account.picture(figure)


def _interval(axes: Any, places: Any, low: Any, high: Any) -> None:  # noqa: ANN401 - axes and arrays
    """Draw intervals that are seen on dark and on white."""
    axes.hlines(places, low, high, color="black", linewidth=3.0)
    axes.hlines(places, low, high, color="#E8E8E8", linewidth=1.3)


def shown(e: Estimates) -> list[int]:
    """Places of the parameters that are drawn: the largest first, the dummy last."""
    ranks = e.ranks
    order = [int(k) for k in np.argsort(ranks, kind="stable") if 0 < ranks[k] <= MOST_BARS]
    return order + [int(k) for k in np.flatnonzero(e.dummy)]


def _rows(account: Account, names: Sequence[str]) -> tuple[CaptionedFigure, Any]:
    """Make a figure with a row for each name."""
    said = [account.say("dummy") if name == DUMMY else name for name in names]
    room = text_width(said, 8.5) + 0.22
    height = 1.75 + 0.27 * len(said)
    figure = new_figure(5.6 + room, height)
    left = room / (5.6 + room)
    axes = figure.add_axes((left, 0.62 / height, 0.975 - left, 1 - 1.42 / height))
    axes.set_yticks(np.arange(len(said))[::-1], said, fontsize=8.5)
    axes.set_ylim(-0.6, len(said) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


def _floor(account: Account, axes: Any, places: NDArray[np.int64], floor: NDArray[np.float64]) -> None:  # noqa: ANN401
    """Draw the noise floor as a stepped line, and the legend."""
    ys = np.column_stack([places + 0.5, places - 0.5]).ravel()
    style = {"color": colour(0), "linewidth": 1.3, "linestyle": (0, (4, 1.5))}
    axes.plot(np.repeat(floor, 2), ys, label=account.say("legend.floor"), **style)
    figure = axes.figure
    top = 1 - 0.47 / figure.get_figheight()
    figure.legend(loc="upper right", bbox_to_anchor=(0.985, top), ncols=3, frameon=False, fontsize=8)

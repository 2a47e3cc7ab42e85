"""Rogers' stages as stacked shares over time, for buyers, shop owners and members; exits are hatched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Polygon

from getok.analysis.figures.style import CaptionedFigure, Picture, caption, new_figure, text_width
from getok.analysis.figures.subject import Subject
from getok.simulation.names import STAGE_NAMES, ZONE_NAMES
from getok.simulation.texts.numbers import percent

ORDER = ("confirmation", "implementation", "decision", "persuasion", "knowledge", "unaware", "rejected", "discontinued")
SHADES = {
    "confirmation": "#08306b",
    "implementation": "#2f79b5",
    "decision": "#6baed6",
    "persuasion": "#a5cbe3",
    "knowledge": "#d9e6f2",
    "unaware": "#ffffff",
    "rejected": "#f5d0a9",
    "discontinued": "#d98b4a",
}
HATCHES = {"rejected": "///", "discontinued": "\\\\\\"}
FEW = 4
"""Up to so many scenarios rows are tall."""

STRAIGHT = 0.004
"""Corners that lie nearer than this share of all to a straight line are left out: a small file, the same look."""

SEEN = 0.003
"""A stage that never holds more than this share of all has no layer."""

ALL = 0.995
"""A stage that always holds at least this share of all is named in the panel: a blank one would look empty."""

TALL, LOW = 1.2, 0.8
"""Height of a row, in inches: of few scenarios, and of many."""

KINDS = ("buyers", "owners", "members")


@dataclass(frozen=True, slots=True)
class Row:
    """Where the panels of one scenario stand, as shares of the figure."""

    left: float
    low: float
    step: float
    width: float
    tall: float
    is_first: bool
    is_last: bool


def shares(subject: Subject, scenario: str, kind: str) -> np.ndarray:
    """Mean share of a kind in each stage of :data:`ORDER`, shape (stages, weeks)."""
    prefixes = [f"buyers_{zone}" for zone in ZONE_NAMES] if kind == "buyers" else [kind]
    counts = np.array(
        [sum(subject.weekly(scenario, f"{prefix}_{stage}").mean(axis=0) for prefix in prefixes) for stage in ORDER]
    )
    return np.asarray(counts / np.maximum(counts.sum(axis=0), 1e-9))


def corners_of(tops: np.ndarray) -> np.ndarray:
    """Weeks at which the upper rim of a layer bends: with straight lines between them it stays within STRAIGHT.

    Examples
    --------
    >>> corners_of(np.array([0.0, 0.1, 0.2, 0.3, 0.3, 0.3])).tolist()
    [0, 3, 5]
    """
    last = len(tops) - 1
    kept, spans = {0, last}, [(0, last)]
    while spans:
        low, high = spans.pop()
        if high - low < 2:
            continue
        straight = np.interp(np.arange(low, high + 1), [low, high], tops[[low, high]])
        away = np.abs(tops[low : high + 1] - straight)
        if away.max() > STRAIGHT:
            middle = low + int(away.argmax())
            kept.add(middle)
            spans += [(low, middle), (middle, high)]
    return np.array(sorted(kept))


def look_of(stage: str) -> dict[str, Any]:
    """Face, hatch and rim of a layer and of its entry in the key."""
    return {"facecolor": SHADES[stage], "hatch": HATCHES.get(stage), "edgecolor": "#666666", "linewidth": 0.3}


def draw_panel(axes: Axes, stacked: np.ndarray) -> None:
    """Draw one stack of shares, the upper layers behind the lower ones."""
    n_weeks = stacked.shape[1]
    tops = np.cumsum(stacked, axis=0)
    for row, stage in reversed(list(enumerate(ORDER))):
        if stacked[row].max() < SEEN:
            continue
        weeks = corners_of(tops[row])
        corners = np.column_stack([np.r_[1, weeks + 1, n_weeks], np.r_[0.0, tops[row][weeks], 0.0]])
        axes.add_patch(Polygon(corners, closed=True, zorder=2 + 0.1 * (len(ORDER) - row), **look_of(stage)))
    axes.set_xlim(1, n_weeks)
    axes.set_ylim(0, 1)
    axes.locator_params(axis="x", nbins=5)
    axes.set_yticks([0, 0.5, 1])


def name_whole(axes: Axes, subject: Subject, stacked: np.ndarray) -> None:
    """Name the stage in which everybody is all the time."""
    row = int(stacked.min(axis=1).argmax())
    if stacked[row].min() >= ALL:
        words = f"{subject.say(f'stage.{ORDER[row]}')}: {percent(1.0, subject.lang)}"
        axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", fontsize=8, zorder=5)


def draw_row(figure: CaptionedFigure, subject: Subject, name: str, row: Row) -> float:
    """Draw one scenario, a panel a kind; the share of buyers who use the product at the end."""
    users = 0.0
    for column, kind in enumerate(KINDS):
        place = (row.left + column * row.step, row.low, row.width, row.tall)
        axes = figure.add_axes(place)
        stacked = shares(subject, name, kind)
        draw_panel(axes, stacked)
        name_whole(axes, subject, stacked)
        axes.set_yticklabels(["0", "50", "100 %"] if column == 0 else [])
        if column == 0:
            users = float(stacked[0, -1] + stacked[1, -1])
            figure.text(0.01, place[1] + place[3] / 2, name, ha="left", va="center")
        if row.is_first:
            axes.set_title(subject.say(f"stages.{kind}"), loc="left")
        if row.is_last:
            axes.set_xlabel(subject.say("adoption.x"), fontsize=8)
        else:
            axes.set_xticklabels([])
    return users


def add_key(figure: CaptionedFigure, subject: Subject) -> None:
    """Write what the layers mean, under the panels."""
    key = [Patch(label=subject.say(f"stage.{stage}"), **look_of(stage)) for stage in ORDER]
    figure.legend(
        handles=key,
        loc="lower left",
        bbox_to_anchor=(0.0, 0.22 / figure.get_figheight()),
        ncols=len(STAGE_NAMES),
        fontsize=7.5,
        frameon=False,
        handlelength=1.2,
        columnspacing=1.2,
    )


def draw_stages(subject: Subject) -> Picture:
    """Draw the stages of every kind of adopter, a row a scenario."""
    names = subject.scenarios
    names_room = text_width(names, 9) + 0.6
    figure = new_figure(7.5 + names_room, 1.85 + (TALL if len(names) <= FEW else LOW) * len(names))
    height, width = figure.get_figheight(), figure.get_figwidth()
    bottom, top = 0.95 / height, 1 - 0.85 / height
    tall = (top - bottom) / len(names)
    users: dict[str, float] = {}
    for k, name in enumerate(names):
        low = top - (k + 1) * tall + 0.105 / height
        row = Row(names_room / width, low, 2.5 / width, 2.3 / width, 0.76 * tall, k == 0, k == len(names) - 1)
        users[name] = draw_row(figure, subject, name, row)
    add_key(figure, subject)
    best, baseline = subject.best, names[0]
    share, before = percent(users[best], subject.lang), percent(users[baseline], subject.lang)
    title = subject.say("stages.title", share=share, scenario=best, before=before, baseline=baseline)
    caption(figure, title, subject.say("stages.subtitle", n=subject.comparison.n), subject.source())
    each = "; ".join(f"{name} {percent(share, subject.lang)}" for name, share in users.items())
    return Picture("stages", figure, f"{title}. {subject.say('stages.alt', each=each)}")

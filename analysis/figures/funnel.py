"""The funnel of stages with the drop-out at each, for buyers, shop owners and members; exits below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from getok.analysis.figures.kinds import EXITS, KINDS, Kind, Values, everybody, mean_of, occupancy, reached, tenths
from getok.analysis.figures.style import LIGHT, Picture, caption, new_figure, text_width
from getok.analysis.figures.subject import Subject
from getok.simulation.names import ENTERED_NAMES
from getok.simulation.texts.numbers import number, percent

BASE, BEST = "#BDBDBD", "#1F5F95"
EXIT = "#D98B4A"
HATCH = "////"
ROW = 0.50
"""Height of a row, in inches: a bar of the baseline over one of the scenario."""

STEPS = ("unaware", *ENTERED_NAMES)
ROWS = (*STEPS, *EXITS)
COUNTED = 20
"""Agents of all replicates together below which no share of them is told: two of two lost is no rate."""

PANEL = 2.35
ROOM = 1.72
"""Width of a panel in shares of all: bars end at 1, words stand behind them."""


def draw_funnel(subject: Subject, scenario: str | None = None) -> Picture:
    """Draw how many ever reached each stage, and how many went no further."""
    name, baseline = scenario or subject.best, subject.comparison.baseline
    labels = [subject.say("funnel.all"), *(subject.say(f"stage.{stage}") for stage in ROWS[1:])]
    room = text_width(labels, 8.5) + 0.2
    width, height = room + 3 * (PANEL + 0.1), 1.42 + ROW * len(ROWS)
    figure = new_figure(width, height)
    for k, kind in enumerate(KINDS):
        x = room + k * (PANEL + 0.1)
        axes = figure.add_axes((x / width, 0.35 / height, PANEL / width, ROW * len(ROWS) / height))
        draw_kind(axes, subject, kind, (baseline, name))
        n = number(mean_of(everybody(subject, name, kind)), subject.lang, 0)
        axes.set_title(f"{subject.say(f'stages.{kind}')} ({n})", loc="left", fontsize=9)
        axes.set_yticks(range(len(ROWS)), labels if k == 0 else [""] * len(ROWS), fontsize=8.5)
    key = [Patch(facecolor=BASE, label=baseline), Patch(facecolor=BEST, label=name)]
    key.append(Patch(facecolor=EXIT, hatch=HATCH, edgecolor="white", label=subject.say("funnel.exits")))
    top = 1 - 0.50 / height
    figure.legend(handles=key, loc="upper left", bbox_to_anchor=(0, top), ncols=3, frameon=False, fontsize=8)
    title = finding(subject, name)
    caption(figure, title, subject.say("funnel.subtitle", n=subject.comparison.n), subject.source())
    return Picture("funnel", figure, f"{title}. {told(subject, name)}")


def draw_kind(axes: Axes, subject: Subject, kind: Kind, names: Sequence[str]) -> None:
    """Draw the funnels of one kind in the baseline and in a scenario."""
    for place, name in enumerate(names):
        n = max(1.0, mean_of(everybody(subject, name, kind)))
        before = np.nan
        for row, stage in enumerate(ROWS):
            counts = counted(subject, name, kind, stage)
            mean, y = mean_of(counts), row + (0.21 if place else -0.21)
            hatch = HATCH if stage in EXITS else ""
            face = (BASE, BEST)[place] if stage not in EXITS else (BASE, EXIT)[place]
            axes.barh(y, mean / n, height=0.38, facecolor=face, hatch=hatch, edgecolor="white", linewidth=0)
            low, high = tenths(counts / n)
            if high > low:
                axes.plot([low, high], [y, y], color="black", linewidth=1.0)
            lost = "" if stage in EXITS or row == 0 else drop(subject, before, mean)
            text = f"{number(mean, subject.lang, 0 if mean >= 10 else 1)}{lost}"
            axes.text(max(mean / n, high) + 0.03, y, text, va="center", fontsize=7.2)
            before = mean
    axes.set(xlim=(0, ROOM), ylim=(len(ROWS) - 0.5, -0.5))
    axes.axhline(len(STEPS) - 0.5, color=LIGHT, linewidth=1)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    axes.spines["bottom"].set_visible(False)


def counted(subject: Subject, name: str, kind: Kind, stage: str) -> Values:
    """Who ever reached a stage; of an exit, who is in it in the last week."""
    if stage in EXITS:
        return np.asarray(occupancy(subject, name, kind, stage)[:, -1])
    return reached(subject, name, kind, stage)


def drop(subject: Subject, before: float, now: float) -> str:
    """Share of those of the stage before that have not come to this one, where there are enough of them to say."""
    if before * subject.comparison.n < COUNTED:
        return ""
    return f" ({percent(now / before - 1, subject.lang, signed=True)})"


def finding(subject: Subject, name: str) -> str:
    """Where most buyers stop."""
    counts = [mean_of(reached(subject, name, "buyers", stage)) for stage in STEPS]
    kept = [after / before if before > 0 else 1.0 for before, after in pairwise(counts)]
    worst = int(np.argmin(kept))
    return subject.say(
        "funnel.title",
        scenario=name,
        before=subject.say(f"stage.{STEPS[worst]}"),
        stage=subject.say(f"stage.{STEPS[worst + 1]}"),
        k=number(counts[worst + 1], subject.lang, 0),
        n=number(counts[worst], subject.lang, 0),
    )


def told(subject: Subject, name: str) -> str:
    """All numbers of the scenario."""
    parts = []
    for kind in KINDS:
        each = [
            f"{subject.say(f'stage.{stage}')} {number(mean_of(counted(subject, name, kind, stage)), subject.lang)}"
            for stage in ROWS[1:]
        ]
        n = number(mean_of(everybody(subject, name, kind)), subject.lang, 0)
        parts.append(f"{subject.say(f'stages.{kind}')} ({n}): {', '.join(each)}")
    return "; ".join(parts)

"""Weeks spent in each stage by those who ever reached it, and how many are still there at the end."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from getok.analysis.figures.kinds import KINDS, Kind, mean_of, still_there, tenths, weeks_spent
from getok.analysis.figures.style import LIGHT, Picture, caption, new_figure, text_width
from getok.analysis.figures.subject import Subject
from getok.simulation.names import ENTERED_NAMES
from getok.simulation.texts.numbers import number, percent

SHOWN = ("unaware", *ENTERED_NAMES)
ROW = 0.42
PANEL, SHARES = 1.7, 0.95
"""Width of a panel, and of the column of shares beside it, in inches."""

SEEN = 0.05
"""Share of replicates in which anybody must have reached a stage for it to be drawn."""

BASE, BEST = "#8A8A8A", "#1F5F95"


def draw_time_in_stage(subject: Subject, scenario: str | None = None) -> Picture:
    """Draw the weeks that each kind of adopter spends in each stage."""
    name, baseline = scenario or subject.best, subject.comparison.baseline
    labels = [subject.say(f"stage.{stage}") for stage in SHOWN]
    room = text_width(labels, 8.5) + 0.2
    width, height = room + 3 * (PANEL + SHARES + 0.1), 1.72 + ROW * len(SHOWN)
    figure = new_figure(width, height)
    for k, kind in enumerate(KINDS):
        x = room + k * (PANEL + SHARES + 0.1)
        axes = figure.add_axes((x / width, 0.62 / height, PANEL / width, ROW * len(SHOWN) / height))
        draw_kind(axes, subject, kind, (baseline, name))
        axes.text(0, 1 + 0.05 / (ROW * len(SHOWN)), subject.say(f"stages.{kind}"), transform=axes.transAxes)
        axes.text(
            1.05, 1 + 0.05 / (ROW * len(SHOWN)), subject.say("time.still"), transform=axes.transAxes, fontsize=7.2
        )
        axes.set_yticks(range(len(SHOWN)), labels if k == 0 else [""] * len(SHOWN), fontsize=8.5)
        axes.set_xlabel(subject.say("time.x"), fontsize=8)
    key = [mark(BASE, baseline, "white"), mark(BEST, name, BEST)]
    top = 1 - 0.50 / height
    figure.legend(handles=key, loc="upper left", bbox_to_anchor=(0, top), ncols=2, frameon=False, fontsize=8)
    title = finding(subject, name)
    caption(figure, title, subject.say("time.subtitle", n=subject.comparison.n), subject.source())
    return Picture("time_in_stage", figure, f"{title}. {told(subject, name)}")


def mark(colour: str, label: str, face: str) -> Line2D:
    """A mark of the key."""
    return Line2D([], [], color=colour, marker="o", markersize=5.5, markerfacecolor=face, linewidth=1.4, label=label)


def draw_kind(axes: Axes, subject: Subject, kind: Kind, names: tuple[str, str]) -> None:
    """Draw one kind in the baseline, hollow, and in a scenario, filled."""
    horizon = subject.weekly(names[0], "packs_sold").shape[1]
    for place, name in enumerate(names):
        colour, face = ((BASE, "white"), (BEST, BEST))[place]
        for row, stage in enumerate(SHOWN):
            weeks, y = weeks_spent(subject, name, kind, stage), row + (0.16 if place else -0.16)
            if (~np.isnan(weeks)).mean() < SEEN:
                continue
            axes.plot(tenths(weeks), [y, y], color=colour, linewidth=1.4)
            axes.plot([mean_of(weeks)], [y], "o", color=colour, markerfacecolor=face, markersize=5.0, clip_on=False)
            share = percent(mean_of(still_there(subject, name, kind, stage)), subject.lang)
            axes.text(1.05, y, share, transform=axes.get_yaxis_transform(), va="center", fontsize=7.2, color="black")
    axes.set(xlim=(-0.02 * horizon, 1.02 * horizon), ylim=(len(SHOWN) - 0.5, -0.5))
    axes.locator_params(axis="x", nbins=4)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)


def finding(subject: Subject, name: str) -> str:
    """The stage in which buyers stand longest."""
    weeks = {stage: mean_of(weeks_spent(subject, name, "buyers", stage)) for stage in ENTERED_NAMES}
    longest = max(weeks, key=lambda stage: -1.0 if np.isnan(weeks[stage]) else weeks[stage])
    return subject.say(
        "time.title",
        scenario=name,
        stage=subject.say(f"stage.{longest}"),
        weeks=number(weeks[longest], subject.lang),
        horizon=subject.weekly(name, "packs_sold").shape[1],
    )


def told(subject: Subject, name: str) -> str:
    """Mean weeks of the scenario by kind and stage."""
    parts = []
    for kind in KINDS:
        weeks = {stage: mean_of(weeks_spent(subject, name, kind, stage)) for stage in SHOWN}
        each = [f"{subject.say(f'stage.{stage}')} {number(value, subject.lang)}" for stage, value in weeks.items()]
        parts.append(f"{subject.say(f'stages.{kind}')}: {', '.join(each)}")
    return subject.say("time.alt", each="; ".join(parts))

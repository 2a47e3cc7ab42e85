"""Adoption over time: every scenario's packs a week, single replicates thin, the median thick."""

from __future__ import annotations

import numpy as np

from analysis.figures.style import LIGHT, Picture, caption, colour, dashes, new_figure, spread, text_width
from analysis.figures.subject import Subject
from analysis.language.numbers import number

MOST_THIN = 15
NAME_SIZE = 8.5
LEADER = {"arrowstyle": "-", "linewidth": 1.6, "relpos": (0, 0.5), "shrinkA": 1, "shrinkB": 0}
"""From the end of a line to the left edge of its name: the names of lines that coincide are told apart by it."""
SMOOTH = 4
"""Weeks of the running mean of the median; single replicates are drawn as they are."""


def running_mean(values: np.ndarray, weeks: int) -> np.ndarray:
    """Mean of each week and the few before it."""
    total = np.cumsum(np.concatenate([[0.0], values]))
    first = np.maximum(0, np.arange(1, len(values) + 1) - weeks)
    return np.asarray((total[1:] - total[first]) / (np.arange(1, len(values) + 1) - first))


def draw_adoption(subject: Subject) -> Picture:
    """Draw packs a week over time."""
    figure = new_figure(8.2, 4.6)
    names_room = text_width(subject.scenarios, NAME_SIZE) + 0.35
    axes = figure.add_axes((0.075, 0.155, 0.925 - names_room / figure.get_figwidth(), 0.69))
    ends: list[float] = []
    n_weeks = 0
    for place, name in enumerate(subject.scenarios):
        packs = subject.weekly(name, "packs_sold")
        n_weeks = packs.shape[1]
        weeks = np.arange(1, n_weeks + 1)
        for replicate in packs[:MOST_THIN]:
            axes.plot(weeks, replicate, color=colour(place), linewidth=0.35, alpha=0.16, zorder=1)
        median = running_mean(np.median(packs, axis=0), SMOOTH)
        # Wider below, narrower above: of two lines that coincide, the rim of the lower one stays in sight.
        width = 3.6 - 2.0 * place / max(1, len(subject.scenarios) - 1)
        axes.plot(weeks, median, color=colour(place), linestyle=dashes(place), linewidth=width, zorder=2 + place)
        ends.append(float(median[-1]))
    axes.set_xlim(0, n_weeks)
    axes.set_ylim(0, None)
    axes.set_xlabel(subject.say("adoption.x"))
    axes.set_ylabel(subject.say("adoption.y"))
    axes.grid(axis="y", color=LIGHT, linewidth=0.6)
    top = axes.get_ylim()[1]
    for place, position in enumerate(spread(ends, 0.062 * top, 0.0, top)):
        axes.annotate(
            subject.scenarios[place],
            (n_weeks, ends[place]),
            xytext=(1.035, position / top),
            textcoords=axes.transAxes,
            va="center",
            fontsize=NAME_SIZE,
            arrowprops={**LEADER, "color": colour(place)},
            annotation_clip=False,
        )
    paired = subject.comparison.of(subject.best, "packs_per_week").paired
    level, before = number(paired.scenario_mean, subject.lang), number(paired.baseline_mean, subject.lang)
    title = subject.say("adoption.title", best=subject.best, level=level, baseline=subject.scenarios[0], before=before)
    shown = min(MOST_THIN, subject.comparison.n)
    caption(figure, title, subject.say("adoption.subtitle", shown=shown, n=subject.comparison.n), subject.source())
    return Picture("adoption", figure, title)

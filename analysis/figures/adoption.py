"""Adoption over time, a panel a scenario: single replicates thin, the median thick, the baseline behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from getok.analysis.figures.style import LIGHT, CaptionedFigure, Picture, caption, colour, dark, fitted, new_figure
from getok.analysis.figures.subject import Subject
from getok.simulation.texts.numbers import number

MOST_THIN = 15
MOST_THIN_IN_ALL = 60
"""Single replicates in all panels together: what a small file holds."""

SMOOTH = 4
"""Weeks of the running mean of the median; single replicates are drawn as they are."""

NAME_SIZE = 8.5
HEADER = 0.40
"""Room above a panel for the name and the level, in inches."""

WIDE, NARROW = 3.4, 1.5
"""Width of the baseline's line and of the scenario's above it: where they coincide, the rim below stays in sight."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Panels of equal size in rows and columns, in inches."""

    columns: int
    rows: int
    width: float
    height: float


def grid_of(n: int) -> Grid:
    """Choose rows and columns for so many panels."""
    if n <= 3:
        return Grid(n, 1, 7.3 / n, 2.9)
    columns = 4 if n > 6 else 3
    return Grid(columns, -(-n // columns), 7.9 / columns, 1.15)


def running_mean(values: NDArray[np.float64], weeks: int) -> NDArray[np.float64]:
    """Mean of each week and the few before it.

    Examples
    --------
    >>> running_mean(np.array([2.0, 4.0, 6.0]), 2).tolist()
    [2.0, 3.0, 5.0]
    """
    total = np.cumsum(np.concatenate([[0.0], values]))
    first = np.maximum(0, np.arange(1, len(values) + 1) - weeks)
    return np.asarray((total[1:] - total[first]) / (np.arange(1, len(values) + 1) - first))


def draw_adoption(subject: Subject) -> Picture:
    """Draw packs a week over time."""
    others = subject.comparison.scenarios
    packs = {name: subject.weekly(name, "packs_sold") for name in subject.scenarios}
    medians = {name: running_mean(np.median(values, axis=0), SMOOTH) for name, values in packs.items()}
    shown = min(subject.comparison.n, MOST_THIN, max(3, MOST_THIN_IN_ALL // len(others)))
    grid = grid_of(len(others))
    panels = panels_of(grid, len(others))
    top = max(1.0, *(float(values[:shown].max()) for values in packs.values())) * 1.03
    for place, (name, axes) in enumerate(zip(others, panels[1], strict=True)):
        draw_panel(axes, packs[name][:shown], medians[subject.comparison.baseline], medians[name], place + 1)
        axes.set_ylim(0, top)
        head(axes, subject, name, medians, grid)
    label_rims(panels[1], grid, subject)
    figure = panels[0]
    title, levels = said(subject), levels_of(subject)
    slots = {"shown": shown, "n": subject.comparison.n, "baseline": subject.comparison.baseline}
    caption(figure, title, subject.say("adoption.subtitle", **slots), subject.source())
    return Picture("adoption", figure, f"{title}. {subject.say('adoption.alt', levels=levels)}")


def panels_of(grid: Grid, n: int) -> tuple[CaptionedFigure, list[Axes]]:
    """Make a figure with so many panels, row by row."""
    left, gap = 0.62, 0.16
    width = left + grid.columns * (grid.width + gap)
    below, above = 0.72, 0.55
    height = above + below + grid.rows * (grid.height + HEADER)
    figure = new_figure(width, height)
    panels = []
    for k in range(n):
        row, column = divmod(k, grid.columns)
        x = left + column * (grid.width + gap)
        y = height - above - row * (grid.height + HEADER) - HEADER - grid.height
        panels.append(figure.add_axes((x / width, y / height, grid.width / width, grid.height / height)))
    return figure, panels


def draw_panel(
    axes: Axes, single: NDArray[np.float64], before: NDArray[np.float64], median: NDArray[np.float64], place: int
) -> None:
    """Draw one scenario over the baseline."""
    weeks = np.arange(1, len(median) + 1)
    for replicate in single:
        axes.plot(weeks, replicate, color=colour(place), linewidth=0.35, alpha=0.30, zorder=1)
    axes.plot(weeks, before, color="#9A9A9A", linewidth=WIDE, zorder=2, solid_capstyle="butt")
    axes.plot(weeks, median, color=dark(colour(place)), linewidth=NARROW, zorder=3)
    axes.set_xlim(0, len(median))
    axes.grid(axis="y", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)


def head(axes: Axes, subject: Subject, name: str, medians: Mapping[str, NDArray[np.float64]], grid: Grid) -> None:
    """Write name and level above a panel, and which curve is the same."""
    paired = subject.comparison.of(name, "packs_per_week").paired
    level = number(paired.scenario_mean, subject.lang)
    same = next((k for k in subject.scenarios if k != name and np.array_equal(medians[k], medians[name])), None)
    key = "adoption.level" if same is None else "adoption.same"
    text, size = fitted(name, grid.width, NAME_SIZE, "bold")
    second, small = fitted(subject.say(key, level=level, name=same), grid.width, 7.5)
    above: dict[str, Any] = {"transform": axes.transAxes, "va": "bottom"}
    axes.text(0, 1 + 0.19 / grid.height, text, fontsize=size, fontweight="bold", **above)
    axes.text(0, 1 + 0.04 / grid.height, second, fontsize=small, **above)


def label_rims(panels: Sequence[Axes], grid: Grid, subject: Subject) -> None:
    """Write numbers and names of the axes at the rims of the grid only."""
    for k, axes in enumerate(panels):
        axes.locator_params(axis="x", nbins=4)
        axes.locator_params(axis="y", nbins=4)
        axes.tick_params(labelsize=7.5)
        if k % grid.columns:
            axes.set_yticklabels([])
        else:
            axes.set_ylabel(subject.say("adoption.y"), fontsize=8)
        if k + grid.columns < len(panels):
            axes.set_xticklabels([])
        else:
            axes.set_xlabel(subject.say("adoption.x"), fontsize=8)


def said(subject: Subject) -> str:
    """The finding: the level of the best and of the baseline."""
    paired = subject.comparison.of(subject.best, "packs_per_week").paired
    level, before = number(paired.scenario_mean, subject.lang), number(paired.baseline_mean, subject.lang)
    return subject.say("adoption.title", best=subject.best, level=level, baseline=subject.scenarios[0], before=before)


def levels_of(subject: Subject) -> str:
    """Level of every scenario, for those who cannot see the panels."""
    found = {name: subject.comparison.of(name, "packs_per_week").paired for name in subject.comparison.scenarios}
    return "; ".join(f"{name} {number(one.scenario_mean, subject.lang)}" for name, one in found.items())

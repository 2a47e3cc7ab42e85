"""One figure a target: points are the engine, lines are theory, open squares another program; legible in grey."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verification.result import Mark, Plot, Series

MARKERS = ("o", "^", "D", "v", "P")
OTHER_MARKERS = ("s", "p", "h", "8", "*")
Dash: TypeAlias = str | tuple[int, tuple[float, ...]]
DASHES: tuple[Dash, ...] = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)))
COLOURS = ("#000000", "#0072b2", "#d55e00", "#007a5a", "#8a4b8f")
"""Of different darkness, so that grey keeps them apart."""

FIXED = {"svg.hashsalt": "getok verification", "svg.fonttype": "path", "font.size": 9.0}
"""The same bytes in every run."""


def draw_series(axes: Axes, item: Series) -> Any:  # noqa: ANN401 - a line, or a line with bars
    """Draw one series; what the legend shows of it."""
    colour = COLOURS[item.style % len(COLOURS)]
    if item.mark is Mark.FORMULA:
        dash = DASHES[item.style % len(DASHES)]
        return axes.plot(item.x, item.y, linestyle=dash, color=colour, linewidth=1.2, zorder=1)[0]
    other = item.mark is Mark.OTHER
    return axes.errorbar(
        item.x,
        item.y,
        yerr=item.error,
        linestyle="none",
        marker=(OTHER_MARKERS if other else MARKERS)[item.style % len(MARKERS)],
        markersize=9.0 if other else 4.5,
        markerfacecolor="none" if other else colour,
        markeredgecolor=colour,
        ecolor=colour,
        elinewidth=0.8,
        capsize=2.0,
        zorder=3 if other else 2,
    )


def draw(plot: Plot) -> Figure:
    """A figure with everything in it."""
    handles: dict[str, list[Any]] = {}
    with mpl.rc_context(FIXED):
        figure = Figure(figsize=(6.4, 4.6), layout="constrained")
        axes = figure.subplots()
        for item in plot.series:
            handles.setdefault(item.label, []).append(draw_series(axes, item))
        axes.set_xlabel(plot.x_label)
        axes.set_ylabel(plot.y_label)
        axes.margins(x=0.03, y=0.06)
        axes.grid(visible=True, color="#dddddd", linewidth=0.6)
        axes.set_axisbelow(True)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        together: list[Any] = [tuple(parts) for parts in handles.values()]  # points and line of one label
        figure.legend(
            together,
            list(handles),
            loc="outside lower center",
            ncols=2,
            frameon=False,
            handlelength=3.0,
            title="points: engine   lines: theory   open marks: other program",
            title_fontsize=8.0,
        )
    return figure


def save(figure: Figure, path: Path) -> None:
    """Write a figure; the format follows from the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(FIXED):
        if path.suffix == ".svg":
            figure.savefig(path, metadata={"Date": None, "Creator": None})
        else:
            figure.savefig(path, dpi=110)

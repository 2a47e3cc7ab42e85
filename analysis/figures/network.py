"""Spread over the network: everybody in one place, at several weeks."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from analysis.figures.style import Picture, caption, new_figure
from analysis.figures.subject import Subject

Rows = dict[str, NDArray[Any]]
USERS = ("implementation", "confirmation")
LOOKS: dict[str, dict[str, Any]] = {
    "unaware": {"marker": "o", "markersize": 2.0, "color": "#D9D9D9", "markeredgewidth": 0},
    "aware": {"marker": "o", "markersize": 2.6, "color": "#4A90C2", "markeredgewidth": 0},
    "user": {"marker": "o", "markersize": 3.6, "color": "#D55E00", "markeredgewidth": 0},
    "member": {"marker": "s", "markersize": 4.2, "color": "#000000", "markeredgewidth": 0},
}


def places(rows: Rows) -> NDArray[np.float64]:
    """A place for everybody, the same in every panel: blocks on two circles of blocks.

    People of a block stand in a ring, as their ties do; blocks of the RW inside, the others around them.
    """
    xy = np.zeros((len(rows["buyer"]), 2))
    inner = np.unique(rows["block"][rows["zone"] == "rw"])
    outer = np.unique(rows["block"][rows["zone"] != "rw"])
    for radius, blocks in ((0.95, inner), (2.0, outer)):
        size = min(0.44, np.pi * radius / max(1, len(blocks)) * 0.86)
        for k, block in enumerate(blocks):
            turn = 2 * np.pi * k / len(blocks)
            centre = radius * np.array([np.cos(turn), np.sin(turn)]) if len(blocks) > 1 else np.zeros(2)
            people = np.flatnonzero(rows["block"] == block)
            around = 2 * np.pi * np.arange(len(people)) / len(people)
            xy[people] = centre + size * np.column_stack([np.cos(around), np.sin(around)])
    return xy


def kinds(rows: Rows) -> NDArray[Any]:
    """What each person is drawn as."""
    kind = np.where(rows["stage"] == "unaware", "unaware", "aware")
    kind = np.where(np.isin(rows["stage"], USERS), "user", kind)
    return np.where(rows["member"] == 1, "member", kind)


def draw_people(axes: Axes, xy: NDArray[np.float64], kind: NDArray[Any], lines: NDArray[np.float64]) -> None:
    """Draw one panel."""
    axes.add_collection(LineCollection(list(lines), colors="#888888", linewidths=0.12, alpha=0.5, zorder=0))
    for layer, (name, look) in enumerate(LOOKS.items()):
        chosen = xy[kind == name]
        axes.plot(chosen[:, 0], chosen[:, 1], linestyle="none", zorder=1 + layer, **look)
    axes.set_aspect("equal")
    axes.set_axis_off()


def draw_network(subject: Subject, scenario: str | None = None) -> Picture | None:
    """Draw the spread of one scenario over the network; nothing if the run keeps no people (or far too many)."""
    name = scenario or subject.best
    people = subject.evidence.rows(name, "people")
    if len(people["buyer"]) == 0:
        return None
    weeks = [week for week in (0, 16, 52, 104) if (people["week"] == week).any()]
    at = {week: {key: values[people["week"] == week] for key, values in people.items()} for week in weeks}
    xy = places(at[weeks[0]])
    ties = subject.evidence.rows(name, "network")
    once = ties["from"] < ties["to"]
    lines = np.stack([xy[ties["from"][once]], xy[ties["to"][once]]], axis=1)
    figure = new_figure(2.7 * len(weeks), 4.1)
    for k, week in enumerate(weeks):
        axes = figure.add_axes((k / len(weeks), 0.125, 1 / len(weeks), 0.66))
        kind = kinds(at[week])
        draw_people(axes, xy, kind, lines)
        axes.set_title(f"{subject.say('network.week', week=week)}: {int((kind == 'user').sum())}", fontsize=9)
    handles = [
        Line2D([], [], linestyle="none", label=subject.say(f"network.{key}"), **look) for key, look in LOOKS.items()
    ]
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 0.045), ncols=4, frameon=False, fontsize=8)
    users = [int((kinds(at[week]) == "user").sum()) for week in (weeks[0], weeks[-1])]
    title = subject.say("network.title", scenario=name, users=users[1], week=weeks[-1], before=users[0])
    caption(figure, title, subject.say("network.subtitle"), subject.source())
    return Picture("network", figure, title)

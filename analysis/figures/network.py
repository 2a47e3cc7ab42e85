"""Spread over the network: everybody in one place, at several weeks."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from numpy.typing import NDArray

from getok.analysis.figures.dots import dots, strokes
from getok.analysis.figures.style import Picture, caption, new_figure
from getok.analysis.figures.subject import Subject

Rows = dict[str, NDArray[Any]]
USERS = ("implementation", "confirmation")
LOOKS: dict[str, dict[str, Any]] = {
    "unaware": {"size": 1.7, "colour": "#DCDCDC"},
    "aware": {"size": 2.3, "colour": "#7FBDE6"},
    "user": {"size": 3.3, "colour": "#B54400"},
    "member": {"size": 3.8, "colour": "#000000", "shape": "square"},
}
RADIUS = 2.5
"""Half the width of a panel in the units of the layout."""


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


def draw_people(axes: Axes, xy: NDArray[np.float64], kind: NDArray[Any]) -> None:
    """Draw everybody in one panel."""
    axes.set(xlim=(-RADIUS, RADIUS), ylim=(-RADIUS, RADIUS))
    for layer, (name, look) in enumerate(LOOKS.items()):
        chosen = xy[kind == name]
        dots(axes, chosen[:, 0], chosen[:, 1], zorder=1 + layer, **look)
    axes.set_aspect("equal")
    axes.set_axis_off()


def draw_ties(axes: Axes, xy: NDArray[np.float64], ties: Rows) -> None:
    """Draw every social tie once, as one path."""
    once = ties["from"] < ties["to"]
    path = strokes(xy[ties["from"][once]], xy[ties["to"][once]])
    axes.add_patch(PathPatch(path, fill=False, edgecolor="#777777", linewidth=0.12, alpha=0.5, zorder=0, snap=False))


def key_of(subject: Subject) -> list[Line2D]:
    """What the marks mean."""
    marks = {"round": "o", "square": "s"}
    return [
        Line2D(
            [],
            [],
            linestyle="none",
            marker=marks[look.get("shape", "round")],
            markersize=1.25 * look["size"] + 0.8,
            markeredgewidth=0,
            color=look["colour"],
            label=subject.say(f"network.{key}"),
        )
        for key, look in LOOKS.items()
    ]


def draw_network(subject: Subject, scenario: str | None = None) -> Picture | None:
    """Draw the spread of one scenario over the network; nothing if the run keeps no people (or far too many)."""
    name = scenario or subject.best
    people = subject.evidence.rows(name, "people")
    if len(people["buyer"]) == 0:
        return None
    weeks = [week for week in (0, 16, 52, 104) if (people["week"] == week).any()]
    at = {week: {key: values[people["week"] == week] for key, values in people.items()} for week in weeks}
    xy = places(at[weeks[0]])
    figure = new_figure(2.7 * len(weeks), 3.95)
    for k, week in enumerate(weeks):
        axes = figure.add_axes((k / len(weeks), 0.125, 1 / len(weeks), 0.66))
        kind = kinds(at[week])
        draw_people(axes, xy, kind)
        if k == 0:
            draw_ties(axes, xy, subject.evidence.rows(name, "network"))
        axes.set_title(f"{subject.say('network.week', week=week)}: {int((kind == 'user').sum())}", fontsize=9)
    figure.legend(
        handles=key_of(subject), loc="lower center", bbox_to_anchor=(0.5, 0.045), ncols=4, frameon=False, fontsize=8
    )
    users = [int((kinds(at[week]) == "user").sum()) for week in (weeks[0], weeks[-1])]
    title = subject.say("network.title", scenario=name, users=users[1], week=weeks[-1], before=users[0])
    caption(figure, title, subject.say("network.subtitle"), subject.source("source.one"))
    counts = "; ".join(f"{subject.say('network.week', week=week)}: {numbers_of(subject, at[week])}" for week in weeks)
    return Picture("network", figure, f"{title}. {counts}")


def numbers_of(subject: Subject, rows: Rows) -> str:
    """How many of each kind there are."""
    kind = kinds(rows)
    return ", ".join(f"{subject.say(f'network.{name}')} {int((kind == name).sum())}" for name in LOOKS)

"""The Venn (chapati) diagram of partners around the group, before and after.

Distance is trust: the nearer, the more. Size is importance where somebody has given it (a mapping session); else the
recorded level of cooperation, because no table of a run records importance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from analysis.figures.kinds import mean_of
from analysis.figures.style import LIGHT, Picture, caption, fitted, new_figure, spread, text_width
from analysis.figures.subject import Subject
from analysis.language.numbers import number
from simulation.names import COOPERATION_NAMES

FACES = {"supply": "#E69F00", "service": "#DCEBF7"}
SMALL, LARGE = 0.035, 0.105
"""Radius of the circles, of the least and the most important."""

PANEL = 2.9
"""Height of a panel, in inches; it reaches from -1.1 to 1.1."""

LIMIT = 1.12
GROUP = 0.16


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner at one week: mean trust over replicates, and its weight from 0 to 1."""

    id: str
    name: str
    kind: str
    trust: float
    weight: float


def partners_at(subject: Subject, scenario: str, week: int, importance: Mapping[str, float] | None) -> list[Partner]:
    """All partners of the group at a week, in the order of the scenario."""
    played = subject.run.scenario(scenario)
    names = {one.id: one.name for one in played.outlets} | {one.id: one.name for one in played.services}
    rows = subject.evidence.rows(scenario, "ties")
    here = rows["week"] == week
    found = []
    for partner in dict.fromkeys(rows["other"][here].tolist()):
        mine = here & (rows["other"] == partner)
        levels = [COOPERATION_NAMES.index(level) for level in rows["cooperation"][mine].tolist()]
        cooperation = float(np.mean(levels)) / (len(COOPERATION_NAMES) - 1)
        weight = cooperation if importance is None else importance.get(partner, 0.0) / 10
        kind = str(rows["kind"][mine][0])
        found.append(Partner(partner, names.get(partner, partner), kind, mean_of(rows["trust"][mine]), weight))
    return found


def draw_venn(
    subject: Subject, scenario: str | None = None, importance: Mapping[str, float] | None = None
) -> Picture | None:
    """Draw the partners before and after; nothing if the run recorded no ties.

    Parameters
    ----------
    importance : mapping of str to float, optional
        Importance of each partner by its id, 0 to 10, as a mapping session gave it.
    """
    name = scenario or subject.best
    weeks = np.unique(subject.evidence.rows(name, "ties")["week"])
    if len(weeks) < 2:
        return None
    first, last = int(weeks[0]), int(weeks[-1])
    before, after = (partners_at(subject, name, week, importance) for week in (first, last))
    side = min(1.75, text_width([one.name for one in before], 7.5) + 0.1)
    panel = max(PANEL, 0.145 * (len(before) / 2 + 2))
    width, height = 2 * (panel + 2 * side) + 0.4, panel + 1.75
    figure = new_figure(width, height)
    for k, (week, partners) in enumerate(((first, before), (last, after))):
        x = 0.1 + k * (panel + 2 * side + 0.2) + side
        axes = figure.add_axes((x / width, 0.35 / height, panel / width, panel / height))
        draw_panel(axes, partners, side, panel)
        axes.set_title(subject.say("network.week", week=week), fontsize=9, y=0.98)
    key = [
        Line2D(
            [],
            [],
            linestyle="none",
            marker="o",
            markersize=8,
            markerfacecolor=face,
            markeredgecolor="black",
            label=subject.say(f"venn.{kind}"),
        )
        for kind, face in FACES.items()
    ]
    figure.legend(
        handles=key, loc="upper left", bbox_to_anchor=(0, 1 - 0.50 / height), ncols=2, frameon=False, fontsize=8
    )
    title = finding(subject, name, before, after, last)
    size = subject.say("venn.importance" if importance else "venn.cooperation")
    caption(figure, title, subject.say("venn.subtitle", size=size, n=subject.comparison.n), subject.source())
    pairs = zip(before, after, strict=True)
    each = "; ".join(
        f"{a.name} {number(a.trust, subject.lang, 2)} → {number(b.trust, subject.lang, 2)}" for a, b in pairs
    )
    return Picture("venn", figure, f"{title}. {subject.say('venn.alt', each=each)}")


def draw_panel(axes: Axes, partners: list[Partner], side: float, panel: float) -> None:
    """Draw rings of trust, the group, the partners, and their names in two columns."""
    axes.set(xlim=(-LIMIT, LIMIT), ylim=(-LIMIT, LIMIT))
    axes.set_axis_off()
    for distance in (0.25, 0.5, 0.75, 1.0):
        axes.add_patch(Circle((0, 0), GROUP + (1 - GROUP) * distance, fill=False, edgecolor=LIGHT, linewidth=0.6))
    axes.add_patch(Circle((0, 0), GROUP, facecolor="#444444", edgecolor="black", zorder=3))
    axes.text(0, 0, "KUBE", ha="center", va="center", fontsize=7, color="white", zorder=4)
    turns = np.pi / 2 - 2 * np.pi * (np.arange(len(partners)) + 0.5) / len(partners)
    distances = [GROUP + (1 - GROUP) * (1 - one.trust) for one in partners]
    places = np.column_stack([np.cos(turns), np.sin(turns)]) * np.array(distances)[:, None]
    for one, (x, y) in zip(partners, places, strict=True):
        size = SMALL + (LARGE - SMALL) * one.weight
        axes.add_patch(Circle((x, y), size, facecolor=FACES[one.kind], edgecolor="black", linewidth=0.7, zorder=2))
    gap = 0.145 * 2 * LIMIT / panel
    for sign in (1, -1):
        mine = [k for k in range(len(partners)) if np.sign(np.cos(turns[k])) == sign]
        heights = spread([float(np.sin(turns[k])) for k in mine], gap, -LIMIT, LIMIT)
        for k, height in zip(mine, heights, strict=True):
            text, size = fitted(partners[k].name, side - 0.08, 7.5)
            axes.plot([places[k, 0], sign * LIMIT], [places[k, 1], height], color="#999999", linewidth=0.4, zorder=1)
            axes.text(
                sign * (LIMIT + 0.03), height, text, fontsize=size, va="center", ha="left" if sign > 0 else "right"
            )


def finding(subject: Subject, name: str, before: list[Partner], after: list[Partner], week: int) -> str:
    """How many outlets trust the group more in the mean at the end than at the start."""
    outlets = [(a, b) for a, b in zip(before, after, strict=True) if a.kind == "supply"]
    return subject.say(
        "venn.title",
        scenario=name,
        k=sum(b.trust > a.trust + 0.005 for a, b in outlets),
        n=len(outlets),
        week=week,
    )

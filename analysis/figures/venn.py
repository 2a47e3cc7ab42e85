"""The Venn (chapati) diagram of partners around the group, before and after.

Distance is trust: the nearer, the more. Size is importance where a field map has given it to the scenario; else the
recorded level of cooperation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from getok.analysis.figures.kinds import mean_of
from getok.analysis.figures.style import (
    LIGHT,
    CaptionedFigure,
    Picture,
    caption,
    fitted,
    new_figure,
    spread,
    text_width,
)
from getok.analysis.figures.subject import Subject
from getok.simulation.names import COOPERATION_NAMES
from getok.simulation.scenario.wording.names import names_of
from getok.simulation.texts.numbers import number

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


def importance_of(subject: Subject, scenario: str) -> dict[str, float]:
    """Importance of each partner to whom the map of the scenario gives one, from 0 to 1."""
    partners = subject.played(scenario).partners
    return {one.id: one.importance for one in partners if one.importance is not None}


def partners_at(subject: Subject, scenario: str, week: int, importance: Mapping[str, float]) -> list[Partner]:
    """All partners of the group at a week, in the order of the scenario; nothing given is of no importance."""
    played = subject.played(scenario)
    names = names_of(played, subject.lang)
    rows = subject.evidence.rows(scenario, "ties")
    here = rows["week"] == week
    found = []
    for partner in dict.fromkeys(rows["other"][here].tolist()):
        mine = here & (rows["other"] == partner)
        levels = [COOPERATION_NAMES.index(level) for level in rows["cooperation"][mine].tolist()]
        cooperation = float(np.mean(levels)) / (len(COOPERATION_NAMES) - 1)
        weight = importance.get(partner, 0.0) if importance else cooperation
        kind = str(rows["kind"][mine][0])
        found.append(Partner(partner, names.target(partner), kind, mean_of(rows["trust"][mine]), weight))
    return found


def draw_venn(
    subject: Subject, scenario: str | None = None, importance: Mapping[str, float] | None = None
) -> Picture | None:
    """Draw the partners before and after; nothing if the run recorded no ties.

    Parameters
    ----------
    importance : mapping of str to float, optional
        Importance of each partner by its id, from 0 to 1; by default what the scenario's map says, if anything.
    """
    name = scenario or subject.best
    weeks = np.unique(subject.evidence.rows(name, "ties")["week"])
    if not len(weeks):
        return None
    given = importance_of(subject, name) if importance is None else importance
    first, last = int(weeks[0]), int(weeks[-1])
    before, after = (partners_at(subject, name, week, given) for week in (first, last))
    figure = draw_both(subject, {first: before, last: after})
    title = finding(subject, name, before, after, last)
    size = subject.say(size_of(before, given), k=len(given), n=len(before))
    caption(figure, title, subject.say("venn.subtitle", size=size, n=subject.comparison.n), subject.source())
    pairs = zip(before, after, strict=True)
    each = "; ".join(
        f"{a.name} {number(a.trust, subject.lang, 2)} → {number(b.trust, subject.lang, 2)}" for a, b in pairs
    )
    return Picture("venn", figure, f"{title}. {subject.say('venn.alt', each=each)}")


def size_of(partners: list[Partner], given: Mapping[str, float]) -> str:
    """Key of the phrase that says what size means: cooperation, importance, or importance of some."""
    if not given:
        return "venn.cooperation"
    return "venn.importance" if all(one.id in given for one in partners) else "venn.importance.some"


def draw_both(subject: Subject, at: Mapping[int, list[Partner]]) -> CaptionedFigure:
    """Draw a panel a week, and the key."""
    some = next(iter(at.values()))
    side = min(1.75, text_width([one.name for one in some], 7.5) + 0.1)
    panel = max(PANEL, 0.145 * (len(some) / 2 + 2))
    width, height = 2 * (panel + 2 * side) + 0.4, panel + 1.42
    figure = new_figure(width, height)
    for k, (week, partners) in enumerate(at.items()):
        x = 0.1 + k * (panel + 2 * side + 0.2) + side
        axes = figure.add_axes((x / width, 0.35 / height, panel / width, panel / height))
        draw_panel(axes, partners, side, panel)
        axes.set_title(subject.say("network.week", week=week), fontsize=9, y=0.98)
    look: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 8, "markeredgecolor": "black"}
    key = [
        Line2D([], [], markerfacecolor=face, label=subject.say(f"venn.{kind}"), **look) for kind, face in FACES.items()
    ]
    top = 1 - 0.50 / height
    figure.legend(handles=key, loc="upper left", bbox_to_anchor=(0, top), ncols=2, frameon=False, fontsize=8)
    return figure


def draw_panel(axes: Axes, partners: list[Partner], side: float, panel: float) -> None:
    """Draw rings of trust, the group, the partners, and their names in two columns."""
    axes.set(xlim=(-LIMIT, LIMIT), ylim=(-LIMIT, LIMIT))
    axes.set_axis_off()
    for distance in (0.25, 0.5, 0.75, 1.0):
        axes.add_patch(Circle((0, 0), GROUP + (1 - GROUP) * distance, fill=False, edgecolor=LIGHT, linewidth=0.6))
    axes.add_patch(Circle((0, 0), GROUP, facecolor="#444444", edgecolor="black", zorder=4))
    axes.text(0, 0, "KUBE", ha="center", va="center", fontsize=7, color="white", zorder=5)
    turns = np.pi / 2 - 2 * np.pi * (np.arange(len(partners)) + 0.5) / len(partners)
    distances = [GROUP + (1 - GROUP) * (1 - one.trust) for one in partners]
    places = np.column_stack([np.cos(turns), np.sin(turns)]) * np.array(distances)[:, None]
    for one, (x, y) in zip(partners, places, strict=True):
        size = SMALL + (LARGE - SMALL) * one.weight
        axes.add_patch(
            Circle((x, y), size, facecolor=FACES[one.kind], edgecolor="black", linewidth=0.7, zorder=3 - size)
        )
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

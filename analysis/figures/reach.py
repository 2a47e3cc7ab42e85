"""How far word and use have come: by social distance from a member, and by generation of the word, at several weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import NDArray

from getok.analysis.figures.kinds import mean_of, tenths
from getok.analysis.figures.style import LIGHT, CaptionedFigure, Picture, caption, new_figure
from getok.analysis.figures.subject import Subject
from getok.simulation.texts.numbers import number, percent

By = Literal["hop", "generation"]
BOTH: tuple[By, ...] = ("hop", "generation")
PLACES = tuple(range(1, 7))
FACES = {"base": ("#D9D9D9", "#8C8C8C"), "best": ("#A8CDE8", "#1F5F95")}
"""Who knows it, who uses it."""

HATCH = "////"
SEEN = 1.0
"""Fewer buyers than so many, in the mean, are no bar: a share of them would say nothing."""

ROW = 1.25
PANEL = 3.75


@dataclass(frozen=True, slots=True)
class Reached:
    """Who knows and who uses the product at a hop or in a generation; shape (replicates,)."""

    aware: NDArray[np.float64]
    users: NDArray[np.float64]


def weeks_of(subject: Subject) -> list[int]:
    """Weeks of the run at which reach was recorded, the start left out."""
    rows = subject.evidence.rows(subject.comparison.baseline, "reach")
    return [int(week) for week in np.unique(rows["week"]) if week > 0]


def reached_at(subject: Subject, scenario: str, week: int, by: By, places: tuple[int, ...]) -> Reached:
    """Count who knows and uses it at some places; at hops as shares of the buyers there, else as numbers."""
    e = subject.evidence
    rows = e.rows(scenario, "reach")
    here = (rows["week"] == week) & np.isin(rows[by], places)
    place = np.searchsorted(e.replicates, rows["replicate"])

    def total(column: str, where: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(place[where], weights=rows[column][where], minlength=e.n).astype(np.float64)

    aware, users = total("n", here & (rows["generation"] >= 0)), total("adopters", here)
    if by == "generation":
        return Reached(aware, users)
    n = total("n", here)
    return Reached(*(np.divide(k, n, out=np.full(e.n, np.nan), where=n > 0) for k in (aware, users)))


def draw_reach(subject: Subject, scenario: str | None = None) -> Picture | None:
    """Draw reach at every recorded week, a row a week; nothing if none was recorded."""
    name, baseline, weeks = scenario or subject.best, subject.comparison.baseline, weeks_of(subject)
    if not weeks:
        return None
    left, gap = 0.62, 0.75
    width, height = left + 2 * PANEL + gap + 0.1, 1.72 + (ROW + 0.2) * len(weeks)
    figure = new_figure(width, height)
    for column, by in enumerate(BOTH):
        panels: list[Axes] = []
        for row, week in enumerate(weeks):
            x = left + column * (PANEL + gap)
            y = height - 1.10 - row * (ROW + 0.2) - ROW
            axes = figure.add_axes((x / width, y / height, PANEL / width, ROW / height))
            draw_panel(axes, subject, (baseline, name), week, by)
            axes.set_title(subject.say(f"reach.{by}", week=week), fontsize=8.5, loc="left", y=0.98)
            panels.append(axes)
        finish(panels, subject, by)
    add_key(figure, subject, (baseline, name))
    title = finding(subject, name, weeks[-1])
    caption(figure, title, subject.say("reach.subtitle", n=subject.comparison.n), subject.source())
    return Picture("reach", figure, f"{title}. {told(subject, name, weeks)}")


def add_key(figure: CaptionedFigure, subject: Subject, names: tuple[str, str]) -> None:
    """Write what the faces mean, a column a scenario."""
    key = [
        Patch(
            facecolor=FACES[who][use],
            hatch=HATCH if who == "base" else "",
            edgecolor="white",
            linewidth=0,
            label=f"{scenario_name}: {subject.say(('reach.knows', 'reach.uses')[use])}",
        )
        for who, scenario_name in zip(("base", "best"), names, strict=True)
        for use in (0, 1)
    ]
    figure.legend(
        handles=key,
        loc="upper left",
        bbox_to_anchor=(0, 1 - 0.48 / figure.get_figheight()),
        ncols=2,
        frameon=False,
        fontsize=7.5,
        columnspacing=1.2,
    )


def draw_panel(axes: Axes, subject: Subject, names: tuple[str, str], week: int, by: By) -> None:
    """Draw one week: of each pair of bars the left is the baseline; the dark part uses the product."""
    for side, (name, who) in enumerate(zip(names, FACES, strict=True)):
        for place in PLACES:
            if by == "hop" and buyers_at(subject)[place - 1] < SEEN:
                continue
            found = reached_at(subject, name, week, by, (place,))
            x, hatch = place + (0.2 if side else -0.2), "" if side else HATCH
            for values, face in zip((found.aware, found.users), FACES[who], strict=True):
                height = 0.0 if np.isnan(mean_of(values)) else mean_of(values)
                axes.bar(x, height, 0.36, facecolor=face, hatch=hatch, edgecolor="white", linewidth=0)
            low, high = tenths(found.aware)
            if high > low:
                axes.plot([x, x], [low, high], color="black", linewidth=0.8)
    axes.set_xlim(0.4, PLACES[-1] + 0.6)
    axes.set_xticks(PLACES, [""] * len(PLACES))
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)


def finish(panels: list[Axes], subject: Subject, by: By) -> None:
    """One scale for all weeks; names at the lowest panel."""
    top = 1.0 if by == "hop" else max(axes.get_ylim()[1] for axes in panels)
    for axes in panels:
        axes.set_ylim(0, top)
        axes.locator_params(axis="y", nbins=3)
        axes.tick_params(labelsize=7.5)
        if by == "hop":
            axes.yaxis.set_major_formatter(lambda value, _: percent(value, subject.lang))
        else:
            axes.yaxis.set_major_formatter(lambda value, _: number(value, subject.lang, 0))
    labels = [*map(str, PLACES[:-1]), f"{PLACES[-1]}+"]
    if by == "hop":
        labels = [
            f"{label}\n({number(n, subject.lang, 0 if n >= 10 else 1)})"
            for label, n in zip(labels, buyers_at(subject), strict=True)
        ]
    panels[-1].set_xticks(PLACES, labels)
    panels[-1].set_xlabel(subject.say(f"reach.{by}.x"), fontsize=8)


def buyers_at(subject: Subject) -> list[float]:
    """How many buyers stand at each number of ties from the nearest member, in the mean of the baseline."""
    rows = subject.evidence.rows(subject.comparison.baseline, "reach")
    last = rows["week"] == rows["week"].max()
    return [float(rows["n"][last & (rows["hop"] == place)].sum()) / subject.evidence.n for place in PLACES]


def finding(subject: Subject, name: str, week: int) -> str:
    """How many two and more ties away know it."""
    shares = [
        mean_of(reached_at(subject, one, week, "hop", PLACES[1:]).aware) for one in (name, subject.comparison.baseline)
    ]
    share, before = (percent(value, subject.lang) for value in shares)
    slots = {"scenario": name, "share": share, "before": before, "baseline": subject.comparison.baseline}
    return subject.say("reach.title", week=week, **slots)


def told(subject: Subject, name: str, weeks: list[int]) -> str:
    """Shares who know and use it at the end, by hop, and numbers by generation."""
    week = weeks[-1]
    there = [place for place, n in zip(PLACES, buyers_at(subject), strict=True) if n >= SEEN]
    hops = [reached_at(subject, name, week, "hop", (place,)) for place in there]
    generations = [reached_at(subject, name, week, "generation", (place,)) for place in PLACES]
    return subject.say(
        "reach.alt",
        week=week,
        hops=", ".join(
            f"{place}: {percent(mean_of(one.aware), subject.lang)} / {percent(mean_of(one.users), subject.lang)}"
            for place, one in zip(there, hops, strict=True)
        ),
        generations=", ".join(
            f"{place}: {number(mean_of(one.aware), subject.lang, 0)} / {number(mean_of(one.users), subject.lang, 0)}"
            for place, one in zip(PLACES, generations, strict=True)
        ),
    )

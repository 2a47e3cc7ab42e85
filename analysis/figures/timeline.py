"""The programme over time, a row a partner: one replicate, and the spread of the decisive week over all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from getok.analysis.figures.style import LIGHT, Picture, caption, fitted, new_figure, text_width
from getok.analysis.figures.subject import Subject
from getok.simulation.scenario.wording.names import names_of
from getok.simulation.texts.numbers import number

Rows = Mapping[str, NDArray[Any]]
ROW = 0.27
PANEL, RIGHT = 5.6, 2.0
MARKS: dict[str, dict[str, Any]] = {
    "submitted": {"marker": ">", "markerfacecolor": "white", "markeredgecolor": "black"},
    "granted": {"marker": "o", "markerfacecolor": "#009E73", "markeredgecolor": "black"},
    "agreed": {"marker": "D", "markerfacecolor": "#0072B2", "markeredgecolor": "black"},
    "refused": {"marker": "X", "markerfacecolor": "#D55E00", "markeredgecolor": "black"},
}
REFUSED = ("rejected", "closed", "not eligible")


@dataclass(slots=True)
class Row:
    """One row: its label, its tasks and marks in one replicate, and the decisive week in all.

    Attributes
    ----------
    spans : list of (float, float)
        First and last week of each task in the replicate that is drawn.
    marks : list of (str, float)
        What happened, and when.
    weeks : float64, shape (replicates,)
        Week of the grant, the agreement or, without either, of the last task; not a number where it never came.
    """

    label: str
    word: str
    spans: list[tuple[float, float]] = field(default_factory=list)
    marks: list[tuple[str, float]] = field(default_factory=list)
    weeks: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))


def first_by_replicate(subject: Subject, rows: Rows, where: NDArray[np.bool_], column: str) -> NDArray[np.float64]:
    """First week of the rows chosen, one value a replicate."""
    place = np.searchsorted(subject.evidence.replicates, rows["replicate"][where])
    found = np.full(subject.evidence.n, np.nan)
    np.fmin.at(found, place, np.asarray(rows[column][where], dtype=np.float64))
    return found


def rows_of(subject: Subject, scenario: str) -> list[Row]:
    """Rows of the timeline in the order of the programme."""
    tasks = subject.evidence.rows(scenario, "programme")
    played = subject.played(scenario)
    names = names_of(played, subject.lang)
    shown = tasks["replicate"] == subject.evidence.replicates[0]
    targets = dict.fromkeys(zip(tasks["target"][shown].tolist(), tasks["kind"][shown].tolist(), strict=True))
    whole: dict[str, Row] = {}
    for target, kind in targets:
        key = target or kind
        if key in whole:
            continue
        mine = (tasks["target"] == target) if target else (tasks["kind"] == kind)
        row = Row(names.target(target) if target else subject.say(f"timeline.{kind}"), "done")
        here = zip(tasks["start_week"][mine & shown], tasks["done_week"][mine & shown], strict=True)
        row.spans = [(float(a), float(b)) for a, b in here if not np.isnan(a)]
        row.weeks = first_by_replicate(subject, tasks, mine, "done_week")
        add_cases(subject, scenario, target, row)
        add_agreement(subject, scenario, target, row)
        whole[key] = row
    return list(whole.values())


def add_cases(subject: Subject, scenario: str, target: str, row: Row) -> None:
    """Put what an agency did into a row."""
    cases = subject.evidence.rows(scenario, "cases")
    mine = cases["service"] == target
    if not mine.any():
        return
    shown = mine & (cases["replicate"] == subject.evidence.replicates[0])
    for state, week in zip(cases["state"][shown].tolist(), cases["week"][shown].tolist(), strict=True):
        if state in ("submitted", "granted"):
            row.marks.append((state, float(week)))
        elif state in REFUSED:
            row.marks.append(("refused", float(week)))
    row.word, row.weeks = "granted", first_by_replicate(subject, cases, mine & (cases["state"] == "granted"), "week")


def add_agreement(subject: Subject, scenario: str, target: str, row: Row) -> None:
    """Put an outlet's yes, and its dropping out, into a row."""
    outlets = subject.evidence.rows(scenario, "outlets")
    mine = outlets["outlet"] == target
    if not mine.any():
        return
    shown = mine & (outlets["replicate"] == subject.evidence.replicates[0])
    for column, mark in (("accept_week", "agreed"), ("drop_week", "refused")):
        row.marks += [(mark, float(week)) for week in outlets[column][shown] if not np.isnan(week)]
    row.word, row.weeks = "agreed", first_by_replicate(subject, outlets, mine, "accept_week")


def draw_timeline(subject: Subject, scenario: str | None = None) -> Picture | None:
    """Draw the programme of one scenario; nothing if it has none."""
    name = scenario or subject.best
    rows = rows_of(subject, name)
    if not rows:
        return None
    room = min(2.6, text_width([row.label for row in rows], 8) + 0.2)
    width, height = room + PANEL + RIGHT, 1.55 + ROW * len(rows)
    figure = new_figure(width, height)
    axes = figure.add_axes((room / width, 0.62 / height, PANEL / width, ROW * len(rows) / height))
    draw_rows(axes, subject, rows)
    labels = [fitted(row.label, room - 0.1, 8) for row in rows]
    axes.set_yticks(range(len(rows)), [text for text, _ in labels])
    for shown, (_, size) in zip(axes.get_yticklabels(), labels, strict=True):
        shown.set_fontsize(size)
    horizon = subject.played(name).horizon_weeks
    for shock in subject.played(name).shocks:
        last = shock.first_week if shock.last_week is None else shock.last_week
        axes.axvspan(shock.first_week, min(last + 1, horizon), facecolor="#CC79A7", hatch="//", alpha=0.4, linewidth=0)
    axes.set(xlim=(0, horizon), ylim=(len(rows) - 0.5, -0.5))
    axes.set_xlabel(subject.say("adoption.x"), fontsize=8)
    key: list[Patch | Line2D] = [Patch(facecolor="#888888", label=subject.say("timeline.task"))]
    key += [
        Line2D([], [], linestyle="none", markersize=5.5, label=subject.say(f"timeline.{mark}"), **look)
        for mark, look in MARKS.items()
    ]
    if subject.played(name).shocks:
        key.append(Patch(facecolor="#CC79A7", hatch="//", alpha=0.4, label=subject.say("timeline.shock")))
    figure.legend(
        handles=key,
        loc="upper left",
        bbox_to_anchor=(0, 1 - 0.50 / height),
        ncols=6,
        frameon=False,
        fontsize=8,
        columnspacing=1.2,
    )
    title = finding(subject, name, rows)
    caption(figure, title, subject.say("timeline.subtitle", n=subject.comparison.n), subject.source())
    each = "; ".join(f"{row.label}: {said(subject, row)}" for row in rows)
    return Picture("timeline", figure, f"{title}. {each}")


def draw_rows(axes: Axes, subject: Subject, rows: list[Row]) -> None:
    """Draw spans, marks and the spread over replicates."""
    for y, row in enumerate(rows):
        known = row.weeks[~np.isnan(row.weeks)]
        if len(known):
            low, median, high = np.quantile(known, [0.1, 0.5, 0.9])
            axes.plot([low, high], [y + 0.27, y + 0.27], color="#555555", linewidth=0.9)
            axes.plot([median, median], [y + 0.14, y + 0.40], color="#555555", linewidth=0.9)
        for first, last in row.spans:
            end = first if np.isnan(last) else last
            axes.barh(
                y - 0.1, end - first + 1, 0.34, first - 0.5, facecolor="#888888", edgecolor="white", linewidth=0.4
            )
        for mark, week in row.marks:
            axes.plot([week], [y - 0.1], linestyle="none", markersize=5.0, markeredgewidth=0.6, **MARKS[mark])
        axes.text(1.015, y, said(subject, row), transform=axes.get_yaxis_transform(), va="center", fontsize=7.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=LIGHT, linewidth=0.6)
    axes.set_axisbelow(True)


def said(subject: Subject, row: Row) -> str:
    """In how many replicates it was done, granted or agreed."""
    k = int((~np.isnan(row.weeks)).sum())
    return subject.say("timeline.said", word=subject.say(f"timeline.said.{row.word}"), k=k, n=len(row.weeks))


def finding(subject: Subject, name: str, rows: list[Row]) -> str:
    """How many outlets and agencies said yes in the mean."""
    agreed, granted = (
        [float((~np.isnan(row.weeks)).mean()) for row in rows if row.word == word] for word in ("agreed", "granted")
    )
    return subject.say(
        "timeline.title",
        scenario=name,
        outlets=number(sum(agreed), subject.lang),
        asked=len(agreed),
        grants=number(sum(granted), subject.lang),
        cases=len(granted),
    )

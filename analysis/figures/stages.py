"""Rogers' stages as stacked shares over time, for buyers, shop owners and members; exits are hatched."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Polygon

from analysis.figures.style import Picture, caption, new_figure, text_width
from analysis.figures.subject import Subject
from analysis.language.numbers import percent
from simulation.names import STAGE_NAMES, ZONE_NAMES

ORDER = ("confirmation", "implementation", "decision", "persuasion", "knowledge", "unaware", "rejected", "discontinued")
SHADES = {
    "confirmation": "#08306b",
    "implementation": "#2f79b5",
    "decision": "#6baed6",
    "persuasion": "#a5cbe3",
    "knowledge": "#d9e6f2",
    "unaware": "#ffffff",
    "rejected": "#f5d0a9",
    "discontinued": "#d98b4a",
}
HATCHES = {"rejected": "///", "discontinued": "\\\\\\"}
FINE, EVERY = 4, 4
"""Up to so many scenarios every week is drawn; of more, every so many weeks."""

TALL, LOW = 1.2, 0.8
"""Height of a row, in inches: of few scenarios, and of many."""

KINDS = ("buyers", "owners", "members")


def shares(subject: Subject, scenario: str, kind: str) -> np.ndarray:
    """Mean share of a kind in each stage of :data:`ORDER`, shape (stages, weeks)."""
    prefixes = [f"buyers_{zone}" for zone in ZONE_NAMES] if kind == "buyers" else [kind]
    counts = np.array(
        [sum(subject.weekly(scenario, f"{prefix}_{stage}").mean(axis=0) for prefix in prefixes) for stage in ORDER]
    )
    return np.asarray(counts / np.maximum(counts.sum(axis=0), 1e-9))


def draw_panel(axes: Axes, stacked: np.ndarray, every: int) -> None:
    """Draw one stack of shares at every so many weeks, the upper layers behind the lower ones."""
    n_weeks = stacked.shape[1]
    weeks = np.unique([*range(0, n_weeks, every), n_weeks - 1])
    tops = np.cumsum(stacked, axis=0)[:, weeks]
    for row, stage in reversed(list(enumerate(ORDER))):
        look = {"facecolor": SHADES[stage], "hatch": HATCHES.get(stage), "edgecolor": "#666666", "linewidth": 0.3}
        corners = np.column_stack([np.r_[1, weeks + 1, n_weeks], np.r_[0.0, tops[row], 0.0]])
        axes.add_patch(Polygon(corners, closed=True, zorder=2 + 0.1 * (len(ORDER) - row), **look))
    axes.set_xlim(1, n_weeks)
    axes.set_ylim(0, 1)
    axes.locator_params(axis="x", nbins=5)
    axes.set_yticks([0, 0.5, 1])
    axes.set_yticklabels(["0", "50", "100 %"])


def draw_stages(subject: Subject) -> Picture:
    """Draw the stages of every kind of adopter, a row a scenario."""
    names = subject.scenarios
    names_room = text_width(names, 9) + 0.6
    figure = new_figure(7.5 + names_room, 1.85 + (TALL if len(names) <= FINE else LOW) * len(names))
    height, width = figure.get_figheight(), figure.get_figwidth()
    bottom, top = 0.95 / height, 1 - 0.85 / height
    row_height = (top - bottom) / len(names)
    users: dict[str, float] = {}
    for row, name in enumerate(names):
        for column, kind in enumerate(KINDS):
            left, low = names_room + 2.5 * column, top - (row + 1) * row_height + 0.035 / height * 3
            place = (left / width, low, 2.3 / width, row_height * 0.76)
            axes = figure.add_axes(place)
            stacked = shares(subject, name, kind)
            draw_panel(axes, stacked, 1 if len(names) <= FINE else EVERY)
            if kind == "buyers":
                users[name] = float(stacked[0, -1] + stacked[1, -1])
                figure.text(0.01, place[1] + place[3] / 2, name, ha="left", va="center")
            else:
                axes.set_yticklabels([])
            if row == 0:
                axes.set_title(subject.say(f"stages.{kind}"), loc="left")
            if row < len(names) - 1:
                axes.set_xticklabels([])
            else:
                axes.set_xlabel(subject.say("adoption.x"), fontsize=8)
    key = [
        Patch(
            facecolor=SHADES[stage], hatch=HATCHES.get(stage), edgecolor="#666666", label=subject.say(f"stage.{stage}")
        )
        for stage in ORDER
    ]
    figure.legend(
        handles=key,
        loc="lower left",
        bbox_to_anchor=(0.0, 0.22 / height),
        ncols=len(STAGE_NAMES),
        fontsize=7.5,
        frameon=False,
        handlelength=1.2,
        columnspacing=1.2,
    )
    best, baseline = subject.best, names[0]
    share, before = percent(users[best], subject.lang), percent(users[baseline], subject.lang)
    title = subject.say("stages.title", share=share, scenario=best, before=before, baseline=baseline)
    caption(figure, title, subject.say("stages.subtitle", n=subject.comparison.n), subject.source())
    each = "; ".join(f"{name} {percent(share, subject.lang)}" for name, share in users.items())
    return Picture("stages", figure, f"{title}. {subject.say('stages.alt', each=each)}")

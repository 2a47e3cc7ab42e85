"""Figures of one outcome or one scenario, drawn where a user wants them: each takes axes and gives them back."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from getok.analysis.figures.adoption import MOST_THIN, SMOOTH, draw_panel, running_mean
from getok.analysis.figures.differences import draw_outcome
from getok.analysis.figures.style import styled
from getok.analysis.figures.subject import Subject
from getok.simulation.errors import UsageError
from getok.simulation.nearest import nearest


def differences_on(ax: Axes | None, subject: Subject, outcome: str) -> Axes:
    """Draw the paired differences of an outcome, a row a scenario.

    Raises
    ------
    UsageError
        If the comparison has no such outcome.
    """
    known = dict.fromkeys(one.outcome for one in subject.comparison.differences)
    if outcome not in known:
        raise UsageError(f"no outcome '{outcome}'{nearest(outcome, known)}; there are {', '.join(known)}")
    others = subject.comparison.scenarios
    with styled():
        axes = given_or_new(ax)
        draw_outcome(axes, subject, outcome)
        axes.set_yticks(range(len(others)), labels=list(reversed(others)))
    return axes


def adoption_on(ax: Axes | None, subject: Subject, scenario: str | None) -> Axes:
    """Draw packs a week of a scenario over the baseline's; of the one that adds most if none is named.

    Raises
    ------
    UsageError
        If the comparison has no such scenario.
    """
    titles = {name: title for title, name in subject.names.items()}
    others = {subject.names[title]: title for title in subject.comparison.scenarios}
    if scenario is not None and scenario not in others:
        raise UsageError(f"no scenario '{scenario}' to draw{nearest(scenario, others)}; there are {', '.join(others)}")
    title = subject.best if scenario is None else titles[scenario]
    packs = subject.weekly(title, "packs_sold")
    before = subject.weekly(subject.comparison.baseline, "packs_sold")
    medians = [running_mean(np.median(values, axis=0), SMOOTH) for values in (before, packs)]
    with styled():
        axes = given_or_new(ax)
        draw_panel(axes, packs[:MOST_THIN], medians[0], medians[1], subject.comparison.scenarios.index(title) + 1)
        axes.set_ylim(bottom=0)
        axes.set(title=title, xlabel=subject.say("adoption.x"), ylabel=subject.say("adoption.y"))
    return axes


def given_or_new(ax: Axes | None) -> Axes:
    """Axes that were given, or new ones, which notebooks and ``pyplot.show`` know of."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt  # noqa: PLC0415 - its state is the user's; nothing else of ours touches it

    axes: Axes = plt.subplots(layout="constrained")[1]
    return axes

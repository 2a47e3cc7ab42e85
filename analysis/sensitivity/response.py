"""What is explained: an outcome of a scenario, or its difference from the baseline, row by row of a design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from getok.analysis.ensemble.ensemble import Ensemble
from getok.analysis.sensitivity.design import Design, Values
from getok.simulation.errors import UsageError

Of = Literal["level", "difference"]
SAME = 1e-9
"""Two values of a parameter closer than this part of its range are one."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the level of an outcome, or what a scenario adds to it.

    Attributes
    ----------
    outcome : str
        Key of the outcome.
    of : {"level", "difference"}
        The outcome of one scenario, or its paired difference from the baseline.
    scenario : str
        Which scenario.
    baseline : str
        What differences are taken from.
    """

    outcome: str
    of: Of
    scenario: str
    baseline: str


def question_of(ensemble: Ensemble, outcome: str, of: Of, scenario: str | None) -> Question:
    """Complete and check a question.

    Raises
    ------
    UsageError
        If the outcome or scenario is not there, or a difference is asked for without saying of which scenario.
    """
    baseline, *others = ensemble.scenarios
    if outcome not in ensemble.values:
        raise UsageError(f"there is no outcome '{outcome}'; there are: {', '.join(ensemble.values)}")
    if of == "difference" and scenario is None and len(others) == 1:
        scenario = others[0]
    chosen = scenario if scenario is not None else baseline
    if chosen not in ensemble.scenarios:
        raise UsageError(f"there is no scenario '{chosen}'; there are: {', '.join(ensemble.scenarios)}")
    if of == "difference" and chosen == baseline:
        raise UsageError(f"a difference from {baseline} needs another scenario: {', '.join(others) or 'none was run'}")
    return Question(outcome, of, chosen, baseline)


def response(ensemble: Ensemble, design: Design, question: Question) -> Values:
    """Values to explain, shape (n_rows of the design, n_replicates).

    The ensemble holds either every row of the design, or its distinct points, in the design's order.

    Raises
    ------
    UsageError
        If the ensemble has other points, if a run is missing, or if nothing varies.
    """
    place = _places(ensemble, design)
    values = ensemble.values[question.outcome][ensemble.scenarios.index(question.scenario)]
    if question.of == "difference":
        values = values - ensemble.values[question.outcome][0]
    _must_be_complete(values, question)
    if not np.ptp(values.mean(axis=1)) > 1e-12 * np.abs(values).max():
        raise UsageError(f"{question.outcome} is the same at all {len(values)} points; there is nothing to explain")
    return np.asarray(values[place])


def _must_be_complete(values: Values, question: Question) -> None:
    missing = ~np.isfinite(values)
    if missing.any():
        raise UsageError(
            f"{question.outcome} of {question.scenario} is missing in {int(missing.sum())} of {missing.size} runs "
            f"({int(missing.any(axis=1).sum())} of {len(values)} points): a design is analysed whole or not at all; "
            "run what is missing first"
        )


def _places(ensemble: Ensemble, design: Design) -> np.ndarray:
    """For each row of the design, which point of the ensemble it is."""
    if ensemble.parameters != design.parameters:
        raise UsageError(
            f"the design varies {', '.join(design.parameters)}; the runs vary {', '.join(ensemble.parameters)}"
        )
    distinct, place = design.distinct_points()
    everything = ensemble.n_points == len(design.points)
    if not everything and ensemble.n_points != len(distinct):
        raise UsageError(
            f"the design has {len(design.points)} rows ({len(distinct)} distinct points); "
            f"the runs have {ensemble.n_points} points"
        )
    wanted = design.model_points if everything else distinct
    near = np.abs(ensemble.points - wanted) <= SAME * (design.ranges[:, 1] - design.ranges[:, 0])
    rounded = ensemble.points == np.floor(wanted + 0.5)  # of a Morris design, whose steps are laid evenly
    if not (near | rounded).all():
        row, column = np.argwhere(~(near | rounded))[0]
        raise UsageError(
            f"the runs are not those of the design: {design.parameters[column]} of point {row} is "
            f"{ensemble.points[row, column]:g}, the design has {wanted[row, column]:g}"
        )
    return np.arange(len(design.points)) if everything else place

"""From runs of a design to a report."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from getok.analysis.ensemble.ensemble import Ensemble
from getok.analysis.sensitivity.design import Design, Kind, Values
from getok.analysis.sensitivity.designs import given_design
from getok.analysis.sensitivity.estimates import Estimates
from getok.analysis.sensitivity.independent import delta, pawn
from getok.analysis.sensitivity.morris import morris
from getok.analysis.sensitivity.report import Method, Report
from getok.analysis.sensitivity.response import Of, question_of, response
from getok.analysis.sensitivity.sobol import sobol
from getok.analysis.sensitivity.variance import unchained, variance_shares
from getok.simulation.errors import UsageError
from getok.simulation.whole import checked_seed

METHODS: dict[Method, Callable[[Design, Values, np.random.Generator], tuple[Estimates, ...]]] = {
    Method.MORRIS: morris,
    Method.SOBOL: sobol,
    Method.PAWN: pawn,
    Method.DELTA: delta,
}
USUAL = {Kind.MORRIS: Method.MORRIS, Kind.SALTELLI: Method.SOBOL}


def analyse(
    ensemble: Ensemble,
    design: Design | None,
    outcome: str,
    *,
    of: Of = "level",
    scenario: str | None = None,
    method: Method | None = None,
    seed: int = 0,
) -> Report:
    """Measure how an outcome, or what a scenario adds to it, depends on the parameters.

    Parameters
    ----------
    ensemble : Ensemble
        Runs of the design: of all its rows, or of its distinct points; complete.
    design : Design or None
        How the points were laid; None for points that were drawn independently without one.
    outcome : str
        Key of the outcome.
    of : {"level", "difference"}
        The outcome itself, or its paired difference from the baseline.
    scenario : str, optional
        Which scenario; the baseline, or with ``of="difference"`` the other if there is one only.
    method : Method, optional
        Otherwise what the design is made for: Morris, Sobol, and PAWN for points drawn independently.
    seed : int
        Of bootstraps and dealt dummies.

    Raises
    ------
    UsageError
        If runs are missing or are not those of the design, if nothing varies, or if the method does not fit the design.
    """
    question = question_of(ensemble, outcome, of, scenario)
    laid = given_design(ensemble) if design is None else design
    values = response(ensemble, laid, question)
    chosen = USUAL.get(laid.kind, Method.PAWN) if method is None else method
    rng = np.random.default_rng([checked_seed(seed), list(Method).index(chosen)])
    return Report(
        chosen,
        question,
        laid.kind,
        len(laid.distinct_points()[0]),
        values.shape[1],
        METHODS[chosen](laid, values, rng),
        variance_shares(unchained(laid, values)),
    )


def explained(ensemble: Ensemble, scenario: str | None, *, level: bool) -> tuple[Of, str]:
    """What is to be explained: a level, or a difference where there is a baseline to differ from; of which scenario.

    Raises
    ------
    UsageError
        If there is no such scenario.
    """
    chosen = ensemble.scenarios[-1] if scenario is None else scenario
    if chosen not in ensemble.scenarios:
        raise UsageError(f"the sweep has no scenario '{chosen}'; it has {', '.join(ensemble.scenarios)}")
    return ("level" if level or chosen == ensemble.scenarios[0] else "difference"), chosen

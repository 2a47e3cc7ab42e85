"""What the runs of a plan come to, and what its options are called."""

from __future__ import annotations

from collections.abc import Sequence

from getok.analysis.decide.planned import OUTCOMES, Planned, planned
from getok.analysis.decide.programme_choice import Candidate, PlannedTask
from getok.analysis.ensemble.from_run import ensemble_of
from getok.analysis.read import Run
from getok.analysis.report import PlannedRun
from getok.planning.candidates import starts_of
from getok.planning.options import title
from getok.simulation.errors import UsageError
from getok.simulation.scenario.wording.names import names_of
from getok.simulation.texts.catalogue import Lang


def planned_in(run: Run, budget: int) -> Planned:
    """What the runs of a plan come to under a budget.

    Raises
    ------
    UsageError
        If nothing can be said of them.
    """
    ensemble = ensemble_of(run, OUTCOMES)
    candidates = [
        Candidate(name, tuple(PlannedTask(*start) for start in starts_of(name))) for name in ensemble.scenarios[1:]
    ]
    try:
        return planned(ensemble, candidates, float(budget))
    except ValueError as error:
        raise UsageError(f"{run.path}: {error}") from None


def titles_of_options(plans: Sequence[PlannedRun], lang: Lang) -> dict[str, str]:
    """What the baseline and the named options of plans are called in the language of the reader."""
    return {
        one.name: title(one.name, lang) if one.name in plan.options else names_of(one, lang).title
        for plan in plans
        for one in plan.scenarios
    }

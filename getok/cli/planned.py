"""What a report shows of the run folder of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from getok.analysis.figures.plan import draw_plan
from getok.analysis.report import PlannedRun
from getok.analysis.report.drawing import drawings
from getok.cli.plan import planned_in
from getok.planning.options import called, scenarios_of, title
from getok.simulation.scenario.wording.names import names_of

if TYPE_CHECKING:
    from getok.analysis.language.numbers import Lang
    from getok.analysis.read import Run
    from getok.cli.report import Asked
    from getok.planning.plan_file import PlanFile


def planned_run(run: Run, plan: PlanFile, asked: Asked, prefix: str) -> PlannedRun:
    """Judge the programmes of a plan again, under its budget or another."""
    found = planned_in(run, plan.budget if asked.budget is None else asked.budget)
    drawn = drawings([draw_plan(found, asked.lang)], prefix, with_png=asked.with_png)
    return PlannedRun(run, found, called(found), scenarios_of(found, run), drawn)


def titles_of_options(plans: Sequence[PlannedRun], lang: Lang) -> dict[str, str]:
    """What the baseline and the named options of plans are called in the language of the reader."""
    return {
        one.name: title(one.name, lang) if one.name in plan.options else names_of(one, lang).title
        for plan in plans
        for one in plan.scenarios
    }

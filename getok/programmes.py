"""``getok.plan``: which programmes are worth their cost under a budget, over the parameter sets that fit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from getok.carrying_out import Asked, Execution, Out, carry_out, read_scenarios, refuse_part
from getok.money import rupiah_of
from getok.over_sets import first_sets, seed_over
from getok.results import Result, Table, frame
from getok.simulation.errors import UsageError
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.wording.names import names_of
from getok.simulation.shell import as_typed
from getok.simulation.texts.catalogue import Lang
from getok.simulation.whole import next_seed

if TYPE_CHECKING:
    import pandas as pd

    from getok.analysis.decide.planned import Planned
    from getok.analysis.read import Run
    from getok.planning.baseline import Baseline
    from getok.simulation.scenario.resolved import Scenario

SETS, REPLICATES = 60, 2
"""Parameter sets, and paired seeds of each, if none are asked for."""


JUDGED = (
    *("added_cost", "added_effect", "n_within", "n_sets", "n_more", "affordable", "on_frontier"),
    *("probability_best", "regret_mean", "regret_q90", "regret_worst"),
)
"""What a data frame tells of a programme."""


class PlanResult(Result):
    """Programmes under a budget: a few options, never one answer.

    Attributes
    ----------
    found : Planned
        All programmes, the frontier and the named options.
    compare : str
        Command that compares the options under seeds that had no part in choosing them; empty without options.
    """

    def __init__(self, run: Run, found: Planned, baseline: Baseline, compare: str, exit_code: int) -> None:
        super().__init__(run, exit_code)
        self.found = found
        self.baseline = baseline
        self.compare = compare

    @property
    def options(self) -> Path:
        """Folder of the options, as scenario files."""
        from getok.planning.options import OPTIONS  # noqa: PLC0415 - not before it is needed

        return self.folder / OPTIONS

    def tables(self, lang: Lang = "en", *, everything: bool = False) -> list[Table]:
        """The named options, or all programmes."""
        from getok.analysis.decide.tabulate import choice_rows, option_rows  # noqa: PLC0415 - not before they are needed
        from getok.planning.options import called  # noqa: PLC0415

        if everything:
            head, rows = choice_rows(self.found.choice, lang)
            return [Table("", tuple(head[1:]), tuple(tuple(row[1:]) for row in rows))]
        head, rows = option_rows(called(self.found), lang)
        return [Table("", tuple(head), tuple(map(tuple, rows)))]

    def headlines(self, lang: Lang = "en") -> list[str]:
        """What may be spent, and what each named option is."""
        from getok.analysis.decide.economic_sentences import (  # noqa: PLC0415 - not before they are needed
            baseline_sentence,
            budget_sentence,
            named_sentences,
        )

        against = baseline_sentence(names_of(self.baseline.scenario, lang).title, lang)
        return [budget_sentence(self.found.choice, lang), against, *named_sentences(self.found, lang)]

    def cautions(self, lang: Lang = "en") -> list[str]:
        """What to keep in mind."""
        from getok.analysis.decide.sentences import cautions  # noqa: PLC0415 - not before it is needed

        return list(cautions(self.found, lang))

    def sentences(self, lang: Lang = "en") -> list[str]:
        """Budget, options, and what to keep in mind."""
        return [*self.headlines(lang), *self.cautions(lang)]

    def to_pandas(self) -> pd.DataFrame:
        """All programmes as a data frame: cost in rupiah, effect and regret in active buyers.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        judged = self.found.choice.judged
        numbers = [{name: getattr(one, name) for name in JUDGED} for one in judged]
        return frame([{"scenario": one.candidate.scenario} | row for one, row in zip(judged, numbers, strict=True)])


def plan(
    *,
    budget: str | int,
    origin: str | Path = "implemented_2019",
    over: str | Path = "behavioural",
    sets: int = SETS,
    replicates: int = REPLICATES,
    seed: int | None = None,
    out: Out = None,
    processes: int | None = None,
    shard: str = "0/1",
    cluster: str | None = None,
    retry_failed: bool = False,
    progress: bool = False,
) -> PlanResult:
    """Find the set and timing of interventions under a budget: a few options as scenario files, never one answer.

    Parameters
    ----------
    budget : str or int
        What may be added for the public, such as ``"Rp 20 000 000"``; a number is rupiah.
    origin : str or Path
        Scenario whose tasks are chosen from.
    over : str or Path
        Parameter sets: ``"behavioural"``, or a file of :func:`getok.calibrate`.
    sets : int
        Only the first so many sets.
    replicates : int
        Paired seeds of each set.
    seed : int, optional
        Seed; by default the one after the seed by which the sets were selected.
    out, processes, shard, cluster, retry_failed, progress
        As :func:`getok.run`.

    Returns
    -------
    PlanResult
        ``options`` is the folder of the scenario files.

    Raises
    ------
    GetokError
        If something asked for cannot be.
    RunPaused
        If somebody asked to pause (Ctrl-C); what is finished is kept where a folder was named.
    """
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before they are needed
    from getok.planning.baseline import baseline_of  # noqa: PLC0415
    from getok.planning.judging import planned_in  # noqa: PLC0415
    from getok.planning.options import write_options  # noqa: PLC0415
    from getok.planning.plan_file import PlanFile  # noqa: PLC0415

    question = PlanFile(str(origin), rupiah_of(budget))
    baseline = baseline_of(load_scenario(origin))
    asked = asked_runs(str(origin), baseline.scenario, str(over), sets, replicates, seed)
    where = Execution(out, processes, shard, cluster, retry_failed, progress)
    report = carry_out(asked, where)
    question.write(report.folder)
    refuse_part(report, where, "the same command without --shard")
    run = open_run(report.folder)
    found = planned_in(run, question.budget)
    write_options(found, baseline, str(origin), report.folder)
    again = compared_again(found, baseline, report.folder, str(over), asked.seed)
    return PlanResult(run, found, baseline, again, report.exit_code)


def asked_runs(origin: str, baseline: Scenario, over: str, sets: int, replicates: int, seed: int | None) -> Asked:
    """Ask for every programme over the sets."""
    from getok.planning.candidates import programmes  # noqa: PLC0415 - not before it is needed

    points, path = first_sets(over, sets)
    (whole,), inputs = read_scenarios([origin])
    found = programmes(whole)
    if not found:
        raise UsageError(f"{origin} has no tasks to choose from")
    scenarios = [baseline, *(one.scenario for one in found)]
    return Asked(scenarios, [*inputs, path], seed_over(points, seed), replicates, points)


def compared_again(found: Planned, baseline: Baseline, folder: Path, over: str, seed: int) -> str:
    """Command that compares the named options under seeds that had no part in choosing them; empty without options."""
    from getok.planning.options import file_of_baseline, files_of  # noqa: PLC0415 - not before they are needed

    ranked = {one.candidate.scenario for _, one in found.named}
    named = [path.as_posix() for path, one in files_of(found, folder).items() if one.candidate.scenario in ranked]
    options = ["--over", over, "--seed", str(next_seed(seed))]
    first = baseline.typed or file_of_baseline(folder).as_posix()
    return as_typed("getok", "compare", first, *named, *options) if named else ""

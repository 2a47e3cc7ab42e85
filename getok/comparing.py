"""``getok.compare``: scenarios against the first of them, pair by pair, at one parameter set or over many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from getok.carrying_out import AnyScenario, Asked, Execution, Out, carry_out, read_scenarios, refuse_part, run_folder
from getok.money import budget_of
from getok.over_sets import SEEDS, DecisionResult, decided, first_sets, seed_over
from getok.precision import Reached, until_precise, until_precise_over
from getok.results import Result, Table, frame
from getok.simulation.errors import UsageError
from getok.simulation.shell import as_typed
from getok.simulation.texts.catalogue import COMPARE_WORDS, Lang

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from getok.analysis.compare import Comparison
    from getok.analysis.figures.style import Picture
    from getok.analysis.figures.subject import Subject
    from getok.analysis.read import Run
    from getok.simulation.experiment.run import RunReport
    from getok.simulation.model import CommunityModel

REPLICATES = 30
"""Paired seeds, if none are asked for."""


class ComparisonResult(Result):
    """What scenarios change against the first of them, over paired seeds.

    Attributes
    ----------
    comparison : Comparison
        All differences, costs, and why something did not change.
    plot : ComparisonPlots
        Figures, drawn when they are asked for.
    """

    def __init__(self, run: Run, comparison: Comparison) -> None:
        super().__init__(run)
        self.comparison = comparison
        self.plot = ComparisonPlots(run, comparison)

    def tables(self, lang: Lang = "en", *, everything: bool = False, unadjusted: bool = False) -> list[Table]:
        """Differences and costs, as the command shows them.

        Parameters
        ----------
        lang : {"en", "id"}
            Language.
        everything : bool
            All outcomes, not the key ones.
        unadjusted : bool
            Intervals of each scenario by itself, not of all together.
        """
        from getok.analysis.compare.tabulate import cost_rows, difference_rows  # noqa: PLC0415 - not before it is needed

        head, rows = difference_rows(self.comparison, lang, everything=everything, unadjusted=unadjusted)
        names, costs = cost_rows(self.comparison, lang)
        titles = self._titles(lang)
        return [Table(titles[0], head, tuple(rows)), Table(titles[1], names, tuple(costs))]

    def narrow_tables(self, lang: Lang = "en", *, everything: bool = False, unadjusted: bool = False) -> list[Table]:
        """Give the same in a few columns, for a narrow screen."""
        from getok.analysis.compare.tabulate import narrow_tables  # noqa: PLC0415 - not before it is needed

        found = narrow_tables(self.comparison, lang, everything=everything, unadjusted=unadjusted)
        titles = [self._titles(lang)[0], *("" for _ in found[1:])]
        return [Table(title, head, tuple(rows)) for title, (head, rows) in zip(titles, found, strict=True)]

    def _titles(self, lang: Lang) -> tuple[str, str]:

        one, words = self.comparison, COMPARE_WORDS[lang]
        differences = words["title.differences"].format(baseline=one.baseline, n=one.n, seed=one.seed)
        return differences, words["title.costs"].format(baseline=one.baseline)

    def sentences(self, lang: Lang = "en") -> list[str]:
        """One sentence a scenario, why something did not change, and what to keep in mind."""
        from getok.analysis.compare.sentences import cautions, reasons, sentence  # noqa: PLC0415 - not before it is needed

        found = [sentence(self.comparison, name, lang) for name in self.comparison.scenarios]
        return [*found, *reasons(self.comparison, lang), *cautions(self.comparison, lang)]

    def to_pandas(self) -> pd.DataFrame:
        """Differences as a data frame.

        Returns
        -------
        pandas.DataFrame
            A row a scenario and outcome: ``unit`` (packs, buyers, rupiah, ...), ``mean`` of the paired differences in
            it, ``low`` and ``high`` of its interval (95 %, all scenarios together), quantiles, levels, and in how many
            of ``n`` pairs it is higher, lower, equal, better.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        rows = []
        for one in self.comparison.differences:
            pairs = asdict(one.paired)
            pairs |= {"low_alone": pairs.pop("low"), "high_alone": pairs.pop("high")}
            together = {"low": one.low_simultaneous, "high": one.high_simultaneous, "n_better": one.n_better}
            rows.append({"scenario": one.scenario, "outcome": one.outcome, "unit": one.unit} | together | pairs)
        return frame(rows)

    def draw(self, folder: str | Path | None = None, *, lang: Lang = "en") -> list[Path]:
        """Write all figures as SVG and PNG, by default into ``figures`` of the run folder.

        Raises
        ------
        StoreError
            If they cannot be written.
        """
        from getok.analysis.figures import draw_comparison  # noqa: PLC0415 - matplotlib, not before it is needed

        return draw_comparison(self.run, self.comparison, Path(folder or self.folder / "figures"), lang)


class ComparisonPlots:
    """Figures of a comparison; each is drawn when it is asked for."""

    def __init__(self, run: Run, comparison: Comparison) -> None:
        self._run = run
        self._comparison = comparison

    def differences(self, ax: Axes | None = None, *, outcome: str = "packs_per_week", lang: Lang = "en") -> Axes:
        """Draw the paired differences of an outcome: one dot a pair, median, 95 % interval of the mean.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; new axes without.
        outcome : str
            Key of an outcome, such as ``active_buyers``.
        lang : {"en", "id"}
            Language.

        Returns
        -------
        matplotlib.axes.Axes
            Where it was drawn.

        Raises
        ------
        UsageError
            If there is no such outcome.
        """
        from getok.analysis.figures.axes import differences_on  # noqa: PLC0415 - matplotlib, not before it is needed

        return differences_on(ax, self._subject(lang), outcome)

    def adoption(self, ax: Axes | None = None, *, scenario: str | None = None, lang: Lang = "en") -> Axes:
        """Draw packs a week over time: single replicates and median of a scenario, over the baseline's median.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; new axes without.
        scenario : str, optional
            Name of a scenario; the one that adds most without.
        lang : {"en", "id"}
            Language.

        Returns
        -------
        matplotlib.axes.Axes
            Where it was drawn.

        Raises
        ------
        UsageError
            If the comparison has no such scenario.
        """
        from getok.analysis.figures.axes import adoption_on  # noqa: PLC0415 - matplotlib, not before it is needed

        return adoption_on(ax, self._subject(lang), scenario)

    def picture(self, name: str, *, lang: Lang = "en") -> Picture:
        """Draw a figure of the report as a whole, which a notebook shows.

        Parameters
        ----------
        name : str
            ``adoption``, ``differences``, ``stages``, ``funnel``, ``time_in_stage``, ``network``, ``reach``, ``venn``,
            ``timeline``, ``channels`` or ``money``.
        lang : {"en", "id"}
            Language.

        Returns
        -------
        Picture
            With ``figure`` (matplotlib) and ``alt``, what it says to somebody who cannot see it.

        Raises
        ------
        UsageError
            If there is no such figure, or this run has nothing to draw in it.
        """
        from getok.analysis.figures import picture_of  # noqa: PLC0415 - matplotlib, not before it is needed

        return picture_of(self._subject(lang), name)

    def _subject(self, lang: Lang) -> Subject:
        from getok.analysis.figures.subject import subject_of  # noqa: PLC0415 - not before it is needed

        return subject_of(self._run, self._comparison, lang)


def compare(
    *scenarios: AnyScenario,
    replicates: int | None = None,
    seed: int | None = None,
    out: Out = None,
    precision: str | None = None,
    over: str | Path | None = None,
    sets: int | None = None,
    tolerance: float = 1.0,
    budget: str | int | None = None,
    processes: int | None = None,
    shard: str = "0/1",
    cluster: str | None = None,
    retry_failed: bool = False,
    progress: bool = False,
    model: type[CommunityModel] | None = None,
) -> ComparisonResult | DecisionResult:
    """Compare scenarios with the first of them, pair by pair under the same random numbers; or read one run folder.

    What a folder holds is not computed again; interrupted, the same call goes on. What takes seconds is computed in
    this process, more in worker processes: then a script needs ``if __name__ == "__main__":`` around the call.

    Parameters
    ----------
    *scenarios : str, Path, mapping, or what :func:`getok.scenario` gives
        The first is the baseline. One folder of a run instead is read.
    replicates : int, optional
        Paired seeds: 30, or 4 of each set with ``over``.
    seed : int, optional
        Seed, in [0, 2**63): 1; with ``over`` the one after the seed by which the sets were selected.
    out : str, Path or getok.BY_NAME, optional
        Run folder; without it a temporary one, which is removed with the result.
    precision : str, optional
        Instead of a number of seeds (and sets): half-width of the difference in packs a week, such as ``"5 %"``.
    over : str or Path, optional
        Compare over parameter sets: ``"behavioural"``, or a file of :func:`getok.calibrate`.
    sets : int, optional
        With ``over``: only the first so many sets.
    tolerance : float
        With ``over``: smallest difference in packs a week that matters.
    budget : str or int, optional
        With ``over``: what may be added for the public, such as ``"Rp 20 000 000"``; a number is rupiah.
    processes : int, optional
        Worker processes; 1 computes in this process.
    shard : str
        Compute one part only, such as ``"1/8"``; all parts meet in one folder.
    cluster : str, optional
        Dask cluster that computes instead.
    retry_failed : bool
        Compute the failed runs again, and nothing else.
    progress : bool
        Show bars on standard error.
    model : type, optional
        Subclass of :class:`getok.CommunityModel` that lives the runs, in Mesa: a hundred times slower than the engine.

    Returns
    -------
    ComparisonResult or DecisionResult
        The latter over parameter sets.

    Raises
    ------
    GetokError
        If something asked for cannot be: :class:`getok.simulation.errors.ScenarioError` for scenarios, ``UsageError``
        for numbers and names, ``StoreError`` for folders.
    RunPaused
        If somebody asked to pause (Ctrl-C); what is finished is kept where a folder was named.

    Notes
    -----
    Pairs and intervals: L'Ecuyer (1994) on common random numbers; max-t by random signs, Romano & Wolf (2005),
    *Econometrica* 73, 1237-1282.

    Examples
    --------
    >>> import getok
    >>> run = getok.compare("baseline_reflection", "training_only", replicates=2)
    >>> run.comparison.scenarios, run.comparison.n
    (('training_only',), 2)
    """
    where = Execution(out, processes, shard, cluster, retry_failed, progress)
    rupiah = budget_of(budget)
    folder = run_folder(scenarios)
    if folder is not None:
        return read_comparison(folder, tolerance, rupiah)
    check_precision(precision, replicates, where)
    asked = replace(asked_of(scenarios, over, sets, replicates, seed), model=model)
    reached = computed(asked, precision, where, may_add_sets=sets is None)
    refuse_part(reached.report, where, as_typed("getok", "compare", str(reached.report.folder)))
    found = read_comparison(reached.report.folder, tolerance, rupiah)
    found.notes, found.exit_code = reached.conclusion, reached.report.exit_code
    return found


def read_comparison(folder: Path, tolerance: float, budget: int | None) -> ComparisonResult | DecisionResult:
    """What the runs of a folder come to.

    Raises
    ------
    UsageError
        If they cannot be compared.
    """
    from getok.analysis.compare import compare as compared  # noqa: PLC0415 - not before they are needed
    from getok.analysis.read import open_run  # noqa: PLC0415

    run = open_run(folder)
    if run.manifest.points:
        return decided(run, tolerance, budget)
    try:
        return ComparisonResult(run, compared(run))
    except ValueError as error:
        raise UsageError(f"{run.path}: {error}") from None


def check_precision(precision: str | None, replicates: int | None, where: Execution) -> None:
    """Refuse a precision beside what it decides, or what cannot be decided while parts are missing."""
    if precision is not None and replicates is not None:
        raise UsageError("--precision finds the number of seeds; leave --replicates out")
    if precision is not None and not where.part.is_whole:
        raise UsageError("--precision looks at the whole of a run; leave --shard out")


def asked_of(
    scenarios: Sequence[AnyScenario],
    over: str | Path | None,
    sets: int | None,
    replicates: int | None,
    seed: int | None,
) -> Asked:
    """What is asked for: scenarios as they are, or over parameter sets."""
    if len(scenarios) < 2:
        raise UsageError("name a baseline and at least one other scenario, or one run folder")
    found, inputs = read_scenarios(scenarios)
    if over is None:
        return Asked(found, inputs, 1 if seed is None else seed, REPLICATES if replicates is None else replicates)
    points, path = first_sets(str(over), sets)
    return Asked(found, [*inputs, path], seed_over(points, seed), SEEDS if replicates is None else replicates, points)


def computed(asked: Asked, precision: str | None, where: Execution, *, may_add_sets: bool) -> Reached:
    """Compute what is missing: of so many seeds, or of as many as a precision takes."""
    if precision is None:
        return Reached(carry_out(asked, where))
    if asked.points is None:
        place = replace(where, out=where.folder(asked.plan()))
        return until_precise(precision, lambda n: carry_out(replace(asked, replicates=n), place))

    def folder_of(some: Asked) -> Path:
        return where.folder(some.plan())

    def compute(some: Asked, folder: Path) -> RunReport:
        return carry_out(some, replace(where, out=folder))

    return until_precise_over(precision, asked, asked.points, folder_of, compute, may_add_sets=may_add_sets)

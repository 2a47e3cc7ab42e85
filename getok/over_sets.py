"""Scenarios over many parameter sets, because the case does not tell which one is right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from getok.results import Result, Table, frame
from getok.simulation.errors import UsageError
from getok.simulation.shell import as_typed
from getok.simulation.texts.catalogue import Lang
from getok.simulation.whole import next_seed, whole_number

if TYPE_CHECKING:
    import pandas as pd

    from getok.analysis.decide.report import Decision
    from getok.analysis.figures.style import Picture
    from getok.analysis.read import Run
    from getok.simulation.scenario.points import Points

SEEDS = 4
"""Paired seeds of each set, if none are asked for."""

MOST_SETS = 10_000_000


class DecisionResult(Result):
    """What scenarios change over many parameter sets: how robust their order is, and on what it hangs.

    Attributes
    ----------
    decision : Decision
        All questions that are asked of the runs.
    """

    def __init__(self, run: Run, decision: Decision) -> None:
        super().__init__(run)
        self.decision = decision

    def tables(self, lang: Lang = "en") -> list[Table]:
        """Differences, ranks, where the order turns, and costs, as the command shows them."""
        from getok.analysis.decide import tabulate  # noqa: PLC0415 - not before they are needed

        one, main = self.decision, self.decision.outcomes[0]
        whole = (
            (*tabulate.spread_rows(one, lang), 2),
            (*tabulate.rank_rows(one, main, lang), 1),
            (*tabulate.box_rows(main, lang), 2),
            (*tabulate.cost_rows(one.economics, lang), 2),
        )
        return [Table("", tuple(head), tuple(map(tuple, rows)), keys) for head, rows, keys in whole]

    def narrow_tables(self, lang: Lang = "en") -> list[Table]:
        """Give the main ones in a few columns, for a narrow screen."""
        from getok.analysis.decide.tabulate import narrow_tables  # noqa: PLC0415 - not before it is needed

        return [Table("", tuple(head), tuple(map(tuple, rows))) for head, rows in narrow_tables(self.decision, lang)]

    def sentences(self, lang: Lang = "en") -> list[str]:
        """What the runs say, and what to keep in mind."""
        from getok.analysis.decide.sentences import cautions, sentences  # noqa: PLC0415 - not before they are needed

        return [*sentences(self.decision, lang), *cautions(self.decision, lang)]

    def to_pandas(self) -> pd.DataFrame:
        """Differences as a data frame: a row an outcome and scenario, over sets and seeds.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        from dataclasses import asdict  # noqa: PLC0415 - not before it is needed

        return frame(
            [
                {"outcome": one.outcome, "unit": one.unit} | asdict(spread)
                for one in self.decision.outcomes
                for spread in one.spreads
            ]
        )

    def pictures(self, lang: Lang = "en") -> list[Picture]:
        """Draw how robust the order is and, with costs, what they buy; a notebook shows each."""
        from getok.analysis.figures.decision import pictures_of_decision  # noqa: PLC0415 - matplotlib

        return pictures_of_decision(self._renamed(lang), lang)

    def draw(self, folder: str | Path | None = None, *, lang: Lang = "en") -> list[Path]:
        """Write the figures as SVG and PNG, by default into ``figures`` of the run folder.

        Raises
        ------
        StoreError
            If they cannot be written.
        """
        from getok.analysis.figures.decision import draw_decision  # noqa: PLC0415 - matplotlib

        return draw_decision(self._renamed(lang), Path(folder or self.folder / "figures"), lang)

    def _renamed(self, lang: Lang) -> Decision:
        from getok.analysis.naming import LONGEST, renamed, titles_of  # noqa: PLC0415 - not before they are needed

        return renamed(self.decision, titles_of([self.run], lang, longest=LONGEST))


def decided(run: Run, tolerance: float, budget: int | None) -> DecisionResult:
    """Ask all questions of runs over parameter sets.

    Raises
    ------
    UsageError
        If the runs are those of a plan, or nothing can be said of them.
    """
    from getok.analysis.decide.report import decide  # noqa: PLC0415 - not before they are needed
    from getok.analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415
    from getok.planning.plan_file import read_plan  # noqa: PLC0415

    if read_plan(run.path) is not None:
        raise UsageError(
            f"{run.path} holds a plan of many programmes; '{as_typed('getok', 'report', str(run.path))}' shows it, and "
            f"the files in {run.path / 'options'} can be compared"
        )
    try:
        decision = decide(ensemble_of(run), tolerance={"packs_per_week": tolerance}, budget=budget)
    except ValueError as error:
        raise UsageError(f"{run.path}: {error}") from None
    return DecisionResult(run, decision)


def first_sets(name: str, n: int | None) -> tuple[Points, Path]:
    """First sets of a file of parameter sets, or all of them; and the file.

    Raises
    ------
    StoreError
        If it is no such file.
    UsageError
        If it has fewer, or belongs to another version of the model.
    """
    from getok.behavioural.set_file import find_set, read_set  # noqa: PLC0415 - not before they are needed

    points, _ = read_set(name)
    if n is not None and whole_number("sets", n, 1, MOST_SETS) > len(points):
        raise UsageError(f"{n} sets; {name} has {len(points)}")
    return points.first(n), find_set(name)


def seed_over(points: Points, seed: int | None) -> int:
    """Seed of a comparison over parameter sets: as asked for, else luck that did not take part in selecting them."""
    if seed is not None:
        return seed
    return 1 if points.selection is None else next_seed(points.selection.seed)

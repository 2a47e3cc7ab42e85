"""``getok.patterns``: P01-P28, measured, expected, verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from getok.carrying_out import Asked, Execution, Inconclusive, Out, carry_out
from getok.results import Result, Table, frame
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.texts.catalogue import Lang

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from getok.analysis.patterns import Verdict
    from getok.analysis.read import Run

MUST_FAILED = 4
"""Exit code if a must pattern does not hold: the run is fine, the model is not."""


class PatternsResult(Result):
    """What the model shows of what the case reports.

    Attributes
    ----------
    verdicts : list of Verdict
        Each pattern: what is expected, what was measured, whether it holds.
    """

    def __init__(self, run: Run, verdicts: Sequence[Verdict]) -> None:
        from getok.analysis.patterns import must_fail  # noqa: PLC0415 - not before it is needed

        super().__init__(run, MUST_FAILED if must_fail(verdicts) else 0)
        self.verdicts = list(verdicts)

    def tables(self, lang: Lang = "en") -> list[Table]:
        """Measured, expected, verdict of each pattern."""
        from getok.analysis.patterns import table  # noqa: PLC0415 - not before it is needed

        head, rows = table(self.verdicts, lang)
        return [Table("", tuple(head), tuple(map(tuple, rows)))]

    def sentences(self, lang: Lang = "en") -> list[str]:
        """How many hold, and what follows."""
        from getok.analysis.patterns import conclusion  # noqa: PLC0415 - not before it is needed

        return [conclusion(self.verdicts, len(self.run.paired_replicates()), lang)]

    def rows(self, lang: Lang = "en") -> list[dict[str, object]]:
        """Verdicts for other programs: texts in the language, strength as its key."""
        return [row_of(verdict, lang) for verdict in self.verdicts]

    def to_pandas(self) -> pd.DataFrame:
        """Verdicts as a data frame, a row a pattern.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        return frame(self.rows())


def patterns(
    *,
    replicates: int = 100,
    seed: int = 1,
    out: Out = None,
    processes: int | None = None,
    progress: bool = False,
) -> PatternsResult:
    """Measure the patterns of the case on the library: what of the paper the model still shows.

    Parameters
    ----------
    replicates, seed, out, processes, progress
        As :func:`getok.run`.

    Returns
    -------
    PatternsResult
        ``exit_code`` is 4 if a must pattern fails.

    Raises
    ------
    GetokError
        If something asked for cannot be, or runs failed.
    """
    from getok.analysis.patterns import CATALOGUE, Evidence, judge, scenarios_for  # noqa: PLC0415 - not before they are needed
    from getok.analysis.read import open_run  # noqa: PLC0415

    def library(name: str) -> Scenario:
        return load_scenario(name).scenario

    asked = Asked(scenarios_for(CATALOGUE, library), [], seed, replicates)
    report = carry_out(asked, Execution(out, processes, progress=progress))
    if report.exit_code:
        raise Inconclusive(f"{report.folder}: nothing is said of patterns where runs failed", report.exit_code)
    run = open_run(report.folder)
    return PatternsResult(run, judge(CATALOGUE, Evidence(run, run.paired_replicates())))


def row_of(verdict: Verdict, lang: Lang) -> dict[str, object]:
    """A verdict in texts of the language, its strength as a key."""
    said = verdict.said(lang)
    texts = {"statement": said.statement, "expected": said.expected, "measured": said.measured}
    return {"id": said.id, "strength": verdict.pattern.strength.value, **texts, "holds": verdict.holds}

"""``compare --precision``: as many paired seeds as a stated precision needs, no more."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from getok.simulation.errors import UsageError

if TYPE_CHECKING:
    from getok.analysis.decide.precision import Precision
    from getok.simulation.experiment.run import RunReport

OUTCOME = "packs_per_week"
"""Outcome whose differences are to be known precisely."""

MOST = 2000
"""Seeds beyond which a precision is given up."""


def until_precise(text: str, run: Callable[[int], RunReport]) -> RunReport:
    """Run more seeds until the difference of every scenario is known as well as was asked for.

    Parameters
    ----------
    text : str
        Half-width of the 95 % interval as a share of the mean difference, such as ``5 %``.
    run : callable
        Computes what is missing of so many seeds.
    """
    from getok.analysis.decide.precision import FEWEST  # noqa: PLC0415 - not before it is needed: --help is quick

    precision = read_precision(text)
    n = FEWEST
    while True:
        report = run(n)
        if report.paused or report.n_failed:
            return report
        wanted = seeds_wanted(report.folder, precision, n)
        if wanted is not None and wanted <= n:
            print(f"precision {text} reached with {n} paired seeds", file=sys.stderr)
            return report
        if n == MOST:
            print(f"precision {text} is not reached with {MOST} paired seeds", file=sys.stderr)
            return report
        n = MOST if wanted is None else min(wanted, MOST)


def read_precision(text: str) -> Precision:
    """Precision as written.

    Raises
    ------
    UsageError
        If it is no share above 0.
    """
    from getok.analysis.decide.precision import Precision  # noqa: PLC0415 - not before they are needed: --help is quick
    from getok.simulation.scenario import units  # noqa: PLC0415

    try:
        return Precision(relative=units.share(text))
    except ValueError as error:
        raise UsageError(f"--precision {text}: {error}; write a share of the difference, such as '5 %'") from None


def seeds_wanted(folder: Path, precision: Precision, n: int) -> int | None:
    """Seeds to run next: ``n`` if they are enough, None if no number would do."""
    from getok.analysis.compare.outcomes import BY_KEY  # noqa: PLC0415 - not before they are needed
    from getok.analysis.decide.precision import next_number  # noqa: PLC0415
    from getok.analysis.patterns.evidence import Evidence  # noqa: PLC0415
    from getok.analysis.read import open_run  # noqa: PLC0415

    opened = open_run(folder)
    evidence = Evidence(opened, tuple(range(n)))
    baseline, *others = (BY_KEY[OUTCOME].measure(evidence, name) for name in opened.scenarios)
    return next_number([values - baseline for values in others], precision)

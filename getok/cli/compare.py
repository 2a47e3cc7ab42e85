"""Command ``compare``: paired differences from the first scenario."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.carrying_out import Asked, carry_out, is_decidable, read_scenarios
from getok.cli.drawn import drawn_into
from getok.cli.output import fits, print_json, print_table
from getok.cli.over import ONE_SET, SEEDS, Over, decide_on, first_sets, seed_over
from getok.cli.precisely import until_precise
from getok.cli.precisely_over import until_precise_over
from getok.cli.run import AsJson, Out, Processes
from getok.cli.where import HERE, Where
from getok.cli.words import CLI_WORDS
from getok.simulation.errors import UsageError
from getok.simulation.shell import as_typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from getok.analysis.compare import Comparison
    from getok.analysis.language.numbers import Lang
    from getok.simulation.experiment.run import RunReport

REPLICATES = 30
"""Paired seeds, if none are asked for."""


def compare(
    *scenarios: str,
    replicates: Annotated[
        int | None, Parameter(name=["--replicates", "-r"], help="Paired seeds: 30, or 4 of each set with --over.")
    ] = None,
    seed: Annotated[
        int | None, Parameter(help="Seed: 1; with --over the one after the seed by which the sets were selected.")
    ] = None,
    out: Out = None,
    processes: Processes = None,
    lang: Annotated[Literal["en", "id"], Parameter(help="Language: en or id.")] = "en",
    everything: Annotated[
        bool,
        Parameter(name="--all", help="All outcomes, not the key ones.", negative=""),
    ] = False,
    unadjusted: Annotated[
        bool, Parameter(help="Intervals of each scenario by itself, not of all together.", negative="")
    ] = False,
    figures: Annotated[bool, Parameter(help="Draw the figures.")] = True,
    precision: Annotated[
        str | None,
        Parameter(help="Instead of a number of seeds (and sets): half-width of the difference, such as '5 %'."),
    ] = None,
    over: Over = ONE_SET,
    where: Where = HERE,
    as_json: AsJson = False,
) -> int:
    """Compare scenarios with the first of them, pair by pair under the same luck; or read one run folder."""
    from getok.analysis import compare as comparing  # noqa: PLC0415 - not before it is needed: --help is quick
    from getok.analysis.read import open_run  # noqa: PLC0415

    folder = run_folder(scenarios)
    is_sweep = folder is not None and open_run(folder).manifest.points > 0
    code = 0
    if folder is None:
        check_precision(precision, replicates, where)
        asked = asked_of(scenarios, over, replicates, seed)
        report = computed(asked, precision, over, out, processes, where)
        if not is_decidable(report, where, as_typed("getok", "compare", str(report.folder))):
            return report.exit_code
        folder, code = report.folder, report.exit_code
    if is_sweep or over.over is not None:
        return decide_on(folder, lang, over, figures=figures, as_json=as_json, everything=everything) or code
    run = open_run(folder)
    try:
        comparison = comparing.compare(run)
    except ValueError as error:
        raise UsageError(f"{folder}: {error}") from None
    if not as_json:
        show(comparison, lang, everything=everything, unadjusted=unadjusted)
        print(f"run folder  {folder}", file=sys.stderr)
    drawn = drawn_into(folder, lambda into: draw(folder, comparison, into, lang), asked=figures)
    if as_json:
        from getok.analysis.compare.sentences import reasons  # noqa: PLC0415 - not before it is needed

        files = {"folder": folder.as_posix(), "figures": drawn.names}
        print_json({"comparison": comparison, "why_unchanged": reasons(comparison, lang), **files})
    return drawn.exit_code or code


def check_precision(precision: str | None, replicates: int | None, where: Where) -> None:
    """Refuse a precision beside what it decides, or what cannot be decided while parts are missing."""
    if precision is not None and replicates is not None:
        raise UsageError("--precision finds the number of seeds; leave --replicates out")
    if precision is not None and not where.part.is_whole:
        raise UsageError("--precision looks at the whole of a run; leave --shard out")


def asked_of(scenarios: tuple[str, ...], over: Over, replicates: int | None, seed: int | None) -> Asked:
    """What is asked for: scenarios as they are, or over parameter sets."""
    if len(scenarios) < 2:
        raise UsageError("name a baseline and at least one other scenario, or one run folder")
    loaded, inputs = read_scenarios(scenarios)
    if over.over is None:
        return Asked(loaded, inputs, 1 if seed is None else seed, REPLICATES if replicates is None else replicates)
    points, path = first_sets(over.over, over.sets)
    return Asked(loaded, [*inputs, path], seed_over(points, seed), SEEDS if replicates is None else replicates, points)


def computed(
    asked: Asked, precision: str | None, over: Over, out: Path | None, processes: int | None, where: Where
) -> RunReport:
    """Compute what is missing: of so many seeds, or of as many as a precision takes."""

    def compute(some: Asked, folder: Path | None) -> RunReport:
        return carry_out(some, folder, processes, where)

    if precision is None:
        return compute(asked, out)
    if asked.points is None:
        return until_precise(precision, lambda n: compute(replace(asked, replicates=n), out))
    return until_precise_over(precision, asked, asked.points, out, compute, may_add_sets=over.sets is None)


def run_folder(scenarios: tuple[str, ...]) -> Path | None:
    """Return the run folder that is meant, if it is one."""
    if len(scenarios) == 1 and scenarios[0] and os.path.isdir(scenarios[0]):  # noqa: PTH112 - quiet about any name
        return Path(scenarios[0])
    return None


def draw(folder: Path, comparison: Comparison, into: Path, lang: Lang) -> list[Path]:
    """Draw the figures of a comparison."""
    from getok.analysis.figures import draw_comparison  # noqa: PLC0415 - matplotlib, not before it is needed
    from getok.analysis.read import open_run  # noqa: PLC0415

    return draw_comparison(open_run(folder), comparison, into, lang)


def show(comparison: Comparison, lang: Lang, *, everything: bool, unadjusted: bool) -> None:
    """Print the tables, a sentence a scenario, and what to keep in mind."""
    from getok.analysis.compare.sentences import cautions, reasons, sentence  # noqa: PLC0415 - not before they are needed
    from getok.analysis.compare.tabulate import cost_rows, difference_rows, narrow_tables  # noqa: PLC0415
    from getok.analysis.language.words import WORDS  # noqa: PLC0415

    words = WORDS[lang]
    title = words["title.differences"].format(baseline=comparison.baseline, n=comparison.n, seed=comparison.seed)
    costs = words["title.costs"].format(baseline=comparison.baseline)
    head, rows = difference_rows(comparison, lang, everything=everything, unadjusted=unadjusted)
    if fits(head, rows):
        show_tables([(title, head, rows), (costs, *cost_rows(comparison, lang))])
    else:
        first, *others = narrow_tables(comparison, lang, everything=everything, unadjusted=unadjusted)
        show_tables([(title, *first), *(("", *other) for other in others)])
        print(CLI_WORDS[lang]["wider" if everything else "more"], end="\n\n")
    for scenario in comparison.scenarios:
        print(sentence(comparison, scenario, lang))
    print()
    for reason in reasons(comparison, lang):
        print(reason)
    for caution in cautions(comparison, lang):
        print(caution)


def show_tables(tables: Iterable[tuple[str, Sequence[str], Sequence[Sequence[str]]]]) -> None:
    """Print tables with their titles, those without rows left out."""
    for title, head, rows in tables:
        if rows:
            print_table(title, head, rows)
            print()

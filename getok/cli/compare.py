"""Command ``compare``: paired differences from the first scenario."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.output import print_json, print_table
from getok.cli.over import ONE_SET, Over, carried_out, decide_on
from getok.cli.precisely import until_precise
from getok.cli.run import AsJson, Out, Processes, Seed, carry_out, load_all
from getok.cli.where import HERE, Where
from simulation.errors import UsageError

if TYPE_CHECKING:
    from analysis.compare import Comparison
    from analysis.language.numbers import Lang
    from simulation.experiment.run import RunReport

REPLICATES = 30
"""Paired seeds, if none are asked for."""


def compare(
    *scenarios: str,
    replicates: Annotated[
        int | None, Parameter(name=["--replicates", "-r"], help="Paired seeds: 30, or 4 of each set with --over.")
    ] = None,
    seed: Seed = 1,
    out: Out = None,
    processes: Processes = None,
    lang: Annotated[Literal["en", "id"], Parameter(help="Language: en or id.")] = "en",
    everything: Annotated[bool, Parameter(name="--all", help="All outcomes, not the key ones.", negative="")] = False,
    figures: Annotated[bool, Parameter(help="Draw the figures.")] = True,
    precision: Annotated[
        str | None, Parameter(help="Instead of a number of seeds: half-width of the difference, such as '5 %'.")
    ] = None,
    over: Over = ONE_SET,
    where: Where = HERE,
    as_json: AsJson = False,
) -> int:
    """Compare scenarios with the first of them, pair by pair under the same luck; or read one run folder."""
    from analysis import compare as comparing  # noqa: PLC0415 - not before it is needed: --help is quick
    from analysis.read import open_run  # noqa: PLC0415

    folder = run_folder(scenarios)
    is_sweep = folder is not None and open_run(folder).manifest.points > 0
    code = 0
    if folder is None:

        def compute(n: int | None) -> RunReport:
            return computed(scenarios, over, n, seed, out, processes, where)

        check_precision(precision, replicates, over, where)
        report = compute(replicates) if precision is None else until_precise(precision, compute)
        if report.paused:
            return report.exit_code
        if not where.part.is_whole:  # a comparison of one part would read like one of the whole
            print(f"part {where.shard} is done; when all are: getok compare {report.folder}", file=sys.stderr)
            return report.exit_code
        folder, code = report.folder, report.exit_code
    if is_sweep or over.over is not None:
        return decide_on(folder, lang, over, figures=figures, as_json=as_json) or code
    run = open_run(folder)
    try:
        comparison = comparing.compare(run)
    except ValueError as error:
        raise UsageError(f"{folder}: {error}") from None
    pictures = draw(folder, comparison, lang) if figures else []
    if as_json:
        print_json({"comparison": comparison, "folder": folder.as_posix(), "figures": [p.as_posix() for p in pictures]})
    else:
        show(comparison, lang, everything=everything)
        print(f"run folder  {folder}", file=sys.stderr)
        for picture in pictures:
            print(f"figure      {picture}", file=sys.stderr)
    return code


def check_precision(precision: str | None, replicates: int | None, over: Over, where: Where) -> None:
    """Refuse a precision beside what it decides, or what cannot be decided while parts are missing."""
    if precision is not None and replicates is not None:
        raise UsageError("--precision finds the number of seeds; leave --replicates out")
    if precision is not None and (over.over is not None or not where.part.is_whole):
        raise UsageError("--precision goes with one parameter set, on the whole of a run; leave --over and --shard out")


def computed(
    scenarios: tuple[str, ...],
    over: Over,
    replicates: int | None,
    seed: int,
    out: Path | None,
    processes: int | None,
    where: Where,
) -> RunReport:
    """Run scenarios, at one parameter set or over many, or what is missing of it."""
    if over.over is not None:
        return carried_out(scenarios, over, replicates=replicates, seed=seed, out=out, processes=processes, where=where)
    if len(scenarios) < 2:
        raise UsageError("name a baseline and at least one other scenario, or one run folder")
    loaded, inputs = load_all(scenarios)
    n = REPLICATES if replicates is None else replicates
    return carry_out(loaded, inputs, replicates=n, seed=seed, out=out, processes=processes, where=where)


def run_folder(scenarios: tuple[str, ...]) -> Path | None:
    """Return the run folder that is meant, if it is one."""
    if len(scenarios) == 1 and (Path(scenarios[0]) / "manifest.json").is_file():
        return Path(scenarios[0])
    return None


def draw(folder: Path, comparison: Comparison, lang: Lang) -> list[Path]:
    """Draw the figures of a comparison into its run folder."""
    from analysis.figures import draw_comparison  # noqa: PLC0415 - matplotlib, not before it is needed
    from analysis.read import open_run  # noqa: PLC0415

    return draw_comparison(open_run(folder), comparison, folder / "figures", lang)


def show(comparison: Comparison, lang: Lang, *, everything: bool) -> None:
    """Print the tables, a sentence a scenario, and what to keep in mind."""
    from analysis.compare.sentences import cautions, sentence  # noqa: PLC0415 - not before they are needed
    from analysis.compare.tabulate import cost_rows, difference_rows  # noqa: PLC0415
    from analysis.language.words import WORDS  # noqa: PLC0415

    words = WORDS[lang]
    head, rows = difference_rows(comparison, lang, everything=everything)
    title = words["title.differences"].format(baseline=comparison.baseline, n=comparison.n, seed=comparison.seed)
    print_table(title, head, rows)
    print()
    head, rows = cost_rows(comparison, lang)
    print_table(words["title.costs"].format(baseline=comparison.baseline), head, rows)
    print()
    for scenario in comparison.scenarios:
        print(sentence(comparison, scenario, lang))
    print()
    for caution in cautions(comparison, lang):
        print(caution)

"""``compare --over``: scenarios over many parameter sets, because the case does not tell which one is right."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from getok.cli.output import print_json, print_table
from getok.cli.progress import progress
from getok.cli.run import load_all
from getok.cli.where import Where
from simulation.errors import UsageError

if TYPE_CHECKING:
    from analysis.decide.report import Decision
    from analysis.language.numbers import Lang
    from simulation.experiment.run import RunReport

SEEDS = 4
"""Paired seeds of each set, if none are asked for."""


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Over:
    """Options of a comparison over parameter sets."""

    over: Annotated[
        str | None, Parameter(help="Compare over parameter sets: 'behavioural', or a file of 'getok calibrate'.")
    ] = None
    sets: Annotated[int | None, Parameter(help="With --over: only the first so many sets.")] = None
    tolerance: Annotated[float, Parameter(help="With --over: smallest difference in packs a week that matters.")] = 1.0
    budget: Annotated[float | None, Parameter(help="With --over: rupiah that may be added for the public.")] = None


ONE_SET = Over()


def carried_out(
    scenarios: tuple[str, ...],
    asked: Over,
    *,
    replicates: int | None,
    seed: int,
    out: Path | None,
    processes: int | None,
    where: Where,
) -> RunReport:
    """Run scenarios over a set, or what is missing of it."""
    from getok.behavioural.set_file import find_set, read_set  # noqa: PLC0415 - not before they are needed
    from simulation.experiment.design import make_sweep  # noqa: PLC0415
    from simulation.experiment.run import execute  # noqa: PLC0415
    from simulation.record.provenance import read_input  # noqa: PLC0415
    from simulation.sweep.points import Points  # noqa: PLC0415

    if len(scenarios) < 2:
        raise UsageError("name a baseline and at least one other scenario")
    loaded, inputs = load_all(scenarios)
    over = asked.over or ""
    points, _ = read_set(over)
    if asked.sets is not None and not 1 <= asked.sets <= len(points):
        raise UsageError(f"{asked.sets} sets; {over} has {len(points)}")
    points = Points(points.parameters, points.values[: asked.sets], points.ranges)
    plan = make_sweep(
        loaded,
        points,
        seed=seed,
        replicates=SEEDS if replicates is None else replicates,
        command=("getok", *sys.argv[1:]),
        inputs=[read_input(path) for path in (*inputs, find_set(over))],
    )
    report = execute(plan, out, processes, progress(), **where.arguments)
    if report.paused:
        print(f"paused: {report.n_ok} of {report.n_runs} runs finished; the same command goes on", file=sys.stderr)
    return report


def decide_on(folder: Path, lang: Lang, asked: Over, *, figures: bool, as_json: bool) -> int:
    """Say what the runs over a set come to: tables, sentences, figures."""
    from analysis.decide.report import decide  # noqa: PLC0415 - not before they are needed
    from analysis.ensemble.from_run import ensemble_of  # noqa: PLC0415
    from analysis.figures.decision import draw_decision  # noqa: PLC0415
    from analysis.read import open_run  # noqa: PLC0415

    try:
        decision = decide(
            ensemble_of(open_run(folder)), tolerance={"packs_per_week": asked.tolerance}, budget=asked.budget
        )
    except ValueError as error:
        raise UsageError(f"{folder}: {error}") from None
    pictures = draw_decision(decision, folder / "figures", lang) if figures else []
    if as_json:
        print_json({"decision": decision.to_json(), "folder": folder.as_posix()})
        return 0
    show(decision, lang)
    print(f"run folder  {folder}", file=sys.stderr)
    for picture in pictures:
        print(f"figure      {picture}", file=sys.stderr)
    return 0


def show(decision: Decision, lang: Lang) -> None:
    """Print tables, then what they say in sentences, then what to keep in mind."""
    from analysis.decide import tabulate  # noqa: PLC0415 - not before they are needed
    from analysis.decide.sentences import cautions, sentences  # noqa: PLC0415

    main = decision.outcomes[0]
    for head, rows in (
        tabulate.spread_rows(decision, lang),
        tabulate.rank_rows(decision, main, lang),
        tabulate.box_rows(main, lang),
        tabulate.cost_rows(decision.economics, lang),
    ):
        if rows:
            print_table("", head, rows)
            print()
    for line in (*sentences(decision, lang), "", *cautions(decision, lang)):
        print(line)

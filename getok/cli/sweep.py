"""The command ``sweep``: scenarios over parameter sets, from a file."""

from __future__ import annotations

import dataclasses
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from getok.cli.output import print_json, print_table
from getok.cli.progress import progress
from getok.cli.run import AsJson, OnErrorText, Out, Processes, say_ending
from getok.cli.where import HERE, Where
from getok.cli.words import CLI_WORDS, Lang
from simulation.errors import UsageError
from simulation.scenario.wording.numbers import plain

if TYPE_CHECKING:
    from simulation.experiment.design import Plan

TRIED = 20
"""Runs that a dry run measures."""


@dataclasses.dataclass(frozen=True, slots=True)
class Estimate:
    """What a sweep would take."""

    scenarios: int
    points: int
    replicates: int
    runs: int
    seconds_a_run: float
    minutes: float
    megabytes: float


def sweep(
    file: str,
    *,
    replicates: Annotated[int | None, Parameter(name=["--replicates", "-r"], help="Instead of the file's.")] = None,
    seed: Annotated[int | None, Parameter(help="Instead of the file's.")] = None,
    out: Out = None,
    processes: Processes = None,
    on_error: OnErrorText = "finish",
    where: Where = HERE,
    dry_run: Annotated[bool, Parameter(help="Say runs, time and disk, after trying a few.", negative="")] = False,
    lang: Annotated[Lang, Parameter(help="Language of what a dry run says: en or id.")] = "en",
    as_json: AsJson = False,
) -> int:
    """Run a sweep: scenarios over parameter sets, paired; interrupted, the same command goes on."""
    from simulation.experiment.run import execute  # noqa: PLC0415 - not before it is needed: --help is quick
    from simulation.experiment.session import OnError  # noqa: PLC0415

    if processes is not None and processes < 1:
        raise UsageError(f"{processes} processes; at least 1 is needed")
    plan = plan_of(file, replicates, seed)
    if dry_run:
        estimate = tried(plan, processes)
        if as_json:
            print_json(estimate)
        else:
            rows = [(CLI_WORDS[lang][f"sweep.{name}"], text(value, lang)) for name, value in rows_of(estimate)]
            print_table("", ("", ""), rows)
        return 0
    report = execute(plan, out, processes, progress(), OnError(on_error), **where.arguments)
    say_ending(report)
    if as_json:
        print_json({**dataclasses.asdict(report), "folder": report.folder.as_posix()})
    else:
        print(report.folder)
    return report.exit_code


def plan_of(file: str, replicates: int | None, seed: int | None) -> Plan:
    """Plan of a sweep file."""
    from simulation.experiment.design import make_sweep  # noqa: PLC0415 - not before they are needed
    from simulation.record.provenance import read_input  # noqa: PLC0415
    from simulation.sweep.sweep_file import load_sweep  # noqa: PLC0415

    found = load_sweep(file)
    if found.points is None:
        raise UsageError(f"{file}: a design '{found.design.value}' is run by 'getok sensitivity {file}'")
    return make_sweep(
        found.scenarios,
        found.points,
        seed=found.seed if seed is None else seed,
        replicates=found.replicates if replicates is None else replicates,
        tables=found.tables,
        command=("getok", *sys.argv[1:]),
        inputs=[read_input(path) for path in dict.fromkeys(found.files)],
    )


def tried(plan: Plan, processes: int | None) -> Estimate:
    """Measure a few runs, spread over the sweep, and say what all would take."""
    import os  # noqa: PLC0415 - not before they are needed

    from simulation.engine import burn_in, simulate  # noqa: PLC0415
    from simulation.experiment.agenda import Run  # noqa: PLC0415
    from simulation.experiment.shard import Shard  # noqa: PLC0415

    simulate(plan.scenarios[0], plan.seed, 0)  # compiled, loaded, warm
    n = len(plan.scenarios)
    places = sorted({k * n // TRIED for k in range(min(TRIED, n))})
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        shard = Shard(Path(folder), plan, "trial")
        for place in places:
            scenario = plan.scenarios[place]
            shard.add(Run(place, 0, 1), 0.0, simulate(scenario, plan.seed, 0, burn_in(scenario, plan.seed, 0)))
        taken = (time.perf_counter() - start) / len(places)
        shard.commit()
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet")) / len(places)
    workers = processes or os.cpu_count() or 1
    return Estimate(
        scenarios=len(plan.bases),
        points=len(plan.scenarios) // len(plan.bases),
        replicates=plan.replicates,
        runs=plan.n_runs,
        seconds_a_run=taken,
        minutes=taken * plan.n_runs / workers / 60.0,
        megabytes=size * plan.n_runs / 1e6,
    )


def rows_of(estimate: Estimate) -> list[tuple[str, float]]:
    """Names and values of an estimate."""
    return list(dataclasses.asdict(estimate).items())


def text(value: float, lang: Lang) -> str:
    """Write a number of an estimate, as a count or with three figures."""
    return plain(value if isinstance(value, int) else float(f"{value:.3g}"), lang)

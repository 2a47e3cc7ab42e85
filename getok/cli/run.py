"""Commands about runs: run, status, replay."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.output import print_json, print_table
from getok.cli.progress import progress
from getok.cli.where import HERE, Where
from simulation.errors import UsageError
from simulation.scenario.load import load_scenario
from simulation.scenario.resolved import Scenario

if TYPE_CHECKING:
    from simulation.experiment.run import RunReport

Replicates = Annotated[int, Parameter(name=["--replicates", "-r"], help="Replicates of each scenario.")]
Seed = Annotated[int, Parameter(help="Seed: the same seed, the same numbers.")]
Out = Annotated[Path | None, Parameter(help="Run folder; by default results/NAMES-DIGEST.")]
Processes = Annotated[
    int | None, Parameter(help="Worker processes; by default all processors for more than a few runs.")
]
OnErrorText = Annotated[
    Literal["finish", "stop"], Parameter(help="When a replicate fails: finish the others, or stop.")
]
AsJson = Annotated[bool, Parameter(name="--json", help="Print JSON.", negative="")]


def load_all(files: Sequence[str]) -> tuple[list[Scenario], list[Path]]:
    """Load scenarios and say what is odd about them."""
    if not files:
        raise UsageError("name at least one scenario; 'getok list' shows the library")
    scenarios: list[Scenario] = []
    paths: dict[Path, None] = {}
    for file in files:
        loaded = load_scenario(file)
        scenarios.append(loaded.scenario)
        paths |= dict.fromkeys(loaded.files)
        for warning in loaded.warnings:
            print(f"warning  {warning}", file=sys.stderr)
    return scenarios, list(paths)


def carry_out(
    scenarios: Sequence[Scenario],
    inputs: Sequence[Path],
    *,
    replicates: int,
    seed: int,
    out: Path | None,
    processes: int | None,
    on_error: str = "finish",
    where: Where = HERE,
) -> RunReport:
    """Compute what is missing of a run, with progress."""
    from simulation.experiment.design import make_plan  # noqa: PLC0415 - not before it is needed: --help is quick
    from simulation.experiment.run import execute  # noqa: PLC0415
    from simulation.experiment.session import OnError  # noqa: PLC0415
    from simulation.record.provenance import read_input  # noqa: PLC0415

    if processes is not None and processes < 1:
        raise UsageError(f"{processes} processes; at least 1 is needed")
    plan = make_plan(
        scenarios,
        seed=seed,
        replicates=replicates,
        command=("getok", *sys.argv[1:]),
        inputs=[read_input(path) for path in inputs],
    )
    report = execute(plan, out, processes, progress(), OnError(on_error), **where.arguments)
    if not report.paused and where.part.is_whole:
        for warning in never_done(report.folder):
            print(f"warning  {warning}", file=sys.stderr)
    say_ending(report)
    return report


def say_ending(report: RunReport) -> None:
    """Say what is not as it was asked for."""
    if report.paused:
        print(f"paused: {report.n_ok} of {report.n_runs} runs finished; the same command goes on", file=sys.stderr)
    elif report.n_failed:
        print(
            f"{report.n_failed} of {report.n_runs} runs failed: 'getok status {report.folder}' says why; "
            "the same command with --retry-failed tries them again",
            file=sys.stderr,
        )


def never_done(folder: Path) -> list[str]:
    """Name tasks of a programme that were done in no replicate."""
    import numpy as np  # noqa: PLC0415 - not before they are needed

    from analysis.read import open_run  # noqa: PLC0415

    rows = open_run(folder).table("programme", columns=["task", "target", "done_week"])
    names, tasks, targets = (rows[name].to_numpy(zero_copy_only=False) for name in ("scenario", "task", "target"))
    done = ~np.isnan(rows["done_week"].to_numpy())
    jobs = list(zip(names, tasks, targets, strict=True))
    ever = {job for job, is_done in zip(jobs, done, strict=True) if is_done}
    return [
        f"{scenario}: '{task}' {f'for {target} ' if target else ''}was done in no replicate"
        for scenario, task, target in dict.fromkeys(jobs)
        if (scenario, task, target) not in ever
    ]


def run(
    *files: str,
    replicates: Replicates = 100,
    seed: Seed = 1,
    out: Out = None,
    processes: Processes = None,
    on_error: OnErrorText = "finish",
    where: Where = HERE,
    as_json: AsJson = False,
) -> int:
    """Run replicates of scenarios; interrupted, the same command goes on."""
    scenarios, inputs = load_all(files)
    report = carry_out(
        scenarios,
        inputs,
        replicates=replicates,
        seed=seed,
        out=out,
        processes=processes,
        on_error=on_error,
        where=where,
    )
    if as_json:
        print_json({**dataclasses.asdict(report), "folder": report.folder.as_posix()})
    else:
        print(report.folder)
    return report.exit_code


def status(folder: Path, *, as_json: AsJson = False) -> int:
    """Say how far a run is, from its folder alone; also while it is running."""
    from analysis.read import open_run  # noqa: PLC0415 - not before it is needed

    opened = open_run(folder)
    failures = opened.failures
    rows = [
        (name, len(opened.replicates(name)), sum(failure.scenario == name for failure in failures))
        for name in opened.scenarios
    ]
    asked = opened.manifest.replicates
    if as_json:
        print_json(
            {
                "folder": folder.as_posix(),
                "seed": opened.seed,
                "replicates": asked,
                "scenarios": [dict(zip(("scenario", "finished", "failed"), row, strict=True)) for row in rows],
                "failures": failures,
            }
        )
    else:
        print_table("", ("scenario", "finished", "failed", "asked for"), [(*map(str, row), str(asked)) for row in rows])
        for failure in failures:
            print(f"{failure.scenario} replicate {failure.replicate}: {failure.error}\n  again: {failure.replay}")
    return 3 if failures else 0


def replay(key: str, folder: Path, *, as_json: AsJson = False) -> int:
    """Compute one run again by its key and compare it with what is stored, number by number."""
    from getok.cli.replaying import replay_run  # noqa: PLC0415 - not before it is needed

    result = replay_run(key, folder)
    if as_json:
        print_json(result)
    else:
        print(result.text)
    return 0 if result.equal else 1

"""From what a command asks for to a run folder: planned, computed as far as it is missing, and said how it ended."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from getok.cli.progress import progress
from getok.cli.where import HERE, Where
from getok.simulation.errors import UsageError
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import Scenario

if TYPE_CHECKING:
    from getok.simulation.experiment.design import Plan
    from getok.simulation.experiment.run import RunReport
    from getok.simulation.scenario.points import Points


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asks to be computed.

    Attributes
    ----------
    scenarios : sequence of Scenario
        The first is the baseline.
    inputs : sequence of Path
        Files that were read for it; each is named once in the manifest.
    seed, replicates : int
        Seed, and paired replicates of each scenario, at each point if there are points.
    points : Points or None
        Parameter sets; None for the scenarios as they are.
    tables : tuple of str
        Tables that are kept of each run over points.
    """

    scenarios: Sequence[Scenario]
    inputs: Sequence[Path]
    seed: int
    replicates: int
    points: Points | None = None
    tables: tuple[str, ...] = ("summary",)

    def plan(self) -> Plan:
        """Plan of the runs, with the command line and the hashes of the inputs.

        Raises
        ------
        UsageError
            If no run can be made of it: see :func:`getok.simulation.experiment.design.make_plan`.
        """
        from getok.simulation.experiment.design import make_plan, make_sweep  # noqa: PLC0415 - not before they are needed
        from getok.simulation.record.provenance import read_input, told_command  # noqa: PLC0415

        command = told_command(sys.argv[1:])
        inputs = [read_input(path) for path in dict.fromkeys(self.inputs)]
        if self.points is None:
            return make_plan(self.scenarios, seed=self.seed, replicates=self.replicates, command=command, inputs=inputs)
        return make_sweep(
            self.scenarios,
            self.points,
            seed=self.seed,
            replicates=self.replicates,
            tables=self.tables,
            command=command,
            inputs=inputs,
        )


def read_scenarios(files: Sequence[str]) -> tuple[list[Scenario], list[Path]]:
    """Read scenarios and say what is odd about them; with the files that were read."""
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
    asked: Asked, out: Path | None, processes: int | None, where: Where = HERE, on_error: str = "finish"
) -> RunReport:
    """Compute what is missing of what is asked for, with progress, and say what is not as it was asked for.

    Raises
    ------
    UsageError
        If no run can be made of it.
    StoreError, ClusterError
        As :func:`getok.simulation.experiment.run.execute`.
    """
    from getok.simulation.experiment.run import execute  # noqa: PLC0415 - not before it is needed: --help is quick
    from getok.simulation.experiment.session import OnError  # noqa: PLC0415
    from getok.simulation.sweep.settings import differing_settings  # noqa: PLC0415

    plan = asked.plan()
    if asked.points is not None:
        for line in differing_settings(asked.scenarios, asked.points.parameters):
            print(f"warning  {line}", file=sys.stderr)
    report = execute(plan, out, processes, progress(), OnError(on_error), **where.arguments)
    if asked.points is None and where.part.is_whole and not report.paused:
        for warning in never_done(report.folder):
            print(f"warning  {warning}", file=sys.stderr)
    say_ending(report)
    say_more(report, asked)
    return report


def say_more(report: RunReport, asked: Asked) -> None:
    """Say that the folder holds more replicates than were asked for now: they stay, and are read with the others."""
    from getok.simulation.record.folder import read_manifest  # noqa: PLC0415 - not before it is needed

    held = read_manifest(report.folder).replicates
    if held > asked.replicates:
        print(
            f"{report.folder} holds {held} replicates of each scenario, more than the {asked.replicates} asked for: "
            "all that are finished are read",
            file=sys.stderr,
        )


def say_ending(report: RunReport) -> None:
    """Say that a run is paused, or that some of it failed."""
    if report.paused:
        print(f"paused: {report.n_ok} of {report.n_runs} runs finished; the same command goes on", file=sys.stderr)
    elif report.n_failed:
        ask = shlex.join(["getok", "status", str(report.folder)])
        print(
            f"{report.n_failed} of {report.n_runs} runs failed: '{ask}' says why; "
            "the same command with --retry-failed tries them again",
            file=sys.stderr,
        )


def is_decidable(report: RunReport, where: Where, then: str) -> bool:
    """Whether a conclusion may be drawn: not of a paused run, nor of one part, which would read like the whole.

    Parameters
    ----------
    then : str
        What to do when all parts are done; a part says so, and what is left of the whole.
    """
    if report.paused or where.part.is_whole:
        return not report.paused
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before it is needed

    run = open_run(report.folder)
    n_left = run.manifest.n_runs - run.runs.num_rows
    left = f"{n_left} of {run.manifest.n_runs} runs of the whole are left" if n_left else "nothing of the whole is left"
    print(f"part {where.shard} is done, {left}; when all parts are done: {then}", file=sys.stderr)
    return False


def never_done(folder: Path) -> list[str]:
    """Name tasks of a programme that were done in no replicate."""
    import numpy as np  # noqa: PLC0415 - not before they are needed

    from getok.analysis.read import open_run  # noqa: PLC0415
    from getok.simulation.record.arrow import values_of  # noqa: PLC0415

    run = open_run(folder)
    if not run.keeps("programme"):
        return []
    rows = run.table("programme", columns=["task", "target", "done_week"])
    names, tasks, targets = (values_of(rows[name]) for name in ("scenario", "task", "target"))
    done = ~np.isnan(values_of(rows["done_week"]))
    jobs = list(zip(names, tasks, targets, strict=True))
    ever = {job for job, is_done in zip(jobs, done, strict=True) if is_done}
    return [
        f"{scenario}: '{task}' {f'for {target} ' if target else ''}was done in no replicate"
        for scenario, task, target in dict.fromkeys(jobs)
        if (scenario, task, target) not in ever
    ]

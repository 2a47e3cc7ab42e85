"""From what is asked for to a run folder: planned, computed as far as it is missing, and said how it ended.

What must be known is a :class:`GetokWarning`; what ends the work is an error, or :class:`RunPaused`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from getok.simulation.errors import GetokError, GetokWarning, UsageError
from getok.simulation.scenario.load import LoadedScenario, load_scenario
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.shell import as_typed
from getok.simulation.whole import whole_number

if TYPE_CHECKING:
    from getok.simulation.experiment.design import Plan
    from getok.simulation.experiment.part import Part
    from getok.simulation.experiment.run import RunReport
    from getok.simulation.experiment.session import Progress
    from getok.simulation.model import CommunityModel
    from getok.simulation.scenario.points import Points

AnyScenario: TypeAlias = str | Path | Mapping[str, object] | LoadedScenario | Scenario
"""A scenario as it may be named: in the library, a file, what a file would say, or one that is loaded."""

MOST_PROCESSES = 4096

COMMAND: ContextVar[tuple[str, ...] | None] = ContextVar("COMMAND", default=None)
"""Arguments of the command line at work; None where Python is asked."""


class ByName:
    """A run folder under ``results``, called by its scenarios and a digest, as the command line has it."""

    def __repr__(self) -> str:
        return "getok.BY_NAME"


BY_NAME: Final = ByName()

Out: TypeAlias = str | Path | ByName | None
"""Run folder: one that is named, :data:`BY_NAME`, or None for one that goes with the result."""


class RunPaused(KeyboardInterrupt):  # not an error: somebody asked
    """Somebody asked to pause; what is finished is kept where a folder was named, and the same call goes on.

    Attributes
    ----------
    report : RunReport or None
        How far it came, where it was one run.
    """

    def __init__(self, text: str, report: RunReport | None = None) -> None:
        super().__init__(text)
        self.report = report


class Inconclusive(GetokError):  # noqa: N818 - not always an error: a part may be all that was asked for
    """Nothing can be concluded: one part of a run would read like the whole, runs failed, or nothing was found."""

    def __init__(self, text: str, exit_code: int) -> None:
        super().__init__(text)
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class Execution:
    """How and where something is computed.

    Attributes
    ----------
    out : str, Path, BY_NAME or None
        Run folder; None: one that is removed with the result.
    processes : int or None
        Worker processes; None: this process for what takes seconds, all processors for more.
    shard : str
        Part of the runs, such as ``1/8``; ``0/1`` is the whole.
    cluster : str or None
        Dask cluster that computes instead.
    retry_failed : bool
        Compute the failed runs again, and nothing else.
    progress : bool
        Show bars on standard error, and what takes long.
    on_error : str
        When a replicate fails: ``finish`` the others, or ``stop``.
    """

    out: Out = None
    processes: int | None = None
    shard: str = "0/1"
    cluster: str | None = None
    retry_failed: bool = False
    progress: bool = False
    on_error: str = "finish"

    @property
    def part(self) -> Part:
        """Part that is meant.

        Raises
        ------
        UsageError
            If there is no such part.
        """
        from getok.simulation.experiment.part import read_part_of  # noqa: PLC0415 - not before it is needed

        return read_part_of(self.shard)

    def folder(self, plan: Plan) -> Path:
        """Run folder, by name or not; a new one below the system's temporary folder if none is named."""
        from getok.simulation.experiment.design import default_folder  # noqa: PLC0415 - not before it is needed

        if isinstance(self.out, ByName):
            return default_folder(plan)
        if self.out is None:
            return Path(tempfile.mkdtemp(prefix=TEMPORARY)) / default_folder(plan).name
        return Path(self.out)


TEMPORARY = "getok-"
"""Beginning of the name of a temporary folder."""


def command_told() -> tuple[str, ...]:
    """What was asked, as a run folder tells it."""
    from getok.simulation.record.provenance import told_command  # noqa: PLC0415 - not before it is needed

    arguments = COMMAND.get()
    return ("python",) if arguments is None else told_command(arguments)


def warn(text: str) -> None:
    """Say what a reader of the result must know."""
    warnings.warn(text, GetokWarning, stacklevel=2)


@contextmanager
def told_as(command: Sequence[str]) -> Iterator[None]:
    """Have run folders tell that they were asked for on the command line, with these arguments."""
    before = COMMAND.set(tuple(command))
    try:
        yield
    finally:
        COMMAND.reset(before)


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
    model : type or None
        Subclass of :class:`getok.CommunityModel` that lives the runs; None: the shipped model.
    """

    scenarios: Sequence[Scenario]
    inputs: Sequence[Path]
    seed: int
    replicates: int
    points: Points | None = None
    tables: tuple[str, ...] = ("summary",)
    model: type[CommunityModel] | None = None

    def plan(self) -> Plan:
        """Plan of the runs, with the command line and the hashes of the inputs.

        Raises
        ------
        UsageError
            If no run can be made of it: see :func:`getok.simulation.experiment.design.make_plan`.
        """
        from getok.simulation.experiment.design import make_plan, make_sweep  # noqa: PLC0415 - not before they are needed
        from getok.simulation.record.provenance import read_input  # noqa: PLC0415

        command = command_told()
        inputs = [read_input(path) for path in dict.fromkeys(self.inputs)]
        if self.points is None:
            return make_plan(
                self.scenarios,
                seed=self.seed,
                replicates=self.replicates,
                command=command,
                inputs=inputs,
                model=self.model,
            )
        return make_sweep(
            self.scenarios,
            self.points,
            seed=self.seed,
            replicates=self.replicates,
            tables=self.tables,
            command=command,
            inputs=inputs,
            model=self.model,
        )


def loaded(one: AnyScenario) -> LoadedScenario | Scenario:
    """Scenario that is named, and a warning for each thing that is odd about it.

    Raises
    ------
    ScenarioError
        With every fault found.
    """
    if isinstance(one, LoadedScenario | Scenario):
        return one
    if not isinstance(one, str | Path | Mapping):
        raise UsageError(f"{one!r:.60} names no scenario; give a name of the library, a file or getok.scenario(...)")
    found = load_scenario(one)
    for warning in found.warnings:
        warn(str(warning))
    return found


def read_scenarios(named: Sequence[AnyScenario]) -> tuple[list[Scenario], list[Path]]:
    """Scenarios that are named, and the files that were read for them.

    Raises
    ------
    UsageError, ScenarioError
        If none is named, or one cannot be read.
    """
    if not named:
        raise UsageError("name at least one scenario; 'getok list' shows the library")
    found = [loaded(one) for one in named]
    files = dict.fromkeys(path for one in found if isinstance(one, LoadedScenario) for path in one.files)
    return [one.scenario if isinstance(one, LoadedScenario) else one for one in found], list(files)


def run_folder(scenarios: Sequence[AnyScenario]) -> Path | None:
    """Return the run folder that is meant, if it is one."""
    only = scenarios[0] if len(scenarios) == 1 else None
    if isinstance(only, str | Path) and str(only) and os.path.isdir(only):  # noqa: PTH112 - quiet about any name
        return Path(only)
    return None


def carry_out(asked: Asked, execution: Execution) -> RunReport:
    """Compute what is missing of what is asked for, and warn of what is not as it was asked for.

    Raises
    ------
    UsageError
        If no run can be made of it, or with no process at all.
    StoreError, ClusterError
        As :func:`getok.simulation.experiment.run.execute`.
    RunPaused
        If somebody asked to.
    """
    from getok.simulation.experiment.pool import leave_if_read_again  # noqa: PLC0415 - not before it is needed
    from getok.simulation.experiment.run import execute  # noqa: PLC0415
    from getok.simulation.experiment.session import OnError  # noqa: PLC0415
    from getok.simulation.sweep.settings import differing_settings  # noqa: PLC0415

    part = execution.part
    processes = checked_processes(execution.processes)
    plan = asked.plan()
    if asked.points is not None:
        for line in differing_settings(asked.scenarios, asked.points.parameters):
            warn(line)
    leave_if_read_again(plan)  # before a temporary folder is made
    folder = execution.folder(plan)
    try:
        report = execute(
            plan,
            folder,
            processes,
            listener_of(execution),
            OnError(execution.on_error),
            part=part,
            retry_failed=execution.retry_failed,
            cluster=execution.cluster,
        )
        if report.paused:
            how_far = f"paused: {report.n_ok} of {report.n_runs} runs finished"
            raise RunPaused(f"{how_far}; the same command goes on", report)
    except BaseException:
        remove_temporary(folder)
        raise
    if asked.points is None and part.is_whole:
        for line in never_done(report.folder):
            warn(line)
    warn_of_ending(report, asked)
    return report


def listener_of(execution: Execution) -> Progress | None:
    """Who is told how far a run is; bars are imported where they are wanted."""
    if not execution.progress:
        return None
    from getok.progress import progress_here  # noqa: PLC0415 - rich, not before it is needed

    return progress_here()


def remove_temporary(folder: Path) -> None:
    """Remove a run folder if nobody named it."""
    if folder.parent.name.startswith(TEMPORARY):
        shutil.rmtree(folder.parent, ignore_errors=True)


def checked_processes(processes: int | None) -> int | None:
    """Number of worker processes; None stays as it is."""
    return None if processes is None else whole_number("processes", processes, 1, MOST_PROCESSES)


def warn_of_ending(report: RunReport, asked: Asked) -> None:
    """Warn that some runs failed, or that the folder holds more than was asked for now, which is read with the rest."""
    from getok.simulation.record.folder import read_manifest  # noqa: PLC0415 - not before it is needed

    if report.n_failed:
        ask = as_typed("getok", "status", str(report.folder))
        warn(
            f"{report.n_failed} of {report.n_runs} runs failed: '{ask}' says why; "
            "the same command with --retry-failed tries them again"
        )
    held = read_manifest(report.folder).replicates
    if held > asked.replicates:
        warn(
            f"{report.folder} holds {held} replicates of each scenario, more than the {asked.replicates} asked for: "
            "all that are finished are read"
        )


def refuse_part(report: RunReport, execution: Execution, then: str) -> None:
    """Refuse a conclusion of one part of a run, which would read like the whole.

    Parameters
    ----------
    then : str
        What to do when all parts are done.

    Raises
    ------
    Inconclusive
        With what is left of the whole.
    """
    if execution.part.is_whole:
        return
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before it is needed

    run = open_run(report.folder)
    n_left = run.manifest.n_runs - run.runs.num_rows
    left = f"{n_left} of {run.manifest.n_runs} runs of the whole are left" if n_left else "nothing of the whole is left"
    what = f"part {execution.shard} is done, {left}; when all parts are done: {then}"
    raise Inconclusive(what, report.exit_code)


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

"""Commands about runs: run, replay."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from getok import running
from getok.carrying_out import RunPaused
from getok.cli.options import AsJson, OnErrorText, Out, Processes, Replicates, Seed
from getok.cli.output import print_json
from getok.cli.where import HERE, Where

if TYPE_CHECKING:
    from getok.simulation.experiment.run import RunReport


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
    options = {"replicates": replicates, "seed": seed, "on_error": on_error, **where.options(out, processes)}
    try:
        report = running.run(*files, **options).ended
    except RunPaused as paused:
        if paused.report is not None:
            show_report(paused.report, as_json=as_json)
        raise
    return show_report(report, as_json=as_json)


def show_report(report: RunReport, *, as_json: bool) -> int:
    """Print where the runs are, or all of the report; and give the exit code."""
    if as_json:
        print_json({**dataclasses.asdict(report), "folder": report.folder.as_posix()})
    else:
        print(report.folder)
    return report.exit_code


def replay(key: str, folder: Path, *, as_json: AsJson = False) -> int:
    """Compute one run again by its key and compare it with what is stored, number by number."""
    result = running.replay(key, folder)
    if as_json:
        print_json(result)
    else:
        print(result.text)
    return 0 if result.equal else 1

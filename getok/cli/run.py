"""Commands about runs: run, replay."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from getok.cli.carrying_out import Asked, carry_out, read_scenarios
from getok.cli.output import print_json
from getok.cli.where import HERE, Where

if TYPE_CHECKING:
    from getok.simulation.experiment.run import RunReport

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
    report = carry_out(Asked(*read_scenarios(files), seed, replicates), out, processes, where, on_error)
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
    from getok.cli.replaying import replay_run  # noqa: PLC0415 - not before it is needed

    result = replay_run(key, folder)
    if as_json:
        print_json(result)
    else:
        print(result.text)
    return 0 if result.equal else 1

"""Command ``status``: how far a run is, and who is at work on it, from its folder alone."""

from __future__ import annotations

from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from getok.cli.options import AsJson
from getok.cli.output import print_json, print_table
from getok.running import counted

if TYPE_CHECKING:
    from getok.simulation.experiment.writers import Writer

HEAD = ("part", "", "last started", "last commit")


def status(folder: Path, *, as_json: AsJson = False) -> int:
    """Say how far a run is, from its folder alone; also while it is running, here or elsewhere."""
    from getok.analysis.read import open_run  # noqa: PLC0415 - not before it is needed
    from getok.simulation.experiment.writers import writers  # noqa: PLC0415

    run = open_run(folder)
    at_work, now = writers(folder), datetime.now(UTC)
    rows = counted(run)
    if as_json:
        print_json(
            {
                "folder": folder.as_posix(),
                "seed": run.seed,
                "replicates": run.manifest.replicates,
                "points": run.manifest.points,
                "scenarios": [
                    {name: getattr(row, name) for name in ("scenario", "finished", "failed")} for row in rows
                ],
                "parts": [as_plain(one, now) for one in at_work],
                "failures": run.failures,
            }
        )
    else:
        print_table(
            "", ("scenario", "finished", "failed", "asked for"), [tuple(map(str, astuple(row))) for row in rows]
        )
        if at_work:
            print()
            print_table("", HEAD, [as_row(one, now) for one in at_work])
        for failure in run.failures:
            print(f"{failure.scenario} replicate {failure.replicate}: {failure.error}\n  again: {failure.replay}")
    return 3 if run.failures else 0


def as_row(one: Writer, now: datetime) -> tuple[str, ...]:
    """One start of the command, with its age."""
    committed = "-" if one.committed is None else f"{age(now, one.committed)} ago"
    return one.name, "at work" if one.at_work else "ended", f"{age(now, one.started)} ago", committed


def as_plain(one: Writer, now: datetime) -> dict[str, object]:
    """The same for JSON, ages in seconds."""
    return {
        "part": one.name,
        "at_work": one.at_work,
        "started_seconds_ago": seconds(now, one.started),
        "committed_seconds_ago": None if one.committed is None else seconds(now, one.committed),
    }


def seconds(now: datetime, then: datetime) -> int:
    """Whole seconds between; none where clocks differ the other way round."""
    return max(0, int((now - then).total_seconds()))


def age(now: datetime, then: datetime) -> str:
    """Time between, in its largest unit."""
    passed = seconds(now, then)
    for unit, length in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if passed >= 2 * length:
            return f"{passed // length} {unit}"
    return f"{passed} s"

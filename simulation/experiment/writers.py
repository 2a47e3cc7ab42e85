"""Who is at work in a run folder, as anybody who reads it can see: locks that are held, and last commits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from getok.simulation.experiment.lock import is_held, lock_of
from getok.simulation.experiment.part import WHOLE, Part
from getok.simulation.record.folder import RUNS, SESSIONS, read_manifest, read_session
from getok.simulation.record.markers import part_path

OF_PART = re.compile(r"(\d+)of(\d+)-")
"""Beginning of the names of sessions and shards of a part."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A start of the command on a run folder, or on a part of it.

    Attributes
    ----------
    part : Part
        Which part, if not the whole.
    at_work : bool
        Whether somebody holds its lock at this moment.
    started : datetime
        When the latest of its starts was.
    committed : datetime or None
        When it last committed a shard, in the time of the disk; None if it has committed none.
    """

    part: Part
    at_work: bool
    started: datetime
    committed: datetime | None

    @property
    def name(self) -> str:
        """``whole``, or the part as ``--shard`` takes it."""
        return "whole" if self.part.is_whole else f"{self.part.number}/{self.part.of}"


def writers(folder: Path) -> tuple[Writer, ...]:
    """Say who is at work: the whole if anybody is, and every part that was ever begun, at work or not.

    To look takes no lock for longer than a moment, in which nobody who starts is turned away.

    Raises
    ------
    StoreError
        If the folder is no run folder, or the record of a start is damaged.
    """
    commits = dict(_commits(folder))
    found = []
    sessions = read_manifest(folder).sessions
    if sessions and is_held(lock_of(folder, WHOLE)):
        started = max(datetime.fromisoformat(one.started) for one in sessions)
        found.append(Writer(WHOLE, at_work=True, started=started, committed=commits.get(WHOLE)))
    for part, started in sorted(_starts(folder).items(), key=lambda one: (one[0].of, one[0].number)):
        found.append(Writer(part, is_held(lock_of(folder, part)), started, commits.get(part)))
    return tuple(found)


def part_named(name: str) -> Part:
    """Part that a session or a shard of this name belongs to.

    Examples
    --------
    >>> part_named("1of3-c0ffee00-000007")
    Part(number=1, of=3)
    >>> part_named("c0ffee00-000007").is_whole
    True
    """
    found = OF_PART.match(name)
    return WHOLE if found is None else Part(*map(int, found.groups()))


def _starts(folder: Path) -> dict[Part, datetime]:
    """Latest start of each part."""
    latest: dict[Part, datetime] = {}
    for path in (folder / SESSIONS).glob("*.json"):
        part, started = part_named(path.name), datetime.fromisoformat(read_session(path, folder).started)
        latest[part] = max(latest.get(part, started), started)
    return latest


def _commits(folder: Path) -> Iterator[tuple[Part, datetime]]:
    """Last commit of each part, and of the whole."""
    latest: dict[Part, float] = {}
    for path in part_path(folder, RUNS.name, "").parent.glob("part-*.parquet"):
        try:
            written = path.stat().st_mtime
        except FileNotFoundError:  # compacted meanwhile
            continue
        part = part_named(path.name.removeprefix("part-"))
        latest[part] = max(latest.get(part, written), written)
    return ((part, datetime.fromtimestamp(seconds, UTC)) for part, seconds in latest.items())

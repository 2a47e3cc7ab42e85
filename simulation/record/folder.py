"""What a run folder looks like: its files, its manifest, and the table that says what is finished.

A shard is one part file in each table, all of one name. It counts only from the moment its part of the table ``runs``
is there: that file is written last, names the other parts in its metadata, and is the commit marker. Parts without a
marker, or markers whose parts are gone, are as if they had never been written.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from simulation.errors import StoreError
from simulation.record.provenance import Checkout, InputFile, Version
from simulation.record.tables import Column, Schema

FOLDER_SCHEMA = 1
"""Version of the layout and of the tables; part of every run key."""

MOST_LISTED = 20
"""Run folders inside a folder that are named."""

MANIFEST = "manifest.json"
README = "README.txt"
SCENARIOS = "scenarios"
TABLES = "tables"
SESSIONS = "sessions"
LOCK = ".lock"
TEMPORARY = re.compile(r"\..+\.tmp-\w+")

OK = "ok"
FAILED = "failed"

RUNS = Schema(
    "runs",
    "one replicate of one scenario",
    (
        Column("key", "str", "-", "run key: hash of resolved scenario, seed, replicate, schema and model version"),
        Column("status", "str", "-", "ok or failed"),
        Column("attempt", "int16", "-", "how often it has been tried, counted from 1"),
        Column("seconds", "float64", "seconds", "time it took, burn-in shared out over the scenarios"),
        Column("error", "str", "-", "the error in one line; empty if ok"),
        Column("traceback", "str", "-", "where in the program it arose; empty if ok"),
        Column("replay", "str", "-", "the command that computes it again; empty if ok"),
        Column("shard", "str", "-", "name of the part files that hold its rows"),
    ),
)


@dataclass(frozen=True, slots=True)
class ScenarioEntry:
    """One scenario of a run: its name and the digest of its resolved form."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One start of the command that worked on the folder: when, with which software, on which machine."""

    started: str
    command: tuple[str, ...]
    versions: tuple[Version, ...]
    checkout: Checkout | None
    machine: str
    processes: int

    def to_json(self) -> str:
        """Text of a file in ``sessions``."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run folder says about itself.

    Attributes
    ----------
    schema : int
        :data:`FOLDER_SCHEMA` at the time of writing.
    model_version, stream_scheme
        Versions on which the numbers depend.
    seed, replicates : int
        Seed, and replicates asked for so far.
    scenarios : tuple of ScenarioEntry
        Scenarios in the order of the command.
    inputs : tuple of InputFile
        Files that were read, by name and hash.
    sessions : tuple of SessionEntry
        Starts of the command on the whole, oldest first; those on a part of it each have a file in ``sessions``.
    n_ok, n_failed : int
        Finished and failed runs when the last session on the whole ended; readers count anew.
    points : int
        Parameter sets of a sweep, which stand in ``points.parquet``; 0 if it is none.
    kept : tuple of str
        Tables that are kept; empty: all.
    spread : bool
        Whether each point of a sweep is run once only, as replicate ``point % replicates``.
    """

    schema: int
    model_version: str
    stream_scheme: int
    seed: int
    replicates: int
    scenarios: tuple[ScenarioEntry, ...]
    inputs: tuple[InputFile, ...] = ()
    sessions: tuple[SessionEntry, ...] = ()
    n_ok: int = 0
    n_failed: int = 0
    points: int = 0
    kept: tuple[str, ...] = ()
    spread: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios in run order."""
        return tuple(entry.name for entry in self.scenarios)

    @property
    def n_runs(self) -> int:
        """Runs asked for: scenarios times replicates, or one a scenario where they are spread."""
        return len(self.scenarios) * (1 if self.spread else self.replicates)

    def with_counts(self, n_ok: int, n_failed: int) -> Manifest:
        """Carry the counts at the end of a session."""
        return replace(self, n_ok=n_ok, n_failed=n_failed)

    def to_json(self) -> str:
        """Text of ``manifest.json``."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """Read what a run folder says about itself.

    Raises
    ------
    StoreError
        If the folder is not there, is no run folder, is damaged, or was written with another schema.
    """
    path = folder / MANIFEST
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(folder, _no_run(folder)) from error
    except (ValueError, OSError) as error:
        raise StoreError(path, f"cannot be read ({error}); restore it, or run again into another folder") from error
    found = raw.get("schema") if isinstance(raw, dict) else None
    if found != FOLDER_SCHEMA:
        raise StoreError(
            path,
            f"has schema {found}, this version reads schema {FOLDER_SCHEMA}; "
            "read it with the getok that wrote it, or run again into another folder",
        )
    try:
        return _manifest(raw)
    except (KeyError, TypeError) as error:
        raise StoreError(path, f"lacks or misspells {error}; run again into another folder") from error


def read_sessions(folder: Path) -> tuple[SessionEntry, ...]:
    """Read all starts of the command on a folder, on the whole and on parts of it, oldest first.

    Raises
    ------
    StoreError
        If the folder is no run folder, or one of its files is damaged.
    """
    found = list(read_manifest(folder).sessions)
    found += map(read_session, sorted((folder / SESSIONS).glob("*.json")))
    return tuple(sorted(found, key=lambda entry: entry.started))


def read_session(path: Path) -> SessionEntry:
    """Read one start of the command on a part.

    Raises
    ------
    StoreError
        If the file is damaged.
    """
    try:
        return _session(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(path, f"cannot be read ({error}); delete it: no number hangs on it") from error


def _no_run(folder: Path) -> str:
    if not folder.exists():
        return "does not exist; 'getok run' makes run folders, by default under results"
    if not folder.is_dir():
        return "is a file, not a run folder"
    inside = runs_in(folder)
    listed = f"; runs in it: {', '.join(shlex.quote(one.as_posix()) for one in inside)}" if inside else ""
    return f"is not a run folder (no {MANIFEST} in it){listed}"


def runs_in(folder: Path) -> list[Path]:
    """Run folders inside a folder, by name; the first of very many."""
    try:
        return sorted(one.parent for one in folder.glob(f"*/{MANIFEST}"))[:MOST_LISTED]
    except OSError:
        return []


def _manifest(raw: dict[str, Any]) -> Manifest:
    raw = dict(raw)
    scenarios = tuple(ScenarioEntry(**entry) for entry in raw.pop("scenarios"))
    inputs = tuple(InputFile(**entry) for entry in raw.pop("inputs"))
    sessions = tuple(_session(entry) for entry in raw.pop("sessions"))
    kept = tuple(raw.pop("kept", ()))
    return Manifest(**raw, kept=kept, scenarios=scenarios, inputs=inputs, sessions=sessions)


def _session(raw: dict[str, Any]) -> SessionEntry:
    raw = dict(raw)
    state = raw.pop("checkout")
    return SessionEntry(
        command=tuple(raw.pop("command")),
        versions=tuple(Version(**entry) for entry in raw.pop("versions")),
        checkout=None if state is None else Checkout(**state),
        **raw,
    )

"""What a run folder looks like: its files, its manifest, and the table that says what is finished.

A shard is one part file in each table, all of one name. It counts only from the moment its part of the table ``runs``
is there: that file is written last, names the other parts in its metadata, and is the commit marker. Parts without a
marker, or markers whose parts are gone, are as if they had never been written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field

from getok.simulation.errors import StoreError, UnreadableError
from getok.simulation.files import read_error, read_whole
from getok.simulation.record.provenance import Checkout, FileDigest, OwnModel, Version
from getok.simulation.record.sealed import sealed, unsealed
from getok.simulation.record.tables import SCHEMAS, Column, Schema
from getok.simulation.shell import as_typed
from getok.simulation.whole import LARGEST_SEED

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
PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
VARIANT = re.compile(rf"{PLAIN_NAME.pattern}@[0-9]{{1,9}}")

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]

RESTORE = "restore it, or run again into another folder"
NOTHING_HANGS = "delete it: no number hangs on it"

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
    digest: Digest


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One start of the command that worked on the folder: when, with which software, on which machine."""

    started: str
    command: tuple[str, ...]
    versions: tuple[Version, ...]
    checkout: Checkout | None
    machine: str
    processes: Count

    def to_json(self) -> bytes:
        """Text of a file in ``sessions``."""
        return sealed(self)


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
    inputs : tuple of FileDigest
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
    files : tuple of FileDigest
        What stands beside the manifest for people and for :func:`getok.analysis.read.open_run`: scenarios and the page
        that says what is what. None in folders of earlier versions.
    points_digest : str
        :attr:`getok.simulation.scenario.points.Points.whole_digest` of the parameter sets; empty likewise.
    model : OwnModel or None
        Model of a user's own that lived the runs; None: the shipped one.
    """

    schema: int
    model_version: str
    stream_scheme: int
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)]
    replicates: Annotated[int, Field(ge=1)]
    scenarios: tuple[ScenarioEntry, ...]
    inputs: tuple[FileDigest, ...] = ()
    sessions: tuple[SessionEntry, ...] = ()
    n_ok: Count = 0
    n_failed: Count = 0
    points: Count = 0
    kept: tuple[str, ...] = ()
    spread: bool = False
    files: tuple[FileDigest, ...] = ()
    points_digest: str = ""
    model: OwnModel | None = None

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

    def digest_of(self, name: str) -> str:
        """Hash of a file beside the manifest; empty if it says none."""
        return next((file.sha256 for file in self.files if file.name == name), "")

    def to_json(self) -> bytes:
        """Text of ``manifest.json``."""
        return sealed(self)


def read_manifest(folder: Path) -> Manifest:
    """Read what a run folder says about itself.

    Raises
    ------
    StoreError
        If the folder is not there, is no run folder, is damaged, or was written with another schema.
    """
    path = folder / MANIFEST
    try:
        manifest = unsealed(path, Manifest, folder)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError(folder, _no_run(folder)) from error
    except StoreError as error:
        if isinstance(error, UnreadableError):
            raise
        _of_this_schema(path, _schema_said(path, folder))
        raise StoreError(error.path, error.what, RESTORE) from error
    _of_this_schema(path, manifest.schema)
    if what := next(_impossible(manifest), ""):
        raise StoreError(path, f"is damaged ({what})", RESTORE)
    return manifest


def read_sessions(folder: Path) -> tuple[SessionEntry, ...]:
    """Read all starts of the command on a folder, on the whole and on parts of it, oldest first.

    Raises
    ------
    StoreError
        If the folder is no run folder, or one of its files is damaged.
    """
    found = list(read_manifest(folder).sessions)
    found += [read_session(path, folder) for path in sorted((folder / SESSIONS).glob("*.json"))]
    return tuple(sorted(found, key=lambda entry: entry.started))


def read_session(path: Path, folder: Path) -> SessionEntry:
    """Read one start of the command on a part.

    Raises
    ------
    StoreError
        If the file is damaged.
    """
    try:
        entry = unsealed(path, SessionEntry, folder)
    except OSError as error:
        raise read_error(path, error) from error
    except UnreadableError:
        raise
    except StoreError as error:
        raise StoreError(path, error.what, NOTHING_HANGS) from error
    if not _is_time(entry.started):
        raise StoreError(path, f"is damaged (started: {entry.started[:40]!r} is no time)", NOTHING_HANGS)
    return entry


def replay_command(key: str, folder: Path | str) -> str:
    """Command that computes one run again."""
    return as_typed("getok", "replay", key[:12], str(folder))


def _no_run(folder: Path) -> str:
    if not folder.exists():
        return "does not exist; 'getok run' makes run folders, by default under results"
    if not folder.is_dir():
        return "is a file, not a run folder"
    inside = runs_in(folder)
    listed = f"; runs in it: {', '.join(as_typed(one.as_posix()) for one in inside)}" if inside else ""
    return f"is not a run folder (no {MANIFEST} in it){listed}"


def runs_in(folder: Path) -> list[Path]:
    """Run folders inside a folder, by name; the first of very many."""
    try:
        return sorted(one.parent for one in folder.glob(f"*/{MANIFEST}"))[:MOST_LISTED]
    except OSError:
        return []


def _of_this_schema(path: Path, found: object) -> None:
    """Tell a folder of another version from a damaged one."""
    if found != FOLDER_SCHEMA:
        raise StoreError(
            path,
            f"has schema {str(found)[:20]}, this version reads schema {FOLDER_SCHEMA}; "
            "read it with the getok that wrote it, or run again into another folder",
        )


def _schema_said(path: Path, folder: Path) -> object:
    """Schema that a manifest names which cannot be read as ours; ours if it names none."""
    try:
        raw = json.loads(read_whole(path, folder))
    except (OSError, StoreError, ValueError, RecursionError):
        return FOLDER_SCHEMA
    return raw.get("schema", FOLDER_SCHEMA) if isinstance(raw, dict) else FOLDER_SCHEMA


def _impossible(manifest: Manifest) -> Iterator[str]:
    """What the types of a manifest allow and no writer writes."""
    name = VARIANT if manifest.points else PLAIN_NAME
    odd = [one for one in manifest.names if not name.fullmatch(one)]
    times = [entry.started for entry in manifest.sessions if not _is_time(entry.started)]
    unknown = set(manifest.kept) - set(SCHEMAS)
    if not manifest.scenarios:
        yield "it names no scenario"
    if odd:
        yield f"scenario name {odd[0][:40]!r}"
    if len(set(manifest.names)) < len(manifest.names):
        yield "a scenario is named twice"
    if manifest.points and len(manifest.scenarios) % manifest.points:
        yield f"{len(manifest.scenarios)} scenarios over {manifest.points} points"
    if manifest.spread and not manifest.points:
        yield "it is spread over points and has none"
    if times:
        yield f"started: {times[0][:40]!r} is no time"
    if unknown:
        yield f"there is no table {min(unknown)[:40]!r}"


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False

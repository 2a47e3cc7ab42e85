"""Writing a shard: every file whole or not at all, the commit marker last."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.errors import StoreError
from simulation.experiment.agenda import Run
from simulation.experiment.design import Plan
from simulation.record.arrow import KeyedTable, arrow_table, joined
from simulation.record.folder import FAILED, OK, RUNS
from simulation.record.markers import marker_rows, part_path
from simulation.record.tables import Table

SPACE_AND_QUOTA = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run failed: the error in one line, and the traceback."""

    error: str
    traceback: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run ended."""

    run: Run
    seconds: float
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class ShardReport:
    """A committed shard: its runs, which of them failed, and how long it took in all."""

    runs: tuple[Run, ...]
    failed: frozenset[Run]
    seconds: float


class Shard:
    """The runs of one chunk on their way into the store.

    Parameters
    ----------
    folder : Path
        The run folder.
    plan : Plan
        What the runs belong to.
    name : str
        Name of the shard, never used before in this folder.
    """

    def __init__(self, folder: Path, plan: Plan, name: str) -> None:
        self._folder = folder
        self._plan = plan
        self._name = name
        self._pieces: dict[str, list[KeyedTable]] = {}
        self.outcomes: list[Outcome] = []

    def add(self, run: Run, seconds: float, tables: Mapping[str, Table]) -> None:
        """Add a finished run with its tables."""
        scenario = self._plan.names[run.scenario]
        for name, table in tables.items():
            if len(table) and (not self._plan.tables or name in self._plan.tables):
                self._pieces.setdefault(name, []).append(KeyedTable(scenario, run.replicate, table))
        self.outcomes.append(Outcome(run, seconds))

    def add_failure(self, run: Run, seconds: float, failure: Failure) -> None:
        """Add a failed run: it has a row in ``runs`` and none elsewhere."""
        self.outcomes.append(Outcome(run, seconds, failure))

    def commit(self) -> None:
        """Write all parts, then the marker; without a run, nothing.

        Raises
        ------
        StoreError
            If the disk is full or refuses; then nothing of the shard is left.
        """
        if not self.outcomes:
            return
        try:
            lengths = {}
            for name, pieces in self._pieces.items():
                rows = joined(pieces, self._plan.seed)
                lengths[name] = rows.num_rows
                write_part(part_path(self._folder, name, self._name), rows)
            write_part(part_path(self._folder, RUNS.name, self._name), marker_rows(self._run_rows(), lengths))
        except BaseException:
            withdraw(self._folder, self._name, self._pieces)
            raise

    def report(self, seconds: float) -> ShardReport:
        """What is to be told of the shard once it is committed."""
        failed = frozenset(outcome.run for outcome in self.outcomes if outcome.failure is not None)
        return ShardReport(tuple(outcome.run for outcome in self.outcomes), failed, seconds)

    def _run_rows(self) -> pa.Table:
        plan, outcomes = self._plan, self.outcomes
        runs = [outcome.run for outcome in outcomes]
        failures = [outcome.failure or Failure("", "") for outcome in outcomes]
        keys = [plan.key(run.scenario, run.replicate) for run in runs]
        failed = [outcome.failure is not None for outcome in outcomes]
        return arrow_table(
            RUNS,
            {
                "scenario": [plan.names[run.scenario] for run in runs],
                "seed": np.full(len(runs), plan.seed, dtype=np.int64),
                "replicate": [run.replicate for run in runs],
                "key": keys,
                "status": [FAILED if bad else OK for bad in failed],
                "attempt": [run.attempt for run in runs],
                "seconds": [outcome.seconds for outcome in outcomes],
                "error": [failure.error for failure in failures],
                "traceback": [failure.traceback for failure in failures],
                "replay": [
                    replay_command(key, self._folder) if bad else "" for key, bad in zip(keys, failed, strict=True)
                ],
                "shard": [self._name] * len(runs),
            },
        )


def write_part(path: Path, rows: pa.Table) -> None:
    """Write one part file, whole or not at all, with a checksum a page.

    Raises
    ------
    StoreError
        If the disk is full or refuses.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd", write_page_checksum=True)
    make_folder(path.parent)
    write_whole(path, sink.getvalue().to_pybytes())


def withdraw(folder: Path, shard: str, tables: Iterable[str]) -> None:
    """Remove a shard, the marker first: there is no moment in which it commits missing parts."""
    for table in (RUNS.name, *tables):
        with contextlib.suppress(OSError):
            part_path(folder, table, shard).unlink(missing_ok=True)


def replay_command(key: str, folder: Path) -> str:
    """Command that computes one run again."""
    return f"getok replay {key[:12]} {folder}"


def make_folder(folder: Path) -> None:
    """Make a folder of the store with those above it.

    Raises
    ------
    StoreError
        If the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise store_error(folder, error) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a temporary file beside it, flushed to the disk, then renamed.

    Raises
    ------
    StoreError
        If the disk is full or refuses; the temporary file is removed.
    """
    try:
        with _beside(path, content) as temporary:
            temporary.replace(path)
    except OSError as error:
        raise store_error(path, error) from error


def create_whole(path: Path, content: bytes) -> bool:
    """Write a file whole if it is not there; of several that try at once, one succeeds and is told so.

    On file systems without hard links two may succeed; both then write the same, or find out when they read it.

    Raises
    ------
    StoreError
        If the disk is full or refuses.
    """
    if path.exists():
        return False
    try:
        with _beside(path, content) as temporary:
            try:
                path.hardlink_to(temporary)
            except FileExistsError:
                return False
            except OSError:
                temporary.replace(path)
    except OSError as error:
        raise store_error(path, error) from error
    return True


@contextlib.contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """Temporary file beside another, on the disk; gone afterwards. Its name is unlike any on another machine."""
    temporary = path.with_name(f".{path.name}.tmp-{os.getpid()}x{secrets.token_hex(4)}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def store_error(path: Path, error: OSError) -> StoreError:
    """Say what the disk refused and what to do about it."""
    if error.errno in SPACE_AND_QUOTA:
        what = "no space left on the disk; make room, and the same command goes on from what is finished"
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        what = "cannot be written (read-only, or no permission); name another folder with --out"
    elif isinstance(error, (FileExistsError, NotADirectoryError)):
        what = "is a file where a folder is needed, or lies below one; name another folder with --out"
    else:
        what = f"cannot be written ({error.strerror or error}); name another folder with --out"
    return StoreError(path, what)

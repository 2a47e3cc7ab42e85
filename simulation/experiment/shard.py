"""Writing a shard: every file whole or not at all, the commit marker last."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from getok.simulation.experiment.agenda import Run
from getok.simulation.experiment.design import Plan
from getok.simulation.files import make_folder, write_whole
from getok.simulation.record.arrow import KeyedTable, arrow_table, joined
from getok.simulation.record.folder import FAILED, OK, RUNS, replay_command
from getok.simulation.record.markers import Written, marker_rows, part_path
from getok.simulation.record.tables import Table


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
            written = {}
            for name, pieces in self._pieces.items():
                rows = joined(pieces, self._plan.seed)
                written[name] = write_part(part_path(self._folder, name, self._name), rows)
            write_part(part_path(self._folder, RUNS.name, self._name), marker_rows(self._run_rows(), written))
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
                    replay_command(key, self._folder.name) if bad else "" for key, bad in zip(keys, failed, strict=True)
                ],
                "shard": [self._name] * len(runs),
            },
        )


def write_part(path: Path, rows: pa.Table) -> Written:
    """Write one part file, whole or not at all, with a checksum a page; say what its marker has to say of it.

    Raises
    ------
    StoreError
        If the disk is full or refuses.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd", write_page_checksum=True)
    make_folder(path.parent)
    content = sink.getvalue().to_pybytes()
    write_whole(path, content)
    return Written(rows.num_rows, hashlib.sha256(content).hexdigest())


def withdraw(folder: Path, shard: str, tables: Iterable[str]) -> None:
    """Remove a shard, the marker first: there is no moment in which it commits missing parts."""
    for table in (RUNS.name, *tables):
        with contextlib.suppress(OSError):
            part_path(folder, table, shard).unlink(missing_ok=True)

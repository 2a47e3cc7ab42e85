"""Which rows of a run folder count: each run once, wherever and however often it was computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from getok.simulation.errors import StoreError
from getok.simulation.record.arrow import arrow_schema, numbers
from getok.simulation.record.folder import OK, RUNS
from getok.simulation.record.markers import MEND, Marker, PartGoneError, committed, part_path, read_part

ATTEMPTS_TO_READ = 5


@dataclass(frozen=True, slots=True)
class Settled:
    """What one committed shard contributes: the tables it has, and which of its runs another shard stands for."""

    shard: str
    tables: tuple[str, ...]
    dropped: frozenset[tuple[str, int]]
    digests: Mapping[str, str]

    def read(self, folder: Path, table: str, wanted: pa.Schema) -> pa.Table:
        """Rows of one table that count.

        Raises
        ------
        StoreError
            If the part is damaged, or of another schema.
        """
        path = part_path(folder, table, self.shard)
        rows = as_schema(read_part(path, wanted.names, self.digests.get(table, "")), wanted, path)
        if not self.dropped:
            return rows
        keys = zip(rows["scenario"].to_pylist(), rows["replicate"].to_pylist(), strict=True)
        kept = [place for place, key in enumerate(keys) if key not in self.dropped]
        return rows.take(numbers(np.array(kept, dtype=np.int64)))


def settle(folder: Path) -> tuple[pa.Table, tuple[Settled, ...]]:
    """Choose for each run the row that counts, and say what each shard contributes.

    A run is in two shards if it failed once, if a process was killed between its commit and its report, if two workers
    had it at a time, or while a compaction is under way.

    Raises
    ------
    StoreError
        If a marker is damaged, or of another schema.
    """
    for _ in range(ATTEMPTS_TO_READ - 1):
        try:
            return settle_markers(folder, list(committed(folder)))
        except PartGoneError:  # compacted while we were reading: the new shard is there already
            continue
    return settle_markers(folder, list(committed(folder)))


def settle_markers(folder: Path, markers: Sequence[Marker]) -> tuple[pa.Table, tuple[Settled, ...]]:
    """Do the same for markers that have been read."""
    schema = arrow_schema(RUNS)
    rows = pa.concat_tables(
        [
            pa.Table.from_batches([], schema),
            *(
                as_schema(marker.rows.replace_schema_metadata(), schema, part_path(folder, RUNS.name, marker.shard))
                for marker in markers
            ),
        ]
    )
    counts = _rows_that_count(rows)
    superseded = rows.take(numbers(np.flatnonzero(~counts))).select(["shard", "scenario", "replicate", "status"])
    dropped: dict[str, set[tuple[str, int]]] = {}
    for row in superseded.to_pylist():
        if row["status"] == OK:
            dropped.setdefault(row["shard"], set()).add((row["scenario"], row["replicate"]))
    shards = tuple(Settled(m.shard, m.tables, frozenset(dropped.get(m.shard, ())), m.digests) for m in markers)
    return rows.take(numbers(np.flatnonzero(counts))), shards


def as_schema(rows: pa.Table, schema: pa.Schema, path: Path) -> pa.Table:
    """Check the columns of a part file against the schema, and bring them into its order.

    Raises
    ------
    StoreError
        If a column is missing or of another type.
    """
    found = {field.name: field.type for field in rows.schema}
    for field in schema:
        if found.get(field.name) != field.type:
            raise StoreError(
                path,
                f"column {field.name!r} is {found.get(field.name, 'missing')}, expected {field.type}; "
                "it was written with another schema",
            )
    rows = rows.select(schema.names)
    if any(column.null_count for column in rows.columns):
        raise StoreError(path, "has rows with nothing in them", MEND)
    return rows.cast(schema)


def _rows_that_count(rows: pa.Table) -> NDArray[np.bool_]:
    """True for one row of each run: finished before failed, then the latest attempt."""
    counts = np.zeros(rows.num_rows, dtype=np.bool_)
    best: dict[tuple[str, int], tuple[bool, int, int]] = {}
    columns = [rows[name].to_pylist() for name in ("scenario", "replicate", "status", "attempt")]
    for place, (scenario, replicate, status, attempt) in enumerate(zip(*columns, strict=True)):
        rank = (status == OK, attempt, -place)
        best[scenario, replicate] = max(best.get((scenario, replicate), rank), rank)
    counts[[-place for _, _, place in best.values()]] = True
    return counts

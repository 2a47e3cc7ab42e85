"""Commit markers: which shards of a run folder count, and which runs they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.errors import StoreError
from simulation.record.folder import RUNS, TABLES

PARTS_KEY = b"getok.parts"


@dataclass(frozen=True, slots=True)
class Marker:
    """A committed shard: its name, the tables it has parts in, and its rows of the table ``runs``."""

    shard: str
    tables: tuple[str, ...]
    rows: pa.Table


def part_path(folder: Path, table: str, shard: str) -> Path:
    """Path of one part file."""
    return folder / TABLES / table / f"part-{shard}.parquet"


def shard_of(path: Path) -> str:
    """Name of the shard a part file belongs to."""
    return path.stem.removeprefix("part-")


def parts(folder: Path) -> dict[str, set[str]]:
    """Names of the shards that have a part in each table, committed or not."""
    tables = folder / TABLES
    if not tables.is_dir():
        return {}
    return {
        table.name: {shard_of(path) for path in table.glob("part-*.parquet")}
        for table in tables.iterdir()
        if table.is_dir()
    }


def committed(folder: Path, columns: Sequence[str] | None = None) -> Iterator[Marker]:
    """Committed shards in the order of their names, with these columns of the table ``runs`` (all by default).

    A marker one of whose parts is gone is passed over: its runs count as missing.

    Raises
    ------
    StoreError
        If a marker cannot be read.
    """
    there = parts(folder)
    for shard in sorted(there.get(RUNS.name, ())):
        marker = read_marker(part_path(folder, RUNS.name, shard), columns)
        if all(shard in there.get(table, ()) for table in marker.tables):
            yield marker


def read_marker(path: Path, columns: Sequence[str] | None = None) -> Marker:
    """Read one marker.

    Raises
    ------
    StoreError
        If the file is damaged.
    """
    rows = read_part(path, columns)
    metadata = rows.schema.metadata or {}
    if PARTS_KEY not in metadata:
        raise StoreError(
            path, "says not which tables it commits; delete it, and the same command computes its runs again"
        )
    return Marker(shard_of(path), tuple(json.loads(metadata[PARTS_KEY])), rows)


def read_part(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Read one part file.

    Raises
    ------
    StoreError
        If the file is damaged or lacks a column.
    """
    try:
        with pq.ParquetFile(path) as file:
            missing = set(columns or ()) - set(file.schema_arrow.names)
            if missing:
                raise StoreError(path, f"has no column {sorted(missing)[0]!r}; it was written with another schema")
            return file.read(columns=None if columns is None else list(columns), use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(
            path, f"is damaged ({_first_line(error)}); delete it, and the same command computes its runs again"
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]

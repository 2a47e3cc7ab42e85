"""Commit markers: which shards of a run folder count, and which runs they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.errors import StoreError
from simulation.record.folder import RUNS, TABLES

PARTS_KEY = b"getok.parts"
LENGTHS_KEY = b"getok.rows"


class PartGoneError(StoreError):
    """A part file that was there a moment ago: a compaction has put another in its place."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A committed shard.

    Attributes
    ----------
    shard : str
        Its name.
    tables : tuple of str
        Tables it has parts in.
    rows : pyarrow.Table
        Its rows of the table ``runs``.
    lengths : dict
        Rows of each of its parts; empty if it was written before these were counted.
    """

    shard: str
    tables: tuple[str, ...]
    rows: pa.Table
    lengths: Mapping[str, int]


def marker_rows(rows: pa.Table, lengths: Mapping[str, int]) -> pa.Table:
    """Rows of a marker that commits parts of these tables with so many rows."""
    names = sorted(lengths)
    said = {name: lengths[name] for name in names}
    return rows.replace_schema_metadata({PARTS_KEY: json.dumps(names).encode(), LENGTHS_KEY: json.dumps(said).encode()})


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
    PartGoneError
        If a compaction has removed a marker meanwhile: begin again.
    StoreError
        If a marker cannot be read.
    """
    names = _marked(folder)
    there = parts(folder)
    for shard in sorted(names):
        path = part_path(folder, RUNS.name, shard)
        marker = read_marker(path, columns)
        if all(shard in there.get(table, ()) or part_path(folder, table, shard).exists() for table in marker.tables):
            yield marker
        elif not path.exists():
            raise PartGoneError(path, "is gone; the folder was compacted meanwhile, read it again")


def _marked(folder: Path) -> set[str]:
    """Names of all markers.

    A listing may miss both a marker that is removed and the one that takes its place meanwhile; so it is repeated until
    nothing has gone.
    """
    before = _listed(folder)
    while not before <= (now := _listed(folder)):
        before = now
    return now


def _listed(folder: Path) -> set[str]:
    return {shard_of(path) for path in (folder / TABLES / RUNS.name).glob("part-*.parquet")}


def read_marker(path: Path, columns: Sequence[str] | None = None, *, check: bool = False) -> Marker:
    """Read one marker; with ``check``, compare every page with its checksum.

    Raises
    ------
    StoreError
        If the file is damaged.
    """
    rows = read_part(path, columns, check=check)
    metadata = rows.schema.metadata or {}
    if PARTS_KEY not in metadata:
        raise StoreError(
            path, "says not which tables it commits; delete it, and the same command computes its runs again"
        )
    lengths = json.loads(metadata.get(LENGTHS_KEY, b"{}"))
    return Marker(shard_of(path), tuple(json.loads(metadata[PARTS_KEY])), rows, lengths)


def read_part(path: Path, columns: Sequence[str] | None = None, *, check: bool = False) -> pa.Table:
    """Read one part file; with ``check``, compare every page with its checksum.

    Raises
    ------
    StoreError
        If the file is damaged or lacks a column.
    """
    try:
        with pq.ParquetFile(path, page_checksum_verification=check) as file:
            missing = set(columns or ()) - set(file.schema_arrow.names)
            if missing:
                raise StoreError(path, f"has no column {sorted(missing)[0]!r}; it was written with another schema")
            return file.read(columns=None if columns is None else list(columns), use_threads=False)
    except FileNotFoundError as error:
        raise PartGoneError(path, "is gone; the folder was compacted meanwhile, read it again") from error
    except (OSError, pa.ArrowException) as error:
        raise StoreError(
            path, f"is damaged ({_first_line(error)}); delete it, and the same command computes its runs again"
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]

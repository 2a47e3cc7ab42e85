"""Commit markers: which shards of a run folder count, and which runs they hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from getok.simulation.errors import StoreError
from getok.simulation.files import read_error, read_whole
from getok.simulation.record.arrow import digest_of_values
from getok.simulation.record.folder import RUNS, TABLES
from getok.simulation.record.sealed import NOT_AS_WRITTEN, read_json
from getok.simulation.record.tables import SCHEMAS

PARTS_KEY = b"getok.parts"
LENGTHS_KEY = b"getok.rows"
DIGESTS_KEY = b"getok.digests"
SEAL_KEY = b"getok.sha256"
MEND = "delete it, and the same command computes its runs again"


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
    digests : dict
        Hash of the file of each of its parts; empty if it was written before these were taken.
    """

    shard: str
    tables: tuple[str, ...]
    rows: pa.Table
    lengths: Mapping[str, int]
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """A part file as it was written: how many rows, and the hash of its bytes."""

    rows: int
    digest: str


def marker_rows(rows: pa.Table, written: Mapping[str, Written]) -> pa.Table:
    """Rows of a marker that commits these parts."""
    names = sorted(written)
    said = {
        PARTS_KEY: json.dumps(names).encode(),
        LENGTHS_KEY: json.dumps({name: written[name].rows for name in names}).encode(),
        DIGESTS_KEY: json.dumps({name: written[name].digest for name in names}).encode(),
    }
    return rows.replace_schema_metadata({**said, SEAL_KEY: _seal(rows, said).encode()})


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
    try:
        return {
            table.name: {shard_of(path) for path in table.glob("part-*.parquet")}
            for table in tables.iterdir()
            if table.is_dir()
        }
    except OSError as error:
        raise read_error(tables, error) from error


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
    names = marked(folder)
    there = parts(folder)
    for shard in sorted(names):
        path = part_path(folder, RUNS.name, shard)
        marker = read_marker(path, columns)
        if all(shard in there.get(table, ()) or part_path(folder, table, shard).exists() for table in marker.tables):
            yield marker
        elif not path.exists():
            raise PartGoneError(path, "is gone; the folder was compacted meanwhile, read it again")


def marked(folder: Path) -> set[str]:
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


def read_marker(path: Path, columns: Sequence[str] | None = None) -> Marker:
    """Read one marker, and compare its rows and what it says of its parts with the hash it carries.

    Raises
    ------
    StoreError
        If the file is damaged, or cannot be read.
    """
    rows = read_part(path)
    said = rows.schema.metadata or {}
    if PARTS_KEY not in said:
        raise StoreError(path, "says not which tables it commits", MEND)
    rows = rows.replace_schema_metadata()
    if SEAL_KEY in said and said[SEAL_KEY].decode(errors="replace") != _seal(rows, said):
        raise StoreError(path, NOT_AS_WRITTEN, MEND)
    try:
        tables = read_json(said[PARTS_KEY], tuple[str, ...], path)
        lengths = read_json(said.get(LENGTHS_KEY, b"{}"), dict[str, int], path)
        digests = read_json(said.get(DIGESTS_KEY, b"{}"), dict[str, str], path)
    except StoreError as error:
        raise StoreError(path, error.what, MEND) from error
    if unknown := {*tables, *lengths, *digests} - set(SCHEMAS):
        raise StoreError(path, f"commits a table that there is not ({min(unknown)[:40]!r})", MEND)
    if columns is not None:
        rows = rows.select(_known(path, rows, columns))
    return Marker(shard_of(path), tables, rows, lengths, digests)


def _seal(rows: pa.Table, said: Mapping[bytes, bytes]) -> str:
    """Hash of a marker: of its rows, and of what it says of its parts."""
    whole = hashlib.sha256(digest_of_values(rows).encode())
    for key in (PARTS_KEY, LENGTHS_KEY, DIGESTS_KEY):
        whole.update(key + b" " + said.get(key, b"") + b"\n")
    return whole.hexdigest()


def _known(path: Path, rows: pa.Table, columns: Sequence[str]) -> list[str]:
    """Columns that are asked for, which must be there."""
    if missing := sorted(set(columns) - set(rows.column_names)):
        raise StoreError(path, f"has no column {missing[0]!r}; it was written with another schema")
    return list(columns)


def read_part(path: Path, columns: Sequence[str] | None = None, digest: str = "") -> pa.Table:
    """Read one part file, and compare it with the hash that its marker gives, or each page with its checksum.

    Raises
    ------
    PartGoneError
        If it is not there.
    StoreError
        If the file is damaged, lacks a column, lies elsewhere, or cannot be read.
    """
    try:
        content = read_whole(path, path.parents[2])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PartGoneError(path, "is gone; the folder was compacted meanwhile, read it again") from error
    if digest and hashlib.sha256(content).hexdigest() != digest:
        raise StoreError(path, NOT_AS_WRITTEN, MEND)
    try:
        with pq.ParquetFile(pa.BufferReader(content), page_checksum_verification=not digest) as file:
            wanted = None if columns is None else _known(path, pa.Table.from_batches([], file.schema_arrow), columns)
            rows: pa.Table = file.read(columns=wanted, use_threads=False)
            rows.validate(full=True)
            return rows
    except MemoryError:
        raise
    except (OSError, ValueError, KeyError, TypeError, NotImplementedError, pa.ArrowException) as error:
        raise StoreError(path, f"is damaged ({_first_line(error)})", MEND) from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]

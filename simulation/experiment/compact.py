"""Few large shards in place of many small ones: quicker to read, kinder to file systems, the same tables."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from getok.simulation.errors import StoreError
from getok.simulation.experiment.lock import only_writer
from getok.simulation.experiment.shard import withdraw, write_part
from getok.simulation.experiment.store import clean
from getok.simulation.experiment.verify import verify
from getok.simulation.files import refuse_links_out
from getok.simulation.record.arrow import arrow_schema, texts
from getok.simulation.record.folder import LOCK, RUNS, TABLES, read_manifest
from getok.simulation.record.markers import Written, committed, marked, marker_rows, part_path, parts
from getok.simulation.record.settled import Settled, settle
from getok.simulation.record.tables import SCHEMAS

TARGET_BYTES = 32_000_000
"""Size of a large shard, all its parts together."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """What a compaction has done: shards and bytes before and after."""

    folder: Path
    shards_before: int
    shards_after: int
    bytes_before: int
    bytes_after: int


def compact(folder: Path, target_bytes: int = TARGET_BYTES) -> Compacted:
    """Rewrite small shards as large ones.

    A new shard is on the disk with its marker before the shards it stands for are removed, marker first. Killed at any
    moment, each run is in at least one committed shard, and readers take it once.

    Parameters
    ----------
    folder : Path
        A run folder that nobody is writing.
    target_bytes : int
        Size of a large shard, all its parts together.

    Raises
    ------
    StoreError
        If the folder is no run folder, is in use, damaged or cannot be written; then it is as it was.
    """
    read_manifest(folder)
    refuse_links_out(folder)
    with only_writer(folder):
        _refuse_damaged(folder)
        clean(folder)
        _drop_late(folder)
        rows, shards = settle(folder)
        sizes = {shard.shard: _size(folder, shard) for shard in shards}
        session = f"c{secrets.token_hex(4)}"
        n_after = 0
        for number, group in enumerate(_groups(shards, sizes, target_bytes), start=1):
            n_after += _merge(folder, rows, group, f"{session}-{number:06d}")
        for path in folder.glob(f"{LOCK}-*"):  # of parts; nobody holds one while we hold the whole
            path.unlink(missing_ok=True)
        after = settle(folder)[1]
    return Compacted(folder, len(shards), n_after, sum(sizes.values()), sum(_size(folder, shard) for shard in after))


def _refuse_damaged(folder: Path) -> None:
    """A folder that is not whole must not come out as one that verifies as whole."""
    found = verify(folder)
    if not found.is_whole:
        first = (*found.damage, *found.unreadable)[0]
        raise StoreError(
            first.path, f"{first.what}; nothing was compacted", "'getok store verify' names all that is to be mended"
        )


def _drop_late(folder: Path) -> None:
    """Remove shards that have lost parts; in a whole folder all their runs are elsewhere."""
    there = parts(folder)
    for shard in marked(folder) - {marker.shard for marker in committed(folder)}:
        withdraw(folder, shard, [table for table, shards in there.items() if shard in shards])


def _groups(shards: Sequence[Settled], sizes: dict[str, int], target: int) -> Iterator[list[Settled]]:
    """Neighbours that together are not larger than the target."""
    group: list[Settled] = []
    for shard in shards:
        if group and sum(sizes[one.shard] for one in group) + sizes[shard.shard] > target:
            yield group
            group = []
        group.append(shard)
    if group:
        yield group


def _merge(folder: Path, rows: pa.Table, group: Sequence[Settled], name: str) -> int:
    """Put one shard in the place of a group; how many there are now: one, or none if no row of it counts."""
    mine = rows.filter(pc.is_in(rows["shard"], value_set=texts([shard.shard for shard in group])))
    if len(group) == 1 and not group[0].dropped and mine.num_rows:
        return 1
    if mine.num_rows:
        _write(folder, mine, group, name)
    for shard in group:
        withdraw(folder, shard.shard, shard.tables)
    return 1 if mine.num_rows else 0


def _write(folder: Path, rows: pa.Table, group: Sequence[Settled], name: str) -> None:
    """Write the shard that stands for a group, and see it to the disk."""
    written: dict[str, Written] = {}
    try:
        for table in sorted({table for shard in group for table in shard.tables}):
            schema = arrow_schema(SCHEMAS[table])
            pieces = pa.concat_tables([shard.read(folder, table, schema) for shard in group if table in shard.tables])
            if pieces.num_rows:
                written[table] = write_part(part_path(folder, table, name), pieces)
        place = rows.schema.get_field_index("shard")
        renamed = rows.set_column(place, rows.schema.field(place), texts([name] * rows.num_rows))
        write_part(part_path(folder, RUNS.name, name), marker_rows(renamed, written))
        for table in (*written, RUNS.name):
            _sync(folder / TABLES / table)
    except BaseException:
        withdraw(folder, name, written)
        raise


def _sync(folder: Path) -> None:
    """See the names of new files to the disk before old ones are removed, where a system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _size(folder: Path, shard: Settled) -> int:
    return sum(part_path(folder, table, shard.shard).stat().st_size for table in (RUNS.name, *shard.tables))

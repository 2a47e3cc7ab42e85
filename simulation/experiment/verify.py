"""Reading all of a run folder to say whether it is whole, and what to do where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from getok.simulation.errors import StoreError, UnreadableError
from getok.simulation.experiment.design import run_key
from getok.simulation.record.arrow import arrow_schema, same_values
from getok.simulation.record.beside import read_beside, read_points_of, read_scenario
from getok.simulation.record.folder import (
    OK,
    README,
    RUNS,
    SCENARIOS,
    TEMPORARY,
    Manifest,
    read_manifest,
    read_sessions,
)
from getok.simulation.record.markers import MEND, Marker, part_path, parts, read_marker, read_part
from getok.simulation.record.settled import as_schema, settle_markers
from getok.simulation.record.tables import SCHEMAS
from getok.simulation.scenario.points import parted
from getok.simulation.scenario.resolved_json import digest

MEND_FRONT = "the same command writes it again"
MEND_PART = "delete it, and the same command computes the runs of its shard again"
GONE = "is gone; its runs count as missing"
RunName = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was written: where, what, and what to do."""

    path: Path
    what: str
    mend: str


@dataclass(slots=True)
class Verified:
    """What reading all of a run folder has found.

    Attributes
    ----------
    folder : Path
        The run folder.
    n_parts : int
        Part files read.
    n_ok, n_failed, n_missing : int
        Runs finished, failed, and asked for but not there, as far as they can be read.
    n_twice : int
        Runs that are in more than one shard with the same numbers, which does no harm; compacting drops them.
    n_leftovers : int
        Files that count for nothing: without a marker, or a marker without its parts whose runs are elsewhere. They are
        being written, or were left by a killed process or a late worker, and do no harm.
    damage : list of Damage
        Whatever is damaged.
    unreadable : list of Damage
        Whatever could not be read, so that nothing is known of it.
    """

    folder: Path
    n_parts: int = 0
    n_ok: int = 0
    n_failed: int = 0
    n_missing: int = 0
    n_twice: int = 0
    n_leftovers: int = 0
    damage: list[Damage] = field(default_factory=list)
    unreadable: list[Damage] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether all of it could be read and is as it was written."""
        return not self.damage and not self.unreadable

    def note(self, error: StoreError, mend: str) -> None:
        """Take note of what stood in the way of reading a file."""
        place = Damage(error.path, error.what, error.mend or mend)
        (self.unreadable if isinstance(error, UnreadableError) else self.damage).append(place)


def verify(folder: Path) -> Verified:
    """Read every file of a run folder and compare it with what the others say of it.

    Of each part: checksums, schema, number of rows, and that its rows belong to finished runs of its shard. Of each
    run: that it was asked for and has the key it ought to have; if it is in two shards, that both have the same
    numbers.

    Raises
    ------
    StoreError
        If the folder is no run folder, or its manifest is damaged.
    """
    manifest = read_manifest(folder)
    found = Verified(folder)
    _look_at_front(found, manifest)
    markers, orphans = [], []
    for shard in sorted(parts(folder).get(RUNS.name, ())):
        try:
            marker = read_marker(part_path(folder, RUNS.name, shard))
            as_schema(marker.rows, arrow_schema(RUNS), part_path(folder, RUNS.name, shard))
        except StoreError as error:
            found.note(error, MEND)
            continue
        damage = list(_runs(folder, manifest, marker)) or list(_parts(found, marker))
        found.n_parts += 1 + len(marker.tables)
        if not damage:
            markers.append(marker)
        elif all(one.what == GONE for one in damage):
            orphans.append((marker, damage))
        else:
            found.damage += damage
    there = _count(found, manifest, markers)
    late = [marker for marker, _ in orphans if there.issuperset(_names(marker.rows))]
    found.n_leftovers = _leftovers(folder) + len(late)
    found.damage += [one for marker, damage in orphans if marker not in late for one in damage]
    if found.is_whole and found.n_ok < manifest.n_ok:
        gone = f"lacks {manifest.n_ok - found.n_ok} runs that were finished when its last session ended"
        found.damage.append(Damage(folder, gone, "the same command computes them again"))
    return found


def _look_at_front(found: Verified, manifest: Manifest) -> None:
    """Scenarios, the page that says what is what, starts of the command on parts, and the points of a sweep."""
    folder = found.folder
    digests = {entry.name: entry.digest for entry in manifest.scenarios}
    for name in list(dict.fromkeys(parted(manifest.names)[0])) if manifest.points else list(manifest.names):
        try:
            scenario = read_scenario(folder, manifest, name)
        except StoreError as error:
            found.note(error, MEND_FRONT)
            continue
        if not manifest.points and digest(scenario) != digests[name]:
            what = "is not the scenario that was run"
            found.damage.append(Damage(folder / SCENARIOS / f"{name}.json", what, MEND_FRONT))
    try:
        if manifest.digest_of(README):
            read_beside(folder, manifest, README)
        read_sessions(folder)
        if manifest.points:
            read_points_of(folder, manifest.points, manifest.points_digest)
    except StoreError as error:
        found.note(error, MEND_FRONT)


def _runs(folder: Path, manifest: Manifest, marker: Marker) -> Iterator[Damage]:
    """Rows of a marker: each run asked for, once, with its key and the name of the shard."""
    path = part_path(folder, RUNS.name, marker.shard)
    digests = {entry.name: entry.digest for entry in manifest.scenarios}
    seen: set[RunName] = set()
    for row in marker.rows.select(["scenario", "seed", "replicate", "key", "shard"]).to_pylist():
        run = (row["scenario"], row["replicate"])
        known = row["seed"] == manifest.seed and row["scenario"] in digests and row["shard"] == marker.shard
        if known and manifest.spread:
            known = int(parted([run[0]])[1][0]) % manifest.replicates == run[1]
        if not known or row["key"] != run_key(
            digests[row["scenario"]], manifest.seed, row["replicate"], manifest.model
        ):
            yield Damage(path, f"holds {run[0]} replicate {run[1]}, which is not of this run", MEND)
            return
        if run in seen:
            yield Damage(path, f"holds {run[0]} replicate {run[1]} twice", MEND)
            return
        seen.add(run)


def _parts(found: Verified, marker: Marker) -> Iterator[Damage]:
    """Parts that a marker commits: there, whole, of the schema and the length, and of its finished runs."""
    folder = found.folder
    finished = set(_names(marker.rows.filter(pc.equal(marker.rows["status"], OK))))
    for table in marker.tables:
        path = part_path(folder, table, marker.shard)
        if not path.exists():
            yield Damage(path, GONE, "the same command computes them again")
            continue
        try:
            rows = as_schema(read_part(path, digest=marker.digests.get(table, "")), arrow_schema(SCHEMAS[table]), path)
        except UnreadableError as error:
            found.note(error, MEND_PART)
            continue
        except StoreError as error:
            yield Damage(error.path, error.what, MEND_PART)
            continue
        length = marker.lengths.get(table, rows.num_rows)
        if rows.num_rows != length:
            yield Damage(path, f"has {rows.num_rows} rows, written were {length}", MEND_PART)
        elif not finished.issuperset(_names(rows)):
            yield Damage(path, "holds rows of runs that are not finished in its shard", MEND_PART)


def _count(found: Verified, manifest: Manifest, markers: list[Marker]) -> set[RunName]:
    """Count the runs of whole shards, compare those that are there twice, and say which there are."""
    rows, shards = settle_markers(found.folder, markers)
    found.n_ok = int(pc.sum(pc.equal(rows["status"], OK)).as_py() or 0)
    found.n_failed = rows.num_rows - found.n_ok
    found.n_missing = max(0, manifest.n_runs - rows.num_rows)
    chosen = dict(zip(_names(rows), rows["shard"].to_pylist(), strict=True))
    of_shard = {marker.shard: marker for marker in markers}
    for shard in shards:
        for run in sorted(shard.dropped):
            found.n_twice += 1
            one, other = of_shard[shard.shard], of_shard[chosen[run]]
            for table in sorted({*one.tables, *other.tables}):
                if not same_values(*(_rows_of(found.folder, marker, table, run) for marker in (one, other))):
                    path = part_path(found.folder, table, one.shard)
                    what = f"has other numbers for {run[0]} replicate {run[1]} than shard {other.shard}"
                    found.damage.append(Damage(path, what, "'getok replay' says which are right; delete the other"))
    return set(chosen)


def _rows_of(folder: Path, marker: Marker, table: str, run: RunName) -> pa.Table:
    if table not in marker.tables:
        return pa.Table.from_batches([], arrow_schema(SCHEMAS[table]))
    rows = as_schema(read_part(part_path(folder, table, marker.shard)), arrow_schema(SCHEMAS[table]), folder)
    mine = pc.and_(pc.equal(rows["scenario"], run[0]), pc.equal(rows["replicate"], run[1]))
    return rows.filter(mine).combine_chunks()


def _names(rows: pa.Table) -> list[RunName]:
    """Scenario and replicate of each row."""
    return list(zip(rows["scenario"].to_pylist(), rows["replicate"].to_pylist(), strict=True))


def _leftovers(folder: Path) -> int:
    """Temporary files, and parts without a marker."""
    there = parts(folder)
    marked = there.get(RUNS.name, set())
    parts_left = sum(len(shards - marked) for shards in there.values())
    return parts_left + sum(bool(TEMPORARY.fullmatch(path.name)) for path in folder.rglob(".*"))

"""The run folder as the writer sees it: made or gone on with, cleaned, and checked to be the same run."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.compute as pc

from getok.simulation.errors import StoreError
from getok.simulation.experiment.agenda import DONE, MOST_ATTEMPTS, Chunk
from getok.simulation.experiment.design import MOST_RUNS, Plan
from getok.simulation.experiment.lock import only_writer
from getok.simulation.experiment.part import WHOLE, Part
from getok.simulation.experiment.readme import readme
from getok.simulation.experiment.same_run import differences
from getok.simulation.experiment.shard import ShardReport
from getok.simulation.files import create_whole, make_folder, read_error, refuse_links_out, write_whole
from getok.simulation.record.folder import (
    LOCK,
    MANIFEST,
    OK,
    README,
    RUNS,
    SCENARIOS,
    SESSIONS,
    TABLES,
    TEMPORARY,
    Manifest,
    SessionEntry,
    read_manifest,
)
from getok.simulation.record.markers import Marker, committed, marked, part_path, parts, read_marker
from getok.simulation.record.provenance import FileDigest, checkout, machine, versions
from getok.simulation.scenario.points import POINTS
from getok.simulation.scenario.resolved_json import to_json

MARKER_COLUMNS = ("scenario", "replicate", "key", "status", "attempt")
WRITTEN_HERE = (TABLES, SCENARIOS, SESSIONS)
FRONT = (MANIFEST, README, POINTS, "")


@dataclass(slots=True)
class Store:
    """A run folder held for writing.

    Attributes
    ----------
    folder : Path
        The run folder.
    manifest : Manifest
        What it says about itself, this session included.
    states : bytearray
        One byte a run, as :class:`getok.simulation.experiment.agenda.Agenda` keeps them.
    beyond : bytes
        The same for replicates that the folder holds and this session does not ask for.
    session : str
        Prefix of the names of this session's shards.
    part : Part
        Which part of the run this session may touch.
    """

    folder: Path
    manifest: Manifest
    states: bytearray
    beyond: bytes
    session: str
    part: Part = WHOLE

    def shard_name(self, number: int) -> str:
        """Name of a shard of this session."""
        return f"{self.session}-{number:06d}"

    def holds(self, number: int) -> bool:
        """Whether a shard of this session is committed."""
        return part_path(self.folder, RUNS.name, self.shard_name(number)).exists()

    def report(self, chunk: Chunk) -> ShardReport:
        """What a committed shard says of the runs of its chunk, read back from its marker."""
        path = part_path(self.folder, RUNS.name, self.shard_name(chunk.number))
        statuses = read_marker(path, ("status",)).rows.column("status").to_pylist()
        failed = frozenset(run for run, status in zip(chunk.runs, statuses, strict=True) if status != OK)
        return ShardReport(chunk.runs, failed, 0.0)

    def close(self) -> None:
        """Write the counts at the end of the session and clear away what killed workers left.

        A part writes no counts: others may be at work, and readers count for themselves.
        """
        clean(self.folder, self.part)
        if not self.part.is_whole:
            return
        states = bytes(self.states) + self.beyond
        n_ok = states.count(DONE)
        self.manifest = self.manifest.with_counts(n_ok, len(states) - n_ok - states.count(0))
        write_whole(self.folder / MANIFEST, self.manifest.to_json())


@contextlib.contextmanager
def open_store(folder: Path, plan: Plan, processes: int, part: Part = WHOLE) -> Iterator[Store]:
    """Make a run folder, or go on with one.

    Parameters
    ----------
    folder : Path
        The run folder.
    plan : Plan
        What is asked for.
    processes : int
        Worker processes, for the manifest.
    part : Part
        Which part of the run; writers of other parts may be at work in the folder at the same time.

    Raises
    ------
    StoreError
        If the folder holds something else, another version of a scenario or of the model, is in use, or cannot be
        written.
    """
    make_folder(folder)
    _refuse_foreign(folder)
    refuse_links_out(folder)
    with only_writer(folder, part):
        session = part.prefix + secrets.token_hex(4)
        if part.is_whole:
            manifest = _manifest(folder, plan)
            manifest = replace(manifest, sessions=(*manifest.sessions, _session(plan, processes)))
            _write_front(folder, plan, manifest)
        else:
            manifest = _shared_front(folder, plan)
            entry = _session(plan, processes).to_json()
            make_folder(folder / SESSIONS)
            write_whole(folder / SESSIONS / f"{session}.json", entry)
        clean(folder, part)
        states = _states(folder, plan, manifest.replicates)
        asked = len(plan.names) * plan.replicates
        wanted, beyond = states[:asked], bytes(states[asked:])
        try:
            yield Store(folder, manifest, wanted, beyond, session, part)
        except BaseException:
            with contextlib.suppress(StoreError, MemoryError):
                clean(folder, part)
            raise


def clean(folder: Path, part: Part = WHOLE) -> None:
    """Remove what a killed writer left: temporary files, and parts without a marker.

    A marker whose parts are gone keeps the others: no writer leaves such, so somebody may have put them elsewhere.

    Only the holder of the lock may do so. The holder of a part removes what earlier sessions of the same part left, and
    nothing else: whatever others have not committed yet, they may be about to.
    """
    with contextlib.suppress(OSError):  # what cannot be removed is passed over by readers anyway
        for path in (*folder.glob(".*"), *(path for one in WRITTEN_HERE for path in (folder / one).rglob(".*"))):
            if TEMPORARY.fullmatch(path.name) and path.name.startswith(_own(part)):
                path.unlink(missing_ok=True)
        there = parts(folder)  # before the markers: a shard committed in between is known by its marker
        known = marked(folder)
        for table, shards in there.items():
            for shard in shards - known:
                if shard.startswith(part.prefix):
                    part_path(folder, table, shard).unlink(missing_ok=True)


def _own(part: Part) -> tuple[str, ...]:
    """Beginnings of the names of temporary files that only sessions of this part write; a figure is nobody's."""
    names = tuple(f".{kind}-{part.prefix}" for kind in ("part", "plan"))
    return (*names, *(f".{name}" for name in FRONT)) if part.is_whole else names


def _refuse_foreign(folder: Path) -> None:
    """A folder with other things in it is not ours to fill."""
    try:
        if (folder / MANIFEST).exists():
            return
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        raise read_error(folder, error) from error
    foreign = [name for name in names if not name.startswith(LOCK) and not TEMPORARY.fullmatch(name)]
    if foreign and MANIFEST not in names:  # another part may have made it this very moment
        raise StoreError(folder, f"is not empty and no run folder (it holds {min(foreign)}); name another with --out")


def _manifest(folder: Path, plan: Plan) -> Manifest:
    """Manifest of the folder, checked to be of the same run, asking for at least as many replicates as before.

    A sweep may also ask for further points behind those that are there.
    """
    if not (folder / MANIFEST).exists():
        return _with_digests(plan, plan.manifest())
    old, new = read_manifest(folder), plan.manifest()
    found = list(differences(old, new))
    if found:
        raise StoreError(folder, "holds another run: " + "; ".join(found) + ". Name another folder with --out.")
    together = replace(
        old,
        replicates=max(_replicates(folder, old), new.replicates),
        inputs=new.inputs,
        scenarios=new.scenarios,
        points=new.points,
        points_digest=new.points_digest,
    )
    return _with_digests(plan, together)


def _replicates(folder: Path, old: Manifest) -> int:
    """Replicates a folder was asked for; those that are there, where it was asked for more than it can hold."""
    if old.replicates * len(old.scenarios) <= MOST_RUNS:
        return old.replicates
    there = (pc.max(marker.rows["replicate"]).as_py() for marker in committed(folder, ("replicate",)))
    return 1 + max((last for last in there if last is not None), default=-1)


def _with_digests(plan: Plan, manifest: Manifest) -> Manifest:
    """Have the manifest say what the files beside it hold."""
    files = _beside(plan, manifest).items()
    return replace(manifest, files=tuple(FileDigest(name, hashlib.sha256(text).hexdigest()) for name, text in files))


def _beside(plan: Plan, manifest: Manifest) -> dict[str, bytes]:
    """Content of the files beside the manifest, by name."""
    found = {f"{SCENARIOS}/{scenario.name}.json": to_json(scenario).encode() for scenario in plan.bases}
    return {**found, README: readme(manifest).encode()}


def _session(plan: Plan, processes: int) -> SessionEntry:
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return SessionEntry(started, plan.command, versions(), checkout(), machine(), processes)


def _write_front(folder: Path, plan: Plan, manifest: Manifest) -> None:
    """Write what people read; the manifest first, because it makes the folder ours.

    Where it is ours already, points go first: readers take as many as the manifest says.
    """
    points = [] if plan.points is None else [(folder / POINTS, plan.points.to_bytes())]
    front = [(folder / MANIFEST, manifest.to_json())]
    for path, content in points + front if (folder / MANIFEST).exists() else front + points:
        write_whole(path, content)
    make_folder(folder / SCENARIOS)
    make_folder(folder / TABLES)
    for name, content in _beside(plan, manifest).items():
        write_whole(folder / name, content)


def _shared_front(folder: Path, plan: Plan) -> Manifest:
    """Manifest of a folder that several parts write: the first makes it, the others check that it is theirs."""
    path = folder / MANIFEST
    created = create_whole(path, _with_digests(plan, plan.manifest()).to_json())
    manifest = _manifest(folder, plan)
    if created or manifest != read_manifest(folder) or not (folder / README).exists():
        _write_front(folder, plan, manifest)
    return manifest


def _states(folder: Path, plan: Plan, replicates: int) -> bytearray:
    """One byte a run, for all replicates the folder has ever been asked for."""
    places = {name: place for place, name in enumerate(plan.names)}
    states = bytearray(replicates * len(places))
    for marker in committed(folder, MARKER_COLUMNS):
        for scenario, replicate, key, status, attempt in _rows(marker):
            known = scenario in places and 0 <= replicate < replicates
            if not known or key != plan.key(places[scenario], replicate):
                raise StoreError(
                    part_path(folder, RUNS.name, marker.shard),
                    "holds runs of another version; name another folder with --out",
                )
            index = replicate * len(places) + places[scenario]
            tried = DONE if status == OK else min(attempt, MOST_ATTEMPTS)
            states[index] = max(states[index], tried)
    return states


def _rows(marker: Marker) -> Iterator[tuple[str, int, str, str, int]]:
    columns = [marker.rows.column(name).to_pylist() for name in MARKER_COLUMNS]
    return zip(*columns, strict=True)

"""What a worker on another machine does: it computes a chunk and writes the shard into the shared folder itself.

Only a small report travels back. A task may be carried out twice (its worker was thought dead, or died after the end):
each attempt writes a shard of its own name, whole or not at all, and one that finds the shard of an earlier attempt
computes nothing.
"""

from __future__ import annotations

import functools
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from getok.simulation.errors import StoreError
from getok.simulation.experiment.agenda import Chunk
from getok.simulation.experiment.design import Plan
from getok.simulation.experiment.engine import Engine, load
from getok.simulation.experiment.shard import Shard, ShardReport
from getok.simulation.experiment.worker import GaveOut, StoreRefused, committed_or_refused
from getok.simulation.experiment.written_plan import plan_of
from getok.simulation.files import read_whole
from getok.simulation.record.folder import FOLDER_SCHEMA, MANIFEST, OK, RUNS, TABLES
from getok.simulation.record.markers import read_marker
from getok.simulation.record.provenance import MODEL_VERSION, STREAM_SCHEME, installed_version

LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Order:
    """What all chunks of a session have in common.

    Attributes
    ----------
    folder : Path
        The run folder, from the root of the file system.
    session : str
        Prefix of the names of the shards.
    engine : Engine
        What computes a run.
    versions : tuple of str
        What the numbers depend on, as the one who orders has it.
    plan_digest : str
        Hash of the file with the plan, so that no other is carried out.
    """

    folder: Path
    session: str
    engine: Engine
    versions: tuple[str, ...]
    plan_digest: str

    @property
    def plan_file(self) -> Path:
        """File with the plan; when it is gone, so is the session, and workers take it as a wish to stop."""
        return self.folder / f".plan-{self.session}.tmp-plan"

    def shard_name(self, number: int) -> str:
        """Beginning of the name of a chunk's shard; each attempt adds its own ending."""
        return f"{self.session}-{number:06d}"


@dataclass(frozen=True, slots=True)
class Unfit:
    """The worker cannot take part: another version, or it does not see the folder."""

    what: str


Delivery = ShardReport | StoreRefused | GaveOut | Unfit


def versions() -> tuple[str, ...]:
    """What the numbers depend on in this process."""
    return (
        f"getok {installed_version('getok')}",
        f"model {MODEL_VERSION}",
        f"schema {FOLDER_SCHEMA}",
        f"draws {STREAM_SCHEME}",
    )


def carry_out(order: Order, chunk: Chunk) -> Delivery:
    """Compute a chunk and commit it; nothing, if that has been done or the session is over."""
    if order.versions != versions():
        return Unfit(f"has {', '.join(versions())}; asked for is {', '.join(order.versions)}")
    if not (order.folder / MANIFEST).exists():
        return Unfit(f"does not see {order.folder}; it must be on a file system that all workers share")
    if (report := committed_report(order, chunk)) is not None:
        return report
    try:
        plan = _plan(order)
    except FileNotFoundError:
        return ShardReport((), frozenset(), 0.0)
    except StoreError as error:
        return Unfit(f"cannot take the plan: {error}")
    shard = Shard(order.folder, plan, f"{order.shard_name(chunk.number)}-{secrets.token_hex(3)}")
    return committed_or_refused(chunk, plan, load(order.engine), shard, _over(order.plan_file))


def committed_report(order: Order, chunk: Chunk) -> ShardReport | None:
    """What a committed shard of this chunk says of its runs, if some attempt has come so far."""
    for path in (order.folder / TABLES / RUNS.name).glob(f"part-{order.shard_name(chunk.number)}-*.parquet"):
        marker = read_marker(path, ("status",))
        if all((path.parents[1] / table / path.name).exists() for table in marker.tables):
            statuses = marker.rows.column("status").to_pylist()
            done = chunk.runs[: len(statuses)]  # an attempt that was asked to stop has the first of them
            failed = frozenset(run for run, status in zip(done, statuses, strict=True) if status != OK)
            return ShardReport(done, failed, 0.0)
    return None


@functools.lru_cache(maxsize=2)
def _plan(order: Order) -> Plan:
    text = read_whole(order.plan_file, order.folder)
    if hashlib.sha256(text).hexdigest() != order.plan_digest:
        raise StoreError(order.plan_file, "is not the plan of this session")
    return plan_of(text, order.plan_file, order.folder)


def _over(plan_file: Path) -> Callable[[], bool]:
    """Whether the session is over, looked up now and then."""
    looked, over = time.monotonic(), False

    def is_over() -> bool:
        nonlocal looked, over
        if time.monotonic() - looked > LOOK_SECONDS:
            looked, over = time.monotonic(), not plan_file.exists()
        return over

    return is_over

"""A worker process: takes chunks from the parent, computes them, writes the shards itself."""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path

from simulation.errors import StoreError
from simulation.experiment.agenda import Chunk
from simulation.experiment.design import Plan
from simulation.experiment.engine import Engine, Functions, load
from simulation.experiment.shard import Shard, ShardReport
from simulation.experiment.work import compute

ORPHANED = 1


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has its engine; ``compiled`` says whether machine code is there."""

    compiled: bool


@dataclass(frozen=True, slots=True)
class StoreRefused:
    """The shard could not be written (a :class:`StoreError` in parts that travel between processes)."""

    path: Path
    what: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The worker cannot work at all: a fault of the program."""

    traceback: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The parent asks to finish the run at hand, commit, and take no more."""


Answer = Ready | ShardReport | StoreRefused | Broken


def work(parent: Connection, plan: Plan, folder: Path, session: str, engine: Engine) -> None:
    """Body of a worker process: until the parent says stop or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        functions = load(engine)
        parent.send(Ready(functions.is_compiled()))
        while isinstance(chunk := parent.recv(), Chunk):
            parent.send(
                _carry_out(chunk, parent, plan, functions, Shard(folder, plan, f"{session}-{chunk.number:06d}"))
            )
    except (EOFError, ConnectionError):
        os._exit(ORPHANED)
    except Exception:  # noqa: BLE001 - told to the parent, which raises it
        parent.send(Broken(traceback.format_exc()))


def _carry_out(chunk: Chunk, parent: Connection, plan: Plan, functions: Functions, shard: Shard) -> Answer:
    start = time.perf_counter()
    compute(chunk, plan, functions, shard, parent.poll)  # while a chunk is computed, the parent says nothing but stop
    return committed_or_refused(shard, start)


def committed_or_refused(shard: Shard, start: float) -> ShardReport | StoreRefused:
    """Commit a shard begun at a time of the performance counter; what is to be told of it, in parts that travel."""
    try:
        shard.commit()
    except StoreError as error:
        return StoreRefused(error.path, error.what)
    return shard.report(time.perf_counter() - start)


def _die_with_parent() -> None:
    """End at once when the parent is gone, however it went; what is not committed is computed again."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(ORPHANED)

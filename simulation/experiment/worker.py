"""A worker process: takes chunks from the parent, computes them, writes the shards itself."""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path

from getok.simulation.errors import MachineError, StoreError
from getok.simulation.experiment.agenda import Chunk
from getok.simulation.experiment.design import Plan
from getok.simulation.experiment.engine import Engine, Functions, load
from getok.simulation.experiment.shard import Shard, ShardReport
from getok.simulation.experiment.work import compute, why_machine

ORPHANED = 1


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has its engine; whether machine code is there, and why it cannot be kept if it cannot."""

    compiled: bool
    not_kept: str = ""


@dataclass(frozen=True, slots=True)
class StoreRefused:
    """The shard could not be written (a :class:`StoreError` in parts that travel between processes)."""

    path: Path
    what: str


@dataclass(frozen=True, slots=True)
class GaveOut:
    """The machine has no memory, room or files left (a :class:`MachineError` that travels)."""

    what: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The worker cannot work at all: a fault of the program."""

    traceback: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The parent asks to finish the run at hand, commit, and take no more."""


Answer = Ready | ShardReport | StoreRefused | GaveOut | Broken


def work(parent: Connection, plan: Plan, folder: Path, session: str, engine: Engine) -> None:
    """Body of a worker process: until the parent says stop or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        functions = load(engine)
        parent.send(_ready(functions))
        while isinstance(chunk := parent.recv(), Chunk):
            shard = Shard(folder, plan, f"{session}-{chunk.number:06d}")
            # while a chunk is computed, the parent says nothing but stop
            parent.send(committed_or_refused(chunk, plan, functions, shard, parent.poll))
    except (EOFError, ConnectionError):
        os._exit(ORPHANED)
    except Exception as error:  # noqa: BLE001 - told to the parent, which raises it
        why = why_machine(error)
        parent.send(GaveOut(why) if why else Broken(traceback.format_exc()))


def _ready(functions: Functions) -> Ready:
    """Whether there is machine code; if not, the worker that compiles says nothing of its own about keeping it."""
    if functions.is_compiled():
        return Ready(compiled=True)
    from getok.simulation.compiled import why_not_kept  # noqa: PLC0415 - an engine without machine code needs no compiler
    from getok.simulation.machine_code import CodeNotKeptWarning  # noqa: PLC0415

    warnings.simplefilter("ignore", CodeNotKeptWarning)
    return Ready(compiled=False, not_kept=why_not_kept())


def committed_or_refused(
    chunk: Chunk, plan: Plan, functions: Functions, shard: Shard, should_stop: Callable[[], bool]
) -> ShardReport | StoreRefused | GaveOut:
    """Compute a chunk and commit it; what is to be told of it, in parts that travel."""
    start = time.perf_counter()
    try:
        compute(chunk, plan, functions, shard, should_stop)
        shard.commit()
    except StoreError as error:
        return StoreRefused(error.path, error.what)
    except (MachineError, MemoryError) as error:
        return GaveOut(why_machine(error))
    return shard.report(time.perf_counter() - start)


def _die_with_parent() -> None:
    """End at once when the parent is gone, however it went; what is not committed is computed again."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(ORPHANED)

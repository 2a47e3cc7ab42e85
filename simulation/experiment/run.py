"""Carrying out a plan: what is missing is computed, in this process or in workers, and stored."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from simulation.experiment.agenda import DONE, Agenda
from simulation.experiment.design import Plan, default_folder
from simulation.experiment.engine import Engine, load
from simulation.experiment.interrupts import Interrupts
from simulation.experiment.pool import Pool
from simulation.experiment.session import OnError, Progress, Session, Silent
from simulation.experiment.shard import Shard
from simulation.experiment.store import open_store
from simulation.experiment.work import compute

FEW_RUNS = 24
"""Up to so many runs, starting workers takes longer than it saves."""

ENGINE = Engine()


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a start of the command ended.

    Attributes
    ----------
    folder : Path
        The run folder.
    n_runs : int
        Runs asked for.
    n_ok, n_failed : int
        Of these, finished and failed, earlier sessions included.
    n_computed : int
        Runs computed in this session.
    seconds : float
        How long it took.
    paused : bool
        Whether somebody asked to pause before the end.
    """

    folder: Path
    n_runs: int
    n_ok: int
    n_failed: int
    n_computed: int
    seconds: float
    paused: bool

    @property
    def exit_code(self) -> int:
        """130 paused, 3 finished with failed replicates, else 0."""
        if self.paused:
            return 130
        return 3 if self.n_failed else 0


def execute(
    plan: Plan,
    out: Path | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
    on_error: OnError = OnError.FINISH,
    engine: Engine = ENGINE,
) -> RunReport:
    """Carry out a plan: compute what its folder lacks, commit it shard by shard, and say how it ended.

    Interrupted at any moment, in any process, the same call goes on from what is committed.

    Parameters
    ----------
    plan : Plan
        From :func:`simulation.experiment.design.make_plan`.
    out : Path or None
        Run folder; by default :func:`simulation.experiment.design.default_folder`.
    processes : int or None
        Worker processes; 1 computes in this process; None takes all processors for more than a few runs.
    progress : Progress or None
        Who is told.
    on_error : OnError
        Whether a failed replicate ends the run.
    engine : Engine
        What computes a run.

    Raises
    ------
    StoreError
        If the folder cannot be used or written; what is committed stays.
    """
    start = time.perf_counter()
    folder = default_folder(plan) if out is None else out
    interrupts = Interrupts()
    listener = Silent() if progress is None else progress
    with interrupts.watched(), open_store(folder, plan, processes or 0) as store:
        session = Session(plan, store, listener, on_error, interrupts)
        paused = _work(session, engine, processes)
        store.close()
    n_ok = store.states.count(DONE)
    n_failed = len(store.states) - n_ok - store.states.count(0)
    return RunReport(folder, plan.n_runs, n_ok, n_failed, session.computed, time.perf_counter() - start, paused)


def _work(session: Session, engine: Engine, processes: int | None) -> bool:
    """Work through what is missing; true if it was paused."""
    plan, states = session.plan, session.store.states
    agenda = Agenda(plan, states)
    wanted = agenda.left
    n = len(plan.bases)
    n_each = plan.n_runs // n
    session.progress.begin([one.name for one in plan.bases], [states[i::n].count(DONE) for i in range(n)], n_each)
    try:
        size = _size(agenda.left, processes)
        if agenda.left and size == 1:
            _work_here(session, agenda, _with_threads(engine, size))
        elif agenda.left:
            Pool(session, _with_threads(engine, size), size).run(agenda)
    except KeyboardInterrupt:
        return True
    finally:
        session.progress.end()
    return session.interrupts.asked and session.computed < wanted


def _size(left: int, processes: int | None) -> int:
    """Worker processes for so many runs."""
    if processes is None:
        processes = 1 if left <= FEW_RUNS else os.cpu_count() or 1
    return max(1, min(processes, left))


def _with_threads(engine: Engine, size: int) -> Engine:
    """Let each process use its part of the processors; only communities of city size make use of it."""
    own = engine is ENGINE  # an engine put in its place may know of no threads
    return replace(engine, threads=max(1, (os.cpu_count() or 1) // size)) if own else engine


def _work_here(session: Session, agenda: Agenda, engine: Engine) -> None:
    """Compute in this process, chunk by chunk."""
    functions = load(engine)
    if not functions.is_compiled():
        session.note_compiling()
    store = session.store
    while not session.should_stop() and (chunk := agenda.next_chunk(1)) is not None:
        start = time.perf_counter()
        shard = Shard(store.folder, session.plan, store.shard_name(chunk.number))
        compute(chunk, session.plan, functions, shard, lambda: session.interrupts.asked)
        shard.commit()
        report = shard.report(time.perf_counter() - start)
        agenda.learn(report.seconds, len(report.runs))
        session.settle(report, agenda)

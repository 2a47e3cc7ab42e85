"""Carrying out a plan: what is missing is computed, in this process or in workers, and stored."""

from __future__ import annotations

import os
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from getok.simulation.errors import GetokWarning, UsageError
from getok.simulation.experiment import own_model
from getok.simulation.experiment.agenda import DONE, Agenda
from getok.simulation.experiment.design import Plan, default_folder
from getok.simulation.experiment.engine import Engine, load
from getok.simulation.experiment.interrupts import Interrupts
from getok.simulation.experiment.part import WHOLE, Part, to_do
from getok.simulation.experiment.pool import Pool, ReadAgainError, leave_if_read_again
from getok.simulation.experiment.session import OnError, Progress, Session, Silent
from getok.simulation.experiment.shard import Shard
from getok.simulation.experiment.store import open_store
from getok.simulation.experiment.work import compute
from getok.simulation.record.provenance import OwnModel

WORTH_SECONDS = 6.0
"""Work from which on worker processes save more than their start takes, about a second each."""

MANY_GROUPS = 20
"""Groups of a community from which on workers are started without a look at how long a run takes."""

GUARD = 'computed in one process; to use all, start runs below if __name__ == "__main__":'
"""What a script is told that worker processes cannot read again."""

ENGINE = Engine()

STAYS = (
    "{model} is defined in a notebook or inside a function, where other processes do not find it: it is computed in "
    "this process, one run after the other; put it into a file and import it, to use all processors"
)


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a start of the command ended.

    Attributes
    ----------
    folder : Path
        The run folder.
    n_runs : int
        Runs asked for; of a part, those that belong to it.
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
    part: Part = WHOLE,
    retry_failed: bool = False,
    cluster: str | None = None,
) -> RunReport:
    """Carry out a plan: compute what its folder lacks, commit it shard by shard, and say how it ended.

    Interrupted at any moment, in any process, the same call goes on from what is committed.

    Parameters
    ----------
    plan : Plan
        From :func:`getok.simulation.experiment.design.make_plan`.
    out : Path or None
        Run folder; by default :func:`getok.simulation.experiment.design.default_folder`.
    processes : int or None
        Worker processes; 1 computes in this process; None begins here, and takes all processors where that is worth
        their start.
    progress : Progress or None
        Who is told.
    on_error : OnError
        Whether a failed replicate ends the run.
    engine : Engine
        What computes a run.
    part : Part
        Which part of the run; several calls with different parts may work in one folder at the same time.
    retry_failed : bool
        Compute the failed runs again, and nothing else; otherwise they stay as they are.
    cluster : str or None
        Dask scheduler whose workers compute instead of processes here (see :mod:`getok.simulation.experiment.cluster`).

    Raises
    ------
    StoreError
        If the folder cannot be used or written; what is committed stays.
    ClusterError
        If the cluster cannot be reached or used; what is committed stays.
    MachineError
        If memory, room or files give out; what is committed stays.
    """
    leave_if_read_again(plan)
    start = time.perf_counter()
    folder = default_folder(plan) if out is None else out
    if plan.model is not None:
        engine = _engine_of(plan.model, cluster)
    interrupts = Interrupts()
    listener = Silent() if progress is None else progress
    with interrupts.watched(), open_store(folder, plan, processes or 0, part) as store:
        session = Session(plan, store, listener, on_error, interrupts)
        mine = part.mask(plan)
        agenda = Agenda(plan, store.states, to_do(store.states, mine, retry_failed=retry_failed))
        paused = _work(session, agenda, engine, processes, cluster)
        store.close()
    states = bytes(np.frombuffer(bytes(store.states), dtype=np.uint8)[mine])
    n_ok = states.count(DONE)
    n_failed = len(states) - n_ok - states.count(0)
    return RunReport(folder, len(states), n_ok, n_failed, session.computed, time.perf_counter() - start, paused)


def _work(session: Session, agenda: Agenda, engine: Engine, processes: int | None, cluster: str | None) -> bool:
    """Work through what is missing; true if it was paused."""
    plan, wanted = session.plan, agenda.left
    finished = [session.store.states[i :: len(plan.bases)].count(DONE) for i in range(len(plan.bases))]
    session.progress.begin([one.name for one in plan.bases], finished, plan.n_runs // len(plan.bases))
    try:
        if agenda.left and cluster is not None:
            _work_there(session, agenda, engine, cluster)
        elif agenda.left:
            _work_on_this_machine(session, agenda, engine, processes)
    except KeyboardInterrupt:
        return True
    finally:
        session.progress.end()
    return session.interrupts.asked and session.computed < wanted


def _engine_of(model: OwnModel, cluster: str | None) -> Engine:
    """Have a model of a user's own live the runs."""
    if cluster is not None:
        raise UsageError(f"--cluster runs the shipped model only; compute {model.name} on this machine")
    return Engine(model=model)


def _work_on_this_machine(session: Session, agenda: Agenda, engine: Engine, processes: int | None) -> None:
    """Compute in this process what is not worth starting workers, or in as many processes as are asked for."""
    model = session.plan.model
    if model is not None and not own_model.travels(model):
        if processes != 1:
            session.note(STAYS.format(model=model.name))
        processes = 1
    size = processors() if processes is None else processes
    is_large = any(one.community.n_groups > MANY_GROUPS for one in session.plan.bases)
    if size == 1 or (processes is None and not is_large):
        _work_here(session, agenda, engine, alone=size == 1)
    if agenda.left and not session.should_stop():
        size = min(size, agenda.left)
        try:
            Pool(session, engine, size).run(agenda)
        except ReadAgainError:
            if processes is not None:
                raise
            warnings.warn(GUARD, GetokWarning, stacklevel=2)
            _work_here(session, agenda, engine, alone=True)


def processors() -> int:
    """Count the processors that this process may use; under a scheduler these are fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _work_there(session: Session, agenda: Agenda, engine: Engine, address: str) -> None:
    """Compute on a Dask cluster; Dask is imported here, and only here."""
    try:
        from getok.simulation.experiment.cluster import Cluster  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise UsageError(f"--cluster needs Dask ({error}); install it with: pip install 'getok[cluster]'") from error
    Cluster(session, engine, address).run(agenda)


def _work_here(session: Session, agenda: Agenda, engine: Engine, *, alone: bool) -> None:
    """Compute in this process, chunk by chunk; not alone, only until the rest is seen to be worth starting workers.

    How long a run takes is not learnt of the first chunk, which loads the machine code or compiles it. What counts is
    the time of this process: on a busy machine workers gain nothing.
    """
    functions = load(engine)
    is_compiled = functions.is_compiled()
    if not is_compiled:
        session.note_compiling()
    store = session.store
    while not session.should_stop() and (chunk := agenda.next_chunk(1)) is not None:
        start, worked = time.perf_counter(), time.process_time()
        shard = Shard(store.folder, session.plan, store.shard_name(chunk.number))
        try:
            compute(chunk, session.plan, functions, shard, lambda: session.interrupts.asked)
        finally:
            shard.commit()
        report = shard.report(time.perf_counter() - start)
        worked = time.process_time() - worked
        session.settle(report, agenda)
        if chunk.number > 1:
            agenda.learn(report.seconds, len(report.runs))
        is_telling = chunk.number > 1 or (is_compiled and worked > WORTH_SECONDS)
        if not alone and is_telling and worked / len(report.runs) * agenda.left > WORTH_SECONDS:
            return

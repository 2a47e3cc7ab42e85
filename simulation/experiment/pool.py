"""Workers in processes: any of them may be killed at any moment, and nothing finished is lost or done twice.

The pools of the standard library and of joblib give up with the first dead worker, so this one is our own: one pipe a
worker, and the store as the only judge of what is finished. Processes are spawned, the same on every system; a fork
server was measured to start no sooner (two workers in .24 against .30 seconds).
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from getok.simulation.errors import GetokError, MachineError, StoreError, UsageError
from getok.simulation.experiment.agenda import Agenda, Chunk
from getok.simulation.experiment.design import Plan
from getok.simulation.experiment.engine import Engine
from getok.simulation.experiment.interrupts import held_back
from getok.simulation.experiment.session import Session
from getok.simulation.experiment.shard import Failure, Shard, ShardReport
from getok.simulation.experiment.worker import Answer, Broken, GaveOut, Ready, Stop, StoreRefused, work

LOOK_SECONDS = 0.2
GRACE_SECONDS = 5.0
MOST_DEATHS_ALONE = 2
MOST_DEATHS_AT_START = 3
STARTING = "GETOK_STARTS_WORKERS_FOR"
"""Variable of the environment that tells a worker process what it is started for."""

READ_AGAIN = 77
"""Exit code of a worker process whose script asked for the same runs once more."""


class ReadAgainError(UsageError):
    """A script that is read again by worker processes asks for the same runs once more."""


class WorkerError(RuntimeError):
    """Worker processes cannot do their work: a fault of the program or of how it is called."""


@dataclass(slots=True, eq=False)
class Worker:
    """A worker process as the parent sees it."""

    process: BaseProcess
    pipe: Connection
    chunk: Chunk | None = None
    ready: bool = False


class Pool:
    """Workers for one session.

    Parameters
    ----------
    session : Session
        The plan, the store and who listens.
    engine : Engine
        What computes a run.
    size : int
        Worker processes.
    """

    def __init__(self, session: Session, engine: Engine, size: int) -> None:
        self._session = session
        self._engine = engine
        self._size = size
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[Worker] = []
        self._warm = False
        self._deaths_at_start = 0
        self._refusal: GetokError | None = None

    def run(self, agenda: Agenda) -> None:
        """Work through the agenda until it is done or somebody asks to stop.

        Raises
        ------
        StoreError, MachineError
            If a shard cannot be written, or a worker has no memory or room left.
        WorkerError
            If workers cannot start.
        """
        try:
            for _ in range(self._size):
                self._start()
            while self._give_out(agenda):
                self._listen(agenda, LOOK_SECONDS)
            self._wind_up(agenda)
        finally:
            for worker in self._workers:
                worker.process.kill()  # idle, or told to stop and too slow: nothing half done can be seen
                worker.process.join()
                worker.pipe.close()
        if self._refusal is not None:
            raise self._refusal

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        session = self._session
        arguments = (theirs, session.plan, session.store.folder, session.store.session, self._engine)
        process = self._context.Process(target=work, args=arguments, daemon=True)
        with held_back(), starting(session.plan):
            process.start()
        theirs.close()
        self._workers.append(Worker(process, ours))

    def _give_out(self, agenda: Agenda) -> bool:
        """Give idle workers work; false when there is none and nobody is at work, or when it is time to stop."""
        if self._session.should_stop() or self._refusal is not None:
            return False
        for worker in self._workers:
            if worker.ready and worker.chunk is None and (self._warm or not self._busy()):
                worker.chunk = agenda.next_chunk(self._size)
                _tell(worker, worker.chunk)
        return bool(self._busy()) or agenda.waiting

    def _busy(self) -> list[Worker]:
        return [worker for worker in self._workers if worker.chunk is not None]

    def _listen(self, agenda: Agenda, seconds: float) -> None:
        """Wait for answers and deaths."""
        pipes = {worker.pipe: worker for worker in self._workers}
        for pipe in connection.wait(list(pipes), timeout=seconds):
            worker = pipes[pipe]  # type: ignore[index]  # wait gives back the objects it was given
            try:
                self._take(worker, worker.pipe.recv(), agenda)
            except (EOFError, OSError):  # the other end of a pipe closes with its process
                self._bury(worker, agenda)

    def _take(self, worker: Worker, answer: Answer, agenda: Agenda) -> None:
        match answer:
            case Ready(compiled=compiled, not_kept=why):
                self._greet(worker, compiled=compiled, not_kept=why)
            case ShardReport():
                worker.chunk = None
                self._warm = True
                agenda.learn(answer.seconds, len(answer.runs))
                self._session.settle(answer, agenda)
            case StoreRefused(path=path, what=what):
                worker.chunk = None
                self._refusal = StoreError(path, what)
            case GaveOut(what=what):
                worker.chunk = None
                self._refusal = MachineError(what)
            case Broken(traceback=text):
                raise WorkerError(text)

    def _greet(self, worker: Worker, *, compiled: bool, not_kept: str) -> None:
        worker.ready = True
        self._deaths_at_start = 0
        if compiled:
            self._warm = True
        elif not self._warm:  # one worker compiles, the others wait for its machine code
            self._session.note_compiling(not_kept)

    def _bury(self, worker: Worker, agenda: Agenda) -> None:
        """Replace a dead worker, and put back what it had not committed."""
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        if not worker.ready:
            self._deaths_at_start += 1
            if worker.process.exitcode == READ_AGAIN:
                raise ReadAgainError(
                    "worker processes read the script once more, and it asks for these runs again; "
                    'start them below if __name__ == "__main__":, or use one process (processes=1)'
                ) from None
            if self._deaths_at_start >= MOST_DEATHS_AT_START:
                raise WorkerError(f"worker processes end before they begin ({_ending(worker)})")
        if worker.chunk is not None:
            self._recover(worker.chunk, worker, agenda)
        if self._refusal is None and not self._session.should_stop():
            self._start()

    def _recover(self, chunk: Chunk, worker: Worker, agenda: Agenda) -> None:
        store = self._session.store
        if store.holds(chunk.number):  # committed, and died before it could say so
            self._session.settle(store.report(chunk), agenda)
        elif len(chunk.runs) == 1 and chunk.deaths + 1 >= MOST_DEATHS_ALONE:
            self._record_killer(chunk, worker, agenda)
        else:
            self._session.note(f"a worker was lost ({_ending(worker)}); its {len(chunk.runs)} runs are computed again")
            agenda.halve(chunk)

    def _record_killer(self, chunk: Chunk, worker: Worker, agenda: Agenda) -> None:
        session = self._session
        shard = Shard(session.store.folder, session.plan, session.store.shard_name(chunk.number))
        text = f"its worker process ended ({_ending(worker)}) {MOST_DEATHS_ALONE} times over this run alone"
        shard.add_failure(chunk.runs[0], 0.0, Failure(f"WorkerDied: {text}", ""))
        shard.commit()
        session.settle(shard.report(0.0), agenda)

    def _wind_up(self, agenda: Agenda) -> None:
        """Ask those at work to commit what they have, and wait a little for it."""
        for worker in self._busy():
            _tell(worker, Stop())
        deadline = time.monotonic() + GRACE_SECONDS
        while self._busy() and (left := deadline - time.monotonic()) > 0:
            self._listen(agenda, min(left, LOOK_SECONDS))


@contextmanager
def starting(plan: Plan) -> Iterator[None]:
    """Let processes that are started meanwhile know what for."""
    os.environ[STARTING] = _name_of(plan)
    try:
        yield
    finally:
        del os.environ[STARTING]


def leave_if_read_again(plan: Plan) -> None:
    """End this process if it is a worker process that reads a script, which asks for the runs it was started for."""
    if os.environ.get(STARTING) == _name_of(plan):
        os._exit(READ_AGAIN)


def _name_of(plan: Plan) -> str:
    return f"{plan.key(0, 0)} {plan.n_runs}"


def _tell(worker: Worker, message: Chunk | Stop | None) -> None:
    if message is None:
        return
    try:
        worker.pipe.send(message)
    except OSError:
        return  # it has died; listening finds out and puts its chunk back


def _ending(worker: Worker) -> str:
    code = worker.process.exitcode
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"

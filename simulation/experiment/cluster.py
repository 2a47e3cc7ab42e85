"""Workers of a Dask cluster as the engine: any of them, and the scheduler, may be lost at any moment.

Dask hands chunks out and notices who dies; what is finished is judged by the store alone, as with processes here.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from distributed import CancelledError, Client, Future
from distributed.scheduler import KilledWorker

from getok.simulation.errors import ClusterError, GetokError, MachineError, StoreError
from getok.simulation.experiment.agenda import Agenda, Chunk
from getok.simulation.experiment.connect import connected
from getok.simulation.experiment.engine import Engine
from getok.simulation.experiment.remote import Delivery, Order, Unfit, carry_out, committed_report, versions
from getok.simulation.experiment.session import Session
from getok.simulation.experiment.shard import Failure, Shard, ShardReport
from getok.simulation.experiment.worker import GaveOut, StoreRefused
from getok.simulation.experiment.written_plan import plan_text
from getok.simulation.files import write_whole

LOOK_SECONDS = 0.02
COUNT_SECONDS, COUNT_SECONDS_WITHOUT = 2.0, 0.2
FETCH_SECONDS = 30.0
GRACE_SECONDS = 5.0
AHEAD = 2
"""Chunks given out for each thread of the cluster: one at work, one waiting for it."""

MOST_DEATHS_ALONE = 2
MOST_DEATHS_AT_START = 12


class Cluster:
    """Workers of a cluster for one session.

    Parameters
    ----------
    session : Session
        The plan, the store and who listens. All workers must see the folder of the store under the same path.
    engine : Engine
        What computes a run.
    address : str
        As :func:`getok.simulation.experiment.connect.connected` takes it.
    """

    def __init__(self, session: Session, engine: Engine, address: str) -> None:
        self._session = session
        self._address = address
        folder = session.store.folder.resolve()
        self._plan = plan_text(session.plan)
        digest = hashlib.sha256(self._plan).hexdigest()
        self._order = Order(folder, session.store.session, engine, versions(), digest)
        self._flying: dict[Future, Chunk] = {}
        self._suspects: deque[Chunk] = deque()
        self._alone = False
        self._refusal: GetokError | None = None
        self._threads, self._counted = 0, -1.0
        self._warm = False
        self._deaths = 0

    def run(self, agenda: Agenda) -> None:
        """Work through the agenda until it is done or somebody asks to stop.

        Raises
        ------
        StoreError
            If a shard cannot be written.
        ClusterError
            If the scheduler stays away, or workers cannot take part.
        """
        with connected(self._address) as client, self._announced():
            while self._give_out(client, agenda):
                self._listen(agenda)
            self._order.plan_file.unlink(missing_ok=True)  # workers end with the run at hand, and commit
            deadline = time.monotonic() + GRACE_SECONDS
            while self._flying and time.monotonic() < deadline:
                self._listen(agenda)
            client.cancel(list(self._flying))
        if self._refusal is not None:
            raise self._refusal

    @contextlib.contextmanager
    def _announced(self) -> Iterator[None]:
        """Keep the plan where workers find it, as long as the session lasts."""
        path: Path = self._order.plan_file
        write_whole(path, self._plan)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)

    def _give_out(self, client: Client, agenda: Agenda) -> bool:
        """Keep the workers busy; false when nothing is left, or when it is time to stop."""
        if self._session.should_stop() or self._refusal is not None:
            return False
        if client.status == "closed":
            raise ClusterError(
                f"cluster {self._address}: its scheduler was lost and did not come back; what is finished is kept, and "
                "the same command goes on"
            )
        if client.status == "running":
            self._count(client)
            while len(self._flying) < AHEAD * self._threads and (chunk := agenda.next_chunk(self._threads)) is not None:
                if chunk.deaths:
                    self._suspects.append(chunk)
                else:
                    self._submit(client, chunk, alone=False)
            if not self._flying and self._suspects and self._threads:
                self._submit(client, self._suspects.popleft(), alone=True)
        return bool(self._flying or self._suspects) or agenda.waiting

    def _submit(self, client: Client, chunk: Chunk, *, alone: bool) -> None:
        """Send a chunk; one over which a worker died goes alone, so that no other is blamed or harmed."""
        self._alone = alone
        key = f"getok-{self._order.shard_name(chunk.number)}"
        self._flying[client.submit(carry_out, self._order, chunk, key=key, pure=False)] = chunk

    def _count(self, client: Client) -> None:
        """Look up how many threads the cluster has; it may grow and shrink."""
        now = time.monotonic()
        if now - self._counted < (COUNT_SECONDS if self._threads else COUNT_SECONDS_WITHOUT):
            return
        with contextlib.suppress(OSError, TimeoutError):  # the connection is going; its end is seen elsewhere
            threads = sum(client.nthreads().values())
            if not threads and (self._threads or self._counted < 0):
                self._session.note("no worker is there; waiting for one")
            self._threads, self._counted = threads, now

    def _listen(self, agenda: Agenda) -> None:
        """Wait a little, and take what has come back."""
        time.sleep(LOOK_SECONDS)
        for future in [future for future in self._flying if future.status != "pending"]:
            chunk = self._flying.pop(future)
            match future.status:
                case "finished":
                    self._take(chunk, future, agenda)
                case "error":
                    self._mend(chunk, future, agenda)
                case _:  # cancelled or lost: the connection or the scheduler is gone
                    self._put_back(chunk, agenda)

    def _take(self, chunk: Chunk, future: Future, agenda: Agenda) -> None:
        try:
            delivery: Delivery = future.result(timeout=FETCH_SECONDS)
        except (
            OSError,
            TimeoutError,
            CancelledError,
            KilledWorker,
        ):  # the report is gone with its worker; the store knows
            self._put_back(chunk, agenda)
            return
        match delivery:
            case ShardReport():
                self._settle(chunk, delivery, agenda)
            case StoreRefused(path=path, what=what):
                self._refusal = StoreError(path, what)
            case GaveOut(what=what):
                self._refusal = MachineError(what)
            case Unfit(what=what):
                raise ClusterError(f"cluster {self._address}: a worker {what}")

    def _settle(self, chunk: Chunk, report: ShardReport, agenda: Agenda) -> None:
        if report.runs:
            self._warm = True
            agenda.learn(report.seconds, len(report.runs))
        self._session.settle(report, agenda)
        if len(report.runs) < len(chunk.runs) and self._order.plan_file.exists():
            raise ClusterError(f"cluster {self._address}: a worker stopped before its time; the same command goes on")

    def _put_back(self, chunk: Chunk, agenda: Agenda) -> None:
        """Have a chunk computed again that was lost through no fault of its own, unless it is committed."""
        report = committed_report(self._order, chunk)
        if report is not None:
            self._session.settle(report, agenda)
        elif not self._session.should_stop():
            self._session.note(f"the cluster lost {len(chunk.runs)} runs; they are computed again")
            agenda.put_back(chunk)

    def _mend(self, chunk: Chunk, future: Future, agenda: Agenda) -> None:
        error = future.exception(timeout=FETCH_SECONDS)
        if not isinstance(error, KilledWorker):
            raise ClusterError(
                f"cluster {self._address}: a worker cannot do its work ({type(error).__name__}: {error}); is the same "
                "getok installed there?"
            )
        self._deaths += 1
        report = committed_report(self._order, chunk)
        if report is not None:
            self._session.settle(report, agenda)
        elif not self._warm and self._deaths >= MOST_DEATHS_AT_START:
            raise ClusterError(
                f"cluster {self._address}: workers end before they have computed anything; see their logs"
            )
        elif len(chunk.runs) == 1 and self._alone and chunk.deaths + 1 >= MOST_DEATHS_ALONE:
            self._record_killer(chunk, agenda)
        else:
            self._session.note(f"a worker was lost; its {len(chunk.runs)} runs are computed again")
            agenda.halve(chunk)

    def _record_killer(self, chunk: Chunk, agenda: Agenda) -> None:
        session = self._session
        shard = Shard(session.store.folder, session.plan, f"{self._order.shard_name(chunk.number)}-killer")
        text = f"its worker ended {MOST_DEATHS_ALONE} times over this run alone"
        shard.add_failure(chunk.runs[0], 0.0, Failure(f"WorkerDied: {text}", ""))
        shard.commit()
        session.settle(shard.report(0.0), agenda)

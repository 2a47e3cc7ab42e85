"""Dask as the engine: real schedulers and workers in processes of their own, killed at will."""

import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("distributed")


from distributed import Client

from analysis.read import open_run, table_digest
from simulation.errors import ClusterError, StoreError, UsageError
from simulation.experiment import cluster, connect, remote, shard
from simulation.experiment.agenda import Chunk, Run
from simulation.experiment.engine import Engine
from simulation.experiment.remote import Order, Unfit, carry_out, committed_report, versions
from simulation.experiment.run import execute
from simulation.experiment.shard import write_whole
from simulation.experiment.verify import verify
from simulation.experiment.worker import StoreRefused

HERE = Path(__file__).parent
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="process groups and SIGKILL are POSIX")
pytestmark = posix_only


class Dask:
    """A scheduler and workers, each a process of its own, as a cluster starts them."""

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.processes = []
        self.scheduler = self.start_scheduler()

    @property
    def address(self):
        return f"tcp://127.0.0.1:{self.port}"

    def start_scheduler(self):
        return self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard", "--no-show")

    def start_worker(self, **environment):
        more = ["--nthreads", "1", "--no-dashboard", "--no-nanny", "--memory-limit", "0", "--death-timeout", "20"]
        return self._start("worker", self.address, *more, **environment)

    def _start(self, what, *arguments, **environment):
        with (self.folder / "log").open("a", encoding="utf-8") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + what, *arguments],
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path]),
                    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
                    **environment,
                },
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def n_workers(self):
        with Client(self.address, set_as_default=False) as client:
            return len(client.nthreads())

    def end(self):
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def dask(tmp_path):
    found = Dask(tmp_path)
    yield found
    found.end()


class Notes:
    """Progress that remembers what was said, and counts."""

    def __init__(self):
        self.said = []
        self.n = 0

    def begin(self, *_):
        pass

    def advance(self, *_, **__):
        self.n += 1

    def note(self, text):
        self.said.append(text)

    def end(self):
        pass


def wait_for(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@contextlib.contextmanager
def meanwhile(condition, action):
    """Do something in another thread as soon as something is so."""

    def wait_and_act():
        wait_for(condition)
        action()

    thread = threading.Thread(target=wait_and_act)
    thread.start()
    yield
    thread.join()


def digest_of(folder):
    return table_digest(open_run(folder))


def computed(calls):
    return [line.split()[1] for line in calls.read_text(encoding="utf-8").splitlines() if line.startswith("simulate")]


def finished_runs(folder):
    return {f"{row['scenario']}/{row['replicate']}" for row in open_run(folder).runs.to_pylist()}


@pytest.fixture
def whole(tmp_path, plan, fake):
    """Digest of the same plan in this process, or in some, without any interruption."""

    def make(replicates, processes=1):
        execute(plan(replicates), tmp_path / "whole", processes, engine=fake)
        return digest_of(tmp_path / "whole")

    return make


def test_one_of_three_workers_is_killed_and_a_late_one_comes(tmp_path, plan, fake, dask, whole):
    calls = tmp_path / "calls"
    environment = {"FAKE_SLEEP": "0.01", "FAKE_CALLS": str(calls)}
    workers = [dask.start_worker(**environment) for _ in range(3)]
    wait_for(lambda: dask.n_workers() == 3)
    notes, before = Notes(), []

    def act():
        before.append((finished_runs(tmp_path / "out"), len(computed(calls))))
        os.kill(workers[0].pid, signal.SIGKILL)
        dask.start_worker(**environment)

    with meanwhile(lambda: notes.n > 60, act):
        report = execute(plan(150), tmp_path / "out", None, notes, engine=fake, cluster=dask.address)
    assert (report.n_ok, report.n_failed, report.n_computed, notes.n) == (300, 0, 300, 300)
    assert any("a worker was lost" in text for text in notes.said)
    assert digest_of(tmp_path / "out") == whole(150, processes=2)
    finished, n_calls = before[0]
    assert len(finished) > 60
    assert not set(computed(calls)[n_calls:]) & finished  # what was finished is not computed again
    assert execute(plan(150), tmp_path / "out", None, engine=fake, cluster="local:1").n_computed == 0


def test_the_scheduler_is_started_again(tmp_path, plan, fake, dask, whole):
    calls = tmp_path / "calls"
    environment = {"FAKE_SLEEP": "0.01", "FAKE_CALLS": str(calls)}
    dask.start_worker(**environment)
    wait_for(lambda: dask.n_workers() == 1)
    notes = Notes()

    def act():
        dask.scheduler.kill()
        dask.scheduler.wait()
        dask.start_scheduler()
        dask.start_worker(**environment)

    with meanwhile(lambda: notes.n > 60, act):
        report = execute(plan(60), tmp_path / "out", None, notes, engine=fake, cluster=dask.address)
    assert (report.n_ok, report.n_computed, notes.n) == (120, 120, 120)
    assert any("the cluster lost" in text for text in notes.said)
    assert digest_of(tmp_path / "out") == whole(60)


def test_a_scheduler_that_stays_away_is_an_error_and_processes_here_go_on(
    tmp_path, plan, fake, dask, whole, monkeypatch
):
    monkeypatch.setattr(connect, "CONNECT_SECONDS", 1.0)
    calls = tmp_path / "calls"
    monkeypatch.setenv("FAKE_CALLS", str(calls))
    worker = dask.start_worker(FAKE_SLEEP="0.01")
    notes = Notes()
    wait_for(lambda: dask.n_workers() == 1)

    def act():
        dask.scheduler.kill()
        worker.kill()

    with meanwhile(lambda: notes.n > 60, act), pytest.raises(ClusterError, match="the same command goes on"):
        execute(plan(60), tmp_path / "out", None, notes, engine=fake, cluster=dask.address)
    finished = finished_runs(tmp_path / "out")
    assert len(finished) >= 60
    before = len(computed(calls))
    report = execute(plan(60), tmp_path / "out", 1, engine=fake)
    assert (report.n_ok, report.n_computed) == (120, 120 - len(finished))
    assert not set(computed(calls)[before:]) & finished  # what was finished is not computed again
    assert digest_of(tmp_path / "out") == whole(60)
    assert not list((tmp_path / "out").rglob(".*tmp*"))


def test_a_run_that_kills_workers_is_named_and_no_other_is_lost(tmp_path, plan, fake, monkeypatch, whole):
    monkeypatch.setenv("FAKE_KILL", "busy/3")
    report = execute(plan(6), tmp_path / "out", None, engine=fake, cluster="local:2")
    assert (report.n_ok, report.n_failed, report.exit_code) == (11, 1, 3)
    (failure,) = open_run(tmp_path / "out").failures
    assert (failure.scenario, failure.replicate) == ("busy", 3)
    assert failure.error == "WorkerDied: its worker ended 2 times over this run alone"
    monkeypatch.delenv("FAKE_KILL")
    assert execute(plan(6), tmp_path / "out", 1, engine=fake, retry_failed=True).n_computed == 1
    assert digest_of(tmp_path / "out") == whole(6)


def test_the_command_is_killed_then_paused_and_goes_on(tmp_path, dask, plan, fake, whole):
    """Killed, it leaves workers that go on with the chunk at hand; paused, it waits for the run at hand."""
    calls = tmp_path / "calls"
    dask.start_worker(FAKE_SLEEP="0.01", FAKE_CALLS=str(calls))
    wait_for(lambda: dask.n_workers() == 1)
    ended = []
    for end_it, more in ((subprocess.Popen.kill, 30), (subprocess.Popen.terminate, 150)):
        before = len(computed(calls)) if calls.exists() else 0
        process = subprocess.Popen(
            [sys.executable, str(HERE / "driver.py"), str(tmp_path / "out"), "200", "1"],
            env={**os.environ, "FAKE_CLUSTER": dask.address},
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        wait_for(lambda n=before + more: calls.exists() and len(computed(calls)) > n)
        end_it(process)
        ended.append((process.communicate(timeout=30)[0], process.returncode))
    assert [code for _, code in ended] == [-signal.SIGKILL, 130]
    n_ok, n_failed, _ = map(int, ended[1][0].split())
    assert n_failed == 0
    assert n_ok == len(finished_runs(tmp_path / "out")) == len(set(computed(calls))) < 400  # what was begun was kept
    assert execute(plan(200), tmp_path / "out", 1, engine=fake).n_ok == 400
    assert digest_of(tmp_path / "out") == whole(200)
    assert verify(tmp_path / "out").damage == []


def test_workers_that_always_die_are_an_error_and_not_the_fault_of_the_runs(tmp_path, plan, fake, monkeypatch):
    monkeypatch.setattr(cluster, "MOST_DEATHS_AT_START", 2)
    monkeypatch.setenv("FAKE_EXIT_ON_IMPORT", "1")
    with pytest.raises(ClusterError, match="workers end before they have computed anything"):
        execute(plan(9), tmp_path / "out", engine=fake, cluster="local:1")
    assert open_run(tmp_path / "out").failures == ()


def test_workers_that_cannot_take_part_are_an_error_that_says_why(tmp_path, plan, fake, dask):
    dask.start_worker()
    with pytest.raises(ClusterError, match=r"a worker cannot do its work \(ModuleNotFoundError: No module named 'no_"):
        execute(plan(2), tmp_path / "out", engine=Engine("no_engine:f", "no_engine:f"), cluster=dask.address)


@pytest.mark.parametrize("address", ["local:0", "nowhere", "http://x:1", "file:none.json", "local:"])
def test_what_is_no_cluster_is_a_mistake_of_the_user(tmp_path, plan, fake, address):
    with pytest.raises(UsageError, match="cluster"):
        execute(plan(1), tmp_path / "out", engine=fake, cluster=address)


def test_a_wish_to_pause_reaches_workers_at_once(tmp_path, plan, fake, monkeypatch):
    """The plan, by whose presence workers go on, is gone while the command still waits for them."""
    seen = []

    class Cluster(cluster.Cluster):
        def _listen(self, agenda):
            seen.append(self._order.plan_file.exists())
            self._session.interrupts.asked = True

    class Client:
        status = "running"

        def nthreads(self):
            return {"w": 1}

        def submit(self, *_, **__):
            return object()

        def cancel(self, futures):
            assert len(futures) == 2

    monkeypatch.setattr(cluster, "connected", lambda _: contextlib.nullcontext(Client()))
    monkeypatch.setattr(cluster, "GRACE_SECONDS", 0.01)
    monkeypatch.setattr(cluster, "Cluster", Cluster)
    assert execute(plan(50), tmp_path / "out", engine=fake, cluster="x").paused
    assert seen[0] is True
    assert set(seen[1:]) == {False}


def test_nobody_at_the_address(tmp_path, plan, fake, monkeypatch):
    monkeypatch.setattr(connect, "CONNECT_SECONDS", 0.5)
    with pytest.raises(ClusterError, match="nobody answers"):
        execute(plan(1), tmp_path / "out", engine=fake, cluster="tcp://127.0.0.1:9")


class TestChunk:
    """What a worker does with a chunk, without a cluster around it."""

    @pytest.fixture
    def order(self, tmp_path, plan, fake):
        execute(plan(1), tmp_path / "out", 1, engine=fake)
        order = Order(tmp_path / "out", "s", fake, versions())
        write_whole(order.plan_file, pickle.dumps(plan(4)))
        return order

    chunk = Chunk(7, ((Run(0, 1, 1), Run(1, 1, 1)), (Run(0, 2, 1), Run(1, 2, 1))))

    def test_a_second_attempt_finds_the_shard_of_the_first(self, order, monkeypatch, tmp_path):
        calls = tmp_path / "calls"
        monkeypatch.setenv("FAKE_CALLS", str(calls))
        first = carry_out(order, self.chunk)
        assert len(computed(calls)) == 4
        assert carry_out(order, self.chunk) == replace(first, seconds=0.0)
        assert len(computed(calls)) == 4

    def test_two_attempts_at_once_are_read_once(self, order, monkeypatch, tmp_path):
        """The one thought dead was only late, and both commit; one of them met a failure."""
        monkeypatch.setattr(remote, "committed_report", lambda *_: None)
        monkeypatch.setenv("FAKE_RAISE", "busy/2")
        assert len(carry_out(order, self.chunk).failed) == 1
        monkeypatch.delenv("FAKE_RAISE")
        for _ in range(2):
            assert not carry_out(order, self.chunk).failed
        run = open_run(order.folder)
        assert (run.n_ok, run.runs.num_rows) == (6, 6)
        assert run.table("weekly").num_rows == 3 * 6

    def test_two_attempts_at_once_do_not_mix(self, order, monkeypatch):
        """One has written its parts, without the run that failed; the other comes and goes before its marker."""
        monkeypatch.setenv("FAKE_RAISE", "busy/2")
        as_always = shard.write_part

        def overtaken(path, rows):
            if path.parent.name == "runs":
                monkeypatch.setattr(shard, "write_part", as_always)
                monkeypatch.delenv("FAKE_RAISE")
                assert not carry_out(order, self.chunk).failed
            as_always(path, rows)

        monkeypatch.setattr(shard, "write_part", overtaken)
        assert len(carry_out(order, self.chunk).failed) == 1
        run = open_run(order.folder)
        assert (run.n_ok, run.runs.num_rows, run.table("weekly").num_rows) == (6, 6, 3 * 6)

    def test_a_shard_with_a_part_missing_is_none(self, order):
        carry_out(order, self.chunk)
        next((order.folder / "tables" / "weekly").glob("part-s-000007-*")).unlink()
        assert committed_report(order, self.chunk) is None
        assert len(carry_out(order, self.chunk).runs) == 4

    def test_when_the_session_is_over_nothing_is_begun(self, order):
        order.plan_file.unlink()
        remote._plan.cache_clear()
        assert carry_out(order, self.chunk).runs == ()

    def test_when_the_session_ends_meanwhile_the_run_at_hand_is_kept(self, order, monkeypatch):
        monkeypatch.setattr(remote, "LOOK_SECONDS", -1.0)
        carry_out(replace(order), Chunk(8, ((Run(0, 3, 1),),)))  # the plan is known
        order.plan_file.unlink()
        report = carry_out(order, self.chunk)
        assert report.runs == ()
        write_whole(order.plan_file, b"")
        seen = iter([True, True, False, False])
        monkeypatch.setattr(remote, "_over", lambda _: lambda: not next(seen))
        assert carry_out(order, self.chunk).runs == self.chunk.runs[:1]
        assert committed_report(order, self.chunk).runs == self.chunk.runs[:1]

    def test_another_version_or_another_disk_is_refused(self, order, tmp_path):
        assert isinstance(carry_out(replace(order, versions=("getok 0",)), self.chunk), Unfit)
        unseen = carry_out(replace(order, folder=tmp_path / "elsewhere"), self.chunk)
        assert "must be on a file system that all workers share" in unseen.what
        assert not (tmp_path / "elsewhere").exists()

    def test_a_full_disk_is_told_in_parts_that_travel(self, order, monkeypatch):
        def full(*_):
            raise StoreError("x", "no space left")

        monkeypatch.setattr(remote.Shard, "commit", full)
        assert carry_out(order, self.chunk) == StoreRefused(Path("x"), "no space left")

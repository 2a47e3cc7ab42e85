"""Dask as the engine: workers, schedulers and commands killed at will, and nothing lost or computed twice."""

import os
import signal
import subprocess
import sys

import pytest

pytest.importorskip("distributed")

from dask_cluster import HERE, Notes, computed, digest_of, finished_runs, meanwhile, wait_for

from getok.analysis.read import open_run
from getok.simulation.errors import ClusterError
from getok.simulation.experiment import connect
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.verify import verify

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="process groups and SIGKILL are POSIX")


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

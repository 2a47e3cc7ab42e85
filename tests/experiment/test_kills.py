"""Whatever is killed, whenever: the same command finishes the run, nothing lost, nothing doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from getok.analysis.read import open_run, table_digest
from getok.simulation.errors import GetokError
from getok.simulation.experiment.engine import Engine
from getok.simulation.experiment.pool import WorkerError
from getok.simulation.experiment.run import execute

DRIVER = Path(__file__).with_name("driver.py")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="process groups and SIGKILL are POSIX")


@pytest.fixture
def start():
    """Start the driver; whatever a failing test leaves running is ended with it."""
    started = []

    def start_one(out, replicates, processes, **environment):
        process = subprocess.Popen(
            [sys.executable, str(DRIVER), str(out), str(replicates), str(processes)],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.kill()
        process.communicate()


def end(process, timeout=60):
    out, err = process.communicate(timeout=timeout)
    return process.returncode, out, err


def digest_of(folder):
    return table_digest(open_run(folder))


def workers_of(calls):
    """Process ids that have computed something, latest first."""
    lines = calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []
    return [int(line.split()[-1]) for line in reversed(lines)]


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return value


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "Z"


@posix_only
def test_killing_all_of_it_at_any_moment_loses_and_doubles_nothing(tmp_path, plan, fake, start):
    moments = random.Random(7)  # noqa: S311 - moments, not secrets
    rounds = 0
    while True:
        process = start(tmp_path / "out", 150, 2, FAKE_SLEEP="0.004")
        try:
            code, _, err = end(process, timeout=moments.uniform(0.2, 1.6) if rounds < 5 else 60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            rounds += 1
            continue
        assert code == 0, err
        break
    assert rounds >= 3
    run = open_run(tmp_path / "out")
    assert run.n_ok == 300
    assert run.runs.num_rows == 300
    assert not list((tmp_path / "out").rglob("*.tmp-*"))
    execute(plan(150), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")


@posix_only
def test_killing_one_worker_loses_nothing(tmp_path, plan, fake, start):
    calls = tmp_path / "calls"
    process = start(tmp_path / "out", 150, 2, FAKE_SLEEP="0.004", FAKE_CALLS=str(calls))
    for _ in range(2):
        seen = len(workers_of(calls))
        wait_for(lambda before=seen: len(workers_of(calls)) > before + 20)
        os.kill(workers_of(calls)[0], signal.SIGKILL)
    code, out, err = end(process)
    assert code == 0, err
    assert out.split() == ["300", "0", "300"]
    execute(plan(150), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")


@posix_only
def test_workers_end_soon_after_their_parent_and_the_run_goes_on(tmp_path, plan, fake, start):
    calls = tmp_path / "calls"
    process = start(tmp_path / "out", 400, 2, FAKE_SLEEP="0.01", FAKE_CALLS=str(calls))
    pids = wait_for(lambda: (found := set(workers_of(calls))) and len(found) == 2 and found)
    process.kill()
    process.wait()  # its workers hold its pipes, so that to read them would be to wait for the workers
    wait_for(lambda: all(map(gone, pids)), seconds=2)
    report = execute(plan(400), tmp_path / "out", 2, engine=fake)
    assert report.n_ok == 800
    execute(plan(400), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")


@posix_only
def test_a_worker_ends_with_its_parent_even_in_the_middle_of_a_run(tmp_path, start):
    calls = tmp_path / "calls"
    process = start(tmp_path / "out", 3, 2, FAKE_SLEEP="20", FAKE_CALLS=str(calls))
    pids = wait_for(lambda: (found := set(workers_of(calls))) and len(found) == 2 and found)
    process.kill()
    process.wait()  # its workers hold its pipes, so that to read them would be to wait for the workers
    wait_for(lambda: all(map(gone, pids)), seconds=2)


@posix_only
def test_what_is_committed_counts_though_its_worker_died_before_saying_so(tmp_path, plan, fake, monkeypatch):
    calls = tmp_path / "calls"
    monkeypatch.setenv("FAKE_CALLS", str(calls))
    monkeypatch.setenv("FAKE_DIE_COMMITTED", str(tmp_path / "died"))
    report = execute(plan(20), tmp_path / "out", 2, engine=fake)
    assert (tmp_path / "died").exists()
    assert (report.n_ok, report.n_failed, report.n_computed) == (40, 0, 40)
    assert sum(line.startswith("simulate") for line in calls.read_text(encoding="utf-8").splitlines()) == 40


@posix_only
def test_a_run_that_kills_its_worker_is_named_and_no_other_is_lost(tmp_path, plan, fake, monkeypatch):
    monkeypatch.setenv("FAKE_KILL", "busy/9")
    report = execute(plan(20), tmp_path / "out", 2, engine=fake)
    assert (report.n_ok, report.n_failed, report.exit_code) == (39, 1, 3)
    (failure,) = open_run(tmp_path / "out").failures
    assert (failure.scenario, failure.replicate) == ("busy", 9)
    assert "WorkerDied: its worker process ended (signal 9) 2 times" in failure.error
    monkeypatch.delenv("FAKE_KILL")
    assert execute(plan(20), tmp_path / "out", 1, engine=fake, retry_failed=True).n_computed == 1


@posix_only
@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_pauses_and_the_same_command_goes_on(tmp_path, plan, fake, start, processes, number):
    calls = tmp_path / "calls"
    process = start(tmp_path / "out", 150, processes, FAKE_SLEEP="0.01", FAKE_CALLS=str(calls))
    wait_for(lambda: len(workers_of(calls)) > 30)
    asked = time.monotonic()
    os.killpg(process.pid, number) if number == signal.SIGINT else os.kill(process.pid, number)
    code, out, err = end(process)
    assert time.monotonic() - asked < 2
    assert code == 130, err
    assert err == ""
    n_ok, n_failed, n_computed = map(int, out.split())
    assert 0 < n_ok < 300
    assert n_failed == 0
    computed = sum(line.startswith("simulate") for line in calls.read_text(encoding="utf-8").splitlines())
    assert computed == n_computed  # what was computed was kept
    report = execute(plan(150), tmp_path / "out", 1, engine=fake)
    assert report.n_computed == 300 - n_ok
    execute(plan(150), tmp_path / "whole", 1, engine=fake)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "whole")


def test_workers_that_cannot_begin_are_an_error_and_not_an_endless_loop(tmp_path, plan, fake, monkeypatch):
    with pytest.raises(WorkerError, match="No module named 'no_such_engine'"):
        execute(plan(50), tmp_path / "out", 2, engine=Engine("no_such_engine:f", "no_such_engine:f"))
    monkeypatch.setenv("FAKE_EXIT_ON_IMPORT", "1")
    with pytest.raises(WorkerError, match="end before they begin"):
        execute(plan(50), tmp_path / "out", 2, engine=fake)
    assert not issubclass(WorkerError, GetokError)


@pytest.mark.slow
def test_memory_stays_flat(tmp_path, start):
    """The parent of workers must not grow with the runs: 4 000 against 400, read from the system."""
    peaks = []
    for replicates in (200, 2000):
        code, _, err = end(start(tmp_path / str(replicates), replicates, 2, FAKE_PEAK="1"), timeout=120)
        assert code == 0, err
        peaks.append(int(err.split()[-1]))
    assert peaks[1] - peaks[0] < 4_000


@posix_only
def test_an_interrupt_of_workers_of_a_cluster_here_is_a_pause_without_a_traceback(tmp_path, start):
    pytest.importorskip("distributed")
    calls = tmp_path / "calls"
    process = start(tmp_path / "out", 150, 1, FAKE_SLEEP="0.02", FAKE_CALLS=str(calls), FAKE_CLUSTER="local:2")
    wait_for(lambda: len(workers_of(calls)) > 10, seconds=60)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    code, out, err = end(process)
    assert (code, err) == (130, "")
    assert int(out.split()[0]) == int(out.split()[2]) > 0  # what was computed was kept

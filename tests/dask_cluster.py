"""A Dask cluster for the tests: a scheduler and workers in processes of their own, and what is asked of runs on it."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from getok.analysis.read import open_run, table_digest

HERE = Path(__file__).parent / "experiment"
"""Where the stand-in for the engine is."""


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
        from distributed import Client  # noqa: PLC0415 - an extra

        with Client(self.address, set_as_default=False) as client:
            return len(client.nthreads())

    def end(self):
        for process in self.processes:
            process.kill()
            process.wait()


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

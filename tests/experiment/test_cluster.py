"""Dask as the engine: clusters that are none, workers that are no help, and a wish to pause."""

import contextlib
import sys

import pytest

pytest.importorskip("distributed")

from getok.analysis.read import open_run
from getok.simulation.errors import ClusterError, UsageError
from getok.simulation.experiment import cluster, connect
from getok.simulation.experiment.engine import Engine
from getok.simulation.experiment.run import execute

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="process groups and SIGKILL are POSIX")


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

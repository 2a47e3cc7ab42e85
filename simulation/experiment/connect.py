"""Finding a Dask cluster: a scheduler somewhere, or workers of our own on this machine."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import dask.config
from distributed import Client, LocalCluster

from getok.simulation.errors import ClusterError, UsageError
from getok.simulation.experiment.interrupts import held_back

SCHEDULER = re.compile(r"(tcp|tls|ws|wss)://.+")
LOCAL = re.compile(r"local:([1-9]\d{0,3})")
CONNECT_SECONDS = 30.0


@contextlib.contextmanager
def connected(address: str) -> Iterator[Client]:
    """Hold a connection to the cluster at an address.

    Parameters
    ----------
    address : str
        ``tcp://host:port`` (or tls, ws, wss) of a scheduler; ``file:path`` of the file a scheduler wrote with
        ``--scheduler-file``; ``local:N`` for N worker processes here, which end with the connection.

    Raises
    ------
    UsageError
        If the address is none of these.
    ClusterError
        If nobody answers.
    """
    with contextlib.ExitStack() as held:
        if local := LOCAL.fullmatch(address):
            yield held.enter_context(_client(held.enter_context(_local(int(local[1]))).scheduler_address, address))
        elif SCHEDULER.fullmatch(address):
            yield held.enter_context(_client(address, address))
        elif address.startswith("file:"):
            path = Path(address.removeprefix("file:"))
            if not path.is_file():
                raise UsageError(f"cluster {address}: there is no such file; a scheduler writes it when it starts")
            yield held.enter_context(_client(None, address, scheduler_file=str(path)))
        else:
            raise UsageError(f"cluster {address!r}: write tcp://host:port, file:scheduler.json, or local:4")


@contextlib.contextmanager
def _client(where: str | None, said: str, **more: str) -> Iterator[Client]:
    try:
        client = Client(where, timeout=CONNECT_SECONDS, set_as_default=False, **more)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            f"cluster {said}: nobody answers ({error}); the same command goes on once it is up"
        ) from error
    try:
        yield client
    finally:
        with contextlib.suppress(OSError, TimeoutError):
            client.close()


@contextlib.contextmanager
def _local(n_workers: int) -> Iterator[LocalCluster]:
    """Workers here. Those that die are replaced; Ctrl-C reaches only this process."""
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), held_back():
        cluster = LocalCluster(
            n_workers=n_workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # any free port, told to nobody: 8787 may be taken
            memory_limit=0,
            silence_logs=logging.CRITICAL,
        )
    try:
        yield cluster
    finally:
        with contextlib.suppress(OSError, TimeoutError):
            cluster.close()

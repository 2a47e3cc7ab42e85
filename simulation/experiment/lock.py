"""One writer a run folder: a lock that the operating system drops when its holder dies."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from simulation.errors import StoreError
from simulation.experiment.shard import store_error
from simulation.record.folder import LOCK

TAKEN = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


@contextlib.contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold the folder for writing.

    File systems that know no locks are taken as they are: equal runs have equal values, and readers drop doubles.

    Raises
    ------
    StoreError
        If another process holds it, or the disk refuses.
    """
    path = folder / LOCK
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise store_error(path, error) from error
    try:
        _take(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, folder: Path) -> None:
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in TAKEN:
            raise StoreError(
                folder, "is being written by another getok; wait for it, or name another folder with --out"
            ) from error


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

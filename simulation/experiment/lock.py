"""Who may write a run folder: one for the whole, or several for parts of it; a lock falls when its holder dies."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from getok.simulation.errors import StoreError
from getok.simulation.experiment.part import WHOLE, Part
from getok.simulation.files import store_error
from getok.simulation.record.folder import LOCK

TAKEN = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

LOOKS = 5
"""How often a lock is tried: somebody who only looks whether it is held has it for a moment."""

SECONDS_BETWEEN = 0.05


@contextlib.contextmanager
def only_writer(folder: Path, part: Part = WHOLE) -> Iterator[None]:
    """Hold the folder for writing: alone, or a part of it beside the holders of other parts.

    Each part has a lock of its own; besides, all parts share the lock of the whole, so that nobody who wants the whole
    (a run without parts, a compaction) meets one of them at work.

    File systems that know no locks are taken as they are: equal runs have equal values, and readers drop doubles.

    Raises
    ------
    StoreError
        If another process holds it, or the disk refuses.
    """
    with contextlib.ExitStack() as held:
        if part.is_whole:
            held.enter_context(_held(folder / LOCK, _in_use(folder, "by another getok"), shared=False))
        else:
            held.enter_context(_held(folder / LOCK, _in_use(folder, "as a whole by another getok"), shared=True))
            name = f"{part.number}/{part.of}"
            held.enter_context(
                _held(lock_of(folder, part), _in_use(folder, f"by another getok with --shard {name}"), shared=False)
            )
        yield


def lock_of(folder: Path, part: Part) -> Path:
    """File by which a part, or the whole, is held."""
    return folder / (LOCK if part.is_whole else f"{LOCK}-{part.number}-of-{part.of}")


def is_held(path: Path) -> bool:
    """Whether somebody holds a lock alone at this moment; false where a file system knows no locks."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        _lock(descriptor, shared=True)
    except OSError as error:
        return error.errno in TAKEN
    finally:
        os.close(descriptor)
    return False


def _in_use(folder: Path, by_whom: str) -> StoreError:
    return StoreError(folder, f"is being written {by_whom}; wait for it, or name another folder with --out")


@contextlib.contextmanager
def _held(path: Path, in_use: StoreError, *, shared: bool) -> Iterator[None]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise store_error(path, error) from error
    try:
        _take(descriptor, in_use, shared=shared)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, in_use: StoreError, *, shared: bool) -> None:
    """Take a lock, or find out that it is held by somebody who keeps it."""
    for look in range(LOOKS):
        try:
            _lock(descriptor, shared=shared)
        except OSError as error:
            if error.errno not in TAKEN:
                return  # no locks here
            if look == LOOKS - 1:
                raise in_use from error
            time.sleep(SECONDS_BETWEEN)
        else:
            return


if sys.platform == "win32":
    import msvcrt

    RANGE = 2**30
    """Bytes that stand for the whole; a shared lock is one of them, taken at random."""

    def _lock(descriptor: int, *, shared: bool) -> None:
        os.lseek(descriptor, secrets.randbelow(RANGE) if shared else 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1 if shared else RANGE)
else:
    import fcntl

    def _lock(descriptor: int, *, shared: bool) -> None:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)

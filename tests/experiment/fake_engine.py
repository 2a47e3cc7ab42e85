"""A stand-in for the engine whose numbers are known, and which misbehaves on request (by environment variables)."""

import contextlib
import errno
import hashlib
import multiprocessing
import os
import signal
import time
from pathlib import Path
from unittest import mock

import numpy as np

from getok.simulation.experiment import shard
from getok.simulation.record.tables import SCHEMAS, Table

CALLS = "FAKE_CALLS"
SLEEP = "FAKE_SLEEP"
RAISE = "FAKE_RAISE"
KILL = "FAKE_KILL"


def burn_in(scenario, seed, replicate):
    note(f"burn_in {replicate} {os.getpid()}")
    if os.environ.get("FAKE_BURN_IN_RAISE") == str(replicate):
        raise ArithmeticError("no community")
    return (seed, replicate)


def simulate(scenario, seed, replicate, burnt_in=None, *, people=False, events=False):
    assert burnt_in in {None, (seed, replicate)}
    this = f"{scenario.name}/{replicate}"
    note(f"simulate {this} {os.getpid()}")
    time.sleep(float(os.environ.get(SLEEP, "0")))
    if this in os.environ.get(RAISE, "").split():
        raise ValueError(f"nobody lives here\nin {this}")
    who, _, error = os.environ.get("FAKE_GIVE_OUT", "").partition(" ")
    if this == who:
        raise eval(error)  # noqa: S307 - written by the tests
    if this in os.environ.get(KILL, "").split():
        os.kill(os.getpid(), signal.SIGKILL)
    start = int.from_bytes(hashlib.sha256(f"{scenario.name} {seed} {replicate}".encode()).digest()[:4], "little")
    names = ["weekly", "summary", "cases", *(["people"] if people else [])]
    return {name: filled(name, 3 if name == "weekly" else 1, start) for name in names}


def filled(name, n, start):
    columns = {}
    for place, column in enumerate(SCHEMAS[name].columns):
        values = (start + place + np.arange(n) * 7) % 1000
        columns[column.name] = (
            np.array([f"text {value}" for value in values], dtype=object)
            if column.dtype == "str"
            else (values % 100).astype(column.dtype)
        )
    return Table(SCHEMAS[name], columns)


def note(text):
    path = os.environ.get(CALLS)
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text + "\n")


@contextlib.contextmanager
def disk_full_if_asked():
    """Let every write of a part fail as on a full disk, after half of it has been written."""
    real = shard.write_whole

    def full(path, content):
        if not (wanted := os.environ.get("FAKE_DISK_FULL")) or not path.name.startswith(wanted):
            return real(path, content)
        with mock.patch.object(os, "fsync", side_effect=OSError(errno.ENOSPC, "No space left on device")):
            return real(path, content[: len(content) // 2])

    with mock.patch.object(shard, "write_whole", full):
        yield


if os.environ.get("FAKE_DISK_FULL") and multiprocessing.parent_process() is not None:
    IN_WORKER = contextlib.ExitStack()  # kept: patches end with the object that holds them
    IN_WORKER.enter_context(disk_full_if_asked())

if (died := os.environ.get("FAKE_DIE_COMMITTED")) and multiprocessing.parent_process() is not None:
    report_as_usual = shard.Shard.report

    def die_once(self, seconds):
        with contextlib.suppress(FileExistsError):
            Path(died).open("x", encoding="utf-8").close()
            os.kill(os.getpid(), signal.SIGKILL)
        return report_as_usual(self, seconds)

    shard.Shard.report = die_once

if os.environ.get("FAKE_EXIT_ON_IMPORT"):
    os._exit(9)

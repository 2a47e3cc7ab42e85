"""A layer under reading and writing in which the n-th call of the operating system fails."""

import contextlib
import errno
import os
from unittest import mock

from getok.simulation import files

FAULTS = {
    "no space": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "input/output": lambda: OSError(errno.EIO, "Input/output error"),
    "permission": lambda: PermissionError(errno.EACCES, "Permission denied"),
    "read-only": lambda: OSError(errno.EROFS, "Read-only file system"),
    "too many open": lambda: OSError(errno.EMFILE, "Too many open files"),
    "memory": MemoryError,
}
CALLS = ("open", "read", "write", "fsync", "replace", "link", "makedirs", "fstat")


class Counted:
    """The module ``os`` as :mod:`getok.simulation.files` sees it: counts its calls, and fails at one of them."""

    def __init__(self, nth, fault, calls=CALLS):
        self.nth, self.fault, self.calls, self.seen = nth, fault, calls, 0

    def __getattr__(self, name):
        real = getattr(os, name)
        if name not in self.calls:
            return real

        def call(*arguments, **more):
            self.seen += 1
            if self.seen == self.nth:
                raise self.fault()
            return real(*arguments, **more)

        return call


@contextlib.contextmanager
def failing(nth, fault, calls=CALLS):
    """Let the n-th call fail; ``seen`` says afterwards how many there were."""
    counted = Counted(nth, FAULTS[fault], calls)
    with mock.patch.object(files, "os", counted):
        yield counted

"""What a fork of this process makes of a function; a fork that hangs is ended."""

import os
import time
import warnings

import pytest
from in_time import PATIENCE_SECONDS, in_time

needs_forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


def in_a_fork(function, *args):
    """Whether a function returns true in a fork, in time."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a fork beside threads, which is what is tried
        child = os.fork()
    if child == 0:
        try:
            os._exit(0 if in_time(function, *args) else 1)
        finally:
            os._exit(2)
    patience = time.monotonic() + 1.5 * PATIENCE_SECONDS
    while time.monotonic() < patience:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    raise AssertionError("the fork hangs")

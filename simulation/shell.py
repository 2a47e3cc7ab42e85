"""Commands that are printed, so that they work as they are printed."""

from __future__ import annotations

import os
import shlex
import subprocess


def as_typed(*words: str) -> str:
    """Write a command line as the shell of this system takes it: names with spaces in quotes.

    Examples
    --------
    >>> as_typed("getok", "status", "results/mine")
    'getok status results/mine'
    """
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)

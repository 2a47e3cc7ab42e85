"""Commands that are printed, so that they work as they are printed."""

from __future__ import annotations

import shlex
import subprocess
from os import name as NAME  # noqa: N812 - of the system, which tests change


def as_typed(*words: str) -> str:
    """Write a command line as the shell of this system takes it: names with spaces in quotes.

    Examples
    --------
    >>> as_typed("getok", "status", "results/mine")
    'getok status results/mine'
    """
    return subprocess.list2cmdline(words) if NAME == "nt" else shlex.join(words)

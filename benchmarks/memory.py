"""Most memory that this process has held."""

import importlib
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_bytes():
    """Peak resident memory of the process so far, in bytes.

    Linux counts it by program; what ``getrusage`` says there is at least what the parent held when it started this one.
    """
    if STATUS.exists():
        found = (line for line in STATUS.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM:"))
        return 1024 * int(next(found).split()[1])
    if sys.platform == "win32":
        return importlib.import_module("psutil").Process().memory_info().peak_wset
    resource = importlib.import_module("resource")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak

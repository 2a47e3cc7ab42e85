"""Most memory that this process has held."""

import importlib
import sys


def peak_bytes():
    """Peak resident memory of the process so far, in bytes."""
    if sys.platform == "win32":
        return importlib.import_module("psutil").Process().memory_info().peak_wset
    resource = importlib.import_module("resource")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak

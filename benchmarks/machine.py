"""What kind of machine the numbers come from, and which versions; no names of anybody's computer."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("getok", "numba", "numpy", "mesa", "starsim", "ndlib", "cynetdiff", "networkx")
CPU = Path("/proc/cpuinfo")


def processor():
    """Kind of processor, as far as the system tells."""
    if CPU.exists():
        for line in CPU.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def cores():
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def versions():
    """Versions of Python and of the installed programs, by name."""
    found = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def load():
    """How busy the machine is with whatever runs on it, as far as the system tells."""
    return f"{os.getloadavg()[0]:.1f} processes at work" if hasattr(os, "getloadavg") else "unknown"


def description():
    """One sentence on machine and versions."""
    listed = ", ".join(f"{name} {number}" for name, number in versions().items())
    return f"{processor()}, {cores()} cores, {platform.system()} on {platform.machine()}; {listed}."

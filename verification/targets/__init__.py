"""The targets, one file each. Every one has ``run(full=...)``, which gives a :class:`~verification.result.Result`."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from typing import cast

from verification.result import Result

ORDER = (
    "stages",
    "bass",
    "circle",
    "logistic",
    "cascade",
    "thresholds",
    "watts",
    "complex_ring",
    "live_edge",
    "trust",
    "queue",
    "epidemic",
)
"""Names of the files, in the order of their numbers."""

Run = Callable[..., Result]


def targets() -> dict[str, Run]:
    """Every target that is there, by name of its file."""
    present = [name for name in ORDER if importlib.util.find_spec(f"{__name__}.{name}") is not None]
    return {name: cast(Run, importlib.import_module(f"{__name__}.{name}").run) for name in present}

"""Getok: what if? Paired comparison of interventions in the social network of small enterprise groups.

The public names of the package. They are imported when first used, so that ``import getok`` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.read import Run, open_run
    from simulation.errors import GetokError
    from simulation.model import CommunityModel
    from simulation.replicate import burn_in, simulate
    from simulation.scenario.load import load_scenario
    from simulation.scenario.resolved import Scenario

__version__ = "0.1.0"
__all__ = [
    "CommunityModel",
    "GetokError",
    "Run",
    "Scenario",
    "__version__",
    "burn_in",
    "load_scenario",
    "open_run",
    "simulate",
]

_HOMES = {
    "CommunityModel": "simulation.model",
    "GetokError": "simulation.errors",
    "Run": "analysis.read",
    "Scenario": "simulation.scenario.resolved",
    "burn_in": "simulation.replicate",
    "load_scenario": "simulation.scenario.load",
    "open_run": "analysis.read",
    "simulate": "simulation.replicate",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'getok' has no attribute {name!r}")

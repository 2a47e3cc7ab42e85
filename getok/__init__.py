"""Getok: what if? Paired comparison of interventions in the social network of small enterprise groups.

The public names of the package. They are imported when first used, so that ``import getok`` is quick.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from getok.analysis.read import Run, open_run
    from getok.simulation.errors import GetokError
    from getok.simulation.model import CommunityModel
    from getok.simulation.replicate import burn_in, simulate
    from getok.simulation.scenario.load import load_scenario
    from getok.simulation.scenario.resolved import Scenario

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
    "CommunityModel": "getok.simulation.model",
    "GetokError": "getok.simulation.errors",
    "Run": "getok.analysis.read",
    "Scenario": "getok.simulation.scenario.resolved",
    "burn_in": "getok.simulation.replicate",
    "load_scenario": "getok.simulation.scenario.load",
    "open_run": "getok.analysis.read",
    "simulate": "getok.simulation.replicate",
}

if importlib.util.find_spec("getok.simulation") is None:
    raise ImportError(
        f"getok was found in {__path__[0]}, a checkout that is not installed; "
        "install it there with 'pip install --editable .', or start Python in another folder"
    )


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'getok' has no attribute {name!r}")

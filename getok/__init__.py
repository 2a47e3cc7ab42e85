"""Getok: what if? Paired comparison of interventions in the social network of small enterprise groups.

Functions are called as the commands are, and check what they are given alike; ``docs/python.md`` is a way through them.
What they find shows itself as a table and sentences; ``to_pandas()`` has the numbers.

Examples
--------
>>> import getok
>>> mine = getok.scenario("training_only").with_values(price="Rp 6 000", name="dearer")
>>> run = getok.compare("baseline_reflection", mine, replicates=2)
>>> run.comparison.scenarios
('dearer',)
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from getok.analysis.read import Run, open_run
    from getok.calibrating import calibrate
    from getok.carrying_out import BY_NAME, RunPaused
    from getok.comparing import ComparisonResult, compare
    from getok.library import Library, scenario, scenarios
    from getok.measuring import MeasuresResult, measure
    from getok.over_sets import DecisionResult
    from getok.parameter_sets import CalibrationResult, FitResult
    from getok.pattern_check import PatternsResult, patterns
    from getok.programmes import PlanResult, plan
    from getok.reporting import report
    from getok.running import RunResult, replay, run
    from getok.sensitivities import SensitivityResult, sensitivity
    from getok.simulation.errors import GetokError, GetokWarning
    from getok.simulation.model import Actor, Agency, Buyer, CommunityModel, Facilitator, Group, Member, ShopOwner
    from getok.simulation.replicate import burn_in, simulate
    from getok.simulation.scenario.load import LoadedScenario, load_scenario
    from getok.simulation.scenario.resolved import Scenario
    from getok.sweeping import SweepResult, estimate, sweep
    from getok.tracing import TraceResult, trace

__version__ = "0.1.0"
__all__ = [
    "BY_NAME",
    "Actor",
    "Agency",
    "Buyer",
    "CalibrationResult",
    "CommunityModel",
    "ComparisonResult",
    "DecisionResult",
    "Facilitator",
    "FitResult",
    "GetokError",
    "GetokWarning",
    "Group",
    "Library",
    "LoadedScenario",
    "MeasuresResult",
    "Member",
    "PatternsResult",
    "PlanResult",
    "Run",
    "RunPaused",
    "RunResult",
    "Scenario",
    "SensitivityResult",
    "ShopOwner",
    "SweepResult",
    "TraceResult",
    "__version__",
    "burn_in",
    "calibrate",
    "compare",
    "estimate",
    "load_scenario",
    "measure",
    "open_run",
    "patterns",
    "plan",
    "replay",
    "report",
    "run",
    "scenario",
    "scenarios",
    "sensitivity",
    "simulate",
    "sweep",
    "trace",
]

_HOMES = {
    "getok.analysis.read": ("Run", "open_run"),
    "getok.calibrating": ("calibrate",),
    "getok.carrying_out": ("BY_NAME", "RunPaused"),
    "getok.comparing": ("ComparisonResult", "compare"),
    "getok.library": ("Library", "scenario", "scenarios"),
    "getok.measuring": ("MeasuresResult", "measure"),
    "getok.over_sets": ("DecisionResult",),
    "getok.parameter_sets": ("CalibrationResult", "FitResult"),
    "getok.pattern_check": ("PatternsResult", "patterns"),
    "getok.programmes": ("PlanResult", "plan"),
    "getok.reporting": ("report",),
    "getok.tracing": ("TraceResult", "trace"),
    "getok.running": ("RunResult", "replay", "run"),
    "getok.sensitivities": ("SensitivityResult", "sensitivity"),
    "getok.simulation.errors": ("GetokError", "GetokWarning"),
    "getok.simulation.model": (
        "Actor",
        "Agency",
        "Buyer",
        "CommunityModel",
        "Facilitator",
        "Group",
        "Member",
        "ShopOwner",
    ),
    "getok.simulation.replicate": ("burn_in", "simulate"),
    "getok.simulation.scenario.load": ("LoadedScenario", "load_scenario"),
    "getok.simulation.scenario.resolved": ("Scenario",),
    "getok.sweeping": ("SweepResult", "estimate", "sweep"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

if importlib.util.find_spec("getok.simulation") is None:
    raise ImportError(
        f"getok was found in {__path__[0]}, a checkout that is not installed; "
        "install it there with 'pip install --editable .', or start Python in another folder"
    )


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOME_OF:
        raise AttributeError(f"module 'getok' has no attribute {name!r}{_nearest(name)}")
    found = getattr(importlib.import_module(_HOME_OF[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)


def _nearest(name: str) -> str:
    from getok.simulation.nearest import nearest  # noqa: PLC0415 - not before it is needed

    return nearest(name, __all__)

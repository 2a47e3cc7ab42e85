"""The functions that compute a run, named so that another process can find them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from getok.simulation.record.provenance import OwnModel
from getok.simulation.record.tables import Table


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the functions are, as ``module:function``. Tests put others in their place.

    Attributes
    ----------
    simulate : str
        ``simulate(scenario, seed, replicate, burnt_in, people=..., events=...)`` gives the tables of a run.
    burn_in : str
        ``burn_in(scenario, seed, replicate)`` gives what runs of equal burn-in share.
    is_compiled : str
        ``is_compiled()`` says whether the machine code is there.
    model : OwnModel or None
        Model of a user's own that lives the runs instead, in Mesa.
    """

    simulate: str = "getok.simulation.engine:simulate"
    burn_in: str = "getok.simulation.engine:burn_in"
    is_compiled: str = "getok.simulation.engine:is_compiled"
    model: OwnModel | None = None


@dataclass(frozen=True, slots=True)
class Functions:
    """The functions themselves, as found in this process."""

    simulate: Callable[..., Mapping[str, Table]]
    burn_in: Callable[..., object]
    is_compiled: Callable[[], bool]


def load(engine: Engine) -> Functions:
    """Import the functions of an engine; one that says nothing of its machine code needs none."""
    if engine.model is not None:
        own = importlib.import_module("getok.simulation.experiment.own_model")
        simulate = partial(own.simulate_own, own.find(engine.model))
        return Functions(simulate=simulate, burn_in=own.burn_in_nothing, is_compiled=lambda: True)
    return Functions(
        simulate=_function(engine.simulate),
        burn_in=_function(engine.burn_in),
        is_compiled=_function(engine.is_compiled, lambda: True),
    )


def _function(name: str, default: Callable[..., Any] | None = None) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    found = getattr(importlib.import_module(module), attribute, default)
    if not callable(found):
        raise TypeError(f"{name} is no function")
    return found

"""SALib, imported when it is needed: it is an extra, and it brings pandas with it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from getok.simulation.errors import UsageError


def salib(module: str) -> Any:  # noqa: ANN401 - a module without types
    """Return a module of SALib, such as ``sample.sobol``.

    Raises
    ------
    UsageError
        If SALib is not installed.
    """
    try:
        return import_module(f"SALib.{module}")
    except ModuleNotFoundError as error:
        raise UsageError(f"this needs SALib ({error}): pip install 'getok[sensitivity]'") from error

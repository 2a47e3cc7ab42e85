"""The parameters as the compiled week takes them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from getok.simulation.scenario.parameters import PARAMETERS
from getok.simulation.state import Records

PARAMETER_TYPE = np.dtype([(parameter.name, np.float64) for parameter in PARAMETERS])


def parameters_record(values: Mapping[str, float]) -> Records:
    """One record with a field a parameter, shape (1,).

    Raises
    ------
    KeyError
        If a parameter has no value.
    """
    return np.array([tuple(values[parameter.name] for parameter in PARAMETERS)], dtype=PARAMETER_TYPE)

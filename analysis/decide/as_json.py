"""Results as what JSON can say: fields and derived values alike; what is no number becomes null."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np


def as_json(value: Any) -> Any:  # noqa: ANN401 - anything that JSON can say
    """Turn a result into dictionaries, lists, texts and numbers.

    Examples
    --------
    >>> as_json((1, float("nan"), np.array([0.5])))
    [1, None, [0.5]]
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        names += [name for name, part in vars(type(value)).items() if isinstance(part, property)]
        return {name: as_json(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {str(key): as_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(part) for part in value]
    if isinstance(value, np.ndarray | np.generic):
        return as_json(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value

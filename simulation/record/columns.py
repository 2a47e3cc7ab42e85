"""Columns of a table that is still being put together."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]


def names(of: tuple[str, ...], codes: NDArray[Any]) -> NDArray[Any]:
    """Text for an array of codes."""
    labels: NDArray[Any] = np.array(of, dtype=object)
    return np.asarray(labels[codes])

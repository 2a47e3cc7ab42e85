"""Many dots as one path: a cloud of thousands stays small in an SVG."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import ArrayLike, NDArray

SHORT = 4e-4
"""Length of the stroke that a dot is, as a share of the axes' width: its round ends make the dot."""


def dots(
    axes: Axes,
    x: ArrayLike,
    y: ArrayLike,
    *,
    size: float,
    colour: str,
    shape: Literal["round", "square"] = "round",
    **more: Any,  # noqa: ANN401 - settings of a patch
) -> None:
    """Draw dots of ``size`` points; set the limits of the axes before."""
    places = np.column_stack([np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)])
    if not len(places):
        return
    low, high = axes.get_xlim()
    ends = places + np.array([SHORT * (high - low), 0.0])
    cap = {"round": "round", "square": "projecting"}[shape]
    axes.add_patch(
        PathPatch(strokes(places, ends), fill=False, edgecolor=colour, linewidth=size, capstyle=cap, snap=False, **more)
    )


def strokes(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> Path:
    """One path of separate straight strokes."""
    vertices = np.empty((2 * len(starts), 2))
    vertices[0::2], vertices[1::2] = starts, ends
    path = Path(vertices, np.tile([Path.MOVETO, Path.LINETO], len(starts)))
    path.should_simplify = False
    return path

"""A design: which parameter sets are run for a sensitivity, and what the analysis must know of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
DUMMY = "dummy"
"""Name of the parameter that the model does not know: its index is noise."""


class Kind(StrEnum):
    """How the points were laid."""

    MORRIS = "morris"
    SALTELLI = "saltelli"
    LATIN_HYPERCUBE = "latin_hypercube"
    SOBOL_POINTS = "sobol_points"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Design:
    """Points to run, in an order that the analysis relies on.

    Attributes
    ----------
    kind : Kind
        How the points were laid.
    parameters : tuple of str
        What varies in the model; the dummy is not among them.
    ranges : float64, shape (n_parameters, 2)
        From where to where each of them goes.
    points : float64, shape (n_rows, n_parameters) or (n_rows, n_parameters + 1)
        Parameter sets; with a dummy, its values in [0, 1] are the last column.
    seed : int
        What the points were drawn from.
    block : int
        Rows that were laid together and are drawn together in a bootstrap: a trajectory, a base point with its
        crossings, or 1.
    second_order : bool
        Whether the rows suffice for indices of pairs.
    dummy : int or None
        Column of the dummy in ``points``; None where there is none.
    """

    kind: Kind
    parameters: tuple[str, ...]
    ranges: Values
    points: Values
    seed: int
    block: int = 1
    second_order: bool = False
    dummy: int | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of ``points``."""
        return self.parameters if self.dummy is None else (*self.parameters, DUMMY)

    @property
    def n_blocks(self) -> int:
        """Trajectories, base points, or rows."""
        return len(self.points) // self.block

    @property
    def unit(self) -> Values:
        """Points with every range stretched to [0, 1]; shape of ``points``."""
        low, high = self._all_ranges().T
        return np.asarray((self.points - low) / (high - low))

    @property
    def model_points(self) -> Values:
        """What reaches the model: all rows without the dummy, shape (n_rows, n_parameters)."""
        return np.asarray(self.points[:, : len(self.parameters)])

    def distinct_points(self) -> tuple[Values, NDArray[np.int64]]:
        """Points that have to be run: rows that differ in the dummy only are one run.

        Returns
        -------
        points : float64, shape (n_distinct, n_parameters)
            In the order of their first row.
        place : int64, shape (n_rows,)
            For each row of the design, where its point stands in ``points``.
        """
        _, first, inverse = np.unique(self.model_points, axis=0, return_index=True, return_inverse=True)
        order = np.argsort(first)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return self.model_points[first[order]], np.asarray(rank[inverse.ravel()], dtype=np.int64)

    def _all_ranges(self) -> Values:
        return self.ranges if self.dummy is None else np.vstack([self.ranges, [0.0, 1.0]])

"""Ridge regression on levels and squares, and how well it foresees what it has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

FOLDS = 5
FARTHEST = 4.0
"""Standard deviations beyond which a value counts as so far out: a square must not run away."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Centre and spread of columns, for squares that mean the same in each."""

    centre: Values
    spread: Values

    def basis(self, values: Values) -> Values:
        """One, levels and squares of standardised columns, shape (n, 1 + 2 n_columns)."""
        z = np.clip((values - self.centre) / self.spread, -FARTHEST, FARTHEST)
        return np.hstack([np.ones((len(z), 1)), z, z * z])


def scale_of(values: Values) -> Scale:
    """Centre and spread of columns; a constant one has spread 1."""
    spread = values.std(axis=0)
    return Scale(values.mean(axis=0), np.where(spread > 0, spread, 1.0))


def ridge(basis: Values, targets: Values, penalty: float) -> Values:
    """Coefficients that fit targets, all but the constant drawn towards zero.

    Parameters
    ----------
    basis : float64, shape (n, n_terms)
        The first column is the constant.
    targets : float64, shape (n, n_targets)
    penalty : float
        In rows of data; standardised columns make it the same for all.
    """
    normal = basis.T @ basis
    diagonal = np.arange(1, len(normal))
    normal[diagonal, diagonal] += penalty
    return np.asarray(np.linalg.solve(normal, basis.T @ targets))


def foreseen(basis: Values, targets: Values, penalty: float) -> Values:
    """Fit each target from four fifths of the rows and foresee it in the others, by turns."""
    fold = np.arange(len(basis)) % FOLDS
    found = np.empty_like(targets)
    for one in range(FOLDS):
        found[fold == one] = basis[fold == one] @ ridge(basis[fold != one], targets[fold != one], penalty)
    return found

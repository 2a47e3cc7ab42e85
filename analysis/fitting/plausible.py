"""Where it is worth drawing next: parameter sets that earlier runs do not rule out (history matching).

An emulator, a regression of the summaries on the parameters, foresees what a set would give. A set is implausible if
the records lie farther from that than runs lie from what was foreseen of them, luck and the emulator's own error
included: the bound is taken from the runs themselves, so that of the sets that made a run one in a thousand is ruled
out. What is left is drawn as evenly as before, so nothing has to be weighted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.fitting.posterior import summaries_of
from getok.analysis.fitting.regression import Scale, foreseen, ridge, scale_of

Values = NDArray[np.float64]

PENALTY = 30.0
WELL_FORESEEN = 0.2
"""Share of variance from which on a parameter's summary is worth emulating; the others only blur the distance."""

RULED_OUT = 0.001
"""Share of true parameter sets that a round may rule out."""


@dataclass(frozen=True, slots=True)
class Region:
    """Parameter sets that one round does not rule out."""

    scale: Scale
    coefficients: Values
    precision: Values
    records: Values
    bound: float

    def holds(self, unit: Values) -> NDArray[np.bool_]:
        """Whether each set, as shares of its ranges, is plausible."""
        apart = self.scale.basis(unit) @ self.coefficients - self.records
        return np.asarray(np.einsum("ij,jk,ik->i", apart, self.precision, apart) <= self.bound)


def region_of(unit: Values, statistics: Values, observed: Values) -> Region | None:
    """Learn from runs what the records rule out; nothing if no parameter is foreseen well enough."""
    learnt = summaries_of(unit, statistics)
    good = learnt.shares[learnt.told] > WELL_FORESEEN
    if not good.any():
        return None
    summaries = learnt.of(statistics)[:, good]
    scale = scale_of(unit)
    basis = scale.basis(unit)
    error = summaries - foreseen(basis, summaries, PENALTY)
    precision = np.linalg.inv(np.atleast_2d(np.cov(error.T)))
    distance = np.einsum("ij,jk,ik->i", error, precision, error)
    bound = float(np.quantile(distance, 1.0 - RULED_OUT))
    records = learnt.of(observed[np.newaxis])[0, good]
    return Region(scale, ridge(basis, summaries, PENALTY), precision, records, bound)

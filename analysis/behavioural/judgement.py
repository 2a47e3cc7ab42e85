"""Which parameter sets pass: every criterion in a large enough share of replicates."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.behavioural.criteria import CRITERIA, Criterion, Use, Values
from getok.analysis.ensemble.from_run import cells
from getok.analysis.read import Run
from getok.simulation.scenario.points import parted

Measures = dict[str, dict[str, Values]]
"""Measures by scenario and name, each of shape (n_points, n_replicates)."""

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Judged:
    """Parameter sets as they came out.

    Attributes
    ----------
    shares : mapping of str to float64, shape (n_points,)
        Share of replicates that show each criterion, by its id; not a number where a run is missing.
    alive : bool, shape (n_points,)
        Whether the set passes, or may still pass once all replicates are there.
    """

    shares: Mapping[str, Values]
    alive: NDArray[np.bool_]

    def passing(self, criterion: Criterion) -> float:
        """Share of the sets that pass one criterion."""
        return float((self.shares[criterion.id] >= criterion.least - ROUNDING).mean())


def measures_of(run: Run) -> Measures:
    """Gather the measures of a sweep."""
    scenarios = tuple(dict.fromkeys(parted(run.scenarios)[0]))
    rows = run.table("measures")
    shape = (len(scenarios), len(run.points), run.manifest.replicates)
    names = rows["measure"].to_numpy(zero_copy_only=False)
    scenario, point, replicate = cells(rows, scenarios)
    values = rows["value"].to_numpy()
    found: Measures = {name: {} for name in scenarios}
    for name in dict.fromkeys(names.tolist()):
        mine = names == name
        filled = np.full(shape, np.nan)
        filled[scenario[mine], point[mine], replicate[mine]] = values[mine]
        for place, one in enumerate(scenarios):
            found[one][name] = filled[place]
    return found


def misses_allowed(criterion: Criterion, replicates: int) -> int:
    """Replicates that may miss a criterion.

    Examples
    --------
    Of 8 replicates at least 85 % are 7, so that one may miss.
    """
    return replicates - math.ceil(criterion.least * replicates - ROUNDING)


def judge(measures: Measures, replicates: int) -> Judged:
    """Judge parameter sets by the criteria that calibrate.

    Parameters
    ----------
    measures : mapping
        From :func:`measures_of`; of some or all replicates.
    replicates : int
        Replicates that a set is judged by in the end: one that has already missed too often is out.
    """
    held = {criterion: np.asarray(criterion.holds(measures)) for criterion in CRITERIA}
    missing = np.any([np.isnan(v) for of in measures.values() for v in of.values()], axis=0)
    shares = {}
    alive = ~missing.any(axis=1)
    for criterion, holds in held.items():
        shares[criterion.id] = np.where(missing.any(axis=1), np.nan, holds.mean(axis=1))
        if criterion.use is Use.CALIBRATE:
            alive &= (~holds).sum(axis=1) <= misses_allowed(criterion, replicates)
    return Judged(shares, alive)

"""From a sweep's run folder to an ensemble."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from getok.analysis.compare.outcomes import BY_KEY, Values, is_averaged
from getok.analysis.ensemble.ensemble import Ensemble
from getok.analysis.options import circumstances
from getok.analysis.read import Run
from getok.simulation.record.tables import SCHEMAS
from getok.simulation.scenario.points import parted
from getok.simulation.sweep.stated import stated

Cells = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Places in an array by scenario, point and replicate."""

SUMMED = {"cost_total_rupiah": ("cost_public_rupiah", "cost_group_rupiah")}
"""Outcomes that are sums of columns of the summary."""

OF_SUMMARY = tuple(key for key in BY_KEY if key in SCHEMAS["summary"].names or key in SUMMED)
"""Outcomes that can be told from the table ``summary`` alone, which is what sweeps keep."""


def ensemble_of(run: Run, outcomes: Sequence[str] = OF_SUMMARY) -> Ensemble:
    """Gather the outcomes of a sweep.

    Parameters
    ----------
    outcomes : sequence of str
        Keys among :data:`OF_SUMMARY`.

    Raises
    ------
    StoreError
        If the run is no sweep.
    """
    points = run.points
    columns = sorted({column for key in outcomes for column in SUMMED.get(key, (key,))})
    rows = run.table("summary", columns=["group", *columns])
    scenarios = tuple(dict.fromkeys(parted(run.scenarios)[0]))
    where = cells(rows, scenarios)
    shape = (len(scenarios), len(points), run.manifest.replicates)
    found = {column: over_groups(rows, column, where, shape) for column in columns}
    values = {
        key: np.sum([found[column] for column in SUMMED[key]], axis=0) if key in SUMMED else found[key]
        for key in outcomes
    }
    bases = [run.base(name) for name in scenarios]
    return Ensemble(
        scenarios,
        points.parameters,
        points.values,
        points.ranges,
        values,
        circumstances=circumstances(bases),
        seed=run.seed,
        selection=points.selection,
        stated=tuple(stated(bases, points)),
        own_model=run.own_model,
    )


def cells(rows: pa.Table, scenarios: Sequence[str]) -> Cells:
    """Scenario, point and replicate of each row."""
    encoded = rows["scenario"].combine_chunks().dictionary_encode()
    names, point = parted(encoded.dictionary.to_pylist())
    place = np.array([scenarios.index(name) for name in names], dtype=np.int64)
    code = encoded.indices.to_numpy()
    return place[code], point[code].astype(np.int64), rows["replicate"].to_numpy().astype(np.int64)


def over_groups(rows: pa.Table, column: str, where: Cells, shape: tuple[int, int, int]) -> Values:
    """Sum a column over groups, or average it, by scenario, point and replicate; not a number where nothing is."""
    cell = np.ravel_multi_index(where, shape)
    values = rows[column].to_numpy().astype(np.float64)
    size = int(np.prod(shape))
    n = np.bincount(cell, minlength=size)
    total = np.bincount(cell, weights=values, minlength=size)
    found = np.full(size, np.nan)
    np.divide(total, n if is_averaged(column) else 1, out=found, where=n > 0)
    return found.reshape(shape)

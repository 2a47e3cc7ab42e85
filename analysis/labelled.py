"""A table of a run as labelled arrays (xarray): a dimension for each thing that numbers its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from getok.simulation.errors import StoreError, UsageError
from getok.simulation.record.tables import SCHEMAS, Column
from getok.simulation.scenario.points import parted

if TYPE_CHECKING:
    import xarray

    from getok.analysis.read import Run

NUMBERED_BY = {
    "weekly": ("week", "group"),
    "summary": ("group",),
    "income": ("month", "group"),
    "outlets": ("group", "outlet"),
}
"""Columns that, with scenario, point and replicate, tell the rows of a table apart. Other tables are lists."""

MOST_EMPTY = 20
"""Cells for each row beyond which an array would be little but empty."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension: its name, its labels, and the place on it of each row."""

    name: str
    labels: NDArray[Any]
    place: NDArray[np.int64]


def labelled(
    run: Run, table: str, columns: Sequence[str] | None = None, scenarios: Sequence[str] | None = None
) -> xarray.Dataset:
    """Give a table as a data set with dimensions scenario, point (of a sweep), replicate, and those of the table.

    Where there is no row (a run that has not finished, a shorter horizon) numbers are NaN and texts empty; a column of
    whole numbers is then one of floats.

    Parameters
    ----------
    table : str
        One of :data:`NUMBERED_BY`.
    columns, scenarios : sequence of str, optional
        As :meth:`getok.analysis.read.Run.table`; of a sweep the scenarios without their points.

    Raises
    ------
    UsageError
        If xarray is not installed, the rows of the table are a list, or almost all of the array would be empty.
    StoreError
        As :meth:`getok.analysis.read.Run.table`.
    """
    try:
        import xarray  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise UsageError(f"needs xarray ({error}); install it with: pip install 'getok[xarray]'") from error

    numbered_by = NUMBERED_BY.get(table)
    if table in SCHEMAS and numbered_by is None:
        hint = "read it with table() or pandas()"
        raise UsageError(f"the rows of table '{table}' are a list, with no place in an array; {hint}")
    index = numbered_by or ()
    wanted = None if columns is None else [*index, *columns]
    rows = run.table(table, wanted, None if scenarios is None else variants(run, scenarios))
    axes = [*of_runs(run, rows), *(axis(name, rows[name]) for name in index)]
    cell, shape = cells(axes, table)
    declared = {column.name: column for column in SCHEMAS[table].columns}
    names = [name for name in declared if name in rows.column_names and name not in index]
    dimensions = [one.name for one in axes]
    values = {name: (dimensions, spread(rows[name], cell, shape), described(declared[name])) for name in names}
    return xarray.Dataset(values, coordinates(run, axes, names), attributes(run, table))


def variants(run: Run, scenarios: Sequence[str]) -> list[str]:
    """Names by which the runs of these scenarios are known: those of a sweep with their points."""
    if not run.manifest.points:
        return list(scenarios)
    bases = parted(run.scenarios)[0]
    if unknown := [name for name in scenarios if name not in bases]:
        raise StoreError(run.path, f"has no scenario {unknown[0]!r}; it has {', '.join(dict.fromkeys(bases))}")
    return [name for name, base in zip(run.scenarios, bases, strict=True) if base in scenarios]


def of_runs(run: Run, rows: pa.Table) -> list[Axis]:
    """Dimensions that tell runs apart: scenario in run order, point of a sweep, replicate."""
    encoded = rows["scenario"].combine_chunks().dictionary_encode()
    names, code = encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
    points = np.zeros(len(names), dtype=np.int64)
    if run.manifest.points:
        names, points = parted(names)[0], parted(names)[1].astype(np.int64)
    known = parted(run.scenarios)[0] if run.manifest.points else run.scenarios
    order = {name: place for place, name in enumerate(one for one in dict.fromkeys(known) if one in names)}
    place = np.array([order[name] for name in names], dtype=np.int64)[code]
    found = [Axis("scenario", np.array(list(order), dtype=object), place)]
    if run.manifest.points:
        found.append(Axis("point", *np.unique(points[code], return_inverse=True)))
    return [*found, axis("replicate", rows["replicate"])]


def axis(name: str, column: pa.ChunkedArray) -> Axis:
    """Dimension of a column: its values, in order."""
    return Axis(name, *np.unique(column.to_numpy(), return_inverse=True))


def cells(axes: Sequence[Axis], table: str) -> tuple[NDArray[np.int64], tuple[int, ...]]:
    """Cell of each row in the flat array, and the shape of the array."""
    shape = tuple(len(one.labels) for one in axes)
    n_rows, n_cells = len(axes[0].place), int(np.prod(shape, dtype=np.float64))
    if n_cells > MOST_EMPTY * max(n_rows, 1):
        raise UsageError(
            f"table '{table}' as an array would have {n_cells} cells for {n_rows} rows; "
            "name fewer scenarios, or read it with table() or pandas()"
        )
    return np.ravel_multi_index([one.place for one in axes], shape).astype(np.int64), shape


def spread(column: pa.ChunkedArray, cell: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[Any]:
    """Lay a column out as an array; NaN or an empty text where there is no row."""
    values = column.to_numpy()
    size = int(np.prod(shape))
    if pa.types.is_string(column.type):
        laid = np.full(size, "", dtype=object)
    elif len(cell) == size:
        laid = np.empty(size, dtype=values.dtype)
    else:
        laid = np.full(size, np.nan)
    laid[cell] = values
    return laid.reshape(shape)


def coordinates(run: Run, axes: Sequence[Axis], taken: Sequence[str]) -> dict[str, Any]:
    """Labels of the dimensions, and the parameters of each point of a sweep; a name that is taken gets a prefix."""
    found: dict[str, Any] = {one.name: one.labels for one in axes}
    for one in axes:
        if one.name == "point":
            points = run.points
            columns = zip(points.parameters, points.values[one.labels].T, strict=True)
            named = ((f"parameter.{name}" if name in taken else name, values) for name, values in columns)
            found |= {name: ("point", values) for name, values in named}
    return found


def described(column: Column) -> dict[str, str]:
    """Unit and meaning of a column, as others read them."""
    return {"units": column.unit, "long_name": column.meaning}


def attributes(run: Run, table: str) -> dict[str, Any]:
    """What the data set says about itself."""
    return {
        "table": table,
        "row": SCHEMAS[table].row,
        "seed": run.seed,
        "model_version": run.manifest.model_version,
    }

"""Tables as Arrow and Parquet know them: the keys in front, then the columns of the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from simulation.record.tables import KEYS, Column, Schema, Table


def arrow_schema(schema: Schema) -> pa.Schema:
    """Schema of a table in the store: the three keys, then its own columns."""
    return pa.schema([pa.field(column.name, _arrow_type(column), nullable=False) for column in (*KEYS, *schema.columns)])


def keyed_batch(table: Table, scenario: str, seed: int, replicate: int) -> pa.Table:
    """Put the keys of one run in front of one of its tables."""
    n = len(table)
    keys: dict[str, Sequence[str] | NDArray[Any]] = {
        "scenario": [scenario] * n,
        "seed": np.full(n, seed, dtype=np.int64),
        "replicate": np.full(n, replicate, dtype=np.int32),
    }
    return arrow_table(table.schema, {**keys, **table.columns})


def arrow_table(schema: Schema, columns: Mapping[str, Sequence[Any] | NDArray[Any]]) -> pa.Table:
    """Arrow table of a schema from one sequence a column, keys included.

    Raises
    ------
    ValueError
        If a column is missing or does not fit its type.
    """
    arrow = arrow_schema(schema)
    arrays = []
    for column, field in zip((*KEYS, *schema.columns), arrow, strict=True):
        values = columns[column.name]
        if column.dtype != "str":
            values = np.asarray(values).astype(column.dtype, copy=False)
        elif isinstance(values, np.ndarray):
            values = values.tolist()
        arrays.append(pa.array(values, type=field.type))
    return pa.Table.from_arrays(arrays, schema=arrow)


def _arrow_type(column: Column) -> pa.DataType:
    return pa.string() if column.dtype == "str" else pa.from_numpy_dtype(np.dtype(column.dtype))

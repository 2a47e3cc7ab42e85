"""Tables as Arrow and Parquet know them: the keys in front, then the columns of the schema."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from getok.simulation.record.tables import KEYS, Column, Schema, Table


def arrow_schema(schema: Schema) -> pa.Schema:
    """Schema of a table in the store: the three keys, then its own columns."""
    return pa.schema(
        [pa.field(column.name, _arrow_type(column), nullable=False) for column in (*KEYS, *schema.columns)]
    )


@dataclass(frozen=True, slots=True)
class KeyedTable:
    """One table of one run, and the keys of that run."""

    scenario: str
    replicate: int
    table: Table


def joined(pieces: Sequence[KeyedTable], seed: int) -> pa.Table:
    """Put the same table of many runs below one another, with the keys in front.

    Columns are joined before Arrow sees them: a conversion a column, not a conversion a column and run.
    """
    lengths = [len(piece.table) for piece in pieces]
    names = np.array([piece.scenario for piece in pieces], dtype=object)
    keys = {
        "scenario": np.repeat(names, lengths),
        "seed": np.full(sum(lengths), seed, dtype=np.int64),
        "replicate": np.repeat(np.array([piece.replicate for piece in pieces], dtype=np.int32), lengths),
    }
    schema = pieces[0].table.schema
    columns = {name: np.concatenate([piece.table.columns[name] for piece in pieces]) for name in schema.names}
    return arrow_table(schema, {**keys, **columns})


def arrow_table(schema: Schema, columns: Mapping[str, Sequence[Any] | NDArray[Any]]) -> pa.Table:
    """Arrow table of a schema from one sequence a column, keys included.

    Raises
    ------
    ValueError
        If a column is missing or does not fit its type.
    """
    arrow = arrow_schema(schema)
    arrays = []
    for column in (*KEYS, *schema.columns):
        values = columns[column.name]
        arrays.append(texts(values) if column.dtype == "str" else numbers(np.asarray(values, dtype=column.dtype)))
    return pa.Table.from_arrays(arrays, schema=arrow)


def digest_of_values(table: pa.Table) -> str:
    """Hash of names, types and values of all columns, however they are cut into pieces."""
    whole = hashlib.sha256()
    for name, column in zip(table.column_names, table.columns, strict=True):
        whole.update(f"{name} {column.type} {len(column)} {column.null_count}\n".encode())
        as_text = pa.types.is_string(column.type)
        if as_text:
            for piece in column.chunks:
                whole.update(np.diff(_ends(piece)).tobytes())
        for piece in column.chunks:
            whole.update(_text_of(piece) if as_text else _numbers_of(piece))
    return whole.hexdigest()


def _ends(piece: pa.Array) -> NDArray[np.int32]:
    """Where each text of a piece ends, the beginning of the first in front."""
    if not len(piece):
        return np.zeros(1, dtype=np.int32)
    return np.frombuffer(piece.buffers()[1], dtype=np.int32)[piece.offset : piece.offset + len(piece) + 1]


def _text_of(piece: pa.Array) -> bytes | memoryview:
    ends, data = _ends(piece), piece.buffers()[2]
    return b"" if data is None else memoryview(data)[ends[0] : ends[-1]]


def _numbers_of(piece: pa.Array) -> bytes | memoryview:
    """Bytes of numbers; of anything else, which no table of ours holds, its values as they are written."""
    if not (pa.types.is_integer(piece.type) or pa.types.is_floating(piece.type)):
        return repr(piece.to_pylist()).encode()
    width = piece.type.bit_width // 8
    return memoryview(piece.buffers()[1])[piece.offset * width : (piece.offset + len(piece)) * width]


def same_values(one: pa.Table, other: pa.Table) -> bool:
    """Whether two tables of one schema hold the same values; NaN equals NaN."""
    if one.num_rows != other.num_rows:
        return False
    for name in one.column_names:
        a, b = one[name], other[name]
        if pa.types.is_floating(a.type):
            if not np.array_equal(a.to_numpy(), b.to_numpy(), equal_nan=True):
                return False
        elif not a.equals(b):
            return False
    return True


def numbers(values: NDArray[Any]) -> pa.Array:
    """Arrow array of numbers, from the memory they are in.

    ``pyarrow.array`` would import pandas where it is installed, which takes longer than a replicate.
    """
    values = np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, pa.py_buffer(values)])


def texts(values: Iterable[str]) -> pa.Array:
    """Arrow array of texts; see :func:`numbers` for why not ``pyarrow.array``."""
    encoded = [text.encode() for text in values]
    ends = np.zeros(len(encoded) + 1, dtype=np.int32)
    np.cumsum([len(text) for text in encoded], out=ends[1:])
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(encoded), buffers)


def values_of(column: pa.ChunkedArray | pa.Array) -> NDArray[Any]:
    """Values of a column without gaps, texts as objects; see :func:`numbers` for why not ``to_numpy``."""
    if pa.types.is_string(column.type):
        return np.array(column.to_pylist(), dtype=object)
    kind = column.type.to_pandas_dtype()
    pieces = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    found = [np.frombuffer(_numbers_of(piece), dtype=kind) for piece in pieces if len(piece)]
    return found[0] if len(found) == 1 else np.concatenate([np.empty(0, dtype=kind), *found])


def is_text(column: pa.ChunkedArray, text: str) -> pa.ChunkedArray:
    """True where a column holds a text; see :func:`numbers` for why not ``pyarrow.compute.equal``."""
    return pc.is_in(column, value_set=texts([text]))


def _arrow_type(column: Column) -> pa.DataType:
    return pa.string() if column.dtype == "str" else pa.from_numpy_dtype(np.dtype(column.dtype))

"""Parameter sets: one row a point, and the file of a run folder that keeps them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from simulation.errors import StoreError

POINTS = "points.parquet"
LOW, HIGH = b"getok.low", b"getok.high"
MOST_POINTS = 100_000
"""Points that the names of variants can number and a file of them may hold."""

MARK = "@"
"""Stands between the name of a scenario and the number of a point in the name of a variant."""


@dataclass(frozen=True, slots=True)
class Points:
    """Parameter sets.

    Attributes
    ----------
    parameters : tuple of str
        What varies: names of parameters, or paths of settings.
    values : float64, shape (n, n_parameters)
        One row a point.
    ranges : float64, shape (n_parameters, 2)
        From where to where each was drawn.
    """

    parameters: tuple[str, ...]
    values: NDArray[np.float64]
    ranges: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.values)

    def first(self, n: int | None) -> Points:
        """Return the first ``n`` of them; all for None."""
        return Points(self.parameters, self.values[:n], self.ranges)

    @property
    def digest(self) -> str:
        """Hash of names and values."""
        whole = hashlib.sha256("\n".join(self.parameters).encode())
        whole.update(np.ascontiguousarray(self.values, dtype="<f8").tobytes())
        return whole.hexdigest()

    def to_bytes(self) -> bytes:
        """Content of the file: a column a parameter, the ranges in its metadata."""
        fields = [
            pa.field(name, pa.float64(), metadata={LOW: repr(float(low)).encode(), HIGH: repr(float(high)).encode()})
            for name, (low, high) in zip(self.parameters, self.ranges, strict=True)
        ]
        table = pa.table(
            [pa.array(np.arange(len(self), dtype=np.int32)), *(pa.array(column) for column in self.values.T)],
            schema=pa.schema([pa.field("point", pa.int32()), *fields]),
        )
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd")
        return sink.getvalue()


def read_points(path: Path) -> Points:
    """Read parameter sets.

    Raises
    ------
    StoreError
        If the file is missing, damaged, or no such file.
    """
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        what = str(error).partition("\n")[0]
        raise StoreError(path, f"cannot be read as parameter sets ({what})") from error
    names = [name for name in table.column_names if name != "point"]
    if "point" not in table.column_names or not names:
        raise StoreError(path, "holds no parameter sets: a column 'point' and one for each parameter")
    values = np.column_stack([table[name].to_numpy().astype(np.float64) for name in names])
    if not np.isfinite(values).all():
        raise StoreError(path, "holds parameter sets with values that are no numbers")
    ranges = np.array([_range(table.schema.field(name), values[:, k]) for k, name in enumerate(names)])
    return Points(tuple(names), values, ranges)


def _range(field: pa.Field, values: NDArray[np.float64]) -> tuple[float, float]:
    metadata = field.metadata or {}
    if LOW in metadata and HIGH in metadata:
        return float(metadata[LOW]), float(metadata[HIGH])
    return float(values.min()), float(values.max())


def variant_name(scenario: str, point: int) -> str:
    """Name of a scenario at a point."""
    return f"{scenario}{MARK}{point:05d}"


def parted(variants: Sequence[str]) -> tuple[list[str], NDArray[np.int32]]:
    """Names of scenarios, and numbers of points, of names of variants."""
    pairs = [name.rpartition(MARK) for name in variants]
    return [pair[0] for pair in pairs], np.array([int(pair[2]) for pair in pairs], dtype=np.int32)

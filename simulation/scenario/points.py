"""Parameter sets: one row a point, and the file of a run folder that keeps them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from getok.simulation.errors import StoreError, UsageError
from getok.simulation.files import read_whole
from getok.simulation.scenario.text_file import InputFileError, read_bytes
from getok.simulation.texts.message import Message
from getok.simulation.whole import checked_seed

POINTS = "points.parquet"
LOW, HIGH = b"getok.low", b"getok.high"
SEED, PATTERNS = b"getok.selected_on_seed", b"getok.selected_by"
MOST_POINTS = 100_000
"""Points that the names of variants can number and a file of them may hold."""

POINTS_BYTES = 200_000_000
"""Most that a file of points may have; the most points of all parameters have 100 million."""

MARK = "@"
"""Stands between the name of a scenario and the number of a point in the name of a variant."""


@dataclass(frozen=True, slots=True)
class Selection:
    """How parameter sets were selected among those drawn: by runs of which seed, and by which patterns."""

    seed: int
    patterns: tuple[str, ...]


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
    selection : Selection or None
        How they were selected; None for points that were not.
    """

    parameters: tuple[str, ...]
    values: NDArray[np.float64]
    ranges: NDArray[np.float64]
    selection: Selection | None = None

    def __len__(self) -> int:
        return len(self.values)

    def first(self, n: int | None) -> Points:
        """Return the first ``n`` of them; all for None."""
        return replace(self, values=self.values[:n])

    @property
    def digest(self) -> str:
        """Hash of names and values."""
        whole = hashlib.sha256("\n".join(self.parameters).encode())
        whole.update(np.ascontiguousarray(self.values, dtype="<f8").tobytes())
        return whole.hexdigest()

    @property
    def whole_digest(self) -> str:
        """Hash of names, values, ranges, and of how they were selected."""
        ranges = np.ascontiguousarray(self.ranges, dtype="<f8").tobytes()
        return hashlib.sha256(f"{self.digest} {self._selected()}".encode() + ranges).hexdigest()

    def _selected(self) -> dict[bytes, bytes] | None:
        if self.selection is None:
            return None
        patterns = " ".join(self.selection.patterns)
        return {SEED: str(self.selection.seed).encode(), PATTERNS: patterns.encode()}

    def to_bytes(self) -> bytes:
        """Content of the file: a column a parameter, the ranges in its metadata."""
        fields = [
            pa.field(name, pa.float64(), metadata={LOW: repr(float(low)).encode(), HIGH: repr(float(high)).encode()})
            for name, (low, high) in zip(self.parameters, self.ranges, strict=True)
        ]
        table = pa.table(
            [pa.array(np.arange(len(self), dtype=np.int32)), *(pa.array(column) for column in self.values.T)],
            schema=pa.schema([pa.field("point", pa.int32()), *fields], metadata=self._selected()),
        )
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
        return sink.getvalue()


def read_points(path: Path, within: Path | None = None) -> Points:
    """Read parameter sets; with ``within``, only from that folder.

    Raises
    ------
    StoreError
        If the file is missing, damaged, or no such file.
    """
    try:
        content = pa.BufferReader(read_bytes(path, POINTS_BYTES) if within is None else read_whole(path, within))
        n_rows = pq.ParquetFile(content).metadata.num_rows
        if n_rows > MOST_POINTS:
            raise StoreError(
                path,
                Message(
                    "holds {n_rows} parameter sets; at most {most_points} are read",
                    n_rows=n_rows,
                    most_points=MOST_POINTS,
                ),
            )
        return _points(path, pq.read_table(content, page_checksum_verification=True))
    except InputFileError as error:
        raise StoreError(
            path, Message("cannot be read as parameter sets ({what})", what=error.problems[0].what)
        ) from None
    except (OSError, ValueError, TypeError, pa.ArrowException) as error:
        what = str(error).partition("\n")[0]
        raise StoreError(path, Message("cannot be read as parameter sets ({what})", what=what)) from error


def _points(path: Path, table: pa.Table) -> Points:
    names = [name for name in table.column_names if name != "point"]
    if "point" not in table.column_names or not names:
        raise StoreError(path, Message("holds no parameter sets: a column 'point' and one for each parameter"))
    if table.num_rows == 0:
        raise StoreError(path, Message("has 0 points: its rows would be the parameter sets"))
    values = np.column_stack([table[name].to_numpy().astype(np.float64) for name in names])
    ranges = np.array([_range(table.schema.field(name), values[:, k]) for k, name in enumerate(names)])
    if not (np.isfinite(values).all() and np.isfinite(ranges).all()):
        raise StoreError(path, Message("holds parameter sets with values that are no numbers"))
    return Points(tuple(names), values, ranges, _selection(path, table.schema.metadata or {}))


def _selection(path: Path, metadata: Mapping[bytes, bytes]) -> Selection | None:
    if SEED not in metadata:
        return None
    try:
        seed, patterns = metadata[SEED].decode("ascii"), metadata.get(PATTERNS, b"").decode("ascii")
        return Selection(checked_seed(int(seed)), tuple(patterns.split()))
    except (ValueError, UsageError) as error:
        raise StoreError(
            path, Message("says of its seed, or of the patterns it was selected by, what is none")
        ) from error


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

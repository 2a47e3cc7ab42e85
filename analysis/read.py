"""Reading a run folder: what counts, each run once, in an order that does not show how it was computed."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from getok.simulation.errors import StoreError, UsageError
from getok.simulation.printable import printed
from getok.simulation.record.arrow import arrow_schema, is_text, numbers, texts, values_of
from getok.simulation.record.beside import read_points_of, read_scenario
from getok.simulation.record.folder import FAILED, OK, RUNS, Manifest, read_manifest, replay_command
from getok.simulation.record.settled import settle
from getok.simulation.record.tables import KEYS, SCHEMAS
from getok.simulation.scenario.points import Points, parted
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.sweep.settings import with_values

if TYPE_CHECKING:
    import pandas as pd
    import xarray

ON_REQUEST = frozenset({"events", "measures"})
"""Tables that a run keeps only if its plan names them."""

KEY_NAMES = tuple(column.name for column in KEYS)


@dataclass(frozen=True, slots=True)
class FailedRun:
    """A replicate that failed: which, why, and the command that computes it again."""

    scenario: str
    replicate: int
    key: str
    attempt: int
    error: str
    traceback: str
    replay: str


def _clean(value: object) -> Any:  # noqa: ANN401 - any column
    """Value with what cannot be printed replaced: a folder may come from anybody."""
    return printed(value) if isinstance(value, str) else value


class Run:
    """A run folder, read only. Made by :func:`open_run`.

    Attributes
    ----------
    path : Path
        The folder.
    manifest : Manifest
        What it says about itself.
    runs : pyarrow.Table
        The table ``runs``: each replicate of each scenario once, sorted.
    """

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        rows, self._shards = settle(path)
        _refuse_others(path, rows, manifest.seed)
        self.runs: pa.Table = _sorted(rows, manifest.names)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the scenarios in run order; the first is the baseline."""
        return self.manifest.names

    @property
    def seed(self) -> int:
        """Seed of the run."""
        return self.manifest.seed

    @property
    def own_model(self) -> str:
        """Name of the user's own model that made the run; empty if the shipped one did."""
        return self.manifest.model.name if self.manifest.model else ""

    def replicates(self, scenario: str) -> tuple[int, ...]:
        """Finished replicates of a scenario, ascending."""
        self._known(scenario)
        mine = pc.and_(is_text(self.runs["scenario"], scenario), is_text(self.runs["status"], OK))
        return tuple(self.runs.filter(mine)["replicate"].to_pylist())

    def assert_finished(self, scenario: str, replicate: int) -> None:
        """Raise if a replicate of a scenario is not finished, saying which are.

        Raises
        ------
        UsageError
            If it is not.
        """
        finished = self.replicates(scenario)
        if replicate not in finished:
            others = (
                f"{len(finished)} are finished, {finished[0]} to {finished[-1]}" if finished else "none is finished"
            )
            raise UsageError(f"{self.path}  has no finished replicate {replicate} of {scenario}; {others}")

    def paired_replicates(self, scenarios: Sequence[str] | None = None) -> tuple[int, ...]:
        """Replicates finished in all of these scenarios (all of the run by default), ascending."""
        finished = [set(self.replicates(name)) for name in (self.scenarios if scenarios is None else scenarios)]
        return tuple(sorted(set.intersection(*finished))) if finished else ()

    @property
    def n_ok(self) -> int:
        """Finished runs."""
        return int(pc.sum(is_text(self.runs["status"], OK)).as_py() or 0)

    @property
    def failures(self) -> tuple[FailedRun, ...]:
        """Failed runs, sorted by scenario and replicate."""
        failed = self.runs.filter(is_text(self.runs["status"], FAILED))
        names = [name for name in FailedRun.__dataclass_fields__ if name != "replay"]
        columns = [failed[name].to_pylist() for name in names]
        rows = [dict(zip(names, map(_clean, row), strict=True)) for row in zip(*columns, strict=True)]
        return tuple(FailedRun(**row, replay=replay_command(row["key"], self.path)) for row in rows)

    def scenario(self, name: str) -> Scenario:
        """A scenario as it was run.

        Raises
        ------
        StoreError
            If the run has no such scenario, or its file is gone or damaged.
        """
        self._known(name)
        if self.manifest.points:
            return self._variant(name)
        return self.base(name)

    @property
    def points(self) -> Points:
        """Parameter sets of a sweep.

        Raises
        ------
        StoreError
            If the run is no sweep, or the file is gone or damaged.
        """
        if not self.manifest.points:
            raise StoreError(self.path, "is no sweep: it has no parameter sets; 'getok sweep' makes one")
        return read_points_of(self.path, self.manifest.points, self.manifest.points_digest)

    def _variant(self, name: str) -> Scenario:
        (base,), (point,) = parted([name])
        points = self.points
        return with_values(self.base(base), points.parameters, points.values[point].tolist(), name)

    def base(self, name: str) -> Scenario:
        """A scenario as it was before a sweep varied it.

        Raises
        ------
        StoreError
            If its file is gone or damaged.
        """
        return read_scenario(self.path, self.manifest, name)

    def table(
        self, name: str, columns: Sequence[str] | None = None, scenarios: Sequence[str] | None = None
    ) -> pa.Table:
        """Rows of a table of all finished runs, sorted by scenario (run order) and replicate.

        Within one run the rows keep the order in which the recorder wrote them. A table that the runs of the folder
        did not keep is an error, not a table without rows.

        Parameters
        ----------
        name : str
            A table of :data:`getok.simulation.record.tables.SCHEMAS`, or ``runs``.
        columns : sequence of str, optional
            Columns wanted besides the keys; all by default.
        scenarios : sequence of str, optional
            Only these scenarios.

        Raises
        ------
        StoreError
            If there is no such table, column or scenario, the table was not kept, or a part file is damaged.
        """
        wanted = self._schema(name, columns)
        if not self.keeps(name):
            kept = ", ".join(self.manifest.kept) or f"all but {', '.join(sorted(ON_REQUEST))}"
            raise StoreError(
                self.path,
                f"did not keep the table {name} of its runs; kept: {kept} (a sweep: as its file says)",
            )
        rows = self.runs.select(wanted.names) if name == RUNS.name else self._read(name, wanted)
        if scenarios is None:
            return rows
        for scenario in scenarios:
            self._known(scenario)
        return rows.filter(pc.is_in(rows["scenario"], value_set=texts(scenarios)))

    def keeps(self, name: str) -> bool:
        """Whether the runs of the folder keep a table."""
        kept = self.manifest.kept
        return name == RUNS.name or (name in kept if kept else name not in ON_REQUEST)

    def pandas(
        self, name: str, columns: Sequence[str] | None = None, scenarios: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Give :meth:`table` as a data frame; needs pandas, which getok itself does not."""
        frame: pd.DataFrame = self.table(name, columns, scenarios).to_pandas()
        return frame

    def xarray(
        self, name: str, columns: Sequence[str] | None = None, scenarios: Sequence[str] | None = None
    ) -> xarray.Dataset:
        """Give a table as labelled arrays; needs the extra ``xarray``. See :func:`getok.analysis.labelled.labelled`."""
        from getok.analysis.labelled import labelled  # noqa: PLC0415 - not before it is needed

        return labelled(self, name, columns, scenarios)

    def _schema(self, name: str, columns: Sequence[str] | None) -> pa.Schema:
        schema = RUNS if name == RUNS.name else SCHEMAS.get(name)
        if schema is None:
            raise StoreError(self.path, f"has no table {name!r}; there are {', '.join((RUNS.name, *SCHEMAS))}")
        arrow = arrow_schema(schema)
        if columns is None:
            return arrow
        unknown = [column for column in columns if column not in arrow.names]
        if unknown:
            raise StoreError(self.path, f"table {name} has no column {unknown[0]!r}")
        return pa.schema([arrow.field(column) for column in dict.fromkeys((*KEY_NAMES, *columns))])

    def _read(self, name: str, wanted: pa.Schema) -> pa.Table:
        pieces = [pa.Table.from_batches([], wanted)]
        pieces += [shard.read(self.path, name, wanted) for shard in self._shards if name in shard.tables]
        return _sorted(pa.concat_tables(pieces), self.scenarios)

    def _known(self, scenario: str) -> None:
        if scenario not in self.scenarios:
            raise StoreError(self.path, f"has no scenario {scenario!r}; it has {', '.join(self.scenarios)}")


def open_run(path: Path | str) -> Run:
    """Open a run folder for reading, finished or not, also while it is being written.

    Parameters
    ----------
    path : Path or str
        The folder.

    Returns
    -------
    Run
        Every table, each run once.

    Raises
    ------
    StoreError
        If the folder is no run folder, of another schema, or damaged.
    """
    folder = Path(path)
    return Run(folder, read_manifest(folder))


def _refuse_others(folder: Path, rows: pa.Table, seed: int) -> None:
    """Refuse runs that cannot be of this folder; ``store verify`` looks at each of them."""
    states = pc.is_in(rows["status"], value_set=texts([OK, FAILED]))
    numbered = (values_of(rows["seed"]) == seed) & (values_of(rows["replicate"]) >= 0)
    if not (numbered.all() and pc.all(states, min_count=0).as_py()):
        raise StoreError(folder, "holds runs of something else", "'getok store verify' says in which files")


def table_digest(run: Run) -> str:
    """Hash of all values of all tables as they are read: equal for equal seeds, however they were computed.

    Of the table ``runs`` only the key and the status count: how long a run took is another matter.
    """
    whole = hashlib.sha256()
    for name in (RUNS.name, *sorted(SCHEMAS)):
        columns = ("key", "status") if name == RUNS.name else None
        table = run.table(name, columns) if run.keeps(name) else pa.Table.from_batches([], arrow_schema(SCHEMAS[name]))
        whole.update(f"{name} {table.num_rows}\n".encode())
        for column in table.column_names:
            whole.update(column.encode())
            _hash_column(table[column], whole.update)
    return whole.hexdigest()


def _hash_column(column: pa.ChunkedArray, update: Callable[[bytes], None]) -> None:
    if pa.types.is_string(column.type):
        for text in column.to_pylist():
            raw = text.encode()
            update(struct.pack("<q", len(raw)) + raw)
    else:
        values = values_of(column)
        update(values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes())


def _sorted(rows: pa.Table, scenarios: Sequence[str]) -> pa.Table:
    """Sort by scenario in run order and replicate, keeping the order within each run.

    Rows of other scenarios are left out: of points of a sweep that were asked for while the run was opened.
    """
    known = pc.is_in(rows["scenario"], value_set=texts(scenarios))
    rows = rows if pc.all(known).as_py() else rows.filter(known)
    place = values_of(pc.index_in(rows["scenario"], value_set=texts(scenarios)))
    order = np.lexsort((values_of(rows["replicate"]), place))
    return rows.take(numbers(order)).combine_chunks()

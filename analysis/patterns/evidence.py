"""What the patterns are measured on: the tables of a run, by scenario, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from getok.simulation.record.arrow import is_text, numbers, values_of

Rows = dict[str, NDArray[Any]]


class ReadsTables(Protocol):
    """A run, as far as patterns need it."""

    def table(self, name: str) -> pa.Table:
        """Rows of a table over all scenarios and replicates."""


@dataclass(slots=True)
class Evidence:
    """The tables of a run, one scenario at a time.

    Attributes
    ----------
    run : ReadsTables
        The run.
    replicates : tuple of int
        Replicates that every scenario has.
    """

    run: ReadsTables
    replicates: tuple[int, ...]
    _rows: dict[tuple[str, str], Rows] = field(default_factory=dict)
    _parts: dict[str, dict[str, pa.Table]] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """How many replicates there are."""
        return len(self.replicates)

    def rows(self, scenario: str, table: str) -> Rows:
        """Rows of one scenario, a column an array, in order of replicates."""
        key = (scenario, table)
        if key not in self._rows:
            if table not in self._parts:
                self._parts[table] = self._by_scenario(self.run.table(table))
            part = self._parts[table].get(scenario)
            if part is None:
                part = self.run.table(table).slice(0, 0)
            self._rows[key] = {name: values_of(part[name]) for name in part.column_names}
        return self._rows[key]

    def _by_scenario(self, whole: pa.Table) -> dict[str, pa.Table]:
        """Part a table by scenario: a run is read once, however many scenarios are asked for."""
        whole = whole.filter(pc.is_in(whole["replicate"], numbers(np.array(self.replicates, dtype=np.int32))))
        names = pc.unique(whole["scenario"]).to_pylist()
        return {name: whole.filter(is_text(whole["scenario"], name)) for name in names}

    def summary(self, scenario: str, column: str) -> NDArray[np.float64]:
        """A column of the summary, one value a replicate."""
        return np.asarray(self.rows(scenario, "summary")[column], dtype=np.float64)

    def weekly(self, scenario: str, column: str) -> NDArray[np.float64]:
        """A column of the weekly table, shape (replicates, weeks)."""
        return np.asarray(self.rows(scenario, "weekly")[column], dtype=np.float64).reshape(self.n, -1)

    def count(self, scenario: str, table: str, where: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Rows for which ``where`` holds, counted by replicate."""
        rows = self.rows(scenario, table)
        place = np.searchsorted(self.replicates, rows["replicate"][where])
        return np.bincount(place, minlength=self.n)

    def outlet(self, scenario: str, outlet: str, column: str) -> NDArray[Any]:
        """A column of the outlets table for one outlet, one value a replicate."""
        rows = self.rows(scenario, "outlets")
        return np.asarray(rows[column][rows["outlet"] == outlet])

    def task_weeks(self, scenario: str, kinds: tuple[str, ...], column: str = "done_week") -> NDArray[np.float64]:
        """Weeks of the tasks of some kinds, shape (replicates, tasks)."""
        rows = self.rows(scenario, "programme")
        return np.asarray(rows[column][np.isin(rows["kind"], kinds)], dtype=np.float64).reshape(self.n, -1)

    def case_week(self, scenario: str, service: str, state: str) -> NDArray[np.float64]:
        """First week in which a case at a service was in a state, one value a replicate; NaN if never."""
        rows = self.rows(scenario, "cases")
        first = np.full(self.n, np.nan)
        for k in np.flatnonzero((rows["service"] == service) & (rows["state"] == state)):
            place = int(np.searchsorted(self.replicates, rows["replicate"][k]))
            first[place] = np.fmin(first[place], rows["week"][k])
        return first

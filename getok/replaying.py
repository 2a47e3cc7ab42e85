"""Computing one stored run again, and comparing number by number."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from getok.analysis.read import Run, open_run
from getok.simulation.engine import Simulation, simulate
from getok.simulation.errors import StoreError, UsageError
from getok.simulation.record.arrow import KeyedTable, joined, same_values
from getok.simulation.record.tables import Table

TELLING = ("summary", "weekly")
"""Tables that show whether a replicate is the one that is stored; a sweep keeps the first."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of computing a run again.

    Attributes
    ----------
    equal : bool
        Whether every number of every table that is kept is the one that is stored.
    differing : tuple of str
        Tables that the folder keeps and that differ.
    """

    scenario: str
    replicate: int
    equal: bool
    differing: tuple[str, ...]

    @property
    def text(self) -> str:
        """The result in a line."""
        who = f"{self.scenario} replicate {self.replicate}"
        return f"{who}: equal" if self.equal else f"{who}: differs in {', '.join(self.differing)}"


def replay_run(key: str, folder: Path) -> Replay:
    """Compute the run with this key (or the beginning of it) again.

    Raises
    ------
    UsageError
        If no run, or more than one, has such a key.
    """
    run = open_run(folder)
    matches = run.runs.filter(pc.starts_with(run.runs["key"], key)).to_pylist()
    if len({match["key"] for match in matches}) != 1:  # scenarios that differ in name alone share their keys
        raise UsageError(f"{len(matches)} runs in {folder} have a key that begins with '{key}'; give more of it")
    scenario, replicate = str(matches[0]["scenario"]), int(matches[0]["replicate"])
    tables = simulate(run.scenario(scenario), run.seed, replicate, people=replicate == 0)
    differing = tuple(
        name for name in tables if run.keeps(name) and not _is_stored(run, scenario, replicate, tables[name])
    )
    return Replay(scenario, replicate, not differing, differing)


def assert_as_stored(run: Run, scenario: str, replicate: int, simulation: Simulation) -> None:
    """Refuse to speak of a replicate that, lived again to its end, is not the one that is stored.

    Raises
    ------
    StoreError
        If it is not, or the folder keeps no table that tells.
    """
    tables = simulation.tables()
    telling = [tables[name] for name in TELLING if run.keeps(name)]
    who = f"{scenario} replicate {replicate}"
    if not telling:
        there = " or ".join(TELLING)
        raise StoreError(run.path, f"{who} cannot be compared with what is stored: the folder keeps no table {there}")
    if not all(_is_stored(run, scenario, replicate, table) for table in telling):
        raise StoreError(
            run.path,
            f"{who}: lived again, it is not what is stored; the run was made by another version of getok: use that, or "
            "run again",
        )


def _is_stored(run: Run, scenario: str, replicate: int, table: Table) -> bool:
    """Whether the folder has just these rows of a run."""
    rows = stored(run, table.schema.name, scenario, replicate)
    return same_values(joined([KeyedTable(scenario, replicate, table)], run.seed), rows)


def stored(run: Run, table: str, scenario: str, replicate: int) -> pa.Table:
    """Rows of one run."""
    rows = run.table(table, scenarios=[scenario])
    return rows.filter(pc.equal(rows["replicate"], replicate))

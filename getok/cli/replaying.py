"""Computing one stored run again, and comparing number by number."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from analysis.read import Run, open_run
from simulation.engine import simulate
from simulation.errors import UsageError
from simulation.record.arrow import KeyedTable, joined, same_values


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of computing a run again.

    Attributes
    ----------
    equal : bool
        Whether every number of every table is the one that is stored.
    differing : tuple of str
        Tables that differ.
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
    differing = [
        name
        for name, table in tables.items()
        if not same_values(
            joined([KeyedTable(scenario, replicate, table)], run.seed), stored(run, name, scenario, replicate)
        )
    ]
    return Replay(scenario, replicate, not differing, tuple(differing))


def stored(run: Run, table: str, scenario: str, replicate: int) -> pa.Table:
    """Rows of one run."""
    rows = run.table(table, scenarios=[scenario])
    return rows.filter(pc.equal(rows["replicate"], replicate))

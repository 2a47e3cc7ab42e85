"""Computing one stored run again: to compare it number by number, and to see what its tables do not tell.

Tables of a run tell buyers at a few weeks only. A replicate is a function of scenario, seed and number, so it is lived
again, and checked against what the run stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from getok.analysis.measures.diffusion import Diffusion, network
from getok.analysis.read import Run, open_run
from getok.simulation.engine import Simulation, simulate
from getok.simulation.errors import StoreError, UsageError
from getok.simulation.names import CATEGORY_NAMES, STAGE_NAMES, ZONE_NAMES
from getok.simulation.record.arrow import KeyedTable, joined, same_values
from getok.simulation.record.tables import Table
from getok.simulation.state import NEVER, World
from getok.simulation.texts.message import Message

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
        raise UsageError(
            Message(
                "{n} runs in {folder} have a key that begins with '{key}'; give more of it",
                n=len(matches),
                folder=folder,
                key=key,
            )
        )
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
        raise StoreError(
            run.path,
            Message(
                "{who} cannot be compared with what is stored: the folder keeps no table {there}", who=who, there=there
            ),
        )
    if not all(_is_stored(run, scenario, replicate, table) for table in telling):
        raise StoreError(
            run.path,
            Message(
                "{who}: lived again, it is not what is stored; the run was made by another version of getok: use "
                "that, or run again",
                who=who,
            ),
        )


def _is_stored(run: Run, scenario: str, replicate: int, table: Table) -> bool:
    """Whether the folder has just these rows of a run."""
    rows = stored(run, table.schema.name, scenario, replicate)
    return same_values(joined([KeyedTable(scenario, replicate, table)], run.seed), rows)


def stored(run: Run, table: str, scenario: str, replicate: int) -> pa.Table:
    """Rows of one run."""
    rows = run.table(table, scenarios=[scenario])
    return rows.filter(pc.equal(rows["replicate"], replicate))


def diffusion_of(run: Run, scenario: str, replicate: int, stage: str) -> Diffusion:
    """First weeks of all buyers in a stage, and their social ties with the value of trust at the start.

    Period 1 is the state before the burn-in (who starts in the stage or beyond it); each week after it is one period.

    Raises
    ------
    StoreError
        If the replicate, lived again, is not what the run stored.
    """
    played = run.scenario(scenario)
    simulation = Simulation(played, run.seed, replicate)
    simulation.advance(played.horizon_weeks)
    assert_as_stored(run, scenario, replicate, simulation)
    return diffusion_in(simulation.world, STAGE_NAMES.index(stage), played.burn_in_weeks)


def diffusion_in(world: World, stage: int, burn_in_weeks: int) -> Diffusion:
    """Diffusion of a stage in a world as it is now."""
    buyers, entry = world.buyers, world.buyer_entry[:, stage].astype(np.float64)
    n, n_periods = len(buyers), world.week + burn_in_weeks + 1
    time = np.where(entry == NEVER, np.nan, entry + burn_in_weeks + 1)
    looks = np.repeat(np.arange(n), np.diff(world.tie_start))
    trust = np.maximum(world.tie_trust_prior.astype(np.float64), 1.0)
    ties = network(n, looks, world.tie_to, trust / trust.max() if trust.size else None)
    attributes = {
        "zone": np.array(ZONE_NAMES)[buyers["zone"]],
        "block": buyers["block"].copy(),
        "group": np.where(buyers["group"] >= 0, buyers["group"], buyers["catchment"]),
        "member": (buyers["member_of"] >= 0).astype(np.int64),
        "category": np.array(CATEGORY_NAMES)[buyers["category"]],
    }
    ids = tuple(f"buyer {i}" for i in range(n))
    return Diffusion(ids, time, np.full(n, n_periods, dtype=np.int64), n_periods, ties, attributes)

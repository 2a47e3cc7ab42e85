"""Rounds of runs: the first from everywhere, the next from where the records rule nothing out.

Each round is an ordinary sweep in a folder of its own: it goes on after any end, can be shared out, and the same seed
gives the same sets whatever the order. The first round does not depend on the records and serves any.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from getok.analysis.fitting.plausible import Region, region_of
from getok.analysis.fitting.posterior import Posterior, posterior
from getok.analysis.fitting.records import Records
from getok.analysis.fitting.simulated import Simulated, joined, simulated_of
from getok.analysis.fitting.statistics import statistics_of
from getok.analysis.read import open_run
from getok.behavioural.search import HERE, Place
from getok.simulation.errors import UsageError
from getok.simulation.experiment.design import make_sweep
from getok.simulation.experiment.engine import Engine
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.session import Progress
from getok.simulation.record.tables import MEASURES
from getok.simulation.scenario.points import Points
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.sweep.designs import latin_hypercube, placed, shares, spread_shares

Values = NDArray[np.float64]
Range = tuple[float, float]

ENGINE = Engine(simulate="getok.fitting.recorded_run:simulate_recorded")
LUCKS = 100
"""Communities and lucks of a round, over which its parameter sets are spread."""

BULK = 20_000
"""Sets drawn at once to look for plausible ones."""

MOST_BULKS = 100


class Unfinished(Exception):  # noqa: N818 - not an error: somebody asked, or others are still at work
    """A round is not complete; the same command goes on."""


@dataclass(frozen=True, slots=True)
class Runs:
    """How rounds are computed: folder, seed, and where."""

    folder: Path
    scenario: Scenario
    ranges: Mapping[str, Range]
    seed: int
    progress: Progress
    place: Place = HERE

    def simulated(self, name: str, values: Values, seed: int) -> Simulated:
        """Run parameter sets, one run each, or read what is there.

        Raises
        ------
        Unfinished
            If somebody paused, or other parts are not done.
        """
        points = Points(tuple(self.ranges), values, bounds(self.ranges))
        lucks = min(LUCKS, len(points))
        plan = make_sweep([self.scenario], points, seed=seed, replicates=lucks, tables=(MEASURES.name,), spread=True)
        report = execute(
            plan,
            self.folder / name,
            self.place.processes,
            self.progress,
            engine=ENGINE,
            part=self.place.part,
            cluster=self.place.cluster,
            retry_failed=self.place.retry_failed,
        )
        run = open_run(self.folder / name)
        if report.paused or run.runs.num_rows < plan.n_runs:
            raise Unfinished(f"{name}: {run.runs.num_rows} of {plan.n_runs} runs are there")
        return simulated_of(run, self.scenario.horizon_weeks)


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit came to.

    Attributes
    ----------
    points : Points
        Parameter sets that fit.
    first : float64, shape (n, n_parameters)
        Parameter sets of the first round: from everywhere.
    n_drawn : int
        Runs that were made.
    n_near : int
        Of these, runs with plausible parameters, among which the nearest were kept.
    plausible : tuple of float
        Share of everything drawn that each round left.
    shares : float64, shape (n_parameters,)
        Share of each parameter's variance that the statistics foresee.
    """

    points: Points
    first: Values
    n_drawn: int
    n_near: int
    plausible: tuple[float, ...]
    shares: Values


def bounds(ranges: Mapping[str, Range]) -> Values:
    """Ranges as an array, shape (n_parameters, 2)."""
    return np.array(list(ranges.values()), dtype=np.float64)


def unit_of(values: Values, ranges: Mapping[str, Range]) -> Values:
    """Values as shares of their ranges, a whole number in the middle of its share."""
    return shares(tuple(ranges), bounds(ranges), values)


def values_of(unit: Values, ranges: Mapping[str, Range]) -> Values:
    """Values of shares of their ranges."""
    return placed(tuple(ranges), bounds(ranges), unit)


def seed_of(seed: int, *path: int) -> int:
    """Seed of a part of a fit: another one for each path, the same for the same."""
    return int(np.random.SeedSequence((seed, *path)).generate_state(1, np.uint64)[0] >> np.uint64(1))


def name_of(records: Records) -> str:
    """Folder of the rounds that depend on these records."""
    return f"fit-{hashlib.sha256(repr(records).encode()).hexdigest()[:8]}"


def fit(records: Records, runs: Runs, *, draws: int, rounds: int, keep: int) -> Fitted:
    """Fit parameters to records in rounds.

    Parameters
    ----------
    draws : int
        Runs of each round.
    rounds : int
        1 draws from everywhere only.
    keep : int
        Parameter sets to keep.

    Raises
    ------
    Unfinished
        If a round is not complete.
    UsageError
        If no set is plausible, or too few are near.
    """
    first = latin_hypercube(runs.ranges, draws, seed_of(runs.seed, 0)).values
    found = [runs.simulated("draws", first, seed_of(runs.seed, 0, 1))]
    regions: list[Region] = []
    plausible: list[float] = []
    for number in range(1, rounds):
        table = _near(joined(found), runs, regions)
        statistics = statistics_of(records, table)
        region = region_of(unit_of(table.points, runs.ranges), statistics.runs, statistics.observed)
        if region is None:
            runs.progress.note("the records foresee no parameter well enough to refine")
            break
        regions.append(region)
        values, share = drawn(runs, regions, draws, number)
        plausible.append(share)
        runs.progress.note(f"round {number + 1}: {share:.2%} of all parameter sets are plausible")
        found.append(runs.simulated(f"{name_of(records)}/round-{number:02d}", values, seed_of(runs.seed, number, 1)))
    table = _near(joined(found), runs, regions)
    kept = _kept(records, table, runs, keep)
    points = Points(tuple(runs.ranges), values_of(kept.unit, runs.ranges), bounds(runs.ranges))
    return Fitted(points, first, sum(map(len, found)), len(table), tuple(plausible), kept.shares)


def _kept(records: Records, table: Simulated, runs: Runs, keep: int) -> Posterior:
    statistics = statistics_of(records, table)
    unit = spread_shares(tuple(runs.ranges), bounds(runs.ranges), table.points, seed_of(runs.seed, 0, 2))
    try:
        return posterior(unit, statistics.runs, statistics.observed, keep)
    except ValueError as error:
        raise UsageError(f"{error}; give more --draws, or another --accept") from None


def _near(table: Simulated, runs: Runs, regions: Sequence[Region]) -> Simulated:
    """Runs with parameters that no round ruled out."""
    inside = holds(regions)(unit_of(table.points, runs.ranges))
    return Simulated(
        table.points[inside],
        {name: values[inside] for name, values in table.weekly.items()},
        {name: values[inside] for name, values in table.happened.items()},
    )


def holds(regions: Sequence[Region]) -> Callable[[Values], NDArray[np.bool_]]:
    """Whether parameter sets, as shares of their ranges, lie in all regions."""

    def inside(unit: Values) -> NDArray[np.bool_]:
        kept = np.ones(len(unit), dtype=np.bool_)
        for region in regions:
            kept &= region.holds(unit)
        return kept

    return inside


def drawn(runs: Runs, regions: Sequence[Region], n: int, number: int) -> tuple[Values, float]:
    """Draw plausible sets as evenly as from everywhere; also the share of everything that is plausible.

    Raises
    ------
    UsageError
        If hardly anything is plausible: the records are not what this scenario gives.
    """
    kept: list[Values] = []
    looked = 0
    while sum(map(len, kept)) < n:
        if looked == MOST_BULKS * BULK:
            raise UsageError(
                f"{sum(map(len, kept))} of {looked} parameter sets come near the records: this scenario does not give "
                "what they say, whatever its parameters; see that programme, outlets and members are those of the group"
            )
        bulk = latin_hypercube(runs.ranges, BULK, seed_of(runs.seed, number, 0, looked)).values
        kept.append(bulk[holds(regions)(unit_of(bulk, runs.ranges))])
        looked += BULK
    values = np.concatenate(kept)
    return values[:n], len(values) / looked

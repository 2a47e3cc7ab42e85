"""Parameters that made records are found again: ``python -m verification.recovery``.

Groups are invented: parameters drawn from their ranges, one run each with a luck of its own, and what such a group
would write down. Their parameters are then looked for with the functions of ``getok calibrate --sales``. Which
parameters can be found at all is settled beforehand, on other groups: those whose spread, on average, falls below four
fifths of what was drawn. Of these the middle 90 % of what fits must hold the truth in 80 to 98 % of the groups.

One table of runs from everywhere serves all groups (200 of them); with ``--rounds N`` N groups are also fitted in
rounds, as the command does. ``--out FOLDER`` keeps the runs, and the same command goes on from them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from getok.analysis.fitting.posterior import posterior
from getok.analysis.fitting.records import EVENTS, NEVER, Event, Records, Sale, Subject
from getok.analysis.fitting.simulated import Simulated
from getok.analysis.fitting.statistics import statistics_of
from getok.behavioural.ranges import drawn_ranges
from getok.behavioural.search import Place
from getok.fitting.rounds import Runs, bounds, fit, seed_of, values_of
from getok.simulation.experiment.session import Silent
from getok.simulation.names import CHANNEL_NAMES
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.sweep.designs import latin_hypercube, spread_shares

Values = NDArray[np.float64]

DRAWS = 6000
KEPT = 500
LEARNT_ON, TRIED_ON = 40, 200
IDENTIFIABLE = 0.8
"""Spread of what fits against spread of what was drawn, below which a parameter counts as one that can be found."""

LEVEL, LOWEST, HIGHEST = 0.9, 0.80, 0.98
OF_ROUNDS = 1000
"""Runs of each round where groups are fitted in rounds."""

SEED = 20_261_124
KINDS = ("granted", "agreed", "confirmed")
"""Events that the invented groups write down, of every service or outlet."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of looking for the parameters of groups.

    Attributes
    ----------
    spread : float64, shape (n_groups, n_parameters)
        Standard deviation of what fits against that of an even draw.
    held : bool, shape (n_groups, n_parameters)
        Whether the middle 90 % holds the truth.
    rank : float64, shape (n_groups, n_parameters)
        Share of what fits that lies below the truth: even if all is right.
    """

    spread: Values
    held: NDArray[np.bool_]
    rank: Values


def records_of(simulated: Simulated, place: int, scenario: Scenario) -> Records:
    """What a group would write down of a run: each week's sales by channel, and dated events."""
    sales = tuple(
        Sale(channel, week, week, float(packs))
        for channel in CHANNEL_NAMES
        for week, packs in enumerate(simulated.weekly[channel][place], start=1)
    )
    return Records(sales, tuple(_events(simulated, place, scenario)))


def _events(simulated: Simulated, place: int, scenario: Scenario) -> Iterator[Event]:
    for kind in KINDS:
        there = scenario.services if EVENTS[kind] is Subject.SERVICE else scenario.outlets
        for one in there:
            week = float(simulated.week_of(kind, one.id)[place])
            yield Event(kind, one.id, week if np.isfinite(week) else NEVER)


def compared(truth: Values, unit: Values) -> tuple[Values, NDArray[np.bool_], Values]:
    """Spread, whether the interval holds the truth, and rank, of one group."""
    low, high = np.quantile(unit, ((1 - LEVEL) / 2, (1 + LEVEL) / 2), axis=0)
    return unit.std(axis=0) * np.sqrt(12.0), (low <= truth) & (truth <= high), (unit < truth).mean(axis=0)


def from_one_table(runs: Runs, groups: Simulated, table: Simulated) -> Found:
    """Look for the parameters of all groups in one table of runs from everywhere."""
    records = records_of(groups, 0, runs.scenario)  # the same weeks and events are known of all
    known, seen = statistics_of(records, table).runs, statistics_of(records, groups).runs
    unit, truth = spread(table.points, runs, SEED), spread(groups.points, runs, SEED + 1)
    rows = []
    for place in range(len(groups)):
        values = values_of(posterior(unit, known, seen[place], KEPT).unit, runs.ranges)
        rows.append(compared(truth[place], spread(values, runs, SEED + 2 + place)))
    return Found(*(np.array(column) for column in zip(*rows, strict=True)))


def spread(values: Values, runs: Runs, seed: int) -> Values:
    """Shares of ranges, whole numbers spread over what cannot be told apart, so that ranks have no ties."""
    return spread_shares(tuple(runs.ranges), bounds(runs.ranges), values, seed)


def in_rounds(runs: Runs, groups: Simulated, places: Sequence[int]) -> Found:
    """Fit groups one by one as the command does."""
    truth = spread(groups.points, runs, SEED + 1)
    rows = []
    for place in places:
        fitted = fit(records_of(groups, place, runs.scenario), runs, draws=OF_ROUNDS, rounds=2, keep=KEPT)
        rows.append(compared(truth[place], spread(fitted.points.values, runs, SEED + 2 + place)))
        print(f"group {place}: {fitted.n_near} plausible of {fitted.n_drawn} runs", flush=True)
    return Found(*(np.array(column) for column in zip(*rows, strict=True)))


def tell(title: str, names: Sequence[str], chosen: Sequence[int], found: Found) -> None:
    """Print coverage of the parameters that can be found."""
    n = len(found.held)
    print(f"\n{title}, {n} groups\n\n| parameter | spread left | 90 % interval holds the truth | mean rank |")
    print("| --- | --- | --- | --- |")
    for place in chosen:
        held = found.held[:, place].mean()
        rank = found.rank[:, place].mean()
        print(f"| `{names[place]}` | {found.spread[:, place].mean():.2f} | {held:.1%} | {rank:.2f} |")
    of_chosen = found.held[:, list(chosen)].mean()
    print(f"\nall of these together {of_chosen:.1%}; all {len(names)} parameters {found.held.mean():.1%}", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Run; the exit code says whether coverage is as it should be."""
    words = list(arguments)
    n_rounds = int(words[words.index("--rounds") + 1]) if "--rounds" in words else 0
    out = Path(words[words.index("--out") + 1]) if "--out" in words else Path("results/recovery")
    processes = int(words[words.index("--processes") + 1]) if "--processes" in words else None
    start = time.perf_counter()
    scenario = load_scenario("implemented_2019").scenario
    runs = Runs(out, scenario, drawn_ranges(), SEED, Silent(), Place(processes))
    n_groups = LEARNT_ON + TRIED_ON
    drawn = latin_hypercube(runs.ranges, DRAWS, seed_of(SEED, 7)).values
    table = runs.simulated("table", drawn, seed_of(SEED, 7, 1))
    learnt = _groups(runs, "learnt-on", LEARNT_ON, 8)
    tried = _groups(runs, "tried-on", TRIED_ON, 9)
    print(f"{DRAWS + n_groups} runs after {time.perf_counter() - start:.0f} s", flush=True)
    spread = from_one_table(runs, learnt, table).spread.mean(axis=0)
    chosen = [int(place) for place in np.argsort(spread) if spread[place] < IDENTIFIABLE]
    names = list(runs.ranges)
    found = from_one_table(runs, tried, table)
    tell("One table", names, chosen, found)
    coverage = found.held[:, chosen].mean(axis=0)
    good = bool(chosen) and bool(((coverage >= LOWEST) & (coverage <= HIGHEST)).all())
    if n_rounds:
        again = in_rounds(runs, tried, range(n_rounds))
        tell("In rounds", names, chosen, again)
        good &= LOWEST <= again.held[:, chosen].mean() <= HIGHEST
    print(f"\n{'passed' if good else 'REFUSED'} after {time.perf_counter() - start:.0f} s")
    return 0 if good else 1


def _groups(runs: Runs, name: str, n: int, number: int) -> Simulated:
    """Invented groups, each with parameters and a luck of its own."""
    return runs.simulated(name, latin_hypercube(runs.ranges, n, seed_of(SEED, number)).values, seed_of(SEED, number, 1))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

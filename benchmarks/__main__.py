"""Measure everything, print it, and write the page of the documentation: ``python -m benchmarks``."""

import argparse
import statistics
from dataclasses import dataclass
from pathlib import Path

from benchmarks import growth
from benchmarks.bound import bound
from benchmarks.drivers import Driver, replicate_seconds, speed
from benchmarks.figure import draw
from benchmarks.machine import load
from benchmarks.page import Results, page
from benchmarks.peers import compare


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of a run of the benchmarks."""

    mesa: tuple[int, int, int, int]  # neighbourhoods, groups, rounds, weeks
    peers: tuple[int, int, int]  # agents, rounds, weeks
    bound: tuple[int, int, int]  # neighbourhoods, groups, weeks
    households: tuple[int, ...]
    fixed: int  # households where something else grows
    groups: tuple[int, ...]


WHOLE = Plan(
    mesa=(46, 15, 9, 8),
    peers=(100_000, 5, 52),
    bound=(2300, 737, 104),
    households=(10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000),
    fixed=100_000,
    groups=(1, 10, 50, 200),
)
QUICK = Plan(
    mesa=(6, 2, 2, 4),
    peers=(5_000, 2, 20),
    bound=(20, 6, 26),
    households=(5_000, 10_000, 20_000),
    fixed=10_000,
    groups=(1, 5, 20),
)


def measure(plan, quick):
    """Measure everything, one thing after the other."""
    before = load()
    say("the model in Mesa")
    comparisons = [speed(*plan.mesa)]
    driver = Driver(replicate_seconds(), statistics.median(comparisons[0].theirs))
    say("other programs")
    comparisons += compare(*plan.peers)
    say("the memory stream")
    found = bound(*plan.bound)
    say("growth with households")
    growths = [growth.households(plan.households)]
    say("growth with ties, weeks and groups")
    growths += [growth.ties(plan.fixed), growth.weeks(plan.fixed), growth.groups(plan.fixed, plan.groups)]
    return Results(driver, comparisons, found, growths, quick, before)


def say(what):
    """Say what is being measured."""
    print(f"measuring {what} ...", flush=True)


def main():
    """Read the options, measure, print, write."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--quick", action="store_true", help="small sizes: does it run at all")
    options.add_argument("--output", type=Path, help="page to write; its figure goes beside it into figures/")
    given = options.parse_args()
    results = measure(QUICK if given.quick else WHOLE, given.quick)
    text = page(results, "figures/growth.svg")
    print(f"\n{text}")
    if given.output is not None:
        draw(results.growths, given.output.parent / "figures" / "growth.svg")
        given.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The page of the documentation: tables, figure, and what it takes to go on."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.bound import BAR, BAR_BUILD, BAR_PEAK, Bound
from benchmarks.comparison import Comparison, human
from benchmarks.drivers import BAR_RATE, BAR_REPLICATE, Driver
from benchmarks.growth import Growth
from benchmarks.machine import description

NEXT_FACTOR = Path(__file__).parent / "next_factor.md"

BAR_EXPONENT = 1.05
"""Largest exponent of cost in households and in ties."""


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that one run of the benchmarks found."""

    driver: Driver
    comparisons: list[Comparison]
    bound: Bound
    growths: list[Growth]
    quick: bool
    load: str


def met(reached):
    """Whether a bar is reached, in a word."""
    return "reached" if reached else "**not reached**"


def table(heads, rows):
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def page(results, figure):
    """Return the whole page; ``figure`` is the way from the page to the figure."""
    quick = "\n> A quick run, on small communities: the bars do not apply to these numbers.\n" if results.quick else ""
    return f"""# Benchmarks

Written by `python -m benchmarks`; every ratio is taken in one run on one machine, the programs in turns, so that a
machine that is busy for a while slows both. Ratios are medians over the rounds, with the lowest and the highest.
{quick}
Measured on: {description()} Load when it began: {results.load}.

## Against other programs

{comparison_table(results.comparisons)}

An agent-week of getok is one buyer's week with everything in it: hearing at the door, from neighbours, shelves and
online; stages; purchases with rationed stock; experience, trust and warnings; and with it the week of shop owners,
members, groups and, where said, programme and agencies. An agent step of the peers is one infection or one activation.
So the ratios compare more work here with less work there.

{notes(results.comparisons)}

## The model in Mesa

{driver_text(results.driver)}

## Against the memory of the machine

{bound_text(results.bound)}

## How cost grows

![Seconds against households, ties, weeks and groups]({figure})

{growth_text(results.growths)}

## What the next factor of ten would need

{NEXT_FACTOR.read_text(encoding="utf-8").strip()}
"""


def comparison_table(comparisons):
    """Rates and ratios, one row a program."""
    rows = [
        (
            one.what,
            human(max(one.ours)) if len(one.ours) == 1 else f"{human(min(one.ours))} to {human(max(one.ours))}",
            one.other,
            f"{human(min(one.theirs))} to {human(max(one.theirs))}",
            f"{one.ratio:.3g} ({min(one.ratios):.3g} to {max(one.ratios):.3g})",
            "none" if one.bar is None else f"{one.bar:g}, {met(one.ratio >= one.bar)}",
        )
        for one in comparisons
    ]
    return table(("what, a second", "getok", "against", "its rate", "ratio", "bar"), rows)


def notes(comparisons):
    """What a reader must know of each program."""
    return "\n".join(f"- {one.other}: {one.note}" for one in comparisons)


def driver_text(driver):
    """What the model in Mesa takes, on which subclasses run."""
    return f"""`simulation/model/` is the model that one reads and subclasses; the engine equals it to the last bit
(`tests/oracle`).

- One replicate of the case, with community, burn-in and all tables: {driver.replicate:.2f} s
  (bar: at most {BAR_REPLICATE:g} s, {met(driver.replicate <= BAR_REPLICATE)}).
- Agent-weeks a second in the town of the table above: {human(driver.rate)}
  (bar: at least {human(BAR_RATE)}, {met(driver.rate >= BAR_RATE)})."""


def bound_text(bound):
    """Weeks against passes, memory and time to build."""
    found, n = bound.measured, bound.n_weeks
    low, high = bound.spread(found.passes)
    rows = [
        (
            f"{sum(found.passes):.2f} s",
            f"{found.seconds:.2f} s",
            f"{bound.ratio(found.passes):.2f} ({low:.2f} to {high:.2f})",
            f"at most {BAR:g} s, {met(found.seconds <= BAR)}",
        )
    ]
    heads = (f"{n} passes over the ties", f"{n} weeks of getok", "weeks for passes", "bar for the weeks")
    degree = found.n_ties / found.n_buyers
    return f"""{found.n_buyers:,} buyers, {found.n_ties:,} directed ties (mean degree {degree:.1f}),
{found.n_groups} groups.
A pass reads index, trust and one byte of the neighbour for every tie, and adds up; nothing is decided. Weeks are the
whole week, programme and agencies included ({found.institutions:.2f} s of them).

{table(heads, rows)}

- The community is built in {found.build:.1f} s ({min(found.builds):.1f} to {max(found.builds):.1f};
  bar: under {BAR_BUILD:g} s, {met(found.build < BAR_BUILD)}); with its burn-in it takes {found.ready:.1f} s.
- Peak memory of the process, from the imports to the last week: {found.peak / 1e9:.2f} GB
  (bar: {BAR_PEAK / 1e9:g} GB, {met(found.peak <= BAR_PEAK)})."""


def growth_text(growths):
    """Cost along each axis."""
    parts = []
    for growth in growths:
        bar = ""
        if growth.axis in {"households", "ties"}:
            bar = f" (bar: at most {BAR_EXPONENT:g}, {met(growth.exponent <= BAR_EXPONENT)})"
        rows = [
            (
                f"{p.x:,}",
                f"{p.seconds:.3f}",
                f"{p.low:.3f} to {p.high:.3f}",
                f"{p.measured.build:.2f}",
                f"{p.measured.peak / 1e9:.2f}",
            )
            for p in growth.points
        ]
        heads = (growth.axis, "seconds of the weeks", "lowest to highest", "seconds to build", "peak GB")
        parts.append(f"**{growth.axis.capitalize()}**: exponent {growth.exponent:.2f}{bar}.\n\n{table(heads, rows)}")
    return "\n\n".join(parts)

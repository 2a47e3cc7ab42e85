"""Beyond the list: an epidemic with latency and a random time of speaking, by its final size."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from getok.simulation.state import Stage
from verification.graphs import Graph, copies, from_pairs, poisson, seeds_in_each
from verification.result import Check, Mark, Plot, Result, mean_check, series
from verification.targets.cascade import final_size, parameters_of
from verification.worlds import People, curve, entered, live, make_world

SPEAKS, LAPSE = 0.08, 0.4
LATENT = 3
"""Weeks from hearing to speaking: knowledge, persuasion, trial, and then the neighbours see it."""

ONE_GRAPH, FIRST, N_WEEKS = 2000, 20, 60


def transmission() -> float:
    """Chance that the word passes along a tie: spoken for one week, and then until the buyer lapses."""
    silent = 1.0 - SPEAKS
    return 1.0 - silent * LAPSE * silent / (1.0 - (1.0 - LAPSE) * silent)


def epidemic(graph: Graph, seeds: NDArray[np.bool_], n_weeks: int, replicate: int) -> NDArray[np.int64]:
    """Week in which everybody heard; 0 for seeds."""
    stage = np.where(seeds, Stage.IMPLEMENTATION, Stage.UNAWARE)
    p = parameters_of(0.5) | {"word_adopter_probability": SPEAKS, "lapse_probability": LAPSE}
    world = make_world(graph, People(stage=stage), p, replicate)
    live(world, n_weeks)
    return np.where(seeds, 0, entered(world, Stage.KNOWLEDGE))


def one_graph() -> Graph:
    """The graph on which other programs live the same epidemic."""
    return poisson(ONE_GRAPH, 8.0, seed=31)


def curves(times: int) -> NDArray[np.float64]:
    """Share ever reached on the one graph, by week, in each replicate."""
    seeds = seeds_in_each(ONE_GRAPH, times, FIRST, seed=51)
    heard = epidemic(copies(one_graph(), times), seeds, N_WEEKS, replicate=52)
    return curve(heard, N_WEEKS, times) / ONE_GRAPH


def pair_checks(n: int) -> list[Check]:
    """Who hears from the only neighbour, ever and in the first weeks."""
    seeds = np.tile([True, False], n)
    heard = epidemic(from_pairs(2 * n, np.arange(2 * n).reshape(-1, 2)), seeds, 60, replicate=1)[1::2]
    silent = 1.0 - SPEAKS
    return [
        mean_check(f"pairs: heard ever, N = {n:,}", heard <= 60, transmission()),
        mean_check(f"pairs: heard in the first week, N = {n:,}", heard == 1, SPEAKS),
        mean_check(f"pairs: heard in the third week, N = {n:,}", heard == 3, silent**2 * (1.0 - LAPSE) * SPEAKS),
    ]


def run(*, full: bool = True) -> Result:
    """Reach the target; the quick run has fewer graphs."""
    n, times = 10_000, 60 if full else 30
    checks = pair_checks(200_000 if full else 100_000)
    seeds = seeds_in_each(n, times, n // 100, seed=53)
    heard = epidemic(poisson(n, 8.0, 54, times), seeds, 120, replicate=55)
    shares = (heard <= 120).reshape(times, n).mean(axis=1)
    expected = final_size(8.0, transmission(), 0.01)
    checks.append(mean_check(f"share ever reached, z = 8, rho = .01, N = {n:,}, R = {times}", shares, expected))
    seen = curves(200 if full else 30)
    weeks = np.arange(N_WEEKS + 1)[::3]
    error = 2.0 * seen.std(axis=0, ddof=1)[::3] / math.sqrt(len(seen))
    return Result(
        number=12,
        slug="epidemic",
        name="Epidemic with latency (beyond the list)",
        source="Newman 2002; S = 1 - (1 - rho) exp(-zTS) with the mean T",
        mapping=(
            f"As target 5, but lapse {LAPSE} a week: whoever hears is latent for {LATENT} weeks, speaks (q = {SPEAKS}) for one week,"
            " and goes on until it lapses. This is an SEIR model with a geometric infectious time."
        ),
        checks=tuple(checks),
        plot=Plot(
            "week",
            "share ever reached",
            (
                series("engine, one graph of 2 000", Mark.SIMULATED, weeks, seen.mean(axis=0)[::3], error),
                series("final size, infinite graph of mean degree 8", Mark.FORMULA, [0, N_WEEKS], [expected, expected]),
            ),
        ),
    )

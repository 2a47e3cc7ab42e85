"""Target 5: an independent cascade reaches what bond percolation reaches."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from getok.simulation.state import Stage, World
from verification.graphs import Graph, copies, path, poisson, seeds_in_each
from verification.result import Check, Mark, Plot, Result, Series, mean_check, series
from verification.worlds import BUYING, People, entered, live_until_still, make_world

WEEKS_SPOKEN = 2
"""Weeks in which a buyer speaks: the one after its trial and, confirmed by then, the next, at whose end it lapses."""

CASES = ((10.0, 0.12, 0.01), (10.0, 0.2, 0.01), (4.0, 0.5, 0.005))
"""Mean degree, transmission, share of seeds."""


def parameters_of(transmission: float) -> dict[str, float]:
    """Parameters under which every buyer passes the word along each tie with this probability, once and for all."""
    return BUYING | {
        "word_adopter_probability": 1.0 - (1.0 - transmission) ** (1.0 / WEEKS_SPOKEN),
        "persuasion_probability": 1.0,
        "confirm_probability": 1.0,
        "lapse_probability": 1.0,
    }


def cascade(graph: Graph, seeds: NDArray[np.bool_], transmission: float, replicate: int) -> World:
    """A cascade, lived to its end; seeds have just tried the product."""
    stage = np.where(seeds, Stage.IMPLEMENTATION, Stage.UNAWARE)
    world = make_world(graph, People(stage=stage), parameters_of(transmission), replicate)
    live_until_still(world, span=8)
    return world


def reached(world: World) -> NDArray[np.bool_]:
    """Who was reached, seeds included."""
    return np.asarray(entered(world, Stage.IMPLEMENTATION) <= world.week)


def final_size(mean_degree: float, transmission: float, seeds: float) -> float:
    """Share reached in an infinite Poisson graph: S = 1 - (1 - rho) exp(-z T S)."""
    return float(
        brentq(lambda s: s - 1.0 + (1.0 - seeds) * math.exp(-mean_degree * transmission * s), 1e-12, 1.0, xtol=1e-14)
    )


def sizes(case: tuple[float, float, float], n: int, batches: int, times: int) -> NDArray[np.float64]:
    """Share reached in each replicate, ``times`` fresh graphs in one world, with exactly rho n seeds each."""
    mean_degree, transmission, share = case
    out = []
    for batch in range(batches):
        graph = poisson(n, mean_degree, 5_000 + batch, times)
        seeds = seeds_in_each(n, times, round(share * n), batch)
        out.append(reached(cascade(graph, seeds, transmission, batch)).reshape(times, n).mean(axis=1))
    return np.concatenate(out)


def path_checks(transmission: float, length: int, times: int) -> list[Check]:
    """How often each place of a path is reached from its end."""
    seeds = np.tile(np.arange(length + 1) == 0, times)
    world = cascade(copies(path(length + 1), times), seeds, transmission, replicate=1)
    seen = reached(world).reshape(times, -1)
    name = f"path, p = {transmission}, R = {times:,}: share reached at distance"
    return [mean_check(f"{name} {d}", seen[:, d], transmission**d) for d in (1, 2, 4, length)]


def grid_points(batches: int, n: int, times: int) -> Series:
    """Share reached over mean degree x transmission, for the figure."""
    products = (0.7, 0.9, 1.0, 1.1, 1.4, 1.7, 2.4)
    found = [sizes((8.0, product / 8.0, 0.01), n, batches, times) for product in products]
    error = [2.0 * f.std(ddof=1) / math.sqrt(len(f)) for f in found]
    return series("random graphs, rho = .01", Mark.SIMULATED, products, [f.mean() for f in found], error)


def run(*, full: bool = True) -> Result:
    """Reach the target; the quick run has fewer graphs, and smaller ones."""
    n, batches, times = (20_000, 5, 20) if full else (5_000, 1, 40)
    checks = path_checks(0.7, 8, 100_000 if full else 40_000)
    for case in CASES:
        found = sizes(case, n, batches, times)
        z, t, rho = case
        statistic = f"share reached, z = {z:g}, T = {t:g}, rho = {rho:g}, N = {n:,}, R = {len(found)}"
        checks.append(mean_check(statistic, found, final_size(*case)))
    products = np.linspace(0.6, 2.6, 80)
    drawn = [series("random graphs, rho = .01", Mark.FORMULA, products, [final_size(x, 1.0, 0.01) for x in products])]
    if full:
        drawn.append(grid_points(1, n, times))
    return Result(
        number=5,
        slug="cascade",
        name="Independent cascade = bond percolation",
        source="Kempe, Kleinberg & Tardos 2003; Newman 2002",
        mapping=(
            "Thresholds 0, all delays certain, confirmation at the second purchase and lapse the week after it: whoever adopts"
            f" speaks in exactly {WEEKS_SPOKEN} weeks, so T = 1 - (1 - q)^{WEEKS_SPOKEN}. Trust one half on every tie."
        ),
        checks=tuple(checks),
        plot=Plot("mean degree x transmission", "share reached", tuple(drawn)),
        note="Finite graphs lie below the formula by terms of order 1/N, far inside the standard error.",
    )

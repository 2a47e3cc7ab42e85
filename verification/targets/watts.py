"""Target 7: global cascades on Poisson graphs happen inside Watts' window, and have Gleeson and Cahalane's size."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import brentq

from verification.graphs import poisson, seeds_in_each
from verification.result import Check, Mark, Plot, Result, Rule, mean_check, series
from verification.targets.thresholds import SHARED_MAPPING, adopted, threshold_world
from verification.worlds import live_until_still

WATTS = 0.18
SEEDED = ((3.0, 0.25, 0.03), (4.0, 0.25, 0.01), (5.0, 0.18, 0.01), (7.0, 0.18, 0.01))
"""Mean degree, threshold, share of seeds; in the second, one of four neighbours must be enough, or all stays small."""


def needed(threshold: float, degree: NDArray[np.int64]) -> NDArray[np.int64]:
    """Smallest number of adopting neighbours whose share reaches a threshold, in whole numbers."""
    part, whole = threshold.as_integer_ratio()
    exact = np.array([-(-part * int(k) // whole) for k in degree.ravel()], dtype=np.int64)
    return np.maximum(1, exact.reshape(degree.shape))


def branching(mean_degree: float, threshold: float) -> float:
    """Vulnerable neighbours that one vulnerable adopter brings: above one, cascades can be global."""
    k = np.arange(2, 200)
    vulnerable = needed(threshold, k) <= 1
    return float((k * (k - 1) * stats.poisson.pmf(k, mean_degree) * vulnerable).sum() / mean_degree)


def window(threshold: float) -> tuple[float, float]:
    """Mean degrees between which global cascades happen."""
    low = brentq(lambda z: branching(z, threshold) - 1.0, 0.5, 2.0)
    high = brentq(lambda z: branching(z, threshold) - 1.0, 4.0, 12.0)
    return float(low), float(high)


def final_size(mean_degree: float, threshold: float, seeds: float) -> float:
    """Share reached in an infinite Poisson graph, thresholds the same for all."""
    k = np.arange(1, 80)
    degree, reach = stats.poisson.pmf(k, mean_degree), needed(threshold, k)
    q, before = seeds, -1.0
    while q - before > 1e-13:
        before = q
        q = seeds + (1.0 - seeds) * float((k * degree / mean_degree * stats.binom.sf(reach - 1, k - 1, q)).sum())
    return seeds + (1.0 - seeds) * float((degree * stats.binom.sf(reach - 1, k, q)).sum())


def trigger_probability(mean_degree: float, threshold: float) -> float:
    """Chance that one seed anywhere starts a global cascade: some neighbour is vulnerable and leads to infinitely many.

    A neighbour along a tie has degree k with probability k p_k / z; it leads nowhere unless it is vulnerable and one of
    its k - 1 other neighbours leads on. The seed adopts whatever its degree.
    """
    k = np.arange(1, 80)
    along = k * stats.poisson.pmf(k, mean_degree) / mean_degree
    vulnerable = needed(threshold, k) <= 1
    dead, before = 0.0, -1.0
    while dead - before > 1e-12:
        before = dead
        dead = float((along * np.where(vulnerable, dead ** (k - 1), 1.0)).sum())
    return 1.0 - math.exp(-mean_degree * (1.0 - dead))


def sizes(n: int, case: tuple[float, float, float], batches: int, times: int) -> NDArray[np.float64]:
    """Share reached in each replicate, ``times`` fresh graphs in one world.

    Parameters
    ----------
    case : tuple
        Mean degree, threshold, share of seeds (one seed at least).
    """
    mean_degree, threshold, share = case
    out = []
    for batch in range(batches):
        graph = poisson(n, mean_degree, 7_000 + 100 * batch + round(10 * mean_degree), times)
        seeds = seeds_in_each(n, times, max(1, round(share * n)), batch)
        world = threshold_world(graph, threshold, seeds)
        live_until_still(world, span=4)
        out.append((adopted(world) <= world.week).reshape(times, n).mean(axis=1))
    return np.concatenate(out)


def window_checks(n: int, batches: int, times: int) -> tuple[list[Check], list[float], NDArray[np.float64]]:
    """How often a single seed reaches a tenth of everybody, inside and outside the window."""
    degrees = [0.8, 2.0, 3.0, 4.0, 8.0]
    replicates = batches * times
    low, high = window(WATTS)
    checks = [
        Check(
            "lower end of the window, our theory against the book", Rule.ROUNDING, low, 1.021, 5e-4, other="Watts 2002"
        ),
        Check(
            "upper end of the window, our theory against the book", Rule.ROUNDING, high, 5.765, 5e-4, other="Watts 2002"
        ),
    ]
    shares = []
    for z in degrees:
        large = (sizes(n, (z, WATTS, 0.0), batches, times) > 0.1).mean()
        shares.append(large)
        statistic = f"single seeds that reach a tenth of all, z = {z:g}, N = {n:,}, R = {replicates}"
        if low < z < high:
            chance = trigger_probability(z, WATTS)
            error = math.sqrt(chance * (1.0 - chance) / replicates)
            checks.append(Check(statistic, Rule.MEAN, large, chance, error))
        else:
            checks.append(Check(statistic, Rule.EQUAL, large, 0.0))
    return checks, degrees, np.array(shares)


def size_checks(n: int, batches: int, times: int) -> list[Check]:
    """Share reached from many seeds."""
    checks = []
    for case in SEEDED:
        z, threshold, share = case
        found = sizes(n, case, batches, times)
        statistic = f"share reached, z = {z:g}, threshold {threshold:g}, rho = {share:g}, N = {n:,}, R = {len(found)}"
        checks.append(mean_check(statistic, found, final_size(z, threshold, share)))
    return checks


def run(*, full: bool = True) -> Result:
    """Reach the target; the quick run has fewer graphs, and smaller ones."""
    checks, degrees, shares = window_checks(*((10_000, 8, 50) if full else (2_000, 1, 150)))
    sized = size_checks(*((20_000, 5, 20) if full else (5_000, 1, 40)))
    error = 2.0 * np.sqrt(shares * (1.0 - shares) / (400 if full else 150))
    grid = np.linspace(0.5, 9.0, 120)
    meant = [trigger_probability(z, WATTS) for z in grid]
    return Result(
        number=7,
        slug="watts",
        name="Window of global cascades",
        source="Watts 2002; Gleeson & Cahalane 2007",
        mapping=SHARED_MAPPING + " Poisson graphs, one threshold for all.",
        checks=(*checks, *sized),
        plot=Plot(
            "mean degree",
            "chance of a global cascade",
            (
                series("single seed, threshold .18", Mark.SIMULATED, degrees, shares, error),
                series("single seed, threshold .18", Mark.FORMULA, grid, meant),
            ),
        ),
        note=(
            "A cascade is called global if it reaches a tenth of all. Mean degrees near the ends of the window are left out:"
            " finite graphs blur them. Outside the window no such cascade may happen at all; for an infinite graph the chance is 0."
        ),
    )

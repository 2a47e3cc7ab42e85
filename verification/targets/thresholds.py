"""Target 6: Granovetter's crowds, in which everybody sees everybody. Also what all threshold targets share."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from getok.simulation.state import Stage, World
from verification.graphs import Graph, complete
from verification.result import Check, Mark, Plot, Result, equal_check, series
from verification.worlds import BUYING, People, curve, entered, live, live_until_still, make_world

SHARED_MAPPING = (
    "Everybody knows the product (persuasion) with trust 0; influence weight 1; equal trust on ties, so that the attitude is"
    " the share of neighbours who use it; a decision is tried in the same week; nobody rejects or stops. The engine divides"
    " two whole numbers, and thresholds are the nearest floating-point number to the same fraction, so a share reaches a"
    " threshold exactly if m den >= num k."
)


def threshold_world(
    graph: Graph, thresholds: ArrayLike, seeds: ArrayLike, tie_trust: ArrayLike = 1, replicate: int = 0
) -> World:
    """A world in which the share of neighbours who use the product alone decides; seeds use it from the start."""
    stage = np.where(np.broadcast_to(seeds, graph.n), Stage.CONFIRMATION, Stage.PERSUASION)
    people = People(stage=stage, threshold=thresholds, tie_trust=tie_trust)
    return make_world(graph, people, BUYING | {"influence_weight": 1.0}, replicate)


def adopted(world: World) -> NDArray[np.int64]:
    """Week of adoption of everybody: 0 for seeds."""
    return np.minimum(entered(world, Stage.IMPLEMENTATION), entered(world, Stage.CONFIRMATION))


def adopters(world: World, n_weeks: int) -> NDArray[np.int64]:
    """Adopters at the end of weeks 0 to n_weeks."""
    live(world, n_weeks)
    return np.asarray(curve(adopted(world), n_weeks)[0])


def crowd(ranks: NDArray[np.int64]) -> World:
    """A crowd in which ``ranks[i]`` others must have adopted before ``i`` does."""
    n = len(ranks)
    return threshold_world(complete(n), ranks / (n - 1), False)


def crowd_curve(thresholds: NDArray[np.float64], n_weeks: int) -> NDArray[np.int64]:
    """Adopters week by week: whose threshold lies at or below the share of the others who have adopted."""
    n, counts, in_it = len(thresholds), [0], np.zeros(len(thresholds), dtype=bool)
    for _ in range(n_weeks):
        in_it = in_it | (thresholds <= (counts[-1] - in_it) / (n - 1))
        counts.append(int(in_it.sum()))
    return np.array(counts)


def normal_thresholds(n: int, spread: float) -> NDArray[np.float64]:
    """Thresholds at the quantiles of N(.25, s)."""
    return np.asarray(0.25 + spread * ndtri((np.arange(n) + 0.5) / n))


def equilibrium(spread: float) -> float:
    """Share reached in an infinite crowd: the lowest fixed point of r = Phi((r - .25) / s)."""
    r = 0.0
    for _ in range(200_000):
        r = float(ndtr((r - 0.25) / spread))
    return r


def uniform_checks() -> list[Check]:
    """Granovetter's hundred people, and the same with one of them changed."""
    ranks = np.arange(100)
    changed = np.where(ranks == 1, 2, ranks)
    checks = []
    for name, who, expected in (("0, 1, ..., 99", ranks, 100), ("0, 2, 2, 3, ..., 99", changed, 1)):
        world = crowd(who)
        live_until_still(world)
        checks.append(equal_check(f"adopters, thresholds {name}", (adopted(world) <= world.week).sum(), expected))
    one_a_week = adopters(crowd(ranks), 100)
    checks.append(equal_check("weeks in which exactly one more adopted", (np.diff(one_a_week) == 1).sum(), 100))
    return checks


def run(*, full: bool = True) -> Result:
    """Reach the target; all is deterministic, and the quick run is the whole run."""
    n, n_weeks, checks, drawn = 2000, 100, uniform_checks(), []
    for style, spread in enumerate((0.12, 0.1225)):
        thresholds = normal_thresholds(n, spread)
        seen = adopters(threshold_world(complete(n), thresholds, False), n_weeks)
        meant = crowd_curve(thresholds, n_weeks)
        checks.append(
            equal_check(f"weeks with another count than the recursion, s = {spread}, N = {n}", (seen != meant).sum(), 0)
        )
        above = float(equilibrium(spread) > 0.5)
        checks.append(
            equal_check(f"whether more than half adopt, s = {spread}, as in an infinite crowd", seen[-1] > n / 2, above)
        )
        weeks = np.arange(n_weeks + 1)
        drawn.append(series(f"s = {spread}", Mark.SIMULATED, weeks[::5], seen[::5] / n, style=style))
        drawn.append(series(f"s = {spread}", Mark.FORMULA, weeks, meant / n, style=style))
    return Result(
        number=6,
        slug="thresholds",
        name="Thresholds of a crowd",
        source="Granovetter 1978",
        mapping=SHARED_MAPPING + " Complete graph: shares are of the others, k / (N - 1).",
        checks=tuple(checks),
        plot=Plot("week", "share of adopters", tuple(drawn)),
        note="The critical spread lies between .12 and .1225; thresholds stand at the quantiles of N(.25, s).",
    )

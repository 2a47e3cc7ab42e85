"""Target 2: everybody hears from outside and from everybody else: Bass, well mixed. Also what all word targets share."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from getok.simulation.state import Stage, World
from verification.birth_chain import distributions, weekly_matrix
from verification.graphs import Graph, complete, copies
from verification.result import Check, Mark, Plot, Result, distribution_check, mean_check, series
from verification.worlds import HALF, People, curve, entered, live, make_world

OUTSIDE, INSIDE = 0.02, 0.3
"""Bass's p and q, a week."""

SHARED_MAPPING = (
    "Only information moves: the online account reaches with hazard p (`online_reach_probability` = 1 - exp(-p)); everybody"
    " who knows speaks for ever (`word_aware_probability` = 1 - exp(-hazard of a tie)), trust one half on every tie, nobody"
    " goes beyond knowledge."
)


def knowing_world(
    graph: Graph, alone: float, a_tie: float, first: ArrayLike = False, tie_trust: ArrayLike = HALF, replicate: int = 0
) -> World:
    """A world in which only information moves.

    Parameters
    ----------
    alone, a_tie : float
        Weekly hazards: of the account, and of one neighbour who knows.
    first : array_like
        Who knows at the start.
    """
    stage = np.where(np.broadcast_to(first, graph.n), Stage.KNOWLEDGE, Stage.UNAWARE)
    parameters = {"online_reach_probability": -math.expm1(-alone), "word_aware_probability": -math.expm1(-a_tie)}
    return make_world(graph, People(stage=stage, tie_trust=tie_trust), parameters, replicate)


def rows_of_knowledge(world: World, n_weeks: int, n_copies: int = 1) -> NDArray[np.int64]:
    """How many know at the end of weeks 0 to n_weeks, in every copy."""
    live(world, n_weeks)
    return curve(entered(world, Stage.KNOWLEDGE), n_weeks, n_copies)


def recursion(alone: float, by_word: float, n_weeks: int) -> NDArray[np.float64]:
    """Share who know in an infinite population, on the engine's clock: F + (1 - exp(-(p + qF)))(1 - F)."""
    f = [0.0]
    for _ in range(n_weeks):
        f.append(f[-1] - math.expm1(-(alone + by_word * f[-1])) * (1.0 - f[-1]))
    return np.array(f)


def closed_form(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bass's curve in continuous time."""
    decay = np.exp(-(OUTSIDE + INSIDE) * t)
    return np.asarray((1.0 - decay) / (1.0 + INSIDE / OUTSIDE * decay))


def small_checks(n: int, times: int) -> list[Check]:
    """The whole distribution in small crowds."""
    weeks = (2, 5, 10, 20)
    seen = rows_of_knowledge(knowing_world(copies(complete(n), times), OUTSIDE, INSIDE / (n - 1)), 20, times)
    meant = distributions(weekly_matrix(n, OUTSIDE, INSIDE), 0, 20)
    return [
        distribution_check(
            f"how many of N = {n} know in week {t}, R = {times:,}; chi-square",
            [(np.bincount(seen[:, t], minlength=n + 1), meant[t] * times)],
        )
        for t in weeks
    ]


def large(n: int, replicates: int, step: float) -> tuple[list[Check], NDArray[np.float64], NDArray[np.float64]]:
    """A large crowd on a clock of this step: mean shares against the exact chain; replicates and expectation."""
    n_weeks = round(30 / step)
    graph = complete(n)
    a_tie = INSIDE * step / (n - 1)
    seen = np.concatenate(
        [
            rows_of_knowledge(knowing_world(graph, OUTSIDE * step, a_tie, replicate=r), n_weeks)
            for r in range(replicates)
        ]
    )
    chain = distributions(weekly_matrix(n, OUTSIDE * step, INSIDE * step), 0, n_weeks)
    meant = chain @ np.arange(n + 1) / n
    checks = [
        mean_check(
            f"share who know at t = {t}, step {step:g}, N = {n:,}, R = {replicates}", seen[:, round(t / step)] / n,
            meant[round(t / step)],
        )
        for t in (5, 10, 20)
    ]  # fmt: skip
    return checks, seen / n, meant


def run(*, full: bool = True) -> Result:
    """Reach the target; the quick run has fewer replicates."""
    checks = small_checks(20, 20_000 if full else 5_000)
    n = 1000
    weekly, seen, meant = large(n, 400 if full else 50, 1.0)
    fine, finer, _ = large(n, 300 if full else 30, 0.1)
    limit = recursion(OUTSIDE, INSIDE, 30)
    t = np.arange(31)
    error = 2.0 * seen.std(axis=0, ddof=1) / math.sqrt(len(seen))
    far = (seen[:, 10].mean() - closed_form(np.array(10.0))) / (error[10] / 2.0)
    return Result(
        number=2,
        slug="bass",
        name="Bass, well mixed",
        source="Bass 1969; exact birth chain",
        mapping=SHARED_MAPPING + " Complete graph, q / (N - 1) a tie.",
        checks=(*checks, *weekly, *fine),
        plot=Plot(
            "t (p = .02, q = .3)",
            "share who know",
            (
                series("weekly clock, N = 1 000", Mark.SIMULATED, t, seen.mean(axis=0), error),
                series("weekly clock, recursion", Mark.FORMULA, t, limit),
                series("clock of a tenth, N = 1 000", Mark.SIMULATED, t[::3], finer.mean(axis=0)[::30], style=1),
                series("continuous time, closed form", Mark.FORMULA, t, closed_form(t.astype(np.float64)), style=1),
            ),
        ),
        note=(
            f"The engine's clock is F(t+1) = F + (1 - exp(-(p + qF)))(1 - F), in an infinite population; it stays within"
            f" {np.abs(limit - meant).max():.4f} of the exact chain of N = 1 000. The continuous closed form is another clock:"
            f" at t = 10 the weekly run is z = {far:+.0f} away from it, as it should be."
        ),
    )

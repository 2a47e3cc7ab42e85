"""Target 4: one tells another on a complete graph: the logistic curve, and how long until all know."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from getok.simulation.state import Stage
from verification.birth_chain import distributions, mean_completion, weekly_matrix
from verification.graphs import complete, copies
from verification.result import Check, Mark, Plot, Result, Rule, mean_check, series
from verification.targets.bass import SHARED_MAPPING, knowing_world, rows_of_knowledge
from verification.worlds import entered, live, stages

RATE = 0.5
"""Hazard of hearing, a week, if all others know."""

STEP = 0.1


def logistic(t: NDArray[np.float64], first: float) -> NDArray[np.float64]:
    """Share who know in continuous time, from this share."""
    return np.asarray(1.0 / (1.0 + (1.0 / first - 1.0) * np.exp(-RATE * t)))


def completion_times(n: int, times: int, step: float) -> NDArray[np.float64]:
    """Time until all of a small crowd know, from one, in each copy."""
    graph, first = copies(complete(n), times), np.tile(np.arange(n) == 0, times)
    world = knowing_world(graph, 0.0, RATE * step / (n - 1), first=first, replicate=round(100 * step))
    while (stages(world) == Stage.UNAWARE).any():
        live(world, round(5 / step))
    return np.asarray(entered(world, Stage.KNOWLEDGE).reshape(times, n).max(axis=1) * step)


def completion_checks(n: int, times: int) -> list[Check]:
    """Mean completion time on three clocks against the exact chain, and without steps against the formula."""
    checks, seen = [], {}
    for step in (1.0, STEP, STEP / 2):
        seen[step] = completion_times(n, times, step)
        meant = mean_completion(weekly_matrix(n, 0.0, RATE * step), 1) * step
        checks.append(mean_check(f"mean completion time, step {step:g}, N = {n}, R = {times:,}", seen[step], meant))
    coarse, fine = seen[STEP], seen[STEP / 2]
    harmonic = (1.0 / np.arange(1, n)).sum()
    formula = 2.0 * (n - 1) * harmonic / (RATE * n)
    error = math.sqrt((4.0 * fine.var(ddof=1) + coarse.var(ddof=1)) / times)
    found = 2.0 * fine.mean() - coarse.mean()
    statistic = f"mean completion time, steps extrapolated, N = {n}, R = {times:,}, against 2(N-1)H/(bN)"
    return [*checks, Check(statistic, Rule.MEAN, found, formula, error, times)]


def run(*, full: bool = True) -> Result:
    """Reach the target; the quick run has fewer replicates."""
    n, first, replicates = 1000, 50, 200 if full else 30
    graph, n_weeks = complete(n), round(20 / STEP)
    start = np.arange(n) < first
    seen = np.concatenate(
        [
            rows_of_knowledge(knowing_world(graph, 0.0, RATE * STEP / (n - 1), start, replicate=r), n_weeks)
            for r in range(replicates)
        ]
    )
    meant = distributions(weekly_matrix(n, 0.0, RATE * STEP), first, n_weeks) @ np.arange(n + 1) / n
    checks = [
        mean_check(
            f"share who know at t = {t}, step {STEP}, N = {n:,}, R = {replicates}", seen[:, round(t / STEP)] / n,
            meant[round(t / STEP)],
        )
        for t in (4, 8, 12)
    ]  # fmt: skip
    t = np.arange(21)
    smooth, jump = np.linspace(0.0, 20.0, 201), round(1 / STEP)
    error = 2.0 * seen.std(axis=0, ddof=1)[::jump] / n / math.sqrt(replicates)
    return Result(
        number=4,
        slug="logistic",
        name="One tells another, complete graph",
        source="Logistic (SI); completion time 2(N-1)H(N-1)/(bN); exact birth chain",
        mapping=SHARED_MAPPING + " The account does not reach; b / (N - 1) a tie.",
        checks=(*checks, *completion_checks(20, 20_000 if full else 2_000)),
        plot=Plot(
            f"t (b = {RATE}, {first} of {n:,} know at first)",
            "share who know",
            (
                series(f"step {STEP}", Mark.SIMULATED, t, seen.mean(axis=0)[::jump] / n, error),
                series(f"step {STEP}", Mark.FORMULA, np.arange(n_weeks + 1) * STEP, meant),
                series("logistic, continuous time", Mark.FORMULA, smooth, logistic(smooth, first / n), style=1),
            ),
        ),
        note="Shares are compared with the exact chain of the same clock; the logistic is its limit for small steps and many people.",
    )

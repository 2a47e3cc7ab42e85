"""Target 3: Bass on a circle, where only two others speak to each: finds a wrong neighbour normalisation at once."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from getok.simulation.state import TRUST_ONE
from verification.graphs import copies, ring
from verification.result import Check, Mark, Plot, Result, Rule, mean_check, series
from verification.targets.bass import INSIDE, OUTSIDE, SHARED_MAPPING, knowing_world, rows_of_knowledge

TIMES = (5, 10, 20)


def formula(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share who know on an infinite circle in continuous time, one-sided and two-sided alike."""
    return np.asarray(1.0 - np.exp(-(OUTSIDE + INSIDE) * t + INSIDE * -np.expm1(-OUTSIDE * t) / OUTSIDE))


def recursion(step: float, n_weeks: int, sides: int) -> NDArray[np.float64]:
    """Share who know on an infinite circle, exactly, on a clock of this step.

    Let S(k) be the chance that k buyers in a row do not know. Each stays so against the account with exp(-p); the ends
    also against their outer neighbours. With c = exp(-q / sides) for one who knows, and the neighbours outside counted
    by S(k), S(k + 1), S(k + 2):

    one side:  S'(k) = exp(-pk) (c S(k) + (1 - c) S(k + 1))
    two sides: S'(k) = exp(-pk) (c^2 S(k) + 2c(1 - c) S(k + 1) + (1 - c)^2 S(k + 2))
    """
    k = np.arange(1, sides * n_weeks + 2)
    row, c = np.ones(len(k)), math.exp(-INSIDE * step / sides)
    shares = [0.0]
    for _ in range(n_weeks):
        for _ in range(sides):
            row = c * row[: len(row)] + (1.0 - c) * np.append(row[1:], 0.0)  # the last one is never needed again
        row = row * np.exp(-OUTSIDE * step * k)
        shares.append(1.0 - row[0])
    return np.array(shares)


def lived(step: float, sides: int, n: int, rings: int) -> NDArray[np.float64]:
    """Share who know in every ring, weeks 0 to t = 20."""
    graph = ring(n)
    trust = np.full(len(graph.to), TRUST_ONE // 2)
    if sides == 1:
        trust[graph.to != (graph.owner + 1) % n] = 0
    many = copies(graph, rings)
    world = knowing_world(
        many,
        OUTSIDE * step,
        INSIDE * step / sides,
        tie_trust=np.tile(trust, rings),
        replicate=round(1000 * step) + sides,
    )
    return rows_of_knowledge(world, round(TIMES[-1] / step), rings) / n


def limit_checks(coarse: NDArray[np.float64], fine: NDArray[np.float64], step: float) -> list[Check]:
    """Two clocks, of ``step`` and half of it, extrapolated to steps of zero, against the formula."""
    checks = []
    rings = len(coarse)
    for t in TIMES:
        a, b = coarse[:, round(t / step)], fine[:, round(2 * t / step)]
        error = math.sqrt((4.0 * b.var(ddof=1) + a.var(ddof=1)) / rings)
        statistic = f"share at t = {t}, steps {step:g} and {step / 2:g} extrapolated, two sides, {rings} rings"
        expected = float(formula(np.array(float(t))))
        checks.append(Check(statistic, Rule.MEAN, 2.0 * b.mean() - a.mean(), expected, error, rings))
    return checks


def run(*, full: bool = True) -> Result:
    """Reach the target; the quick run has fewer rings."""
    n, rings = 1000, 600 if full else 60
    checks, runs = [], {}
    for step, sides in ((1.0, 2), (1.0, 1), (0.1, 2), (0.05, 2), (0.1, 1)):
        seen = runs[step, sides] = lived(step, sides, n, rings)
        meant = recursion(step, seen.shape[1] - 1, sides)
        side = "one side" if sides == 1 else "two sides"
        for t in TIMES:
            at = round(t / step)
            statistic = f"share at t = {t}, step {step:g}, {side}, {rings} rings of N = {n:,}"
            checks.append(mean_check(statistic, seen[:, at], meant[at]))
    checks += limit_checks(runs[0.1, 2], runs[0.05, 2], 0.1)
    whole = np.arange(21)
    drawn = [series("continuous time", Mark.FORMULA, whole, formula(whole.astype(np.float64)), style=1)]
    for style, step in enumerate((1.0, 0.05)):
        seen = runs[step, 2]
        jump = round(1 / step)
        error = 2.0 * seen.std(axis=0, ddof=1)[::jump] / math.sqrt(rings)
        drawn.append(
            series(f"step {step:g}, two sides", Mark.SIMULATED, whole, seen.mean(axis=0)[::jump], error, style)
        )
    drawn.append(series("step 1, recursion", Mark.FORMULA, whole, recursion(1.0, 20, 2), style=0))
    off = recursion(0.05, 400, 2)[[100, 200, 400]] - formula(np.array(TIMES, dtype=np.float64))
    return Result(
        number=3,
        slug="circle",
        name="Bass on a circle",
        source="Fibich & Gibori 2010; recursion of our own for a clock of steps",
        mapping=SHARED_MAPPING + " Two neighbours with q / 2 each; or one, the other being trusted with 0.",
        checks=tuple(checks),
        plot=Plot("t (p = .02, q = .3)", "share who know", tuple(drawn)),
        note=(
            "A clock of steps differs from the formula by terms of the order of the step: at step .05 by"
            f" {', '.join(f'{x:+.4f}' for x in off)} at t = 5, 10, 20 (exactly, by the recursion)."
            " Extrapolation leaves terms of the order of the step squared, far inside the standard error."
        ),
    )

"""Target 1: without influence the stages are a Markov chain, whose matrix follows from the order of the week."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.state import N_STAGES, Stage
from verification.graphs import nobody_tied
from verification.result import Check, Mark, Plot, Result, distribution_check, mean_check, series
from verification.worlds import People, entered, live, live_until_still, make_world, stages

U, K, P, D, I, C, R, X = range(N_STAGES)  # noqa: E741 - the letters of the stages
LOW, HIGH = 0.0, 0.9
"""A threshold that the trust of one half reaches, and one that it does not."""

CHAIN = {
    "online_reach_probability": 0.08,
    "persuasion_probability": 0.35,
    "reject_probability": 0.12,
    "reconsider_probability": 0.05,
    "reconsider_convinced_probability": 0.3,
    "react_probability": 0.1,
    "trial_probability": 0.3,
    "buy_online_probability": 0.6,
    "implementing_share": 0.5,
    "good_base_probability": 0.7,
    "confirm_probability": 0.45,
    "discontinue_probability": 0.6,
    "discontinue_confirmed_share": 0.4,
    "lapse_probability": 0.04,
}

Matrix = NDArray[np.float64]


def weekly_matrix(p: dict[str, float], convinced: bool) -> Matrix:
    """Weekly transition matrix; a trial, its experience and the decision before it fall into one week."""
    g, d = p["good_base_probability"], p["discontinue_probability"]
    buys, asks = p["buy_online_probability"], p["buy_online_probability"] * p["implementing_share"]
    lapse, tries = p["lapse_probability"], p["trial_probability"]
    m = np.zeros((N_STAGES, N_STAGES))
    m[U, K] = p["online_reach_probability"]
    m[K, P] = p["persuasion_probability"]
    m[R, P] = p["reconsider_convinced_probability" if convinced else "reconsider_probability"]
    if convinced:
        m[P, D], m[P, I], m[P, X] = 1.0 - tries, tries * (1.0 - (1.0 - g) * d), tries * (1.0 - g) * d
        m[X, P] = p["react_probability"]
    else:
        m[P, R] = p["reject_probability"]
    m[D, I], m[D, X] = tries * (1.0 - (1.0 - g) * d), tries * (1.0 - g) * d
    m[I, C], m[I, X] = asks * g * p["confirm_probability"], asks * (1.0 - g) * d
    m[C, X] = lapse + (1.0 - lapse) * buys * (1.0 - g) * d * p["discontinue_confirmed_share"]
    return m + np.diag(1.0 - m.sum(axis=1))


def counts_checks(n: int, convinced: bool, weeks: tuple[int, ...]) -> tuple[list[Check], Matrix, Matrix]:
    """Chi-square of the stages at several weeks, and of all moves; also shares by week, seen and meant.

    Everybody starts in one of the stages, an equal number in each. Moves are pooled over weeks by the stage they leave:
    given how many were there, their counts are those of a Markov chain, and each row has its own chi-square.
    """
    start = np.repeat(np.arange(N_STAGES), n // N_STAGES)
    people = People(stage=start, threshold=LOW if convinced else HIGH, trust=0.5)
    world = make_world(nobody_tied(len(start)), people, CHAIN, replicate=int(convinced))
    matrix = weekly_matrix(CHAIN, convinced)
    who = f"{'convinced' if convinced else 'not convinced'}, N = {len(start):,}; chi-square"
    checks, seen, meant = [], [], []
    power, moves = np.eye(N_STAGES), np.zeros((N_STAGES, N_STAGES), dtype=np.int64)
    before = stages(world).copy()
    for week in range(1, weeks[-1] + 1):
        seen.append(live(world, 1)[0] / len(start))
        power = power @ matrix
        meant.append(power.mean(axis=0))
        now = stages(world).copy()
        np.add.at(moves, (before, now), 1)
        before = now
        if week in weeks:
            rows = now.reshape(N_STAGES, -1)
            samples = [(np.bincount(rows[s], minlength=N_STAGES), power[s] * rows.shape[1]) for s in range(N_STAGES)]
            checks.append(distribution_check(f"stages in week {week} by first stage, {who}", samples))
    left = moves.sum(axis=1)
    samples = [(moves[s], matrix[s] * left[s]) for s in range(N_STAGES)]
    checks.append(distribution_check(f"all moves of {weeks[-1]} weeks, {who}", samples))
    return checks, np.array(seen), np.array(meant)


def absorption_checks(n: int) -> list[Check]:
    """Mean weeks to the end, and where it is, if nobody comes back."""
    p = CHAIN | {"react_probability": 0.0, "lapse_probability": 0.0, "discontinue_confirmed_share": 0.0}
    world = make_world(nobody_tied(n), People(stage=Stage.UNAWARE, threshold=LOW, trust=0.5), p, replicate=2)
    live_until_still(world, span=100)
    matrix = weekly_matrix(p, convinced=True)
    inside, ends = [U, K, P, D, I], [C, X]
    fundamental = np.linalg.inv(np.eye(len(inside)) - matrix[np.ix_(inside, inside)])
    weeks = np.minimum(entered(world, Stage.CONFIRMATION), entered(world, Stage.DISCONTINUED))
    reached = stages(world) == Stage.CONFIRMATION
    share = (fundamental @ matrix[np.ix_(inside, ends)])[0, 0]
    return [
        mean_check(
            f"mean weeks from unaware to confirmed or discontinued, N = {n:,}", weeks, fundamental.sum(axis=1)[0]
        ),
        mean_check(f"share that ends confirmed, N = {n:,}", reached, share),
    ]


def run(*, full: bool = True) -> Result:
    """Reach the target; all sizes are the same in the quick run."""
    n = 100_000
    convinced, seen, meant = counts_checks(n, True, (1, 2, 3, 5, 10, 20, 40))
    others, *_ = counts_checks(n, False, (1, 2, 3, 5, 10, 20, 40))
    weeks = np.arange(1, len(seen) + 1)
    shown = ((K, "knowledge"), (D, "decision"), (I, "implementation"), (C, "confirmation"), (X, "discontinued"))
    drawn = []
    for style, (stage, name) in enumerate(shown):
        drawn.append(series(name, Mark.SIMULATED, weeks, seen[:, stage], style=style))
        drawn.append(series(name, Mark.FORMULA, weeks, meant[:, stage], style=style))
    return Result(
        number=1,
        slug="stages",
        name="Chain of stages, no influence",
        source="Markov chains: p0 P^t; (I - Q)^-1 1; (I - Q)^-1 R",
        mapping=(
            "No ties; trust one half and thresholds 0 or 0.9, so that attitudes never change; trust does not move; packs for"
            " everybody. P is written down from the order of the week: a decision, its trial and the experience fall into one week."
        ),
        checks=(*convinced, *others, *absorption_checks(n)),
        plot=Plot("week", "share of buyers", tuple(drawn)),
    )

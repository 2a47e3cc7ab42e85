"""Target 8: on a ring a complex contagion moves with a known speed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verification.graphs import ring
from verification.result import Mark, Plot, Result, equal_check, series
from verification.targets.thresholds import SHARED_MAPPING, adopters, threshold_world

REACH = 4
"""Neighbours on each side."""


def front(needed: int, n: int, n_weeks: int) -> NDArray[np.int64]:
    """Adopters on a ring if everybody needs this many neighbours, from 2r + 1 seeds in a row."""
    seeds = np.arange(n) < 2 * REACH + 1
    return adopters(threshold_world(ring(n, REACH), needed / (2 * REACH), seeds), n_weeks)


def run(*, full: bool = True) -> Result:
    """Reach the target; all is deterministic, and the quick run is the whole run."""
    n, n_weeks, checks, drawn = 2000, 100, [], []
    weeks = np.arange(n_weeks + 1)
    for style, needed in enumerate((1, 2, 4, 5)):
        seen = front(needed, n, n_weeks)
        gained = max(0, 2 * (REACH - needed + 1))
        checks.append(
            equal_check(f"weeks that gained exactly {gained}, a = {needed}", (np.diff(seen) == gained).sum(), n_weeks)
        )
        name = f"a = {needed}"
        drawn.append(series(name, Mark.SIMULATED, weeks[::10], seen[::10], style=style))
        drawn.append(series(name, Mark.FORMULA, weeks, 2 * REACH + 1 + gained * weeks, style=style))
    return Result(
        number=8,
        slug="complex_ring",
        name="Complex contagion on a ring",
        source="Centola & Macy 2007",
        mapping=SHARED_MAPPING + f" Ring of {n:,}, r = {REACH} neighbours a side, 2r + 1 seeds in a row.",
        checks=tuple(checks),
        plot=Plot("week", "adopters", tuple(drawn)),
        note="The front gains 2(r - a + 1) a week, and nothing for a > r.",
    )

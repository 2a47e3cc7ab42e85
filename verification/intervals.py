"""``python -m verification.intervals``: how often intervals of a number of pairs that is not chosen hold the mean.

The functions are those that ``compare`` calls; 95 % are asked for. The first table says also how often pairs are told
to be very skewed, and how often intervals hold the mean where that is told and where not. The second is of several
scenarios together.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from getok.analysis.compare.sentences import HEAVY
from getok.analysis.compare.simultaneous import simultaneous
from getok.analysis.compare.statistics import mean_interval, skewness_of
from verification.page import table
from verification.stopping import CHOSEN_BY, FRESH, MEAN, Draw

TRIALS = 2000
PAIRS = (30, 100)
TOGETHER = ((4, 30), (4, 100), (12, 30), (12, 100))
"""Scenarios, and pairs."""


def alone(draw: Draw, n: int, trials: int) -> NDArray[np.bool_]:
    """Of each trial, shape (trials, 2): whether the interval holds the mean, and whether it is said to be skewed."""
    found = np.zeros((trials, 2), dtype=np.bool_)
    for trial in range(trials):
        d = draw(np.random.default_rng((trial, n, 3)), (n,))
        low, high = mean_interval(d)
        found[trial] = low <= MEAN <= high, abs(skewness_of(d)) * math.sqrt(n) > HEAVY
    return found


def together(draw: Draw, k: int, n: int, trials: int) -> float:
    """Share of trials in which all intervals hold their mean; scenarios share half of the luck of a pair."""
    held = 0
    for trial in range(trials):
        rng = np.random.default_rng((trial, k, n, 4))
        d = (draw(rng, (k, n)) + draw(rng, (1, n))) / 2
        low, high = simultaneous(d).T
        held += bool(((low <= MEAN) & (high >= MEAN)).all())
    return held / trials


def share(flags: NDArray[np.bool_]) -> str:
    """Share of what is so, if there is enough to say."""
    return f"{flags.mean():.3f}" if len(flags) >= 100 else "-"


def of_one(trials: int) -> Iterator[tuple[str, ...]]:
    """Rows of the table of one scenario."""
    for name, draw in (CHOSEN_BY | FRESH).items():
        for n in PAIRS:
            held, said = alone(draw, n, trials).T
            yield name, str(n), share(held), f"{100 * said.mean():.0f} %", share(held[~said]), share(held[said])


def of_several(trials: int) -> Iterator[tuple[str, ...]]:
    """Rows of the table of several scenarios."""
    for name, draw in CHOSEN_BY.items():
        yield name, *(f"{together(draw, k, n, trials):.3f}" for k, n in TOGETHER)


def main(arguments: Sequence[str]) -> int:
    """Print both tables."""
    trials = int(arguments[0]) if arguments else TRIALS
    head = ("differences of pairs", "pairs", "held", "told skewed", "held where not", "held where told")
    print(table(head, of_one(trials)), flush=True)
    several = (f"{k} scenarios, {n} pairs" for k, n in TOGETHER)
    print(table(("differences of pairs", *several), of_several(trials // 2)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""``python -m verification.stopping``: how often the interval at the stop of ``--precision`` holds the mean.

The functions are those that the command calls, at the sizes that it calls them with; 95 % are asked for. A trial that
is not precise at the largest size counts with the interval that it has there. The rule was chosen by trials with
:data:`CHOSEN_BY`; :data:`FRESH` was not looked at before. All means are 5.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

from getok.analysis.compare.statistics import mean_interval
from getok.analysis.decide.precision import FEWEST, Precision, next_number
from getok.analysis.decide.two_levels import Size, enough_over, known
from getok.precision import FIRST_SEEDS, FIRST_SETS, MOST, MOST_SEEDS, next_size
from verification.page import table

Values = NDArray[np.float64]
Draw = Callable[[np.random.Generator, tuple[int, ...]], Values]
"""Values of mean 5, of a shape."""

MEAN = 5.0
TRIALS = 1000
MOST_SETS = 500
"""Parameter sets that there are; somewhat fewer than the shipped set has."""

ASKED = (0.1, 0.2, 0.3)
"""Precisions that are asked for."""

CHOSEN_BY: dict[str, Draw] = {
    "normal": lambda rng, shape: rng.normal(5.0, 4.0, shape),
    "exponential (skewness 2)": lambda rng, shape: rng.exponential(5.0, shape),
    "lognormal (skewness 2.9)": lambda rng, shape: 5.0 * rng.lognormal(-0.245, 0.7, shape),
    "lognormal (skewness 6.2)": lambda rng, shape: 5.0 * rng.lognormal(-0.5, 1.0, shape),
}

FRESH: dict[str, Draw] = {
    "uniform": lambda rng, shape: rng.uniform(-3.0, 13.0, shape),
    "Student's t, 5 degrees": lambda rng, shape: 5.0 + 3.0 * rng.standard_t(5, shape),
    "gamma, shape 1/2 (skewness 2.8)": lambda rng, shape: rng.gamma(0.5, 10.0, shape),
    "Weibull, shape .7 (skewness 3.5)": lambda rng, shape: rng.weibull(0.7, shape) * 5.0 / special.gamma(1 + 1 / 0.7),
    "counts, negative binomial (skewness 2.6)": lambda rng, shape: 1.0 * rng.negative_binomial(0.6, 0.6 / 5.6, shape),
    "one in ten far above (skewness 2.4)": lambda rng, shape: np.where(
        rng.random(shape) < 0.9, rng.normal(3.0, 2.0, shape), rng.normal(23.0, 5.0, shape)
    ),
    "lognormal turned round (skewness -3.7)": lambda rng, shape: 10.0 - 5.0 * rng.lognormal(-0.32, 0.8, shape),
    "Pareto, index 3.5 (skewness without bound)": lambda rng, shape: (rng.pareto(3.5, shape) + 1) * 25 / 7,
}

LEVELS = {"little common luck": 1.0, "much common luck": 2.0}
"""Deviation between seeds, in common to all sets; that of the rest is 3."""

OF_SETS = {
    "normal": CHOSEN_BY["normal"],
    "exponential (skewness 2)": CHOSEN_BY["exponential (skewness 2)"],
    "gamma, shape 1/2 (skewness 2.8)": FRESH["gamma, shape 1/2 (skewness 2.8)"],
    "one in ten far above (skewness 2.4)": FRESH["one in ten far above (skewness 2.4)"],
}
ASKED_OVER = (0.2, 0.3)
"""Precisions that are asked for over sets; what is finer takes more sets than there are."""


def pairs_hold(draw: Draw, precision: Precision, rng: np.random.Generator) -> bool:
    """Whether the interval at the stop of ``compare --precision`` holds the mean."""
    values, n = draw(rng, (MOST,)), FEWEST
    while n < MOST:
        wanted = next_number([values[:n]], precision)
        if wanted is not None and wanted <= n:
            break
        n = MOST if wanted is None else min(wanted, MOST)
    low, high = mean_interval(values[:n])
    return low <= MEAN <= high


def sets_hold(of_sets: Draw, common: float, precision: Precision, rng: np.random.Generator) -> bool:
    """Whether the interval at the stop of ``compare --over --precision`` holds the mean."""
    size, most = Size(FIRST_SETS, FIRST_SEEDS), Size(MOST_SETS, MOST_SEEDS)
    luck = common * rng.standard_normal((1, MOST_SEEDS)) + 3.0 * rng.standard_normal((MOST_SETS, MOST_SEEDS))
    values = of_sets(rng, (MOST_SETS, 1)) + luck
    while not enough_over(seen := values[: size.sets, : size.seeds], precision):
        then = next_size(seen, precision, size, most)
        if then == size:
            break
        size = then
    found = known(seen, precision)
    return abs(found.mean - MEAN) <= found.half_width


def over_pairs(draw: Draw, share: float, trials: int = TRIALS) -> float:
    """Share of trials over pairs in which the interval at the stop holds the mean."""
    precision = Precision(relative=share)
    return sum(pairs_hold(draw, precision, np.random.default_rng((trial, 1))) for trial in range(trials)) / trials


def over_sets(of_sets: Draw, common: float, share: float, trials: int = TRIALS) -> float:
    """Share of trials over sets and seeds in which the interval at the stop holds the mean."""
    precision = Precision(relative=share)
    held = (sets_hold(of_sets, common, precision, np.random.default_rng((trial, 2))) for trial in range(trials))
    return sum(held) / trials


def of_pairs(trials: int) -> Iterator[tuple[str, ...]]:
    """Rows of the table over pairs."""
    for name, draw in (CHOSEN_BY | FRESH).items():
        yield (name, "no" if name in CHOSEN_BY else "yes", *(f"{over_pairs(draw, a, trials):.3f}" for a in ASKED))


def of_sets_and_seeds(trials: int) -> Iterator[tuple[str, ...]]:
    """Rows of the table over sets and seeds."""
    for name, draw in OF_SETS.items():
        for level, common in LEVELS.items():
            found = (f"{over_sets(draw, common, share, trials):.3f}" for share in ASKED_OVER)
            yield (name, level, "no" if name in CHOSEN_BY else "yes", *found)


def main(arguments: Sequence[str]) -> int:
    """Print both tables."""
    trials = int(arguments[0]) if arguments else TRIALS
    shares, over = ([f"{100 * share:.0f} %" for share in asked] for asked in (ASKED, ASKED_OVER))
    print(table(("differences of pairs", "fresh", *shares), of_pairs(trials)), flush=True)
    print(table(("sets", "luck of seeds", "fresh", *over), of_sets_and_seeds(trials)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

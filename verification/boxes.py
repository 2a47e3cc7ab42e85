"""``python -m verification.boxes``: how often a box that is there is found, and how often one that is not.

A planted box holds a fifth of the sets, by two parameters of several; in it the order turns more often than elsewhere.
Found is a box by one planted parameter or both and by no other. The functions are those of ``compare --over``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import numpy as np

from getok.analysis.decide.boxes import find_box
from verification.page import table

TRIALS = 40
SETS = (200, 500, 1000)
PARAMETERS = (5, 40)
DENSITIES = ((0.85, 0.15), (0.70, 0.30), (0.5, 0.5))
"""Share of turned orders in the box, and elsewhere; the last is noise."""

EDGE = float(np.sqrt(0.2))
"""Upper limit of both parameters, each even in [0, 1): a fifth of the sets lie below both."""


def looked(n: int, n_parameters: int, inside: float, outside: float, trial: int) -> tuple[bool, bool]:
    """Whether a box is told in one trial, and whether it is the planted one."""
    rng = np.random.default_rng((trial, n, n_parameters, round(100 * inside)))
    names = tuple(f"p{k}" for k in range(n_parameters))
    points = rng.random((n, n_parameters))
    planted = (points[:, :2] < EDGE).all(axis=1)
    box = find_box(names, points, rng.random(n) < np.where(planted, inside, outside))
    by = {one.parameter for one in box.restrictions} if box else set()
    return box is not None, bool(by) and by <= {"p0", "p1"}


def rows(trials: int) -> Iterator[tuple[str, ...]]:
    """Rows of the table."""
    for inside, outside in DENSITIES:
        for n_parameters in PARAMETERS:
            told, planted = (
                np.array([[looked(n, n_parameters, inside, outside, trial) for trial in range(trials)] for n in SETS])
                .sum(axis=1)
                .T
            )
            found = told if inside == outside else planted
            yield f"{inside:.0%} in it, {outside:.0%} elsewhere", str(n_parameters), *(str(k) for k in found)


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    trials = int(arguments[0]) if arguments else TRIALS
    head = ("turned", "parameters", *(f"{n} sets" for n in SETS))
    print(f"Boxes found, of {trials} trials\n\n{table(head, rows(trials))}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

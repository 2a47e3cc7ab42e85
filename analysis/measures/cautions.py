"""What may mislead in the measures of a diffusion, found before they are read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from getok.analysis.measures.diffusion import Diffusion
from getok.analysis.measures.reading import Counts
from getok.analysis.measures.remarks import Remark

FEW_ADOPTERS = 10
MANY_UNKNOWN = 0.2
"""Share of lines of ties that name somebody unknown from which on it is a caution."""

HEAP = 2
"""So many times more adopters in the last period than in the one before look like a code taken for a time."""


def cautions_of(d: Diffusion, *, lag: int, first: int = 1, counts: Counts | None = None) -> Iterator[Remark]:
    """Find what may mislead; ``first`` is the time that is period 1, in the words of the files."""
    if lag == 0:
        yield Remark("caution.lag_zero")
    adopters = d.adopters
    n_adopted = int(adopters.sum())
    if np.count_nonzero(adopters) == 1 and n_adopted > 1:
        yield Remark("caution.one_period")
    elif _all_at_last(d):
        yield Remark("caution.last_all", {"n": int(adopters[-1]), "last": str(first + d.n_periods - 1)})
    if counts is not None and counts.unknown > MANY_UNKNOWN * counts.lines:
        yield Remark("caution.unknown", {"unknown": counts.unknown, "lines": counts.lines})
    if n_adopted < FEW_ADOPTERS:
        yield Remark("caution.few", {"n": n_adopted})


def _all_at_last(d: Diffusion) -> bool:
    """Whether all who were left adopt in the last period, after a gap or far more than in any other period."""
    adopters = d.adopters
    last = int(adopters[-1])
    if last < 2 or last < int(np.count_nonzero(d.at_risk(d.n_periods))):
        return False
    before = adopters[:-1]
    return bool(before[-1] == 0 or last > HEAP * before[-1])

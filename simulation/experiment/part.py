"""Which part of a run one start of the command takes on: all of it, or one of several that meet in the same folder."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.simulation.errors import UsageError
from getok.simulation.experiment.agenda import DONE
from getok.simulation.experiment.design import Plan

WRITTEN = re.compile(r"(\d+)/(\d+)")
MOST_PARTS = 100_000


@dataclass(frozen=True, slots=True)
class Part:
    """Part ``number`` of ``of``, counted from 0; 0 of 1 is the whole.

    Every run belongs to exactly one part, whichever parts are at work, and however many replicates are asked for.
    """

    number: int = 0
    of: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether there is no other part."""
        return self.of == 1

    @property
    def prefix(self) -> str:
        """Beginning of the names of all shards of this part; the whole has none."""
        return "" if self.is_whole else f"{self.number}of{self.of}-"

    def mask(self, plan: Plan) -> NDArray[np.bool_]:
        """True for the runs of this part (replicate-major).

        Runs that share a burn-in and a replicate are never parted: neither the burn-in nor the pairs that a comparison
        reads are split. The groups are dealt out in turn, so that parts differ by one at most; where this would give a
        part the same groups in every replicate, each round begins with another part. Where points are spread over the
        replicates, points are dealt out.
        """
        if plan.spread:
            return self._spread_mask(plan)
        groups, of_scenario = np.unique(np.asarray(plan.burn_ins), return_inverse=True)
        numbers = np.arange(plan.replicates)[:, np.newaxis] * len(groups) + of_scenario[np.newaxis, :]
        rounds = numbers // math.lcm(len(groups), self.of) if math.gcd(len(groups), self.of) > 1 else 0
        mine: NDArray[np.bool_] = ((numbers + rounds) % self.of == self.number).ravel()
        return mine

    def _spread_mask(self, plan: Plan) -> NDArray[np.bool_]:
        point = np.arange(len(plan.scenarios)) // len(plan.bases)
        mine = point % self.of == self.number
        lucks = np.arange(plan.replicates)[:, np.newaxis]
        chosen: NDArray[np.bool_] = (mine & (point % plan.replicates == lucks)).ravel()
        return chosen


WHOLE = Part()


def read_part_of(text: str) -> Part:
    """Read ``i/n``: count from 0 or from 1, as the scheduler does; n/n is the same part as 0/n.

    Raises
    ------
    UsageError
        If it is written otherwise, or there is no such part.
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"shard {text!r}: write part/parts, such as 0/8 for the first of eight")
    number, of = map(int, found.groups())
    if not 1 <= of <= MOST_PARTS:
        raise UsageError(f"shard {text}: a run has 1 to {MOST_PARTS} parts")
    if number > of:
        raise UsageError(f"shard {text}: there are {of} parts, 0/{of} to {of - 1}/{of} (or 1/{of} to {of}/{of})")
    return Part(number % of, of)


def to_do(states: bytearray, mine: NDArray[np.bool_], *, retry_failed: bool) -> NDArray[np.bool_]:
    """Choose the runs to compute now: those never tried, or instead those that have failed.

    Parameters
    ----------
    states : bytearray
        One byte a run, as :class:`getok.simulation.experiment.agenda.Agenda` keeps them.
    mine : array of bool
        Runs of this part.
    retry_failed : bool
        Whether to try failed runs again, and nothing else. Otherwise a failed run stays failed: most fail for a reason
        that a second attempt meets again.
    """
    tried = np.frombuffer(bytes(states), dtype=np.uint8)
    chosen: NDArray[np.bool_] = mine & (((tried != 0) & (tried != DONE)) if retry_failed else tried == 0)
    return chosen

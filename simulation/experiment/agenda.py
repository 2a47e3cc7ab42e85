"""What is left to do, cut into chunks of work by the time they take."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from getok.simulation.experiment.design import Plan

TARGET_SECONDS = 1.0
LARGEST_CHUNK = 500
SMOOTHING = 0.5
DONE = 255
MOST_ATTEMPTS = 254


@dataclass(frozen=True, slots=True)
class Run:
    """One replicate of one scenario (by its place in the plan), tried for the ``attempt``-th time."""

    scenario: int
    replicate: int
    attempt: int


Bundle = tuple[Run, ...]
"""Runs of one replicate that share a burn-in: it is computed once and forked for each."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a worker is given at once and commits as one shard.

    ``deaths`` counts the workers that died over exactly these runs.
    """

    number: int
    bundles: tuple[Bundle, ...]
    deaths: int = 0

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs of the chunk."""
        return tuple(run for bundle in self.bundles for run in bundle)


class Agenda:
    """Runs not yet finished, in replicate-major order, so that every part of a run is already a fair comparison.

    Parameters
    ----------
    plan : Plan
        What is asked for.
    states : bytearray
        One byte a run (replicate-major): :data:`DONE`, or the number of failed attempts. Kept up to date by
        :meth:`settle`.
    wanted : array of bool, optional
        The runs to compute, from :func:`getok.simulation.experiment.part.to_do`; by default all that are not finished.
    """

    def __init__(self, plan: Plan, states: bytearray, wanted: NDArray[np.bool_] | None = None) -> None:
        self.plan = plan
        self.states = states
        unfinished = np.frombuffer(bytes(states), dtype=np.uint8) != DONE
        self._wanted = unfinished if wanted is None else wanted
        self.left = int(np.count_nonzero(self._wanted))
        self.seconds_per_run: float | None = None
        self._bundles = self._missing()
        self._again: deque[Chunk] = deque()
        self._number = 0

    @property
    def waiting(self) -> bool:
        """Whether there are runs that no worker has been given."""
        return self.left > 0 or bool(self._again)

    def next_chunk(self, n_workers: int) -> Chunk | None:
        """Take the next chunk: retried ones first, then as many runs as fill the target time."""
        if self._again:
            return self._again.popleft()
        bundles: list[Bundle] = []
        room = self._room(n_workers)
        while room > 0 and (bundle := next(self._bundles, None)) is not None:
            bundles.append(bundle)
            room -= len(bundle)
        if not bundles:
            return None
        self.left -= sum(map(len, bundles))
        return self._chunk(tuple(bundles))

    def learn(self, seconds: float, n_runs: int) -> None:
        """Take note of the time a chunk took."""
        measured = seconds / max(n_runs, 1)
        known = self.seconds_per_run
        self.seconds_per_run = measured if known is None else known + SMOOTHING * (measured - known)

    def settle(self, run: Run, *, ok: bool) -> None:
        """Take note that a run is finished or has failed."""
        self.states[self._index(run.scenario, run.replicate)] = DONE if ok else run.attempt

    def put_back(self, chunk: Chunk) -> None:
        """Put a chunk back as it is, under a new number: it was lost through no fault of its runs."""
        self._again.append(replace(self._chunk(chunk.bundles), deaths=chunk.deaths))

    def halve(self, chunk: Chunk) -> None:
        """Put a chunk over which a worker died back as two halves, or once more as it is if it is a single run."""
        if len(chunk.runs) == 1:
            self._again.append(replace(self._chunk(chunk.bundles), deaths=chunk.deaths + 1))
            return
        if len(chunk.bundles) > 1:
            middle = len(chunk.bundles) // 2
            halves = (chunk.bundles[:middle], chunk.bundles[middle:])
        else:
            (bundle,) = chunk.bundles
            middle = len(bundle) // 2
            halves = ((bundle[:middle],), (bundle[middle:],))
        self._again.extend(map(self._chunk, halves))

    def _chunk(self, bundles: tuple[Bundle, ...]) -> Chunk:
        self._number += 1
        return Chunk(self._number, bundles)

    def _room(self, n_workers: int) -> int:
        """Runs that fill the target time, fewer towards the end so that all workers finish together."""
        if self.seconds_per_run is None:
            return 1
        per_run = max(self.seconds_per_run, 1e-6)
        fair = self.left if n_workers == 1 else math.ceil(self.left / (2 * n_workers))
        least = math.ceil(0.2 * TARGET_SECONDS / per_run)
        return min(LARGEST_CHUNK, max(least, min(fair, int(TARGET_SECONDS / per_run))), max(self.left, 1))

    def _missing(self) -> Iterator[Bundle]:
        shared: dict[int, list[int]] = {}
        for scenario, group in enumerate(self.plan.burn_ins):
            shared.setdefault(group, []).append(scenario)
        for replicate in range(self.plan.replicates):
            for _, scenarios in sorted(shared.items()):
                bundle = tuple(
                    Run(scenario, replicate, min(self.states[index], MOST_ATTEMPTS - 1) + 1)
                    for scenario in scenarios
                    if self._wanted[index := self._index(scenario, replicate)]
                )
                if bundle:
                    yield bundle

    def _index(self, scenario: int, replicate: int) -> int:
        return replicate * len(self.plan.scenarios) + scenario

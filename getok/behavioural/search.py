"""Drawing parameter sets until enough of them pass.

Draws are made in batches. A batch is first tried on two replicates; what has then missed a pattern too often is left
there, the others are run on all replicates. What passes is exactly what would pass if all were run in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from getok.analysis.behavioural.criteria import BASE, CRITERIA, DONE, Use, Values
from getok.analysis.behavioural.judgement import Judged, judge, measures_of
from getok.analysis.read import open_run
from getok.behavioural.ranges import drawn_ranges
from getok.simulation.experiment.design import make_sweep
from getok.simulation.experiment.engine import Engine
from getok.simulation.experiment.part import WHOLE, Part
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.session import Progress
from getok.simulation.record.tables import MEASURES
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.points import Points, Selection
from getok.simulation.sweep.designs import latin_hypercube

ENGINE = Engine(simulate="getok.behavioural.measured_run:simulate_measured")
TRIAL = 2
"""Replicates of the first look."""

BATCH = 1000


class Paused(Exception):  # noqa: N818 - not an error: somebody asked
    """A batch is not complete, because the user paused or other parts are at work; the same command goes on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where runs are computed, and which part of them here."""

    processes: int | None = None
    part: Part = WHOLE
    cluster: str | None = None
    retry_failed: bool = False


HERE = Place()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to.

    Attributes
    ----------
    accepted : Points
        Sets that pass every criterion.
    drawn : float64, shape (n_drawn, n_parameters)
        All sets that were tried.
    passing : dict of str to float
        Share of the first batch that passes each criterion in the first look.
    """

    accepted: Points
    drawn: Values
    passing: dict[str, float]

    @property
    def n_drawn(self) -> int:
        """Sets drawn in all."""
        return len(self.drawn)


def search(
    folder: Path, *, accept: int, replicates: int, seed: int, progress: Progress, most: int, place: Place = HERE
) -> Found:
    """Draw batches until enough sets pass, or the most have been drawn.

    Raises
    ------
    Paused
        If a batch is not complete.
    """
    ranges = drawn_ranges()
    kept: list[Values] = []
    drawn: list[Values] = []
    passing: dict[str, float] = {}
    n_drawn = 0
    while sum(map(len, kept)) < accept and n_drawn < most:
        number = n_drawn // BATCH
        points = latin_hypercube(ranges, BATCH, seed * 1_000_003 + number).first(most - n_drawn)
        n_drawn += len(points)
        drawn.append(points.values)
        first = judged(folder / f"batch-{number:03d}-trial", points, TRIAL, replicates, seed, place, progress)
        passing = passing or {one.id: first.passing(one) for one in CRITERIA}
        left = replace(points, values=points.values[first.alive])
        if len(left):
            second = judged(folder / f"batch-{number:03d}", left, replicates, replicates, seed, place, progress)
            kept.append(left.values[second.alive])
        progress.note(f"{sum(map(len, kept))} of {n_drawn} parameter sets pass")
    bounds = np.array(list(ranges.values()))
    none = np.empty((0, len(ranges)))
    patterns = tuple(one.id for one in CRITERIA if one.use is Use.CALIBRATE)
    accepted = Points(tuple(ranges), np.concatenate([*kept, none]), bounds, Selection(seed, patterns))
    return Found(accepted, np.concatenate([*drawn, none]), passing)


def judged(
    folder: Path,
    points: Points,
    replicates: int,
    final: int,
    seed: int,
    place: Place,
    progress: Progress,
) -> Judged:
    """Run a batch, or read what is there, and judge it."""
    scenarios = [load_scenario(name).scenario for name in scenario_names()]
    plan = make_sweep(scenarios, points, seed=seed, replicates=replicates, tables=(MEASURES.name,))
    report = execute(
        plan,
        folder,
        place.processes,
        progress,
        engine=ENGINE,
        part=place.part,
        cluster=place.cluster,
        retry_failed=place.retry_failed,
    )
    run = open_run(folder)
    if report.paused or run.runs.num_rows < plan.n_runs:
        raise Paused(f"{folder.name}: {run.runs.num_rows} of {plan.n_runs} runs are there")
    return judge(measures_of(run), final)


def scenario_names() -> Sequence[str]:
    """Scenarios that the criteria look at."""
    return BASE, DONE

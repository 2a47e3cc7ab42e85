"""Whether a fitted set gives what the records say: each statistic of the records among those of new runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from getok.analysis.fitting.records import Records
from getok.analysis.fitting.statistics import statistics_of
from getok.fitting.rounds import Runs, name_of, seed_of
from getok.simulation.scenario.points import Points

TAILS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Given:
    """One statistic of the records, and what the set gives for it in runs with new luck.

    Attributes
    ----------
    low, median, high : float
        Middle 90 % of the runs, and their median.
    """

    name: str
    recorded: float
    low: float
    median: float
    high: float

    @property
    def is_inside(self) -> bool:
        """Whether the middle 90 % of the runs hold what was recorded."""
        return self.low <= self.recorded <= self.high


def given(points: Points, records: Records, runs: Runs) -> list[Given]:
    """Run a fitted set once more and set it beside the records.

    Raises
    ------
    Unfinished
        If not all of its runs are there.
    """
    simulated = runs.simulated(f"{name_of(records)}/check", points.values, seed_of(runs.seed, 0, 3))
    statistics = statistics_of(records, simulated)
    rows = np.quantile(statistics.runs, TAILS, axis=0).T
    return [
        Given(name, float(observed), *map(float, row))
        for name, observed, row in zip(statistics.names, statistics.observed, rows, strict=True)
    ]

"""Runs of the model as records: what was sold week by week in each channel, and when things happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.ensemble.from_run import cells
from getok.analysis.read import Run
from getok.simulation.names import CHANNEL_NAMES
from getok.simulation.scenario.points import parted

Values = NDArray[np.float64]
COUNTED = (*CHANNEL_NAMES, "member_joined", "member_left")
"""What a run tells week by week: packs sold; members who ever took part; most members who had stopped so far."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """Recorded runs, one of each parameter set.

    Attributes
    ----------
    points : float64, shape (n, n_parameters)
        Parameter sets of the runs.
    weekly : mapping of str to float64, shape (n, n_weeks)
        By name (:data:`COUNTED`).
    happened : mapping of str to float64, shape (n,)
        First week by ``kind about`` (such as ``granted pirt``); infinite if never. What is not there never happened in
        any run.
    """

    points: Values
    weekly: Mapping[str, Values]
    happened: Mapping[str, Values]

    def __len__(self) -> int:
        return len(self.points)

    def week_of(self, kind: str, about: str) -> Values:
        """First week of an event in each run."""
        return np.asarray(self.happened.get(f"{kind} {about}", np.full(len(self), np.inf)))


def name_of_week(name: str, week: int) -> str:
    """Name under which a run records one week."""
    return f"{name} {week:03d}"


def simulated_of(run: Run, n_weeks: int) -> Simulated:
    """Gather recorded runs; a set whose run failed is left out."""
    rows = run.table("measures")
    scenarios = tuple(dict.fromkeys(parted(run.scenarios)[0]))
    _, point, _ = cells(rows, scenarios)
    there = np.unique(point)
    place = np.searchsorted(there, point)
    encoded = rows["measure"].combine_chunks().dictionary_encode()
    code, values = encoded.indices.to_numpy(), rows["value"].to_numpy()
    weekly = {name: np.zeros((len(there), n_weeks)) for name in COUNTED}
    happened: dict[str, Values] = {}
    order = np.argsort(code, kind="stable")
    names = encoded.dictionary.to_pylist()
    for mine in np.split(order, np.flatnonzero(np.diff(code[order])) + 1):
        head, _, rest = names[code[mine[0]]].partition(" ")
        if head in COUNTED:
            weekly[head][place[mine], int(rest) - 1] = values[mine]
        else:
            found = happened.setdefault(f"{head} {rest}", np.full(len(there), np.inf))
            found[place[mine]] = values[mine]
    return Simulated(run.points.values[there], weekly, happened)


def joined(parts: list[Simulated]) -> Simulated:
    """Several gatherings as one."""
    kinds = dict.fromkeys(name for part in parts for name in part.happened)
    return Simulated(
        np.concatenate([part.points for part in parts]),
        {name: np.concatenate([part.weekly[name] for part in parts]) for name in COUNTED},
        {name: np.concatenate([part.week_of(*name.split(" ", 1)) for part in parts]) for name in kinds},
    )

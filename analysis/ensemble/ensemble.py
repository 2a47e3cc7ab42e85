"""Outcomes of several scenarios over parameter sets and paired replicates, as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from getok.simulation.scenario.points import Selection
from getok.simulation.sweep.stated import Stated

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Everything that the questions over parameter sets are asked of.

    Attributes
    ----------
    scenarios : tuple of str
        The first is the baseline.
    parameters : tuple of str
        What varies.
    points : float64, shape (n_points, n_parameters)
        Parameter sets.
    ranges : float64, shape (n_parameters, 2)
        From where to where each parameter was drawn.
    values : mapping of str to float64, shape (n_scenarios, n_points, n_replicates)
        Outcomes by key (:data:`getok.analysis.compare.outcomes.OUTCOMES`); not a number where a run is missing.
        Replicate ``r`` of point ``p`` has the same luck and the same community in all scenarios.
    circumstances : tuple of str
        Scenarios that nobody can choose (:mod:`getok.analysis.options`).
    seed : int or None
        Seed of the runs, if it is told.
    selection : Selection or None
        How the points were selected, if they were.
    stated : tuple of Stated
        What scenarios say themselves of the parameters that vary.
    own_model : str
        Name of the user's own model that made the runs; empty if the shipped one did.

    Raises
    ------
    ValueError
        If shapes do not fit each other.
    """

    scenarios: tuple[str, ...]
    parameters: tuple[str, ...]
    points: Values
    ranges: Values
    values: Mapping[str, Values]
    circumstances: tuple[str, ...] = ()
    seed: int | None = None
    selection: Selection | None = None
    stated: tuple[Stated, ...] = ()
    own_model: str = ""

    def __post_init__(self) -> None:
        if self.points.ndim != 2 or self.points.shape[1] != len(self.parameters):
            raise ValueError(f"points of shape {self.points.shape} for {len(self.parameters)} parameters")
        if self.ranges.shape != (len(self.parameters), 2):
            raise ValueError(f"ranges of shape {self.ranges.shape} for {len(self.parameters)} parameters")
        for key, values in self.values.items():
            if values.ndim != 3 or values.shape[:2] != (len(self.scenarios), len(self.points)):
                wanted = len(self.scenarios), len(self.points)
                raise ValueError(f"outcome {key} has shape {values.shape}; scenarios and points are {wanted}")

    @property
    def n_points(self) -> int:
        """Number of parameter sets."""
        return len(self.points)

    @property
    def n_replicates(self) -> int:
        """Replicates of each set."""
        return next(iter(self.values.values())).shape[2] if self.values else 0

    @property
    def options(self) -> tuple[str, ...]:
        """Scenarios that can be chosen; the baseline is the first."""
        return tuple(name for name in self.scenarios if name not in self.circumstances)

    def among_options(self) -> Ensemble:
        """The same of the scenarios that can be chosen."""
        kept = [self.scenarios.index(name) for name in self.options]
        values = {key: every[kept] for key, every in self.values.items()}
        return replace(self, scenarios=self.options, values=values, circumstances=())

    def differences(self, outcome: str) -> Values:
        """Paired differences from the baseline, shape (n_scenarios - 1, n_points, n_replicates)."""
        values = self.values[outcome]
        return np.asarray(values[1:] - values[:1])

    def column(self, parameter: str) -> Values:
        """Values of one parameter, one a point."""
        return np.asarray(self.points[:, self.parameters.index(parameter)])

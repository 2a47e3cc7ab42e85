"""Morris screening: the mean size of elementary effects, and how much they differ from place to place."""

from __future__ import annotations

import numpy as np

from getok.analysis.sensitivity.design import Design, Kind, Values
from getok.analysis.sensitivity.estimates import Estimates, floor_of, percentiles, resamples
from getok.simulation.errors import UsageError


def elementary_effects(design: Design, values: Values) -> Values:
    """Change of the outcome by each step, as if the parameter crossed its whole range.

    Parameters
    ----------
    design : Design
        Trajectories.
    values : float64, shape (n_rows, n_replicates)
        Outcome of each row.

    Returns
    -------
    float64, shape (n_columns, n_trajectories, n_replicates)
        In the unit of the outcome.

    Raises
    ------
    UsageError
        If the design has no trajectories.
    """
    if design.kind is not Kind.MORRIS:
        raise UsageError(f"Morris screening needs a Morris design; this one is {design.kind.value}")
    n, k = design.n_blocks, design.block - 1
    steps = np.diff(design.unit.reshape(n, k + 1, k), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    size = np.take_along_axis(steps, moved[..., None], axis=2)
    effects = np.empty((n, k, values.shape[1]))
    effects[np.arange(n)[:, None], moved] = np.diff(values.reshape(n, k + 1, -1), axis=1) / size
    return np.moveaxis(effects, 0, 1)


def morris(design: Design, values: Values, rng: np.random.Generator) -> tuple[Estimates, ...]:
    """Mean size of effects (mu*), their mean (mu) and their spread (sigma).

    Effects are of the mean over replicates; what seeds alone make of an index is taken from how effects differ
    between replicates.

    References
    ----------
    Morris 1991, Technometrics 33; Campolongo, Cariboni & Saltelli 2007, Environmental Modelling & Software 22.
    """
    effects = elementary_effects(design, values)
    drawn = resamples(effects.shape[1], rng)
    mean = effects.mean(axis=2)
    noise = standard_errors(effects)
    luck = {
        "mu_star": np.sqrt(2 / np.pi) * noise.mean(axis=1),
        "mu": np.zeros(len(mean)),
        "sigma": np.sqrt((noise**2).mean(axis=1)),
    }
    dummy = np.arange(len(mean)) == design.dummy
    found = []
    for index, noise_alone in luck.items():
        low, high = percentiles(_summary(index, mean[:, drawn], axis=1))
        each = _summary(index, effects, axis=1).T
        estimate = _summary(index, mean, axis=1)
        floor = floor_of(estimate, dummy, noise_alone)
        found.append(Estimates(index, design.columns, estimate, low, high, each, floor, dummy))
    return tuple(found)


def standard_errors(effects: Values) -> Values:
    """How far the mean over replicates (the last axis) is off by luck; not a number of a single replicate."""
    n = effects.shape[-1]
    if n < 2:
        return np.full(effects.shape[:-1], np.nan)
    return np.asarray(effects.std(axis=-1, ddof=1) / np.sqrt(n))


def _summary(index: str, effects: Values, axis: int) -> Values:
    if index == "mu_star":
        return np.asarray(np.abs(effects).mean(axis=axis))
    if index == "mu":
        return np.asarray(effects.mean(axis=axis))
    return np.asarray(effects.std(axis=axis, ddof=1))

"""Designs for each method, the same for the same seed; a dummy is always the last column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import qmc

from getok.analysis.ensemble.ensemble import Ensemble
from getok.analysis.sensitivity.design import DUMMY, Design, Kind, Values
from getok.analysis.sensitivity.library import salib
from getok.simulation.errors import UsageError
from getok.simulation.sweep.designs import placed
from getok.simulation.whole import checked_seed

LEVELS = 4
"""Levels of a Morris design; a step is then two thirds of a range."""

ALIKE = 0.95
"""Share of different points, one parameter left out, under which points were not drawn independently."""


def morris_design(parameters: Sequence[str], ranges: ArrayLike, trajectories: int, seed: int) -> Design:
    """Lay trajectories that change one parameter at a time (Morris 1991), ``trajectories * (n_parameters + 2)`` rows.

    Of these, one a trajectory differs in the dummy only and needs no run of its own.

    Raises
    ------
    UsageError
        If a range is empty, a name is doubled, or there are fewer than two trajectories.
    """
    names, bounds = _checked(parameters, ranges, trajectories, 2, "trajectories")
    problem = _problem(names, bounds)
    luck = np.random.default_rng(checked_seed(seed))
    points = salib("sample.morris").sample(problem, trajectories, num_levels=LEVELS, seed=luck)
    return Design(Kind.MORRIS, names, bounds, points, seed, block=len(names) + 2, dummy=len(names))


def saltelli_design(
    parameters: Sequence[str], ranges: ArrayLike, n_base: int, seed: int, *, second_order: bool = False
) -> Design:
    """Lay two Sobol samples and their crossings, for Sobol indices (Saltelli et al. 2010).

    ``n_base * (n_parameters + 3)`` rows, of which ``n_base`` differ in the dummy only; with ``second_order``
    ``n_base * (2 * n_parameters + 4)`` rows, of which ``2 * n_base`` do.

    Raises
    ------
    UsageError
        If a range is empty, a name is doubled, or ``n_base`` is not a power of two.
    """
    names, bounds = _checked(parameters, ranges, n_base, 4, "base points")
    _must_be_power_of_two(n_base)
    unit = np.tile([0.0, 1.0], (len(names), 1))
    drawn = salib("sample.sobol").sample(
        _problem(names, unit), n_base, calc_second_order=second_order, seed=np.random.default_rng(checked_seed(seed))
    )
    made = _drawn(Kind.SALTELLI, names, bounds, drawn, seed)
    return replace(made, block=len(drawn) // n_base, second_order=second_order)


def latin_hypercube(parameters: Sequence[str], ranges: ArrayLike, n: int, seed: int) -> Design:
    """Lay ``n`` points, one in each of ``n`` slices of every parameter, for PAWN and delta."""
    names, bounds = _checked(parameters, ranges, n, 2, "points")
    drawn = qmc.LatinHypercube(d=len(names) + 1, rng=np.random.default_rng(checked_seed(seed))).random(n)
    return _drawn(Kind.LATIN_HYPERCUBE, names, bounds, drawn, seed)


def sobol_points(parameters: Sequence[str], ranges: ArrayLike, n: int, seed: int) -> Design:
    """Lay ``n`` points of a scrambled Sobol sequence, ``n`` a power of two, for PAWN and delta.

    Not for Sobol indices: those need :func:`saltelli_design`.
    """
    names, bounds = _checked(parameters, ranges, n, 2, "points")
    _must_be_power_of_two(n)
    drawn = qmc.Sobol(d=len(names) + 1, rng=np.random.default_rng(checked_seed(seed))).random(n)
    return _drawn(Kind.SOBOL_POINTS, names, bounds, drawn, seed)


def given_design(ensemble: Ensemble) -> Design:
    """Take points that were drawn independently of one another, whoever drew them; there is no dummy among them.

    Raises
    ------
    UsageError
        If the points differ in one parameter at a time: their designs need the file that laid them.
    """
    if differ_one_at_a_time(ensemble.points):
        raise UsageError(
            "its points differ in one parameter at a time, as designs 'morris' and 'saltelli' lay them; "
            "'getok sensitivity FILE' with the file of the sweep reads them"
        )
    return Design(Kind.GIVEN, ensemble.parameters, ensemble.ranges, ensemble.points, seed=0)


def differ_one_at_a_time(points: Values) -> bool:
    """Whether many points share all values but one with another, and are no whole grid."""
    n, n_parameters = points.shape
    if n_parameters == 1 or n == np.prod([len(np.unique(column)) for column in points.T]):
        return False
    others = (np.delete(points, k, axis=1) for k in range(n_parameters))
    return any(len(np.unique(rest, axis=0)) < ALIKE * n for rest in others)


def _drawn(kind: Kind, names: tuple[str, ...], bounds: Values, drawn: Values, seed: int) -> Design:
    """Design of points drawn from the unit cube, of which the last column is the dummy."""
    points = np.array(drawn)
    points[:, : len(names)] = placed(names, bounds, drawn[:, : len(names)])
    return Design(kind, names, bounds, points, seed, dummy=len(names))


def _problem(names: tuple[str, ...], bounds: Values) -> dict[str, object]:
    both = [*bounds.tolist(), [0.0, 1.0]]
    return {"num_vars": len(names) + 1, "names": [*names, DUMMY], "bounds": both}


def _checked(
    parameters: Sequence[str], ranges: ArrayLike, n: int, least: int, what: str
) -> tuple[tuple[str, ...], Values]:
    names, bounds = tuple(parameters), np.asarray(ranges, dtype=np.float64)
    if not names or len(set(names)) < len(names) or DUMMY in names:
        raise UsageError(f"parameters must have names of their own, none of them '{DUMMY}': {', '.join(names) or '-'}")
    if bounds.shape != (len(names), 2):
        raise UsageError(f"{len(names)} parameters need ranges of shape ({len(names)}, 2), not {bounds.shape}")
    for name, (low, high) in zip(names, bounds, strict=True):
        if not low < high:
            raise UsageError(f"the range of {name} is empty: {low:g} to {high:g}")
    if n < least:
        raise UsageError(f"at least {least} {what} are needed, not {n}")
    return names, bounds


def _must_be_power_of_two(n: int) -> None:
    if n & (n - 1):
        below = 1 << (n.bit_length() - 1)
        raise UsageError(f"a Sobol sequence needs a power of two: {below} or {2 * below}, not {n}")

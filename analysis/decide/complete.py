"""Sets in which nothing is missing: only these can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from getok.analysis.ensemble.ensemble import Ensemble


def complete(ensemble: Ensemble, outcomes: Sequence[str]) -> tuple[Ensemble, int]:
    """Keep the sets in which every scenario and replicate has a value of every outcome, and count those left out.

    A set with one failed run is left out whole: failures are rarely random, and a mean over the luckier replicates
    would say something else in each scenario.

    Raises
    ------
    ValueError
        If an outcome is unknown, or no set is left; the message names the outcome that most sets lack.
    """
    if absent := [key for key in outcomes if key not in ensemble.values]:
        raise ValueError(f"no values of {', '.join(absent)}")
    whole = {key: ~np.isnan(ensemble.values[key]).any(axis=(0, 2)) for key in outcomes}
    kept = np.logical_and.reduce(list(whole.values()))
    if not kept.any():
        worst = min(whole, key=lambda key: int(whole[key].sum()))
        raise ValueError(f"no parameter set has all values; {worst} is missing in {int((~whole[worst]).sum())} sets")
    values = {key: ensemble.values[key][:, kept] for key in outcomes}
    return replace(ensemble, points=ensemble.points[kept], values=values), int((~kept).sum())

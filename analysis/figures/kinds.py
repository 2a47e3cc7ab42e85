"""Stages of buyers, shop owners and members as numbers: who ever reached them, who is in them, how long."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from getok.analysis.figures.subject import Subject
from getok.simulation.names import STAGE_NAMES, ZONE_NAMES

Kind = Literal["buyers", "owners", "members"]
Values = NDArray[np.float64]

KINDS: tuple[Kind, ...] = ("buyers", "owners", "members")
EXITS = ("rejected", "discontinued")


def occupancy(subject: Subject, scenario: str, kind: Kind, stage: str) -> Values:
    """How many of a kind are in a stage, shape (replicates, weeks)."""
    prefixes = [f"buyers_{zone}" for zone in ZONE_NAMES] if kind == "buyers" else [kind]
    return np.asarray(np.sum([subject.weekly(scenario, f"{prefix}_{stage}") for prefix in prefixes], axis=0))


def everybody(subject: Subject, scenario: str, kind: Kind) -> Values:
    """How many of a kind there are, one value a replicate."""
    return np.asarray(np.sum([occupancy(subject, scenario, kind, stage)[:, -1] for stage in STAGE_NAMES], axis=0))


def reached(subject: Subject, scenario: str, kind: Kind, stage: str) -> Values:
    """How many of a kind have ever been in a stage, one value a replicate; for ``unaware`` all of them."""
    if stage == "unaware":
        return everybody(subject, scenario, kind)
    return np.asarray(subject.weekly(scenario, f"entered_{kind}_{stage}")[:, -1])


def weeks_spent(subject: Subject, scenario: str, kind: Kind, stage: str) -> Values:
    """Mean weeks of the run that those who ever reached a stage have spent in it, one value a replicate.

    Weeks before week 1 are not counted, and whoever is still there at the end is counted with the weeks so far:
    the true time is longer. Not a number where nobody has reached it.
    """
    total = occupancy(subject, scenario, kind, stage).sum(axis=1)
    who = reached(subject, scenario, kind, stage)
    return np.asarray(np.divide(total, who, out=np.full(len(who), np.nan), where=who > 0))


def still_there(subject: Subject, scenario: str, kind: Kind, stage: str) -> Values:
    """Share of those who ever reached a stage who are in it in the last week, one value a replicate."""
    now = occupancy(subject, scenario, kind, stage)[:, -1]
    who = reached(subject, scenario, kind, stage)
    return np.asarray(np.divide(now, who, out=np.full(len(who), np.nan), where=who > 0))


def mean_of(values: Values) -> float:
    """Mean of the replicates that have a value; not a number if none has."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def tenths(values: Values) -> tuple[float, float]:
    """Where the middle 80 % of the replicates that have a value lie."""
    known = values[~np.isnan(values)]
    low, high = np.quantile(known, [0.1, 0.9]) if len(known) else (np.nan, np.nan)
    return float(low), float(high)

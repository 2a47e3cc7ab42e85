"""What Mesa's data collector finds ready made: the numbers of a week, and where every agent stands.

The numbers are those of the weekly table, over all groups: sums of what is counted, means of what is a level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from getok.simulation.names import COOPERATION_NAMES, STAGE_NAMES
from getok.simulation.record.tables import WEEKLY, Column
from getok.simulation.record.weekly import weekly_table
from getok.simulation.week.arrays import Weeks

if TYPE_CHECKING:
    from getok.simulation.model.community_model import CommunityModel

MEANS = frozenset({"level", "index", "multiplier"})
"""Units that cannot be added up: over several groups their mean is told."""

NUMBERS = tuple(column for column in WEEKLY.columns if column.name not in {"week", "group"})
"""Columns of the weekly table that are numbers of a week."""


def numbers_of_week(weeks: Weeks, week: int) -> dict[str, float]:
    """Numbers of one week over all groups, by column of the weekly table."""
    (*by_week, refusals) = weeks
    only = weekly_table(Weeks._make((*(part[week - 1 : week] for part in by_week), refusals))).columns
    return {column.name: over_groups(column, only[column.name]) for column in NUMBERS}


def over_groups(column: Column, values: NDArray[Any]) -> float:
    """Sum, or mean of the groups that have the number; NaN if none has."""
    if column.unit not in MEANS:
        total: float = values.sum().item()
        return total
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def number(model: CommunityModel, name: str) -> float:
    """One number of the last week lived."""
    return model.numbers[name]


def stage_name(agent: Any) -> str:  # noqa: ANN401 - Mesa's agents are untyped
    """Name of the stage that somebody is in, as the tables write it."""
    return STAGE_NAMES[agent.stage]


def cooperation_name(agent: Any) -> str:  # noqa: ANN401 - Mesa's agents are untyped
    """Name of the level of cooperation, as the tables write it."""
    return COOPERATION_NAMES[agent.cooperation]


def group_index(agent: Any) -> int:  # noqa: ANN401 - as above
    """Index of the group that somebody deals with or belongs to; -1: none yet."""
    return -1 if agent.group is None else int(agent.group.index)

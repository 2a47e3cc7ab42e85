"""Who the members are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.community.layout import Layout
from getok.simulation.community.people import draws
from getok.simulation.draws import Purpose
from getok.simulation.state import MEMBER, Records


def choose_homes(layout: Layout, key: int, n_groups: int, n_members: int) -> NDArray[np.int64]:
    """Households of the members, group by group: those of the RW with the smallest draws, smallest first."""
    size = int(layout.unit_start[1])
    households = layout.unit_start[:n_groups, None] + np.arange(size)
    luck = draws(key, Purpose.COMMUNITY_MEMBER, households.ravel()).reshape(households.shape)
    first = np.argsort(luck, axis=1, kind="stable")[:, :n_members]
    return np.take_along_axis(households, first, axis=1).ravel()


def members_of(
    homes: NDArray[np.int64], keys: NDArray[np.int64], group: NDArray[np.int64], officer: NDArray[np.bool_]
) -> Records:
    """Members, group by group, unaware of network building."""
    members: Records = np.zeros(len(homes), dtype=MEMBER)
    members["key"], members["buyer"] = keys[homes], homes
    members["group"], members["officer"] = group, officer
    members["skill"] = 0.5
    return members

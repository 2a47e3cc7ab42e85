"""How far the word has come: buyers by group, zone, hop, generation and source."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from getok.simulation.compiled import compiled
from getok.simulation.names import SOURCE_NAMES, ZONE_NAMES
from getok.simulation.record.columns import Columns, names
from getok.simulation.rules.stages import uses
from getok.simulation.state import NEVER, Records, Stage, World

FAR = 6
"""Hops and generations from here on are counted together."""

BUYERS, ADOPTERS, EVER = 0, 1, 2


@compiled
def count_reach(buyers: Records, entry: NDArray[np.int16], counts: NDArray[np.int32]) -> None:
    """Count buyers, adopters, and who ever adopted, by group or elsewhere, zone, hop, generation and source."""
    for i in range(buyers.size):
        buyer = buyers[i]
        if buyer.member_of >= 0:
            continue
        group = buyer.group if buyer.group >= 0 else buyer.catchment
        hop = min(int(buyer.hop), FAR)
        generation = -1 if buyer.stage == Stage.UNAWARE else min(int(buyer.generation), FAR)
        cell = counts[group + 1, buyer.zone, hop + 1, generation + 1, buyer.source_kind]
        cell[BUYERS] += 1
        cell[ADOPTERS] += uses(buyer.stage)
        cell[EVER] += entry[i, Stage.IMPLEMENTATION] != NEVER


def reach_at(world: World) -> Columns:
    """Buyers by group, zone, hop, generation and source, as they are now (rows of ``reach``)."""
    shape = (len(world.groups) + 1, len(ZONE_NAMES), FAR + 2, FAR + 2, len(SOURCE_NAMES))
    by_place = np.zeros((*shape, 3), dtype=np.int32)
    count_reach(world.buyers, world.buyer_entry, by_place)
    counts = by_place.reshape(-1, 3)
    rows = np.flatnonzero(counts[:, BUYERS])
    where = np.unravel_index(rows, shape)
    return {
        "week": np.full(len(rows), world.week, dtype=np.int16),
        "group": (where[0] - 1).astype(np.int32),
        "zone": names(ZONE_NAMES, where[1]),
        "hop": (where[2] - 1).astype(np.int16),
        "generation": (where[3] - 1).astype(np.int16),
        "source": names(SOURCE_NAMES, where[4]),
        "n": counts[rows, BUYERS],
        "adopters": counts[rows, ADOPTERS],
        "ever_adopted": counts[rows, EVER],
    }

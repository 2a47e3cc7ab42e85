"""The table of outlets: how each owner was won or lost."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.simulation.names import COOPERATION_NAMES, OUTLET_KIND_NAMES, REFUSAL_NAMES, STAGE_NAMES
from getok.simulation.record.columns import names
from getok.simulation.record.tables import OUTLETS, Table
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.state import NEVER, Refusal, World
from getok.simulation.week.arrays import Weeks

EVENTS = ("approach", "meeting", "mou", "accept", "delivery", "confirm", "drop")


def week_or_nan(weeks: NDArray[Any]) -> NDArray[np.float64]:
    """Weeks as numbers, NaN for what never happened."""
    return np.where(weeks == NEVER, np.nan, weeks.astype(np.float64))


def carrying_in(weeks: Weeks, week: int) -> NDArray[np.int8]:
    """Whether each outlet carries in a week; -1 if the run is shorter."""
    if week > len(weeks.carrying):
        return np.full(weeks.carrying.shape[1], -1, dtype=np.int8)
    return np.asarray(weeks.carrying[week - 1], dtype=np.int8)


def outlets_table(world: World, weeks: Weeks, scenario: Scenario) -> Table:
    """One row an outlet."""
    outlets = world.outlets
    ids = np.array([outlet.id for outlet in scenario.outlets], dtype=object)
    accepted = outlets["accept_week"] != NEVER
    columns: dict[str, NDArray[Any]] = {
        "group": outlets["group"].copy(),
        "outlet": ids[outlets["key"] % 1000],
        "kind": names(OUTLET_KIND_NAMES, outlets["kind"]),
        "stage": names(STAGE_NAMES, outlets["stage"]),
        "cooperation": names(COOPERATION_NAMES, outlets["cooperation"]),
        "trust": outlets["trust"].copy(),
        "trust_start": outlets["trust_start"].copy(),
        "trust_at_acceptance": np.where(accepted, outlets["trust_at_acceptance"], np.nan),
        "threshold": outlets["threshold"].copy(),
    }
    columns.update({f"{event}_week": week_or_nan(outlets[f"{event}_week"]) for event in EVENTS})
    columns.update(
        {
            "carrying_52": carrying_in(weeks, 52),
            "carrying_end": carrying_in(weeks, len(weeks.carrying)),
            "refusal": names(REFUSAL_NAMES, outlets["refusal"]),
            "n_refusals": weeks.refusals.sum(axis=1).astype(np.int32),
            "n_refusals_quality": weeks.refusals[:, Refusal.QUALITY].copy(),
            "n_refusals_unsold": weeks.refusals[:, Refusal.UNSOLD].copy(),
            "packs_delivered": outlets["total_delivered"].copy(),
            "packs_sold": outlets["total_sold"].copy(),
            "packs_returned": outlets["total_returned"].copy(),
        }
    )
    return Table(OUTLETS, columns)

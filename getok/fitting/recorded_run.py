"""One run for fitting: simulated as ever, of which only what a group could write down is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from getok.analysis.fitting.simulated import name_of_week
from getok.simulation.engine import Snapshot, simulate
from getok.simulation.names import CHANNEL_NAMES
from getok.simulation.record.tables import MEASURES, Table
from getok.simulation.scenario.resolved import Scenario

OF_OUTLETS = {
    "approached": "approach_week",
    "met": "meeting_week",
    "mou": "mou_week",
    "agreed": "accept_week",
    "delivered": "delivery_week",
    "confirmed": "confirm_week",
    "dropped": "drop_week",
}
"""Columns of the table ``outlets`` by kind of event."""

OF_CASES = frozenset({"submitted", "granted", "rejected"})


def simulate_recorded(
    scenario: Scenario, seed: int, replicate: int, burnt_in: Snapshot | None = None, *, people: bool = False
) -> dict[str, Table]:
    """Simulate a run of one group and keep its records; what is zero or never happened is left out."""
    del people
    tables = simulate(scenario, seed, replicate, burnt_in)
    values = {**dict(_weekly(tables)), **dict(_dated(tables)), "recorded run": 1.0}
    columns = {"measure": np.array(list(values), dtype=np.str_), "value": np.array(list(values.values()))}
    return {MEASURES.name: Table(MEASURES, columns)}


def _weekly(tables: Mapping[str, Table]) -> Iterator[tuple[str, float]]:
    columns = tables["weekly"].columns
    counted = {channel: columns[f"packs_{channel}"] for channel in CHANNEL_NAMES}
    counted["member_joined"] = columns["entered_members_implementation"]
    counted["member_left"] = np.maximum.accumulate(columns["members_discontinued"])
    for name, values in counted.items():
        for place in np.flatnonzero(values):
            yield name_of_week(name, int(place) + 1), float(values[place])


def _dated(tables: Mapping[str, Table]) -> Iterator[tuple[str, float]]:
    outlets, cases = tables["outlets"].columns, tables["cases"].columns
    for kind, column in OF_OUTLETS.items():
        for outlet, week in zip(outlets["outlet"], outlets[column], strict=True):
            if not np.isnan(week):
                yield f"{kind} {outlet}", float(week)
    first: dict[str, float] = {}
    for service, state, week in zip(cases["service"], cases["state"], cases["week"], strict=True):
        if state in OF_CASES:
            name = f"{state} {service}"
            first[name] = min(first.get(name, np.inf), float(week))
    yield from first.items()

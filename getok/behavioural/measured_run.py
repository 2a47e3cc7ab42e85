"""One run for calibration: simulated as ever, of which only the measures are kept."""

from __future__ import annotations

import numpy as np

from getok.analysis.behavioural.measures import measured
from getok.simulation.engine import Snapshot, simulate
from getok.simulation.record.tables import MEASURES, Table
from getok.simulation.scenario.resolved import Scenario


def simulate_measured(
    scenario: Scenario, seed: int, replicate: int, burnt_in: Snapshot | None = None, *, people: bool = False
) -> dict[str, Table]:
    """Simulate a run and measure it; what else it gives is forgotten, people with it."""
    del people
    values = measured(simulate(scenario, seed, replicate, burnt_in))
    columns = {"measure": np.array(list(values), dtype=np.str_), "value": np.array(list(values.values()))}
    return {MEASURES.name: Table(MEASURES, columns)}

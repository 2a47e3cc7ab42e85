"""Broker: somebody who knows the way is asked to help with the proposal (paper E16, C15, P16)."""

from __future__ import annotations

from getok.simulation.interventions.contract import Filing
from getok.simulation.scenario.resolved import TaskKind


class Broker(Filing):
    """Karang Taruna in the case: nobody had to select it."""

    kind = TaskKind.BROKER

"""Credit: a loan is asked for at a bank or cooperative (model.md 7.9; paper A18, A30)."""

from __future__ import annotations

from getok.simulation.interventions.contract import Filing
from getok.simulation.scenario.resolved import TaskKind


class Credit(Filing):
    """Cash now, repaid weekly."""

    kind = TaskKind.CREDIT
    needs_selection = True

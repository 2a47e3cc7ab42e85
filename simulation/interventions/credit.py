"""Credit: a loan is asked for at a bank or cooperative (model.md 7.9; paper A18, A30)."""

from __future__ import annotations

from simulation.interventions.contract import Filing
from simulation.scenario.resolved import TaskKind


class Credit(Filing):
    """Cash now, repaid weekly."""

    kind = TaskKind.CREDIT
    needs_selection = True

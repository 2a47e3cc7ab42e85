"""Training: a course is asked for at a training service (paper E14, E15, P14)."""

from __future__ import annotations

from getok.simulation.interventions.contract import Filing
from getok.simulation.scenario.resolved import TaskKind


class Training(Filing):
    """Quality, packaging and skill rise once the course was given."""

    kind = TaskKind.TRAINING
    needs_selection = True

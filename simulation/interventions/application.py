"""Application: the papers of registration, P-IRT, halal or trademark are handed in (paper S3, E06-E09, P08)."""

from __future__ import annotations

from getok.simulation.interventions.contract import Filing, Rank
from getok.simulation.scenario.resolved import TaskKind


class Application(Filing):
    """Legality as effort: what the agency makes of it comes weeks later."""

    kind = TaskKind.APPLICATION
    rank = Rank.APPLICATION

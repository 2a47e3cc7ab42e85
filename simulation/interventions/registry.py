"""The kinds of task there are. A new kind: its own file, and one line here."""

from __future__ import annotations

from simulation.interventions.application import Application
from simulation.interventions.broker import Broker
from simulation.interventions.contract import Intervention
from simulation.interventions.credit import Credit
from simulation.interventions.grant_proposal import GrantProposal
from simulation.interventions.mapping import Mapping
from simulation.interventions.meeting import Meeting
from simulation.interventions.mou import Mou
from simulation.interventions.online_account import OnlineAccount
from simulation.interventions.selection import Selection
from simulation.interventions.training import Training
from simulation.scenario.resolved import TaskKind

KINDS: tuple[type[Intervention], ...] = (
    Mapping,
    Selection,
    Application,
    Training,
    Meeting,
    Mou,
    OnlineAccount,
    Broker,
    GrantProposal,
    Credit,
)

INTERVENTIONS: dict[TaskKind, Intervention] = {kind.kind: kind() for kind in KINDS}
"""One intervention for each kind of task; stateless, shared by all groups and runs."""

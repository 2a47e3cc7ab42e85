"""The kinds of task there are. A new kind: its own file, and one line here."""

from __future__ import annotations

from getok.simulation.interventions.application import Application
from getok.simulation.interventions.broker import Broker
from getok.simulation.interventions.contract import Intervention
from getok.simulation.interventions.credit import Credit
from getok.simulation.interventions.grant_proposal import GrantProposal
from getok.simulation.interventions.mapping import Mapping
from getok.simulation.interventions.meeting import Meeting
from getok.simulation.interventions.mou import Mou
from getok.simulation.interventions.online_account import OnlineAccount
from getok.simulation.interventions.selection import Selection
from getok.simulation.interventions.training import Training
from getok.simulation.scenario.resolved import TaskKind

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

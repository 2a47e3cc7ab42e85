"""Shocks: what happens to groups from outside, and how it ends (model.md 7.10; ev 2.10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, prod

import numpy as np
from numpy.typing import NDArray

from getok.simulation.events import ActorKind, EventKind
from getok.simulation.interventions.context import Context
from getok.simulation.record.event_log import EventLog
from getok.simulation.scenario.resolved import Shock, ShockKind
from getok.simulation.state import Records, Stage

Shocks = Sequence[Shock]
Effect = Callable[[Context, Shocks], None]


def price_change(context: Context, active: Shocks) -> None:
    """Set the price for as long as the change lasts; several multiply."""
    price = context.parameters["price_rupiah"] * prod(shock.value for shock in active)
    context.world.groups["price_rupiah"] = floor(price + 0.5)


def season(context: Context, active: Shocks) -> None:
    """Set the multiplier of purchases; several multiply."""
    context.world.groups["season"] = prod(shock.value for shock in active)


def quality_incident(context: Context, active: Shocks) -> None:
    """Set the probability of a good purchase while an incident lasts, and let trust fall when it begins."""
    groups = context.world.groups
    groups["good_probability"] = min((shock.value for shock in active), default=-1.0)
    for shock in active:
        if max(1, shock.first_week) == context.week:
            shake_trust(context, shock.weight)


def shake_trust(context: Context, weight: float) -> None:
    """Give bad evidence to every buyer who knows the product and to every owner who carries it."""
    rate = min(1.0, context.parameters["trust_loss_rate"] * weight)
    world = context.world
    buyers, outlets = world.buyers, world.outlets
    aware = (buyers["stage"] != Stage.UNAWARE) & (buyers["group"] >= 0) & (buyers["member_of"] < 0)
    carrying = np.isin(outlets["stage"], (Stage.IMPLEMENTATION, Stage.CONFIRMATION))
    if context.log is not None:
        for group in range(len(world.groups)):
            context.log.append(context.week, EventKind.INCIDENT, ActorKind.GROUP, group, value=weight)
    for kind, agents, trust, hit in (
        (ActorKind.OWNER, outlets, outlets["trust"], carrying),
        (ActorKind.BUYER, buyers, world.buyer_trust, aware),
    ):
        before = trust[hit]
        trust[hit] = before - rate * before
        if context.log is not None:
            note_incident(
                context.log, context.week, kind, agents, np.flatnonzero(hit), np.column_stack([before, trust[hit]])
            )


def note_incident(
    log: EventLog, week: int, kind: ActorKind, agents: Records, hit: NDArray[np.intp], trusts: NDArray[np.float64]
) -> None:
    """Note for each agent hit what the incident did to its trust."""
    for agent, (before, after) in zip(hit.tolist(), trusts.tolist(), strict=True):
        one = agents[agent]
        stage = int(one["stage"])
        log.append(
            week, EventKind.INCIDENT, kind, agent, ActorKind.GROUP, int(one["group"]),
            stages=(stage, stage), trusts=(before, after), threshold=float(one["threshold"]),
        )  # fmt: skip


def shop_closure(context: Context, active: Shocks) -> None:
    """Close outlets until the last week of the shock."""
    outlets = context.world.outlets
    for shock in active:
        for place in context.agencies.outlets_among((shock.target,)):
            for group in range(len(context.world.groups)):
                o = context.outlet(group, place)
                outlets["closed_until"][o] = max(int(outlets["closed_until"][o]), shock.last_week)


def quota_cut(context: Context, active: Shocks) -> None:
    """Tell the agencies which share of each quota is left."""
    context.agencies.set_quota_shares({shock.target: shock.value for shock in active})


def nothing_here(context: Context, active: Shocks) -> None:
    """Change nothing: the calendar itself knows when the facilitator is away."""


SHOCKS: dict[ShockKind, Effect] = {
    ShockKind.QUALITY_INCIDENT: quality_incident,
    ShockKind.PRICE_CHANGE: price_change,
    ShockKind.FACILITATOR_EXIT: nothing_here,
    ShockKind.SHOP_CLOSURE: shop_closure,
    ShockKind.QUOTA_CUT: quota_cut,
    ShockKind.SEASON: season,
}
"""What each kind of shock does in the weeks in which one of the kind begins or ends."""

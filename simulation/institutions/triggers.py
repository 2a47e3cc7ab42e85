"""Triggers: what a programme may wait for (``when:`` in a scenario file), measured for one group."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from getok.simulation.interventions.context import Context
from getok.simulation.scenario.resolved import Metric, Trigger
from getok.simulation.state import ACTIVE_WEEKS, CertificateState, Stage

Measure = Callable[[Context, int], float]


def carrying_outlets(context: Context, group: int) -> float:
    """Outlets that carry the product, the online account included."""
    groups = context.groups
    stages = context.world.outlets["stage"][groups["outlet_start"][group] : groups["outlet_stop"][group]]
    return float(np.isin(stages, (Stage.IMPLEMENTATION, Stage.CONFIRMATION)).sum())


def active_buyers(context: Context, group: int) -> float:
    """Buyers who bought within the last eight weeks before this one."""
    if context.active_buyers is None:
        buyers = context.world.buyers
        active = (
            (buyers["last_purchase"] >= context.week - ACTIVE_WEEKS)
            & (buyers["group"] >= 0)
            & (buyers["member_of"] < 0)
        )
        context.active_buyers = np.bincount(buyers["group"][active], minlength=len(context.world.groups))
    return float(context.active_buyers[group])


def packs_per_week(context: Context, group: int) -> float:
    """Packs sold last week; not a number if last week is unknown, which fulfils no condition."""
    return float("nan") if context.previous is None else float(context.previous["packs_sold"][group])


def cash_rupiah(context: Context, group: int) -> float:
    """Cash of the group."""
    return float(context.groups["cash_rupiah"][group])


def granted_certificates(context: Context, group: int) -> float:
    """Certificates held."""
    return float(np.count_nonzero(context.world.certificates[group] == CertificateState.GRANTED))


def members_committed(context: Context, group: int) -> float:
    """Members who decided to build the network, or do."""
    groups = context.groups
    stages = context.world.members["stage"][groups["member_start"][group] : groups["member_stop"][group]]
    return float(np.isin(stages, (Stage.DECISION, Stage.IMPLEMENTATION, Stage.CONFIRMATION)).sum())


MEASURES: dict[Metric, Measure] = {
    Metric.CARRYING_OUTLETS: carrying_outlets,
    Metric.ACTIVE_BUYERS: active_buyers,
    Metric.PACKS_PER_WEEK: packs_per_week,
    Metric.CASH_RUPIAH: cash_rupiah,
    Metric.GRANTED_CERTIFICATES: granted_certificates,
    Metric.MEMBERS_COMMITTED: members_committed,
}


def fires(trigger: Trigger, context: Context, group: int) -> bool:
    """Whether a condition holds, seen at the start of a week after ``after_week``."""
    if context.week <= trigger.after_week:
        return False
    value = MEASURES[trigger.metric](context, group)
    high_enough = trigger.at_least is None or value >= trigger.at_least
    low_enough = trigger.below is None or value < trigger.below
    return high_enough and low_enough

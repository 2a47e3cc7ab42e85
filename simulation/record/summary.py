"""The summary: one row a group, the outcomes that comparisons are made of."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.simulation.record.tables import SUMMARY, Table
from getok.simulation.record.weekly import member_income, members_of, poverty_line
from getok.simulation.state import NEVER, Source, Stage, World, Zone
from getok.simulation.week.arrays import Weeks

LATE = 8
"""Weeks at the end of a year that stand for its level."""


def mean_of(values: NDArray[Any], last: int, length: int) -> NDArray[np.float64]:
    """Mean over the weeks up to ``last`` (or the end, if the run is shorter)."""
    last = min(last, len(values))
    return np.asarray(values[max(0, last - length) : last].mean(axis=0), dtype=np.float64)


def state_in(values: NDArray[Any], week: int) -> NDArray[Any]:
    """Value in a week, or in the last if the run is shorter."""
    return np.asarray(values[min(week, len(values)) - 1])


def share_by_group(group: NDArray[Any], part: NDArray[np.bool_], n_groups: int) -> NDArray[np.float64]:
    """Share of each group's rows for which ``part`` holds; NaN where there are none."""
    whole = np.bincount(group, minlength=n_groups)
    share = np.full(n_groups, np.nan)
    np.divide(np.bincount(group[part], minlength=n_groups), whole, out=share, where=whole > 0)
    return share


def reach_columns(world: World) -> dict[str, NDArray[Any]]:
    """How far the word went: awareness by zone and hop, generation, adoption."""
    n_groups = len(world.groups)
    at_home = (world.buyers["member_of"] < 0) & (world.buyers["catchment"] >= 0)
    b, entry = world.buyers[at_home], world.buyer_entry[at_home]
    home, aware = b["catchment"], b["stage"] != Stage.UNAWARE
    in_rw, far = b["zone"] == Zone.RW, b["hop"] >= 2
    by_buyer = ~in_rw & (b["source_kind"] == Source.BUYER)
    n_aware = np.bincount(home[aware], minlength=n_groups)
    generations = np.bincount(home[aware], weights=b["generation"][aware], minlength=n_groups)
    adopted = entry[:, Stage.IMPLEMENTATION] != NEVER
    stopped = b["stage"] == Stage.DISCONTINUED
    return {
        "aware_rw": share_by_group(home[in_rw], aware[in_rw], n_groups),
        "aware_outside": share_by_group(home[~in_rw], aware[~in_rw], n_groups),
        "aware_outside_by_buyer": np.bincount(home[by_buyer], minlength=n_groups).astype(np.int32),
        "aware_hop_2_plus": share_by_group(home[far], aware[far], n_groups),
        "mean_generation": np.divide(generations, n_aware, out=np.full(n_groups, np.nan), where=n_aware > 0),
        "ever_adopted": np.bincount(home[adopted], minlength=n_groups).astype(np.int32),
        "discontinued": np.bincount(home[stopped], minlength=n_groups).astype(np.int32),
    }


def summary_table(world: World, weeks: Weeks, tasks_done_share: NDArray[np.float64]) -> Table:
    """One row a group.

    Parameters
    ----------
    tasks_done_share : float64, shape (n_groups,)
        Share of the programme's tasks done; NaN without a programme.
    """
    flows = weeks.flows
    n_weeks = len(flows)
    sold, active = flows["packs_sold"], flows["active_buyers"]
    payouts, n_members = flows["payout_rupiah"], members_of(world)
    income = member_income(payouts[max(0, n_weeks - 26) :], n_members)
    second_half = payouts[max(0, min(52, n_weeks) - 26) : 52]
    columns: dict[str, NDArray[Any]] = {
        "group": np.arange(len(world.groups), dtype=np.int32),
        "packs_per_week": mean_of(sold, n_weeks, LATE),
        "packs_per_week_52": mean_of(sold, 52, LATE),
        "packs_total": sold.sum(axis=0, dtype=np.int64),
        "active_buyers": mean_of(active, n_weeks, LATE),
        "active_buyers_52": mean_of(active, 52, LATE),
        "carrying_outlets": state_in(flows["carrying_outlets"], n_weeks),
        "carrying_outlets_52": state_in(flows["carrying_outlets"], 52),
        "carrying_warungs_52": state_in(flows["carrying_warungs"], 52),
        **reach_columns(world),
        "unserved": (flows["unserved_direct"].astype(np.int64) + flows["unserved_outlets"]).sum(axis=0),
        "spoiled": flows["packs_spoiled"].sum(axis=0, dtype=np.int64),
        "income_member_rupiah": income,
        "income_member_52_rupiah": member_income(second_half, n_members),
        "poverty_ratio": income / poverty_line(world.parameters[0]),
        "cost_public_rupiah": flows["cost_public_rupiah"].sum(axis=0),
        "cost_group_rupiah": flows["cost_group_rupiah"].sum(axis=0),
        "visits": flows["visits"].sum(axis=0),
        "tasks_done_share": tasks_done_share,
        "certificates_granted": state_in(flows["certificates_granted"], n_weeks),
    }
    return Table(SUMMARY, columns)

"""The weekly table and the table of income, out of what the weeks wrote."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.simulation.names import ENTERED_NAMES, STAGE_NAMES, ZONE_NAMES
from getok.simulation.record.tables import FLOWS, INCOME, STATES, WEEKLY, Table
from getok.simulation.state import Records, World
from getok.simulation.week.arrays import Weeks

WEEKS_A_MONTH = 52 / 12
MONTH = 4
"""Weeks that a row of the table of income covers."""


def occupancy(weeks: Weeks, n_groups: int) -> dict[str, NDArray[Any]]:
    """Columns of stages and first entries for buyers by zone, owners and members."""
    columns: dict[str, NDArray[Any]] = {}
    for z, zone in enumerate(ZONE_NAMES):
        for s, stage in enumerate(STAGE_NAMES):
            columns[f"buyers_{zone}_{stage}"] = weeks.buyers[:, :n_groups, z, s].ravel()
    for kind, stages, entries in (
        ("buyers", None, weeks.buyer_entries[:, :n_groups]),
        ("owners", weeks.owners, weeks.owner_entries),
        ("members", weeks.members, weeks.member_entries),
    ):
        if stages is not None:
            for s, stage in enumerate(STAGE_NAMES):
                columns[f"{kind}_{stage}"] = stages[:, :, s].astype(np.int32).ravel()
        for s, stage in enumerate(ENTERED_NAMES, start=1):
            columns[f"entered_{kind}_{stage}"] = entries[:, :, s].astype(np.int32).ravel()
    return columns


def weekly_table(weeks: Weeks) -> Table:
    """One row a week and group."""
    n_weeks, n_groups = weeks.flows.shape
    columns: dict[str, NDArray[Any]] = {
        "week": np.repeat(np.arange(1, n_weeks + 1, dtype=np.int16), n_groups),
        "group": np.tile(np.arange(n_groups, dtype=np.int32), n_weeks),
    }
    for column in FLOWS + STATES:
        columns[column.name] = weeks.flows[column.name].ravel()
    columns.update(occupancy(weeks, n_groups))
    return Table(WEEKLY, columns)


def poverty_line(parameters: Records) -> float:
    """Poverty line of a household a month in rupiah (ev 5.11)."""
    return float(parameters["poverty_line_rupiah"] * parameters["household_persons"])


def member_income(payouts: NDArray[Any], n_members: NDArray[Any]) -> NDArray[np.float64]:
    """Income of a member a month: mean weekly payout over the last axis but one, a member's part.

    Parameters
    ----------
    payouts : shape (..., n_weeks, n_groups)
        Rupiah a week and group.
    n_members : shape (n_groups,)
        Members of each group.
    """
    return np.asarray(payouts.mean(axis=-2) * WEEKS_A_MONTH / np.maximum(1, n_members), dtype=np.float64)


def members_of(world: World) -> NDArray[Any]:
    """Members of each group."""
    return np.asarray(world.groups["member_stop"] - world.groups["member_start"])


def income_table(weeks: Weeks, world: World) -> Table:
    """One row a month of four weeks and group."""
    payouts = weeks.flows["payout_rupiah"]
    n_months, n_groups = payouts.shape[0] // MONTH, payouts.shape[1]
    by_month = payouts[: n_months * MONTH].reshape(n_months, MONTH, n_groups)
    income = member_income(by_month, members_of(world)).reshape(-1)
    return Table(
        INCOME,
        {
            "month": np.repeat(np.arange(1, n_months + 1, dtype=np.int16), n_groups),
            "group": np.tile(np.arange(n_groups, dtype=np.int32), n_months),
            "income_rupiah": income,
            "poverty_ratio": income / poverty_line(world.parameters[0]),
        },
    )

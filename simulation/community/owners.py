"""Groups and shop owners as they are at the start (paper, reflection)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from getok.simulation.community.people import draws, normal
from getok.simulation.draws import Purpose
from getok.simulation.names import COOPERATION_NAMES
from getok.simulation.scenario.resolved import OutletKind, Scenario
from getok.simulation.state import GROUP, NEVER, OUTLET, Cooperation, Outlets, Records, Stage

CODES = {
    OutletKind.WARUNG: Outlets.WARUNG,
    OutletKind.INSTITUTION: Outlets.INSTITUTION,
    OutletKind.SUPERMARKET: Outlets.SUPERMARKET,
    OutletKind.ONLINE: Outlets.ONLINE,
}
NOT_YET = (
    "closed_until",
    "hold_until",
    "approach_week",
    "meeting_week",
    "mou_week",
    "accept_week",
    "delivery_week",
    "confirm_week",
    "drop_week",
)


def outlets_of(scenario: Scenario, n_groups: int, key: int) -> Records:
    """Outlets of every group; warungs have been offered the product and have refused (paper E03)."""
    p = scenario.parameters
    n = len(scenario.outlets)
    outlets: Records = np.zeros(n_groups * n, dtype=OUTLET)
    group, number = np.divmod(np.arange(n_groups * n), max(1, n))
    outlets["group"], outlets["key"] = group, group * 1000 + number
    outlets["kind"] = np.array([CODES[outlet.kind] for outlet in scenario.outlets], dtype=np.uint8)[number]
    keys = outlets["key"].copy()
    threshold = normal(draws(key, Purpose.COMMUNITY_OWNER_THRESHOLD, keys))
    trust = normal(draws(key, Purpose.COMMUNITY_OWNER_TRUST, keys))
    outlets["threshold"] = p["owner_threshold_mean"] + p["owner_threshold_sd"] * threshold
    outlets["trust"] = np.clip(p["owner_trust_mean"] + p["owner_trust_sd"] * trust, 0.01, 0.99)
    outlets["trust_start"] = outlets["trust"]
    warung = outlets["kind"] == Outlets.WARUNG
    outlets["stage"] = np.where(warung, Stage.PERSUASION, Stage.UNAWARE)
    outlets["cooperation"] = outlets["cooperation_goal"] = np.where(warung, Cooperation.INFORMAL, Cooperation.NONE)
    for name in NOT_YET:
        outlets[name] = NEVER
    tell_known(outlets, scenario)
    return outlets


def tell_known(outlets: Records, scenario: Scenario) -> None:
    """Put in what the scenario knows about outlets at the start, in every group."""
    place = {outlet.id: number for number, outlet in enumerate(scenario.outlets)}
    for partner in scenario.partners:
        number = place.get(partner.id)
        if number is None:
            continue
        for o in range(number, len(outlets), len(place)):
            if partner.trust is not None:
                outlets["trust"][o] = outlets["trust_start"][o] = partner.trust
            if partner.cooperation is not None:
                level = COOPERATION_NAMES.index(partner.cooperation)
                outlets["cooperation"][o] = outlets["cooperation_goal"][o] = level
            if partner.carrying:
                carry(outlets, o, scenario)


def carry(outlets: Records, o: int, scenario: Scenario) -> None:
    """Let an owner have agreed just before the burn-in, verbally at least; the first delivery is to come."""
    p = scenario.parameters
    outlets["stage"][o] = Stage.DECISION
    outlets["accept_week"][o] = -scenario.burn_in_weeks
    outlets["trust_at_acceptance"][o] = outlets["trust"][o]
    for name in ("cooperation", "cooperation_goal"):
        outlets[name][o] = max(int(outlets[name][o]), int(Cooperation.VERBAL))
    institution = outlets["kind"][o] == Outlets.INSTITUTION
    outlets["lot"][o] = int(p["first_lot_institution_packs"] if institution else p["first_lot_packs"])


def groups_of(
    parameters: Mapping[str, float],
    n_members: NDArray[np.int64],
    n_outlets: NDArray[np.int64],
    blocks: NDArray[np.int64],
) -> Records:
    """Groups with their own means only: no papers, private tools, little cash.

    Parameters
    ----------
    n_members, n_outlets : int64, shape (n_groups,)
        Members and outlets of each group.
    blocks : int64, shape (n_groups, 2)
        First block of each group's RW, and the one after the last.
    """
    groups: Records = np.zeros(len(n_members), dtype=GROUP)
    groups["key"] = np.arange(len(groups))
    groups["member_stop"], groups["outlet_stop"] = np.cumsum(n_members), np.cumsum(n_outlets)
    groups["member_start"] = groups["member_stop"] - n_members
    groups["outlet_start"] = groups["outlet_stop"] - n_outlets
    groups["block_start"], groups["block_stop"] = blocks.T
    groups["quality"] = groups["quality_start"] = parameters["quality_start"]
    groups["packaging"] = groups["packaging_start"] = parameters["packaging_start"]
    groups["equipment"] = groups["season"] = 1.0
    groups["good_probability"] = -1.0
    groups["smoothed_demand"] = 0.25 * n_members * parameters["capacity_member_packs"]
    groups["cash_rupiah"] = int(parameters["initial_cash_rupiah"])
    groups["price_rupiah"] = int(parameters["price_rupiah"])
    groups["first_sale_week"] = NEVER
    return groups

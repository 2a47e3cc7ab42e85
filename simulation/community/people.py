"""What each buyer is like: category, threshold, trust, online or not, and how far from a member."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from getok.simulation.community.layout import Layout
from getok.simulation.community.ties import Ties
from getok.simulation.compiled import compiled
from getok.simulation.draws import Purpose, stream, uniforms
from getok.simulation.names import CATEGORY_NAMES
from getok.simulation.state import BUYER, NEVER, Records, Stage, Zone

CATEGORY_SHARES = (0.025, 0.135, 0.34, 0.34, 0.16)
"""Rogers' categories (ev 1.1)."""

SMALLEST = 1e-12
"""Quantiles stay this far from 0 and 1, so that normal values stay finite."""


def draws(key: int, purpose: Purpose, agents: NDArray[np.int64], slot: int = 0) -> NDArray[np.float64]:
    """Draws of the community, made once (week 0)."""
    return uniforms(stream(key, int(purpose), 0), agents, slot)


def normal(u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard normal value at quantile ``u``."""
    return np.asarray(ndtri(np.clip(u, SMALLEST, 1.0 - SMALLEST)), dtype=np.float64)


@compiled
def hops(start: NDArray[np.int64], to: NDArray[np.int32], homes: NDArray[np.int64]) -> NDArray[np.int16]:
    """Social distance of everybody to the nearest member's household, along ties in rows; -1 where there is no way."""
    n = start.size - 1
    hop = np.full(n, -1, np.int16)
    reached = np.empty(n, np.int64)  # in the order of distance
    n_reached = 0
    for home in homes:
        if hop[home] < 0:
            hop[home] = 0
            reached[n_reached] = home
            n_reached += 1
    at = 0
    while at < n_reached:
        i = reached[at]
        at += 1
        for e in range(start[i], start[i + 1]):
            if hop[to[e]] < 0:
                hop[to[e]] = hop[i] + 1
                reached[n_reached] = to[e]
                n_reached += 1
    return hop


def unaware_people(layout: Layout, keys: NDArray[np.int64]) -> Records:
    """Buyers who know nothing yet, at their places."""
    buyers: Records = np.zeros(layout.n, dtype=BUYER)
    buyers["key"], buyers["zone"] = keys, layout.zone
    buyers["catchment"], buyers["block"] = layout.catchment, layout.block
    for nobody in ("group", "member_of", "source", "source_tie", "met_member", "generation"):
        buyers[nobody] = -1
    buyers["met_week"] = buyers["last_purchase"] = NEVER
    return buyers


def give_character(buyers: Records, parameters: Mapping[str, float], key: int) -> None:
    """Draw category, threshold and whether online."""
    keys = buyers["key"].copy()
    cuts = np.cumsum(CATEGORY_SHARES)[:-1]
    category = np.searchsorted(cuts, draws(key, Purpose.COMMUNITY_CATEGORY, keys), side="right")
    means = np.array([parameters[f"threshold_{name}"] for name in CATEGORY_NAMES])
    spread = parameters["threshold_sd"] * normal(draws(key, Purpose.COMMUNITY_THRESHOLD, keys))
    buyers["category"] = category
    buyers["threshold"] = np.clip(means[category] + spread, 0.01, 1.5)
    buyers["online"] = draws(key, Purpose.COMMUNITY_ONLINE, keys) < parameters["online_share"]


def first_trust(buyers: Records, parameters: Mapping[str, float], key: int) -> NDArray[np.float64]:
    """Trust of each buyer in the group: highest next to members, lower in the RW, lowest outside (paper P02)."""
    near = buyers["hop"] == 1
    elsewhere = np.where(buyers["zone"] == Zone.RW, parameters["trust_rw"], parameters["trust_outside"])
    mean = np.where(near, parameters["trust_near_members"], elsewhere)
    spread = parameters["trust_sd"] * normal(draws(key, Purpose.COMMUNITY_TRUST, buyers["key"].copy()))
    return np.clip(mean + spread, 0.01, 0.99)


def settle_members(buyers: Records, homes: NDArray[np.int64], group: NDArray[np.int64]) -> None:
    """Make members' households advocates: they know and praise the product, and do not buy it."""
    buyers["member_of"][homes] = buyers["group"][homes] = group
    buyers["stage"][homes] = Stage.CONFIRMATION
    buyers["signal"][homes] = 2
    buyers["generation"][homes] = 0


def expose(buyers: Records, ties: Ties) -> None:
    """Add up everybody's trust in neighbours, and in those who already use the product."""
    n = len(buyers)
    exact = ties.trust.astype(np.float64)  # sums stay far below 2**53
    users = buyers["signal"][ties.to] == 2
    buyers["exposure_all"] = np.bincount(ties.owner, weights=exact, minlength=n).astype(np.int64)
    buyers["exposure_adopters"] = np.bincount(ties.owner[users], weights=exact[users], minlength=n).astype(np.int64)

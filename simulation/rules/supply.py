"""How much a group makes, and what a pack costs it (model.md 7.7, 7.8)."""

from __future__ import annotations

import math

from getok.simulation.compiled import compiled


@compiled
def smoothed(before: float, demand: int, weight: float) -> float:
    """Demand as remembered: exponential smoothing."""
    return (1.0 - weight) * before + weight * demand


@compiled
def capacity(n_members: int, packs_a_member: float, equipment: float) -> int:
    """Packs a group can make in a week.

    Examples
    --------
    >>> capacity(10, 8.0, 1.6)
    128
    """
    return math.floor(n_members * packs_a_member * equipment)


@compiled
def production(
    smoothed_demand: float, margin: float, due: int, stock: int, most: int, cash: int, unit_cost: int
) -> int:
    """Packs made this week: what is expected and due less what is there, within capacity and cash.

    Examples
    --------
    >>> production(40.0, 1.25, 10, 20, 80, 70_000, 3_500)
    20
    """
    wanted = math.floor(margin * smoothed_demand + due - stock)
    return max(0, min(wanted, min(most, cash // unit_cost)))


@compiled
def unit_cost(price: float, cost_share: float) -> int:
    """Cost of making a pack in rupiah."""
    return max(1, math.floor(price * cost_share + 0.5))


@compiled
def share_of(amount: int, part: float) -> int:
    """Part of an amount of rupiah, rounded down."""
    return math.floor(amount * part)

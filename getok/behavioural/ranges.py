"""What calibration draws: every parameter whose value is weakly founded, over its declared range."""

from __future__ import annotations

from getok.simulation.scenario.parameters import BUYERS, MEMBERS, SHOPS, SUPPLY, TRUST

NOT_BEHAVIOUR = frozenset({"visit_cost_rupiah", "price_rupiah", "poverty_line_rupiah", "household_persons"})
"""Money that is counted but moves nobody."""

ONE_SUM = "legality_weight_"
"""Weights that add up to one: they are not free."""


def drawn_ranges() -> dict[str, tuple[float, float]]:
    """Ranges by name: all of low confidence about buyers, trust, shops, supply and members."""
    return {
        one.name: (float(one.low), float(one.high))
        for one in BUYERS + TRUST + SHOPS + SUPPLY + MEMBERS
        if one.confidence == "low" and one.name not in NOT_BEHAVIOUR and not one.name.startswith(ONE_SUM)
    }

"""What is measured on one run, to tell whether it shows what the case reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.simulation.record.tables import Table

Columns = Mapping[str, NDArray[Any]]
Tables = Mapping[str, Table]

WARUNGS = ("susi", "ronal", "winarni")
SELECTED = (*WARUNGS, "pusdiktek")
YEAR = 52
SETTLED = slice(42, 52)
"""Weeks 43 to 52."""

SOURCES = ("door", "member", "buyer", "aware", "shop", "online")


def weekly(tables: Tables, column: str) -> NDArray[np.float64]:
    """One column of the weekly table of a run of one group."""
    return np.asarray(tables["weekly"].columns[column], dtype=np.float64)


def outlet(tables: Tables, name: str, column: str) -> float:
    """One value of one outlet; NaN if the scenario has no such outlet."""
    columns = tables["outlets"].columns
    found = np.asarray(columns[column])[np.asarray(columns["outlet"]) == name]
    return float(found[0]) if len(found) else float("nan")


def granted_week(tables: Tables, service: str) -> float:
    """Week in which a certificate was first granted; infinite if never."""
    cases = tables["cases"].columns
    mine = (np.asarray(cases["service"]) == service) & (np.asarray(cases["state"]) == "granted")
    return float(np.asarray(cases["week"])[mine].min()) if mine.any() else float("inf")


def outlets_carried(tables: Tables) -> float:
    """Most outlets that carried the product in any week of the first year (P01)."""
    return float(weekly(tables, "carrying_outlets")[:YEAR].max())


def sales_elsewhere(tables: Tables) -> float:
    """Share of the first year's packs that were not sold at doors (P01)."""
    sold = weekly(tables, "packs_sold")[:YEAR].sum()
    return float(1.0 - weekly(tables, "packs_door")[:YEAR].sum() / sold) if sold > 0 else 1.0


def yearly_drift(tables: Tables) -> float:
    """Slope of weekly sales over their mean, as a share a year (P04)."""
    sold = weekly(tables, "packs_sold")
    if sold.mean() == 0.0:
        return 0.0
    return float(np.polyfit(np.arange(len(sold)), sold, 1)[0] * YEAR / sold.mean())


def trust_gap(tables: Tables) -> float:
    """Trust of buyers less that of owners in week 1 (P02)."""
    return float(weekly(tables, "trust_buyers")[0] - weekly(tables, "trust_owners")[0])


def warungs_carrying(tables: Tables) -> float:
    """Selected warungs that carry the product in week 52 (P09)."""
    return float(sum(outlet(tables, name, "carrying_52") for name in WARUNGS))


def institution_carries(tables: Tables) -> float:
    """Whether PUSDIKTEK carries it in week 52 (P09)."""
    return outlet(tables, "pusdiktek", "carrying_52")


def online_carries(tables: Tables) -> float:
    """Whether the online account is open in week 52 (P09)."""
    return outlet(tables, "online", "carrying_52")


def agreed_while_pending(tables: Tables) -> float:
    """Selected outlets that agreed before P-IRT or halal was granted (P10)."""
    granted = min(granted_week(tables, "pirt"), granted_week(tables, "halal"))
    return float(sum(outlet(tables, name, "accept_week") < granted for name in SELECTED))


def trust_before_cooperation(tables: Tables) -> float:
    """Share of acceptances at which trust was above where it started; 1 if there was none (P11)."""
    columns = tables["outlets"].columns
    agreed = ~np.isnan(np.asarray(columns["accept_week"], dtype=np.float64)) & np.isin(columns["outlet"], SELECTED)
    higher = np.asarray(columns["trust_at_acceptance"]) > np.asarray(columns["trust_start"])
    return float(higher[agreed].mean()) if agreed.any() else 1.0


def heard_from_mouths(tables: Tables) -> float:
    """Share of those who first heard in the first year who heard from a shop or a buyer (P18)."""
    heard = {source: weekly(tables, f"heard_{source}")[:YEAR].sum() for source in SOURCES}
    total = sum(heard.values())
    return float((heard["shop"] + heard["buyer"]) / total) if total > 0 else 0.0


def aware_outside(tables: Tables) -> float:
    """Share of the people outside the RW who know the product at the end (P18)."""
    return float(tables["summary"].columns["aware_outside"][0])


def settled_sales(tables: Tables) -> float:
    """Packs a week in weeks 43 to 52 (P19)."""
    return float(weekly(tables, "packs_sold")[SETTLED].mean())


def settled_payout(tables: Tables) -> float:
    """Rupiah a week shared among members in weeks 43 to 52 (P19)."""
    return float(weekly(tables, "payout_rupiah")[SETTLED].mean())


def income_against_line(tables: Tables) -> float:
    """Income of a member against the poverty line of her household (P28)."""
    return float(tables["summary"].columns["poverty_ratio"][0])


MEASURES: dict[str, Callable[[Tables], float]] = {
    measure.__name__: measure
    for measure in (
        outlets_carried,
        sales_elsewhere,
        yearly_drift,
        trust_gap,
        warungs_carrying,
        institution_carries,
        online_carries,
        agreed_while_pending,
        trust_before_cooperation,
        heard_from_mouths,
        aware_outside,
        settled_sales,
        settled_payout,
        income_against_line,
    )
}


def measured(tables: Tables) -> dict[str, float]:
    """All measures of one run, by name."""
    return {name: measure(tables) for name, measure in MEASURES.items()}

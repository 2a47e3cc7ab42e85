"""The outcomes that scenarios are compared by, each declared once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from getok.analysis.patterns.evidence import Evidence
from getok.simulation.names import ENTERED_NAMES, ZONE_NAMES

Values = NDArray[np.float64]


class Unit(StrEnum):
    """How a value is written."""

    PACKS = "packs"
    BUYERS = "buyers"
    OUTLETS = "outlets"
    SHARE = "share"
    RUPIAH = "rupiah"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing to compare.

    Attributes
    ----------
    key : str
        Name in JSON and, in the catalogue of words, of its label.
    unit : Unit
        How it is written.
    higher_is_better : bool or None
        None where neither is.
    is_key : bool
        Whether it stands in the short table.
    measure : callable
        From the tables and a scenario to one value a replicate.
    """

    key: str
    unit: Unit
    higher_is_better: bool | None
    is_key: bool
    measure: Callable[[Evidence, str], Values]


AVERAGED = frozenset(
    {"aware_rw", "aware_outside", "aware_hop_2_plus", "mean_generation", "poverty_ratio", "tasks_done_share"}
)
"""Columns of the summary that are averaged over groups, as incomes are; all else is added."""


def is_averaged(column: str) -> bool:
    """Whether a column of the summary is averaged over groups."""
    return column in AVERAGED or column.startswith("income_")


def of_summary(column: str) -> Callable[[Evidence, str], Values]:
    """Measure a column of the summary over all groups."""

    def measure(e: Evidence, scenario: str) -> Values:
        """Sum or mean of the column over groups, one value a replicate."""
        return over_groups(e.rows(scenario, "summary"), column)

    return measure


def over_groups(rows: dict[str, NDArray[Any]], column: str) -> Values:
    """Values of a column summed over groups, one a replicate; shares and means are averaged."""
    values = np.asarray(rows[column], dtype=np.float64)
    n_groups = int(rows["group"].max()) + 1 if len(rows["group"]) else 1
    by_group = values.reshape(-1, n_groups)
    return np.asarray(by_group.mean(axis=1) if is_averaged(column) else by_group.sum(axis=1))


def counted(place: NDArray[np.int64], weights: NDArray[Any], n: int) -> Values:
    """Sum of weights by replicate."""
    return np.asarray(np.bincount(place, weights=weights, minlength=n), dtype=np.float64)


def n_buyers(e: Evidence, scenario: str) -> Values:
    """Buyers of all zones, one value a replicate."""
    rows = e.rows(scenario, "reach")
    at = rows["week"] == 0
    place = np.searchsorted(e.replicates, rows["replicate"][at])
    return counted(place, rows["n"][at], e.n)


def of_reach(where: str, value: int, *, count: bool, users: bool = False) -> Callable[[Evidence, str], Values]:
    """Measure who is aware, or uses the product, at a hop (as a share) or in a generation (as a count) at the end."""

    def measure(e: Evidence, scenario: str) -> Values:
        """Share or number of buyers at this hop or in this generation, one value a replicate."""
        rows = e.rows(scenario, "reach")
        here = (rows["week"] == rows["week"].max()) & (rows[where] == value)
        place = np.searchsorted(e.replicates, rows["replicate"])
        aware = here & (rows["generation"] >= 0)
        heard = counted(place[aware], rows["adopters" if users else "n"][aware], e.n)
        if count:
            return heard
        whole = counted(place[here], rows["n"][here], e.n)
        part = np.full(e.n, np.nan)
        np.divide(heard, whole, out=part, where=whole > 0)
        return part

    return measure


def of_funnel(stage: str) -> Callable[[Evidence, str], Values]:
    """Measure the share of buyers who ever entered a stage."""

    def measure(e: Evidence, scenario: str) -> Values:
        """Share of buyers who ever entered the stage, one value a replicate."""
        return last_week(e, scenario, [f"entered_buyers_{stage}"]) / n_buyers(e, scenario)

    return measure


def of_week(column: str) -> Callable[[Evidence, str], Values]:
    """Measure a count of the last week."""

    def measure(e: Evidence, scenario: str) -> Values:
        """Count of the last week over groups, one value a replicate."""
        return last_week(e, scenario, [column])

    return measure


def of_exit(stage: str) -> Callable[[Evidence, str], Values]:
    """Measure the share of buyers in an exit at the end."""

    def measure(e: Evidence, scenario: str) -> Values:
        """Share of buyers in the exit at the end, one value a replicate."""
        return last_week(e, scenario, [f"buyers_{zone}_{stage}" for zone in ZONE_NAMES]) / n_buyers(e, scenario)

    return measure


def last_week(e: Evidence, scenario: str, columns: Sequence[str]) -> Values:
    """Sum of columns in the last week over groups, one value a replicate."""
    rows = e.rows(scenario, "weekly")
    last = rows["week"] == rows["week"].max()
    place = np.searchsorted(e.replicates, rows["replicate"][last])
    total = sum(np.asarray(rows[column][last], dtype=np.float64) for column in columns)
    return counted(place, np.asarray(total), e.n)


def tasks_done(e: Evidence, scenario: str) -> Values:
    """Share of the programme's tasks that were done; without a programme none were."""
    return np.nan_to_num(over_groups(e.rows(scenario, "summary"), "tasks_done_share"))


def cost_total(e: Evidence, scenario: str) -> Values:
    """Public and own cost together."""
    rows = e.rows(scenario, "summary")
    return over_groups(rows, "cost_public_rupiah") + over_groups(rows, "cost_group_rupiah")


OUTCOMES: tuple[Outcome, ...] = (
    Outcome("packs_per_week_52", Unit.PACKS, True, True, of_summary("packs_per_week_52")),
    Outcome("packs_per_week", Unit.PACKS, True, True, of_summary("packs_per_week")),
    Outcome("active_buyers_52", Unit.BUYERS, True, False, of_summary("active_buyers_52")),
    Outcome("active_buyers", Unit.BUYERS, True, True, of_summary("active_buyers")),
    Outcome("carrying_outlets_52", Unit.OUTLETS, True, True, of_summary("carrying_outlets_52")),
    Outcome("carrying_warungs_52", Unit.OUTLETS, True, False, of_summary("carrying_warungs_52")),
    Outcome("carrying_outlets", Unit.OUTLETS, True, False, of_summary("carrying_outlets")),
    Outcome("aware_rw", Unit.SHARE, True, False, of_summary("aware_rw")),
    Outcome("aware_outside", Unit.SHARE, True, False, of_summary("aware_outside")),
    Outcome("aware_outside_by_buyer", Unit.BUYERS, True, True, of_summary("aware_outside_by_buyer")),
    *(Outcome(f"aware_hop_{hop}", Unit.SHARE, True, False, of_reach("hop", hop, count=False)) for hop in range(1, 7)),
    *(
        Outcome(f"aware_generation_{g}", Unit.BUYERS, None, False, of_reach("generation", g, count=True))
        for g in range(1, 7)
    ),
    *(
        Outcome(f"adopters_hop_{hop}", Unit.SHARE, True, False, of_reach("hop", hop, count=False, users=True))
        for hop in range(1, 7)
    ),
    *(
        Outcome(f"adopters_generation_{g}", Unit.BUYERS, True, False, of_reach("generation", g, count=True, users=True))
        for g in range(1, 7)
    ),
    Outcome("income_member_52_rupiah", Unit.RUPIAH, True, False, of_summary("income_member_52_rupiah")),
    Outcome("income_member_rupiah", Unit.RUPIAH, True, True, of_summary("income_member_rupiah")),
    *(Outcome(f"entered_{stage}", Unit.SHARE, True, False, of_funnel(stage)) for stage in ENTERED_NAMES),
    Outcome("rejected", Unit.SHARE, False, False, of_exit("rejected")),
    Outcome("discontinued", Unit.SHARE, False, False, of_exit("discontinued")),
    *(
        Outcome(f"{kind}_{stage}", Unit.NUMBER, True, False, of_week(f"entered_{kind}_{stage}"))
        for kind in ("owners", "members")
        for stage in ENTERED_NAMES
    ),
    Outcome("owners_discontinued", Unit.NUMBER, False, False, of_week("owners_discontinued")),
    Outcome("members_discontinued", Unit.NUMBER, False, False, of_week("members_discontinued")),
    Outcome("tasks_done_share", Unit.SHARE, True, False, tasks_done),
    Outcome("unserved", Unit.PACKS, False, False, of_summary("unserved")),
    Outcome("cost_public_rupiah", Unit.RUPIAH, False, False, of_summary("cost_public_rupiah")),
    Outcome("cost_total_rupiah", Unit.RUPIAH, False, False, cost_total),
)
BY_KEY = {outcome.key: outcome for outcome in OUTCOMES}

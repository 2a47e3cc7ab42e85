"""Why an outcome is the same in all pairs: nothing differs, or at other times, or it does not reach the outcome.

What differs is asked of the scenarios; when and in what it shows, of the weekly tables of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from getok.analysis.compare.causes import Reason, Two, causes
from getok.analysis.compare.window import window_of
from getok.simulation.record.tables import WEEKLY
from getok.simulation.scenario.resolved import Shock, ShockKind

PARTS = {
    "packs": ("packs_", "unserved", "stock_packs", "shelf_packs"),
    "buyers": ("active_buyers", "buyers_", "entered_buyers", "heard_", "experiences_"),
    "outlets": ("carrying_", "owners_", "entered_owners"),
    "members": ("members_", "entered_members"),
    "programme": ("visits", "facilitator_visits", "certificates_", "cost_"),
    "standing": ("legality", "quality", "packaging", "equipment", "trust_"),
}
"""What columns of the weekly table speak of, by how their names begin; all others of money."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Outcomes of one scenario that equal those of the baseline in every pair, and why."""

    scenario: str
    outcomes: tuple[str, ...]
    reasons: tuple[Reason, ...]


def unchanged(two: Two, outcomes: Sequence[str]) -> tuple[Unchanged, ...]:
    """Give reasons for outcomes that are equal in all pairs, those of the same reasons together."""
    acted = acting(two)
    if not acted:
        return (Unchanged(two.after.name, tuple(outcomes), causes(two)),) if outcomes else ()
    grouped: dict[tuple[Reason, ...], list[str]] = {}
    for outcome in outcomes:
        grouped.setdefault(why_not_reached(two, acted, outcome), []).append(outcome)
    return tuple(Unchanged(two.after.name, tuple(keys), reasons) for reasons, keys in grouped.items())


def acting(two: Two) -> dict[str, set[int]]:
    """Weeks in which anything differs in any pair, by what the columns speak of."""
    one, other = (two.evidence.rows(played.name, "weekly") for played in (two.before, two.after))
    found: dict[str, set[int]] = {}
    for column in WEEKLY.names[2:]:
        both_missing = (one[column] != one[column]) & (other[column] != other[column])
        unequal = (one[column] != other[column]) & ~both_missing
        if unequal.any():
            found.setdefault(part_of(column), set()).update(np.unique(one["week"][unequal]).tolist())
    return found


def part_of(column: str) -> str:
    """What a column of the weekly table speaks of.

    Examples
    --------
    >>> part_of("packs_sold"), part_of("cash_rupiah"), part_of("buyers_rw_knowledge")
    ('packs', 'money', 'buyers')
    """
    return next((part for part, begins in PARTS.items() if column.startswith(begins)), "money")


def why_not_reached(two: Two, acted: dict[str, set[int]], outcome: str) -> tuple[Reason, ...]:
    """Say of one outcome that the change acts at other times, or in its weeks and on other things."""
    first, last = window_of(outcome, two.after.horizon_weeks)
    within = {part: {week for week in weeks if first <= week <= last} for part, weeks in acted.items()}
    touched = tuple(part for part, weeks in within.items() if weeks)
    everywhere = set().union(*acted.values())
    if not touched:
        acting_weeks = (("from", min(everywhere)), ("to", max(everywhere)))
        return (Reason("why.elsewhere", (*acting_weeks, ("first", first), ("last", last))),)
    weeks = set().union(*(acted[part] for part in touched))
    said = Reason("why.acted", (("from", min(weeks)), ("to", max(weeks)), ("parts", " ".join(touched))))
    price = (Reason("why.price"),) if is_price_alone(two) else ()
    return (said, *price)


def is_price_alone(two: Two) -> bool:
    """Whether the price is all that differs."""
    names = [name for name, value in two.after.parameters.items() if value != two.before.parameters.get(name)]
    shocks = [one or other for _, one, other in two.changed("shocks")]
    priced = all(isinstance(shock, Shock) and shock.kind is ShockKind.PRICE_CHANGE for shock in shocks)
    return priced and set(names) <= {"price_rupiah"} and bool(names or shocks)

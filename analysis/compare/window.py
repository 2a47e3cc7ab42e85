"""The weeks that an outcome counts."""

from __future__ import annotations

LATE = ("packs_per_week", "active_buyers")
"""Outcomes that are means of eight weeks."""

INCOME = "income_member"
YEAR = 52


def window_of(outcome: str, horizon: int) -> tuple[int, int]:
    """First and last week that an outcome counts.

    Examples
    --------
    >>> window_of("packs_per_week_52", 104), window_of("income_member_rupiah", 104), window_of("unserved", 104)
    ((45, 52), (79, 104), (1, 104))
    """
    last = min(YEAR, horizon) if "_52" in outcome else horizon
    if outcome.startswith(LATE):
        return max(1, last - 7), last
    if outcome.startswith(INCOME):
        return max(1, last - 25), last
    return (last, last) if outcome.startswith("carrying_") else (1, last)

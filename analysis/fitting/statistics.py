"""A few numbers that say what records say: of a group and of runs the same, from the same weeks.

Weekly sales are counts, so levels enter as square roots, whose luck is about the same at every level. A run is seen
only where the records have a figure: a gap in them is a gap in the run; what happened in the burn-in counts as week 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.fitting.records import NEVER, Event, Records, Sale
from getok.analysis.fitting.simulated import Simulated

Values = NDArray[np.float64]

WINDOW = 13
"""Recorded weeks that one level is the mean of: a quarter of a year."""

FEW = 4
"""Figures of a channel below which nothing but levels is asked of it."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Numbers of runs, and the same of the records.

    Attributes
    ----------
    names : tuple of str
        What each says.
    runs : float64, shape (n, n_statistics)
    observed : float64, shape (n_statistics,)
    """

    names: tuple[str, ...]
    runs: Values
    observed: Values


def statistics_of(records: Records, simulated: Simulated) -> Statistics:
    """Say the same of runs and of records."""
    runs = dict(_all(records, _sold_in_runs(records, simulated), _weeks_in_runs(records, simulated)))
    observed = dict(_all(records, _sold(records), _weeks(records)))
    return Statistics(
        tuple(runs), np.column_stack(list(runs.values())), np.concatenate([observed[name] for name in runs])
    )


def windows(sales: tuple[Sale, ...]) -> NDArray[np.int64]:
    """Number of the window of each figure: so many recorded weeks each, what is left over joins the last.

    Examples
    --------
    >>> windows(tuple(Sale("door", week, week, 1) for week in range(1, 31))).tolist()[11:15]
    [0, 0, 1, 1]
    """
    passed = np.cumsum([sale.weeks for sale in sales])
    number = (passed - 1) // WINDOW
    last = np.flatnonzero(number == number[-1])
    if last[0] > 0 and passed[-1] - passed[last[0] - 1] < WINDOW / 2:
        number[last] = number[last[0] - 1]
    return np.unique(number, return_inverse=True)[1].astype(np.int64)


Sold = Mapping[str, Values]
"""Packs by channel, one column a figure of the records."""


def _all(records: Records, sold: Sold, weeks: Mapping[str, Values]) -> Iterator[tuple[str, Values]]:
    for channel in records.channels:
        yield from _of_channel(channel, records.of(channel), sold[channel])
    for name, week in weeks.items():
        yield f"{name}: week", np.clip(week, 1.0, records.end + 1.0)
        yield f"{name}: happened", (week <= records.end).astype(np.float64)
    if any(event.is_of_member for event in records.events):
        for kind in ("member_joined", "member_left"):
            if kind in sold:
                yield f"{kind}: members", sold[kind][:, -1]


def _of_channel(channel: str, sales: tuple[Sale, ...], packs: Values) -> Iterator[tuple[str, Values]]:
    lengths = np.array([sale.weeks for sale in sales], dtype=np.float64)
    number = windows(sales)
    for window in range(number[-1] + 1):
        mine = np.flatnonzero(number == window)
        name = f"{channel}, weeks {sales[mine[0]].first} to {sales[mine[-1]].last}"
        yield f"{name}: packs a week (root)", np.sqrt(packs[:, mine].sum(axis=1) / lengths[mine].sum())
    if len(sales) < FEW:
        return
    rates = np.sqrt(packs / lengths)
    some = packs > 0
    first = np.array([sale.first for sale in sales], dtype=np.float64)
    yield (
        f"{channel}: first week with sales",
        np.where(some.any(axis=1), first[some.argmax(axis=1)], sales[-1].last + 1),
    )
    yield f"{channel}: share of figures without sales", 1.0 - some.mean(axis=1)
    yield f"{channel}: change from figure to figure (root)", np.sqrt((np.diff(rates, axis=1) ** 2).mean(axis=1))
    yield f"{channel}: highest figure (root)", rates.max(axis=1)


def _sold(records: Records) -> dict[str, Values]:
    found = {
        channel: np.array([[sale.packs for sale in records.of(channel)]], dtype=np.float64)
        for channel in records.channels
    }
    for kind in _of_members(records):
        happened = [event for event in records.events if event.kind == kind and event.week != NEVER]
        found[kind] = np.array([[float(len(happened))]])
    return found


def _sold_in_runs(records: Records, simulated: Simulated) -> dict[str, Values]:
    found = {}
    for channel in records.channels:
        passed = np.cumsum(np.pad(simulated.weekly[channel], ((0, 0), (1, 0))), axis=1)
        first = np.array([sale.first for sale in records.of(channel)])
        last = np.array([sale.last for sale in records.of(channel)])
        found[channel] = passed[:, last] - passed[:, first - 1]
    for kind in _of_members(records):
        found[kind] = simulated.weekly[kind][:, : records.end]
    return found


def _of_members(records: Records) -> list[str]:
    return list(dict.fromkeys(event.kind for event in records.events if event.is_of_member))


def _dated(records: Records) -> list[Event]:
    """Events that are told one by one, or of members the first of each kind."""
    first: dict[tuple[str, str], Event] = {}
    for event in sorted(records.events, key=lambda event: event.week):
        first.setdefault((event.kind, event.about), event)
    return sorted(first.values(), key=lambda event: (event.kind, event.about))


def _weeks(records: Records) -> dict[str, Values]:
    return {f"{event.kind} {event.about}".strip(): np.array([event.week]) for event in _dated(records)}


def _weeks_in_runs(records: Records, simulated: Simulated) -> dict[str, Values]:
    found = {}
    for event in _dated(records):
        name = f"{event.kind} {event.about}".strip()
        counted = {"first_sale": event.about}.get(event.kind, event.kind if event.is_of_member else "")
        found[name] = _first(simulated.weekly[counted]) if counted else simulated.week_of(event.kind, event.about)
    return found


def _first(weekly: Values) -> Values:
    some = weekly > 0
    return np.where(some.any(axis=1), some.argmax(axis=1) + 1.0, np.inf)

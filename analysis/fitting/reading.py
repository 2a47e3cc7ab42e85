"""Reading a group's records from CSV files; every fault is told with its file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from getok.analysis.fitting.calendar import Calendar, Order, order_of
from getok.analysis.fitting.record_words import COLUMNS, NEVER_WORDS, PACKS, is_sum, read_channel, read_column
from getok.analysis.fitting.records import EVENTS, NEVER, SHORT, Event, Records, Sale, Subject
from getok.simulation.delimited import (
    MISSING,
    ROW_NAMES,
    Delimited,
    check_columns,
    numbers_of,
    read_delimited,
    two_ways,
)
from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.names import CHANNEL_NAMES
from getok.simulation.nearest import nearest
from getok.simulation.scenario.resolved import Scenario

FEWEST_WEEKS = 8
"""Weeks with a figure below which records say next to nothing."""

MOST_PACKS = 100_000
"""Most packs that one figure may have: far beyond what any group sells in a year."""

MOST_FAULTS = 50
"""Faults that are told one by one."""

WORKBOOKS = frozenset({".xlsx", ".xls", ".ods", ".numbers"})


class RecordsError(ScenarioError):
    """A file of records that cannot be used; carries every fault found in one pass."""


def read_records(sales: Path, events: Path | None, scenario: Scenario, week_one: date | None = None) -> Records:
    """Read what was sold, and what happened.

    Parameters
    ----------
    sales : Path
        CSV with the columns ``channel``, ``packs``, and ``week`` or ``date``; a column ``until`` holds the last week
        (or date) of a figure that covers several weeks.
    events : Path or None
        CSV with the columns ``event``, ``week`` or ``date``, and ``what``: the outlet, service or channel.
    scenario : Scenario
        What the group did: it says which outlets, services and weeks there are.
    week_one : date or None
        First day of week 1, for dates.

    Raises
    ------
    RecordsError
        With every fault of both files.
    ScenarioError
        If a file is no such table.
    """
    calendar = Calendar(scenario.horizon_weeks, week_one)
    problems: list[Problem] = []
    opened = _opened(sales, ("channel", "packs"), problems)
    sold, n_added = _sales(opened, calendar, problems)
    happened = [] if events is None else _events(_opened(events, ("event",), problems), scenario, calendar, problems)
    covered = {week for sale in sold for week in range(sale.first, sale.last + 1)}
    if not problems and len(covered) < FEWEST_WEEKS:
        what = f"covers {len(covered)} weeks; at least {FEWEST_WEEKS} are needed, or nothing can be told from them"
        problems.append(Problem(sales.as_posix(), "", what))
    if len(problems) > MOST_FAULTS:
        more = Problem(sales.as_posix(), "", f"and {len(problems) - MOST_FAULTS} more faults like these")
        problems[MOST_FAULTS:] = [more]
    if problems:
        raise RecordsError(problems)
    in_order = sorted(sold, key=lambda sale: (CHANNEL_NAMES.index(sale.channel), sale.first))
    return Records(tuple(in_order), tuple(happened), opened.unread, n_added)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A table with the names of columns that the reader knows, and whether it counts in weeks or in dates."""

    file: Delimited
    kind: str
    order: Order
    unread: tuple[str, ...]

    def cell(self, row: int, name: str) -> str:
        """One cell; empty if there is no such column."""
        return self.file.rows[row][self.file.header.index(name)] if name in self.file.header else ""


def _opened(path: Path, needed: tuple[str, ...], problems: list[Problem]) -> _Opened:
    if path.suffix.lower() in WORKBOOKS and path.is_file():
        what = "is a workbook; save its sheet as CSV (semicolons and decimal commas are fine)"
        raise RecordsError([Problem(path.as_posix(), "", what)])
    plain = read_delimited(path)
    file = replace(plain, header=tuple(map(read_column, plain.header)))
    check_columns(file, needed)
    kinds = [kind for kind in ("week", "date") if kind in file.header]
    if len(kinds) != 1:
        problems.append(Problem(f"{file.name}:1:1", "", "needs one of the columns 'week' and 'date', and not both"))
    dates = [cell for name in ("date", "until") if name in file.header for cell in file.column(name)]
    says_so = file.delimiter == ";" or any(name.casefold() in COLUMNS for name in plain.header)
    unread = tuple(name for name in file.header if name not in {*COLUMNS.values(), ROW_NAMES})
    return _Opened(file, kinds[0] if kinds else "week", order_of(dates, is_day_first=says_so), unread)


def _sales(opened: _Opened, calendar: Calendar, problems: list[Problem]) -> tuple[list[Sale], int]:
    """Figures, and how many lines were added to another of the same week."""
    calendar = replace(calendar, order=opened.order)
    numbers = numbers_of([PACKS.sub("", cell.casefold()) for cell in opened.file.column("packs")])
    found: list[tuple[int, Sale]] = []
    for row, packs in enumerate(numbers):
        wrong = [opened.file.problem(row, *fault) for fault in _wrong_sale(opened, row, packs, calendar)]
        problems += wrong
        if not wrong and packs is not None:
            first = int(calendar.week(opened.cell(row, opened.kind), opened.kind))
            last = int(calendar.week(opened.cell(row, "until") or opened.cell(row, opened.kind), opened.kind))
            found.append((row, Sale(read_channel(opened.cell(row, "channel")), first, last, packs)))
    return _joined(opened, found, problems)


def _joined(opened: _Opened, found: list[tuple[int, Sale]], problems: list[Problem]) -> tuple[list[Sale], int]:
    """Figures with those of several days of a week added up; any other week that is there twice is a fault."""
    sales: list[tuple[int, Sale]] = []
    place: dict[tuple[str, int], int] = {}
    days: set[tuple[str, str]] = set()
    for row, sale in found:
        weeks = [(sale.channel, week) for week in range(sale.first, sale.last + 1)]
        before = next((place[week] for week in weeks if week in place), None)
        day = sale.channel, opened.cell(row, "date")
        if before is None:
            place |= dict.fromkeys(weeks, len(sales))
            sales.append((row, sale))
        elif day[1] and day not in days and sale.weeks == sales[before][1].weeks == 1:
            first, whole = sales[before]
            sales[before] = first, replace(whole, packs=whole.packs + sale.packs)
        else:
            what = f"line {opened.file.lines[sales[before][0]]} already says what was sold in this channel in this week"
            problems.append(opened.file.problem(row, opened.kind, what))
        days.add(day)
    return [sale for _, sale in sales], len(found) - len(sales)


def _wrong_sale(opened: _Opened, row: int, packs: float | None, calendar: Calendar) -> Iterator[tuple[str, str]]:
    if is_sum(list(opened.file.rows[row])):
        yield opened.file.header[0], "sums up the other lines; leave it out"
        return
    cell = opened.cell(row, "channel")
    if (channel := read_channel(cell)) not in CHANNEL_NAMES:
        there = ", ".join(CHANNEL_NAMES)
        yield "channel", f"unknown channel '{cell}'; there are {there}{nearest(channel, list(CHANNEL_NAMES))}"
    if why := _wrong_packs(opened.cell(row, "packs"), packs):
        yield "packs", why
    first = calendar.week(opened.cell(row, opened.kind), opened.kind)
    if isinstance(first, str):
        yield opened.kind, first
    until = opened.cell(row, "until")
    last = calendar.week(until, opened.kind) if until else first
    if isinstance(last, str) and until:
        yield "until", last
    if isinstance(first, int) and isinstance(last, int) and last < first:
        yield "until", f"'{until}' lies before the first week of the figure"


def _wrong_packs(cell: str, packs: float | None) -> str:
    if cell in MISSING:
        return "nothing stands here; write 0 if nothing was sold, or leave the line out"
    if re.match(r"(?:rp|idr)[\s.\d]", cell.casefold()):
        return f"'{cell}' is an amount of money; expected packs"
    if packs is None:
        return two_ways(cell) or f"'{cell}' is no number; leave the whole line out if it is unknown"
    if packs < 0.0:
        return f"{cell} packs cannot be sold; returns are not subtracted from sales"
    if packs > MOST_PACKS:
        return f"{cell} packs are more than a group sells; at most {MOST_PACKS} in one figure"
    return ""


def _events(opened: _Opened, scenario: Scenario, calendar: Calendar, problems: list[Problem]) -> list[Event]:
    there = {
        Subject.SERVICE: [one.id for one in scenario.services],
        Subject.OUTLET: [one.id for one in scenario.outlets],
        Subject.CHANNEL: list(CHANNEL_NAMES),
    }
    calendar = replace(calendar, order=opened.order)
    ids = {name.casefold(): one.id for one in scenario.services for name in (one.name, one.id)}
    ids |= {name.casefold(): one.id for one in scenario.outlets for name in (one.name, one.id)}
    found: list[Event] = []
    seen: dict[tuple[str, str], int] = {}
    for row in range(len(opened.file)):
        event_cell, what_cell = opened.cell(row, "event").casefold(), opened.cell(row, "what")
        kind, about = SHORT.get(event_cell, (event_cell, ids.get(what_cell.casefold(), read_channel(what_cell))))
        wrong = [
            opened.file.problem(row, name, what)
            for name, what in _wrong_event(opened, row, kind, about, there, calendar)
        ]
        problems += wrong
        if wrong:
            continue
        cell = opened.cell(row, opened.kind)
        event = Event(kind, about, NEVER if cell.casefold() in NEVER_WORDS else float(calendar.week(cell, opened.kind)))
        if (kind, about) in seen and not event.is_of_member:
            what = f"line {opened.file.lines[seen[kind, about]]} already says when this happened; the first time counts"
            problems.append(opened.file.problem(row, "event", what))
        seen[kind, about] = row
        found.append(event)
    return found


def _wrong_event(
    opened: _Opened, row: int, kind: str, about: str, there: dict[Subject, list[str]], calendar: Calendar
) -> Iterator[tuple[str, str]]:
    if kind not in EVENTS:
        known = [*EVENTS, *SHORT]
        yield "event", f"unknown event '{kind}'; there are {', '.join(known)}{nearest(kind, known)}"
    elif (subject := EVENTS[kind]) is not Subject.MEMBER and about not in there[subject]:
        names = there[subject]
        which = f"'{about}' is no {subject.value} of the scenario" if about else f"missing: which {subject.value}"
        yield "what", f"{which}; there are {', '.join(names)}{nearest(about, names)}"
    cell = opened.cell(row, opened.kind)
    week = 1 if cell.casefold() in NEVER_WORDS else calendar.week(cell, opened.kind)
    if isinstance(week, str):
        yield opened.kind, f"{week}; 'never' if it had not happened when the records end"

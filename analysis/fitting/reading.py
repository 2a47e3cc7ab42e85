"""Reading a group's records from CSV files; every fault is told with its file, line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.fitting.records import EVENTS, NEVER, SHORT, Event, Records, Sale, Subject
from simulation.delimited import Delimited, read_delimited
from simulation.errors import Problem, ScenarioError
from simulation.names import CHANNEL_NAMES
from simulation.scenario.resolved import Scenario
from simulation.scenario.values import nearest

FEWEST_WEEKS = 8
"""Weeks with a figure below which records say next to nothing."""

NEVER_WORDS = frozenset({"never", "belum"})
DAYS = 7


class RecordsError(ScenarioError):
    """A file of records that cannot be used; carries every fault found in one pass."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks of a scenario, and the first day of week 1 if dates are to be read."""

    n_weeks: int
    week_one: date | None = None

    def week(self, cell: str, kind: str) -> int | str:
        """Week that a cell names, or what is wrong with it."""
        found = self._of_date(cell) if kind == "date" else _whole(cell)
        if isinstance(found, str):
            return found
        if found < 1:
            return f"'{cell}' lies before week 1; the records begin with the programme's first week"
        if found > self.n_weeks:
            return f"'{cell}' is week {found}; the scenario has {self.n_weeks} weeks"
        return found

    def _of_date(self, cell: str) -> int | str:
        if self.week_one is None:
            return "a date needs the first day of week 1: --week-one 2019-01-07"
        try:
            return (date.fromisoformat(cell) - self.week_one).days // DAYS + 1
        except ValueError:
            return f"'{cell}' is no date; write year-month-day, such as 2019-03-25"


def _whole(cell: str) -> int | str:
    return int(cell) if cell.removeprefix("-").isdigit() else f"'{cell}' is no week; write a whole number, such as 12"


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
    sold = _sales(_opened(sales, ("channel", "packs"), problems), calendar, problems)
    happened = [] if events is None else _events(_opened(events, ("event",), problems), scenario, calendar, problems)
    covered = {week for sale in sold for week in range(sale.first, sale.last + 1)}
    if not problems and len(covered) < FEWEST_WEEKS:
        what = f"covers {len(covered)} weeks; at least {FEWEST_WEEKS} are needed, or nothing can be told from them"
        problems.append(Problem(sales.as_posix(), "", what))
    if problems:
        raise RecordsError(problems)
    return Records(
        tuple(sorted(sold, key=lambda sale: (CHANNEL_NAMES.index(sale.channel), sale.first))), tuple(happened)
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    """A table, and whether it counts in weeks or in dates."""

    file: Delimited
    kind: str

    def cell(self, row: int, name: str) -> str:
        """One cell; empty if there is no such column."""
        return self.file.rows[row][self.file.header.index(name)] if name in self.file.header else ""


def _opened(path: Path, needed: tuple[str, ...], problems: list[Problem]) -> _Opened:
    file = read_delimited(path, needed)
    kinds = [kind for kind in ("week", "date") if kind in file.header]
    if len(kinds) != 1:
        problems.append(Problem(f"{file.name}:1:1", "", "needs one of the columns 'week' and 'date', and not both"))
    return _Opened(file, kinds[0] if kinds else "week")


def _sales(opened: _Opened, calendar: Calendar, problems: list[Problem]) -> list[Sale]:
    found: list[Sale] = []
    seen: dict[tuple[str, int], int] = {}
    for row in range(len(opened.file)):
        wrong = [opened.file.problem(row, name, what) for name, what in _wrong_sale(opened, row, calendar)]
        problems += wrong
        if wrong:
            continue
        first = int(calendar.week(opened.cell(row, opened.kind), opened.kind))
        last = int(calendar.week(opened.cell(row, "until") or opened.cell(row, opened.kind), opened.kind))
        sale = Sale(opened.cell(row, "channel"), first, last, float(opened.cell(row, "packs")))
        twice = next(
            (seen[sale.channel, week] for week in range(first, last + 1) if (sale.channel, week) in seen), None
        )
        if twice is not None:
            what = f"line {opened.file.lines[twice]} already says what was sold in this channel in this week"
            problems.append(opened.file.problem(row, opened.kind, what))
        seen |= {(sale.channel, week): row for week in range(first, last + 1)}
        found.append(sale)
    return found


def _wrong_sale(opened: _Opened, row: int, calendar: Calendar) -> Iterator[tuple[str, str]]:
    channel, packs = opened.cell(row, "channel"), opened.cell(row, "packs")
    if channel not in CHANNEL_NAMES:
        there = ", ".join(CHANNEL_NAMES)
        yield "channel", f"unknown channel '{channel}'; there are {there}{nearest(channel, list(CHANNEL_NAMES))}"
    if why := _wrong_packs(packs):
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


def _wrong_packs(cell: str) -> str:
    try:
        value = float(cell)
    except ValueError:
        return f"'{cell}' is no number; leave the whole line out if it is unknown"
    if not 0.0 <= value < NEVER:
        return f"{cell} packs cannot be sold; returns are not subtracted from sales"
    return ""


def _events(opened: _Opened, scenario: Scenario, calendar: Calendar, problems: list[Problem]) -> list[Event]:
    there = {
        Subject.SERVICE: [one.id for one in scenario.services],
        Subject.OUTLET: [one.id for one in scenario.outlets],
        Subject.CHANNEL: list(CHANNEL_NAMES),
    }
    found: list[Event] = []
    seen: dict[tuple[str, str], int] = {}
    for row in range(len(opened.file)):
        kind, about = SHORT.get(opened.cell(row, "event"), (opened.cell(row, "event"), opened.cell(row, "what")))
        wrong = [
            opened.file.problem(row, name, what)
            for name, what in _wrong_event(opened, row, kind, about, there, calendar)
        ]
        problems += wrong
        if wrong:
            continue
        cell = opened.cell(row, opened.kind)
        event = Event(kind, about, NEVER if cell in NEVER_WORDS else float(calendar.week(cell, opened.kind)))
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
    week = 1 if cell in NEVER_WORDS else calendar.week(cell, opened.kind)
    if isinstance(week, str):
        yield opened.kind, f"{week}; 'never' if it had not happened when the records end"

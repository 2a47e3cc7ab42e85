"""Times of adoption out of a column: which are times, which stand for "never", and which is the first period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from getok.analysis.measures.columns import MARK_WORDS, Columns, inverted
from getok.analysis.measures.remarks import Counted, Remark
from getok.analysis.measures.suspicions import assert_no_codes
from getok.simulation.delimited import MISSING, Delimited, numbers_of, two_ways
from getok.simulation.errors import Problem, ScenarioError, UsageError

MOST_PERIODS = 5_000
"""Periods that are measured at most: thirteen years of days."""

NEVER_WORDS = frozenset({"never", "belum", "not adopted"})
AWAY = 10
"""Empty periods before the earliest time from which on times may not be counted from 1."""


class Watched(StrEnum):
    """What the time of a person means who did not adopt."""

    THROUGH = "through"
    """The last period in which they were watched: survival data."""
    BEFORE = "before"
    """The first period in which they were no longer watched."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """How times are to be read.

    Attributes
    ----------
    first_period : int or None
        The time that is period 1; None: 1, or the earliest time where that is far from 1.
    censored_at : int or None
        From this time on a time means: not adopted.
    never : tuple of str
        Cells that mean: not adopted.
    watched : Watched
        What the time of a person means who did not adopt.
    """

    first_period: int | None = None
    censored_at: int | None = None
    never: tuple[str, ...] = ()
    watched: Watched = Watched.THROUGH


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """Times as a diffusion has them.

    Attributes
    ----------
    time : float64, shape (n,)
        Period of adoption from 1; NaN: not adopted while watched.
    until : int64, shape (n,)
        Last period watched.
    n_periods, first : int
        How many periods there are, and the time that is the first.
    not_adopted : tuple of Counted
        How those who did not adopt are written.
    remarks : tuple of Remark
        How the times were read.
    """

    time: NDArray[np.float64]
    until: NDArray[np.int64]
    n_periods: int
    first: int
    not_adopted: tuple[Counted, ...]
    remarks: tuple[Remark, ...]


def read_times(people: Delimited, columns: Columns, conventions: Conventions) -> Times:
    """Read times of adoption, and for how long the others were watched.

    Raises
    ------
    ScenarioError
        If a cell is no time or mark, a time looks like a code or a date, or nobody adopted.
    UsageError
        If the conventions cannot be.
    """
    if conventions.first_period is not None and conventions.first_period < 0:
        raise UsageError(f"--first-period {conventions.first_period}: a first period is 0 or a later time")
    never, written = _written(people, str(columns.time), conventions.never)
    marks = _marks(people, columns, written, never)
    late = written >= (np.inf if conventions.censored_at is None else conventions.censored_at)
    known = ~np.isnan(written)
    adopted = known & ~late & marks
    if not adopted.any():
        raise ScenarioError([Problem(people.name, str(columns.time), "nobody adopted; there is nothing to measure")])
    timed = adopted if columns.adopted is None else known & ~late
    if conventions.censored_at is None:
        assert_no_codes(people, str(columns.time), written, adopted, told_first=conventions.first_period is not None)
    first = _first(int(written[timed].min()), int(written[adopted].max()), conventions)
    _assert_not_before(people, str(columns.time), written, first)
    last = int(written[adopted].max()) if conventions.censored_at is None else conventions.censored_at - 1
    n_periods = last - first + 1
    if n_periods > MOST_PERIODS:
        what = (
            f"periods {first} to {last} are {n_periods}, at most {MOST_PERIODS} are measured; count in weeks, months "
            "or years, or say --first-period"
        )
        raise ScenarioError([Problem(people.name, str(columns.time), what)])
    period = written - first + 1
    ends = period if conventions.watched is Watched.THROUGH else period - 1
    until = np.where(adopted | ~known | late, n_periods, np.minimum(ends, n_periods))
    counted = _counted(people.column(str(columns.time)), known, never, late, ~marks & known & ~late)
    remarks = _remarks(columns, conventions, written, adopted, (first, last))
    return Times(np.where(adopted, period, np.nan), until.astype(np.int64), n_periods, first, counted, (*remarks,))


def _written(people: Delimited, name: str, codes: Sequence[str]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Who has a code for never, and times as written, NaN where there is none."""
    cells = people.column(name)
    same = {value for value in numbers_of(codes) if value is not None}
    read = numbers_of([cell for cell in cells if cell not in codes and cell.lower() not in NEVER_WORDS])
    numbers = iter(read)
    never = np.zeros(len(cells), dtype=np.bool_)
    written = np.full(len(cells), np.nan)
    problems = []
    for row, cell in enumerate(cells):
        never[row] = cell in codes or cell.lower() in NEVER_WORDS
        value = None if never[row] else next(numbers)
        if never[row] or cell in MISSING:
            continue
        if value in same:
            never[row] = True
        elif value is None or not value.is_integer():
            problems.append(people.problem(row, name, _no_time(cell)))
        else:
            written[row] = value
    people.complain(problems)
    return never, written


def _no_time(cell: str) -> str:
    parts = cell.replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return f"'{cell}' is a date; number the periods (weeks, months, years), as whole numbers"
    return two_ways(cell) or (
        f"'{cell}' is not a whole number; leave it empty for who did not adopt, or say --never '{cell}'"
    )


def _marks(
    people: Delimited, columns: Columns, written: NDArray[np.float64], never: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Who is marked as having adopted; everybody if there is no mark."""
    if columns.adopted is None:
        return np.ones(len(people), dtype=np.bool_)
    turned = inverted(columns.adopted)
    said = [MARK_WORDS.get(cell.lower()) for cell in people.column(columns.adopted)]
    what = "must be 0 (adopted) or 1 (not while watched)" if turned else "must be 1 (adopted) or 0 (not while watched)"
    people.complain(people.problem(row, columns.adopted, what) for row, mark in enumerate(said) if mark is None)
    marks = np.array([mark is not turned for mark in said], dtype=np.bool_)
    word = "0" if turned else "1"
    people.complain(
        people.problem(
            int(row),
            str(columns.time),
            f"says never although '{columns.adopted}' is {word}"
            if never[row]
            else f"is empty although '{columns.adopted}' is {word}; give the period",
        )
        for row in np.flatnonzero(marks & np.isnan(written))
    )
    return marks


def _first(lowest: int, highest: int, conventions: Conventions) -> int:
    """The time that is period 1: 1, unless times are far from it."""
    if conventions.first_period is not None:
        return conventions.first_period
    return lowest if lowest - 1 >= max(AWAY, highest - lowest + 1) else 1


def _assert_not_before(people: Delimited, name: str, written: NDArray[np.float64], first: int) -> None:
    people.complain(
        people.problem(
            int(row),
            name,
            f"is before the first period, {first}; say --first-period, or --never if it means 'not adopted'",
        )
        for row in np.flatnonzero(written < first)
    )


def _counted(
    cells: Sequence[str],
    known: NDArray[np.bool_],
    never: NDArray[np.bool_],
    late: NDArray[np.bool_],
    marked: NDArray[np.bool_],
) -> tuple[Counted, ...]:
    """How those who did not adopt are written, and how many are written so."""
    codes = Counter(cell for cell, code in zip(cells, never, strict=True) if code)
    groups = [("empty", int((~known & ~never).sum())), *codes.items()]
    groups += [("censored_at", int(late.sum())), ("marked", int(marked.sum()))]
    return tuple(Counted(what, n) for what, n in groups if n)


def _remarks(
    columns: Columns,
    conventions: Conventions,
    written: NDArray[np.float64],
    adopted: NDArray[np.bool_],
    span: tuple[int, int],
) -> Iterable[Remark]:
    """How the times were read."""
    first, last = span
    n_periods = last - first + 1
    slots = {"time": str(columns.time), "first": str(first), "last": str(last), "n": n_periods}
    yield Remark("periods", {**slots, "adopted": int(adopted.sum()), "others": int((~adopted).sum())})
    empty = int(written[adopted].min()) - first
    if conventions.first_period is None and first != 1:
        yield Remark("first_taken", {"first": str(first)})
    elif empty > 0:
        yield Remark("first_empty", {"n": empty, "first": str(first)})
    if columns.adopted is None:
        return
    yield Remark("mark_inverted" if inverted(columns.adopted) else "mark", {"mark": columns.adopted})
    timed = ~adopted & ~np.isnan(written)
    if np.any(written[timed] <= last):
        yield Remark(f"watched_{conventions.watched.value}")
    if conventions.censored_at is None and timed.any() and written[timed].max() > last:
        highest = int(written[timed].max())
        yield Remark("after_last", {"until": str(highest), "last": str(last), "next": str(highest + 1)})

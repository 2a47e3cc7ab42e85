"""Times that look like something else: a code for "never" or "unknown", or a date."""

from __future__ import annotations

import re
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from getok.simulation.delimited import Delimited
from getok.simulation.errors import Problem, ScenarioError

APART = 10
"""A gap between times that is no longer than this is a gap in a diffusion."""

TIMES_THE_SPAN = 3
"""So many times longer than all the other times span, and a gap sets a code apart from times."""

FEW = 3
"""Codes are few; more different times than these on either side of a gap are times."""

REPEATED = re.compile(r"9{2,}|8{2,}|7{2,}")
"""Codes of questionnaires: 99, 888, 7777."""


def assert_no_codes(
    people: Delimited, name: str, written: NDArray[np.float64], adopted: NDArray[np.bool_], *, told_first: bool
) -> None:
    """Stop where a time of adoption is more probably a code or a date; time and memory do not grow with the times.

    Raises
    ------
    ScenarioError
        With the code, where it first stands, and how to say what it means.
    """
    times = np.unique(written[adopted])
    for value in times:
        if _is_date(int(value)):
            raise _stopped(people, name, written, value, "looks like a date; number the periods (weeks, months, years)")
    if times[0] < 0:
        raise _stopped(people, name, written, times[0], f"is before any period; {_never(times[0])}")
    if times[0] == 0 and not told_first:
        what = f"may be the first period (say --first-period 0) or stand for those who did not adopt ({_never(0)})"
        raise _stopped(people, name, written, 0, what)
    for value, gap, others in _apart(times):
        what = (
            f"is {gap:.0f} periods from the next time, while the others span {others:.0f}; {_never(value)}; if it is a "
            f"time, say --censored-at {int(times[-1]) + 1}: from there on not adopted"
        )
        raise _stopped(people, name, written, value, what)


def _apart(times: NDArray[np.float64]) -> list[tuple[float, float, float]]:
    """Times far from all others: the time, its distance, and what the others span."""
    if len(times) < 2:
        return []
    gaps = np.diff(times)
    place = int(np.argmax(gaps))
    gap, lower, upper = float(gaps[place]), times[: place + 1], times[place + 1 :]
    found = []
    for few, others, value in ((upper, lower, upper[0]), (lower, upper, lower[-1])):
        span = float(np.ptp(others)) + 1
        coded = all(REPEATED.fullmatch(str(int(one))) for one in few)
        longest = max(APART / 2, span / 2) if coded else max(APART, TIMES_THE_SPAN * span)
        if len(few) <= FEW and len(few) <= len(others) and gap > longest:
            found.append((float(value), gap, span))
    return found[:1]


def _is_date(value: int) -> bool:
    """Whether a number is a day of these centuries written together, such as 20190105."""
    if not 18000101 <= value <= 22001231:
        return False
    try:
        datetime.strptime(str(value), "%Y%m%d")
    except ValueError:
        return False
    return True


def _never(value: float) -> str:
    return f"if it means 'not adopted', say --never {int(value)}"


def _stopped(people: Delimited, name: str, written: NDArray[np.float64], value: float, what: str) -> ScenarioError:
    rows = np.flatnonzero(written == value)
    one: Problem = people.problem(int(rows[0]), name, f"{int(value)} ({len(rows)} of {len(people)} lines) {what}")
    return ScenarioError([one])

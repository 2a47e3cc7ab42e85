"""An observed diffusion from two CSV files, joined by id: everything odd is an error or is counted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.measures.diffusion import Diffusion, Ties, network
from simulation.delimited import Delimited, read_delimited
from simulation.errors import Problem, ScenarioError

OF_TIES = frozenset({"type", "rank", "kind", "weight", "value"})
"""Columns that may stand in both files without meaning the same thing."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns in the two files.

    Attributes
    ----------
    id, time : str
        In the file of nodes: who, and the period of adoption.
    adopted : str
        In the file of nodes, may be absent: 1 adopted, 0 right-censored. Where it is 0, a time says that the person
        had not adopted *before* that period; an empty time, that they had not adopted at the end. The end is the last
        adoption, unless the reader says from which time on people are censored.
    source, target : str
        In the file of edges: who looks (names), and who is looked at (is named).
    value : str or None
        In the file of edges: value of the tie; without it every line counts 1.
    """

    id: str = "id"
    time: str = "toa"
    adopted: str = "adopted"
    source: str = "src"
    target: str = "dst"
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What was read, and what was left out.

    Attributes
    ----------
    people, lines : int
        Rows of the two files.
    self_ties, unknown : int
        Lines dropped because a person names oneself, or because one of the two persons is not in the file of nodes.
    merged : int
        Lines that say a pair again; their values are added.
    ties : int
        Directed pairs kept.
    censored : int
        People who did not adopt while watched.
    isolates : int
        People who name nobody and are named by nobody.
    """

    people: int
    lines: int
    self_ties: int
    unknown: int
    merged: int
    ties: int
    censored: int
    isolates: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A diffusion as read, and the account of it."""

    diffusion: Diffusion
    counts: Counts


def read_diffusion(
    nodes: Path,
    edges: Path,
    *,
    columns: Columns | None = None,
    censored_at: int | None = None,
    first_period: int = 1,
) -> Reading:
    """Read a diffusion from a file of people and a file of who names whom.

    Parameters
    ----------
    nodes : Path
        One line a person; columns that :class:`Columns` does not name become attributes.
    edges : Path
        One line a nomination. A column that both files have (such as ``village``) must agree with the person who
        names: that is how a scrambled join is found.
    columns : Columns, optional
        Names of the columns.
    censored_at : int, optional
        From this time on a time means "not adopted": right-censored.
    first_period : int
        The time that is period 1, such as 1946 where times are years.

    Raises
    ------
    ScenarioError
        If a file cannot be read, an id stands twice, a time or mark is no number, or the files do not join; it carries
        every fault found.
    """
    columns = columns or Columns()
    people = read_delimited(nodes, (columns.id, columns.time))
    lines = read_delimited(edges, (columns.source, columns.target, *([columns.value] if columns.value else [])))
    place = _places(people, columns)
    times = _times(people, columns, censored_at, first_period)
    ties, self_ties, unknown, merged = _ties(lines, place, columns)
    _assert_same_people(people, lines, place, columns)
    named = (columns.id, columns.time, columns.adopted)
    attributes = {name: people.values(name) for name in people.header if name not in named}
    diffusion = Diffusion(tuple(place), *times, ties, attributes)
    censored = int(np.count_nonzero(~diffusion.adopted))
    counts = Counts(diffusion.n, len(lines), self_ties, unknown, merged, len(ties.data), censored, diffusion.n_isolates)
    return Reading(diffusion, counts)


def _places(people: Delimited, columns: Columns) -> dict[str, int]:
    """Place of every id: one to one."""
    if not len(people):
        raise ScenarioError([Problem(people.name, "", "has no line after the head; one line a person is expected")])
    place: dict[str, int] = {}
    problems = []
    for row, name in enumerate(people.column(columns.id)):
        if name in place or not name:
            first = f"stands in line {people.lines[place[name]]}, too; " if name else "is empty; "
            problems.append(people.problem(row, columns.id, f"'{name}' {first}every person needs one id of their own"))
        place.setdefault(name, row)
    if problems:
        raise ScenarioError(problems)
    return place


def _times(
    people: Delimited, columns: Columns, censored_at: int | None, first_period: int
) -> tuple[NDArray[np.float64], NDArray[np.int64], int]:
    """Time of adoption, last period watched, number of periods."""
    written = people.numbers(columns.time, whole=True) - (first_period - 1)
    adopted = ~np.isnan(written)
    if censored_at is not None:
        adopted &= ~(written >= censored_at - (first_period - 1))
    if columns.adopted in people.header:
        marks = people.numbers(columns.adopted, whole=True)
        _check_marks(people, columns, marks, written)
        adopted &= marks == 1
    early = np.flatnonzero(written < 1)
    if early.size:
        hint = f"is before the first period, {first_period}; periods count from 1 (for years, say which is the first)"
        raise ScenarioError([people.problem(int(row), columns.time, hint) for row in early])
    if not adopted.any():
        raise ScenarioError([Problem(people.name, columns.time, "nobody adopted; there is nothing to measure")])
    last = int(written[adopted].max()) if censored_at is None else censored_at - first_period
    until = np.where(adopted | np.isnan(written), last, np.minimum(written - 1, last))
    return np.where(adopted, written, np.nan), until.astype(np.int64), last


def _check_marks(people: Delimited, columns: Columns, marks: NDArray[np.float64], written: NDArray[np.float64]) -> None:
    """Every mark is 0 or 1, and who adopted has a time."""
    problems = [
        people.problem(int(row), columns.adopted, "must be 1 (adopted) or 0 (not adopted while watched)")
        for row in np.flatnonzero(~np.isin(marks, (0, 1)))
    ]
    problems += [
        people.problem(int(row), columns.time, f"is empty although '{columns.adopted}' is 1; give the period")
        for row in np.flatnonzero((marks == 1) & np.isnan(written))
    ]
    if problems:
        raise ScenarioError(problems)


def _ties(lines: Delimited, place: dict[str, int], columns: Columns) -> tuple[Ties, int, int, int]:
    """Ties, and how many lines were dropped (oneself, unknown) or merged."""
    source = np.array([place.get(name, -1) for name in lines.column(columns.source)], dtype=np.int64)
    target = np.array([place.get(name, -1) for name in lines.column(columns.target)], dtype=np.int64)
    values = lines.numbers(columns.value) if columns.value else np.ones(len(lines))
    bad = [lines.problem(int(row), str(columns.value), "must be above 0") for row in np.flatnonzero(~(values > 0))]
    if bad:
        raise ScenarioError(bad)
    unknown = (source < 0) | (target < 0)
    oneself = ~unknown & (source == target)
    keep = ~unknown & ~oneself
    if not keep.any():
        what = f"no line joins two people of the other file by id ({len(lines)} lines); do the ids mean the same?"
        raise ScenarioError([Problem(lines.name, f"{columns.source}, {columns.target}", what)])
    ties = network(len(place), source[keep], target[keep], values[keep])
    merged = int(np.count_nonzero(keep)) - len(ties.data)
    return ties, int(np.count_nonzero(oneself)), int(np.count_nonzero(unknown)), merged


def _assert_same_people(people: Delimited, lines: Delimited, place: dict[str, int], columns: Columns) -> None:
    """What both files say of the person who names must be the same."""
    own = {columns.source, columns.target, columns.value, columns.id, columns.time, columns.adopted, *OF_TIES}
    for name in (name for name in lines.header if name in people.header and name not in own):
        of_person: list[Any] = people.column(name)
        pairs = [
            (said, of_person[place[who]])
            for said, who in zip(lines.column(name), lines.column(columns.source), strict=True)
            if who in place
        ]
        agree = sum(said == known for said, known in pairs)
        if agree < len(pairs):
            what = (
                f"agrees with '{name}' in {people.name} for {agree} of {len(pairs)} lines; "
                "the two files do not speak of the same people: check the ids, or rename the column"
            )
            raise ScenarioError([Problem(lines.name, name, what)])

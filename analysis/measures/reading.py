"""An observed diffusion from two CSV files, joined by id: everything odd is an error or is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from getok.analysis.measures.columns import Columns, find_columns, recognised
from getok.analysis.measures.diffusion import Diffusion, Ties, network
from getok.analysis.measures.exported import without_institutions
from getok.analysis.measures.remarks import Counted, Remark
from getok.analysis.measures.times import Conventions, Times, read_times
from getok.simulation.delimited import ROW_NAMES, Delimited, read_delimited
from getok.simulation.errors import Problem, ScenarioError

SAME_NAME = frozenset({"type", "rank", "kind", "weight", "value", "trust", "name"})
"""Columns that may stand in both files without meaning the same thing."""


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
    """A diffusion as read, and the account of it.

    Attributes
    ----------
    diffusion : Diffusion
        What was read.
    counts : Counts
        How many lines.
    columns : Columns
        Columns that were used.
    first : int
        The time that is period 1.
    not_adopted : tuple of Counted
        How those who did not adopt are written.
    spare : tuple of str
        Columns that were not used, those of the people first.
    remarks : tuple of Remark
        How the files were read, in words.
    """

    diffusion: Diffusion
    counts: Counts
    columns: Columns
    first: int
    not_adopted: tuple[Counted, ...]
    spare: tuple[str, ...]
    remarks: tuple[Remark, ...]


def read_diffusion(
    nodes: Path,
    edges: Path,
    *,
    columns: Columns | None = None,
    conventions: Conventions | None = None,
    ignore: tuple[str, ...] = (),
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
    conventions : Conventions, optional
        How times are to be read.
    ignore : tuple of str
        Columns that are left out although they would change what is measured.

    Raises
    ------
    ScenarioError
        If a file cannot be read, an id stands twice, a time or mark is no number, or the files do not join; it carries
        every fault found.
    """
    people, lines = read_delimited(nodes), read_delimited(edges)
    people, lines, exported = without_institutions(people, lines)
    asked = columns or Columns()
    found = find_columns(people, lines, asked, ignore)
    place = _places(people, found)
    times = read_times(people, found, conventions or Conventions())
    ties, self_ties, unknown, merged = _ties(lines, place, found)
    _assert_same_people(people, lines, place, found)
    spare = [[name for name in file.header if name not in _used(found) | set(ignore)] for file in (people, lines)]
    attributes = {name: people.values(name) for name in spare[0] if name != ROW_NAMES}
    diffusion = Diffusion(tuple(place), times.time, times.until, times.n_periods, ties, attributes)
    censored = int(np.count_nonzero(~diffusion.adopted))
    counts = Counts(diffusion.n, len(lines), self_ties, unknown, merged, len(ties.data), censored, diffusion.n_isolates)
    ignored = [name for name in ignore if name in (*people.header, *lines.header)]
    remarks = [*times.remarks, *_not_adopted(times), *exported, *_of_columns(found, asked, spare, ignored)]
    return Reading(diffusion, counts, found, times.first, times.not_adopted, (*spare[0], *spare[1]), (*remarks,))


def _used(columns: Columns) -> set[str | None]:
    return {getattr(columns, one.name) for one in fields(Columns)}


def _not_adopted(times: Times) -> Iterator[Remark]:
    if times.not_adopted:
        yield Remark("not_adopted", {"counted": times.not_adopted})


def _of_columns(found: Columns, asked: Columns, spare: list[list[str]], ignored: list[str]) -> Iterator[Remark]:
    """Which columns were taken without being named, and which were not used."""
    if names := recognised(found, asked):
        yield Remark("recognised", {"names": names})
    if found.value:
        yield Remark("ties_value", {"value": found.value})
    for key, names in zip(("people_spare", "ties_spare"), spare, strict=True):
        if ROW_NAMES in names and key == "people_spare":
            yield Remark("row_names")
        if others := [name for name in names if name != ROW_NAMES]:
            yield Remark(key, {"names": others})
    if ignored:
        yield Remark("ignored", {"names": ignored})


def _places(people: Delimited, columns: Columns) -> dict[str, int]:
    """Place of every id: one to one."""
    if not len(people):
        raise ScenarioError([Problem(people.name, "", "has no line after the head; one line a person is expected")])
    place: dict[str, int] = {}
    problems = []
    key = str(columns.id)
    for row, name in enumerate(people.column(key)):
        if name in place or not name:
            first = f"stands in line {people.lines[place[name]]}, too; " if name else "is empty; "
            problems.append(people.problem(row, key, f"'{name}' {first}every person needs one id of their own"))
        place.setdefault(name, row)
    people.complain(problems)
    return place


def _ties(lines: Delimited, place: dict[str, int], columns: Columns) -> tuple[Ties, int, int, int]:
    """Ties, and how many lines were dropped (oneself, unknown) or merged."""
    source = np.array([place.get(name, -1) for name in lines.column(str(columns.source))], dtype=np.int64)
    target = np.array([place.get(name, -1) for name in lines.column(str(columns.target))], dtype=np.int64)
    values = lines.numbers(columns.value) if columns.value else np.ones(len(lines))
    bad = [lines.problem(int(row), str(columns.value), "must be above 0") for row in np.flatnonzero(~(values > 0))]
    lines.complain(bad)
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
    own = {*_used(columns), *SAME_NAME, ROW_NAMES}
    for name in (name for name in lines.header if name in people.header and name not in own):
        of_person: list[Any] = people.column(name)
        pairs = [
            (said, of_person[place[who]])
            for said, who in zip(lines.column(name), lines.column(str(columns.source)), strict=True)
            if who in place
        ]
        agree = sum(said == known for said, known in pairs)
        if agree < len(pairs):
            what = (
                f"agrees with '{name}' in {people.name} for {agree} of {len(pairs)} lines; "
                "the two files do not speak of the same people: check the ids, or rename the column"
            )
            raise ScenarioError([Problem(lines.name, name, what)])

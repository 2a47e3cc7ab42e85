"""Which column of the two files says what: named by the reader, or taken by its name and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from getok.simulation.delimited import MISSING, ROW_NAMES, Delimited, numbers_of
from getok.simulation.errors import Problem, ScenarioError


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns in the two files; None: found by the names that other programs give them.

    Attributes
    ----------
    id, time : str or None
        In the file of people: who, and the period of adoption.
    adopted : str or None
        In the file of people, may be absent: 1 adopted, 0 right-censored; the other way round if it is named for
        censoring.
    source, target : str or None
        In the file of ties: who looks (names), and who is looked at (is named).
    value : str or None
        In the file of ties: value of the tie; without it every line counts 1.
    """

    id: str | None = None
    time: str | None = None
    adopted: str | None = None
    source: str | None = None
    target: str | None = None
    value: str | None = None


OPTIONS = {"id": "--id", "time": "--toa", "adopted": "--adopted", "source": "--from", "target": "--to"}

IDS = ("id", "name", "node", "vertex", "actor", "person", "ego", "respondent", "nama")
TIMES = ("toa", "time_of_adoption", "adoption_time", "adoption_period")
ENDS = (
    ("src", "dst"),
    ("source", "target"),
    ("from", "to"),
    ("ego", "alter"),
    ("sender", "receiver"),
    ("tail", "head"),
    ("i", "j"),
)
MARKS = ("adopted", "event", "status")
CENSORED = ("censored", "censor", "cens")

MARK_WORDS = {
    **dict.fromkeys(("1", "1.0", "true", "t", "yes", "y", "ya"), True),
    **dict.fromkeys(("0", "0.0", "false", "f", "no", "n", "tidak"), False),
}

ONE_ADOPTION = (
    "a person is one line and an adoption lasts: giving up, coming later and a line a period are not measured"
)
LASTING_TIES = "ties are taken to be there from the first period to the last"
OF_PEOPLE = frozenset(
    [
        "tod",
        "time_of_disadoption",
        "disadopted",
        "disadoption",
        "time",
        "period",
        "wave",
        "entry",
        "start",
        "stop",
        "end",
        "tstart",
        "tstop",
    ]
)
OF_TIES = frozenset(
    [
        "time",
        "period",
        "wave",
        "start",
        "stop",
        "end",
        "onset",
        "terminus",
        "tstart",
        "tstop",
        "year",
        "week",
        "month",
        "date",
    ]
)
"""Columns that would change what the others mean, in the file of people and in that of ties."""


def find_columns(people: Delimited, ties: Delimited, asked: Columns, ignored: Iterable[str]) -> Columns:
    """Find the columns that were not named.

    Raises
    ------
    ScenarioError
        If one is not there or may be one of several, or if another column would change what they mean.
    """
    for option, name in _named(asked):
        file = ties if option in {"source", "target", "value"} else people
        if name not in file.header:
            there = ", ".join(file.header) or "none"
            raise ScenarioError([Problem(f"{file.name}:1", name, f"this column is missing; there are: {there}")])
    found = replace(
        asked,
        id=asked.id or _one_of(people, IDS, "id", "who the line speaks of"),
        time=asked.time or _one_of(people, TIMES, "time", "the period of adoption"),
        adopted=asked.adopted or _mark(people, asked, ignored),
    )
    found = _ends(ties, found)
    used = {name for _, name in _named(found)}
    ties_kinds = [(people, OF_PEOPLE, ONE_ADOPTION), (ties, OF_TIES, LASTING_TIES)]
    people.complain(
        Problem(f"{file.name}:1", name, f"would change what is measured: {why}; --ignore {name} leaves it out")
        for file, meaning, why in ties_kinds
        for name in file.header
        if name.lower() in meaning and name not in used and name not in ignored
    )
    return found


def inverted(mark: str) -> bool:
    """Whether a column marks those who did not adopt."""
    return mark.lower() in CENSORED


def recognised(found: Columns, asked: Columns) -> list[str]:
    """Columns that were taken by a name other than the first choice."""
    first = Columns("id", "toa", "adopted", "src", "dst")
    return [
        str(getattr(found, one.name))
        for one in fields(Columns)
        if getattr(asked, one.name) is None and getattr(found, one.name) not in {None, getattr(first, one.name)}
    ]


def _named(columns: Columns) -> list[tuple[str, str]]:
    return [(one.name, name) for one in fields(Columns) if (name := getattr(columns, one.name)) is not None]


def _by_name(file: Delimited) -> Mapping[str, str]:
    """Columns by their names in small letters."""
    return {name.lower(): name for name in reversed(file.header)}


def _one_of(file: Delimited, names: Iterable[str], which: str, what: str) -> str:
    there = _by_name(file)
    for name in names:
        if name in there:
            return there[name]
    known = ", ".join(file.header) or "none"
    row_names = f" (the names of rows: {OPTIONS[which]} {ROW_NAMES})" if ROW_NAMES in file.header else ""
    name = next(iter(names))
    raise ScenarioError(
        [
            Problem(
                f"{file.name}:1",
                name,
                f"this column is missing; there are: {known}; name the one that says {what} with "
                f"{OPTIONS[which]} COLUMN{row_names}",
            )
        ]
    )


def _mark(people: Delimited, asked: Columns, ignored: Iterable[str]) -> str | None:
    """Column that says who adopted; none if there is none."""
    there = _by_name(people)
    named = [there[name] for name in (*MARKS, *CENSORED) if name in there]
    found = [name for name in named if name not in {asked.time, asked.id, *ignored} and _may_mark(people, name)]
    if len(found) > 1:
        what = f"{' and '.join(found)} may both say who adopted; name one with --adopted, the other with --ignore"
        raise ScenarioError([Problem(f"{people.name}:1", found[1], what)])
    return found[0] if found else None


def _may_mark(people: Delimited, name: str) -> bool:
    """Whether a column named like a mark may be one: words such as 'married' in a column 'status' are no marks."""
    if name.lower() == MARKS[0]:
        return True
    cells = set(people.column(name)) - MISSING
    if all(cell.lower() in MARK_WORDS for cell in cells):
        return bool(cells)
    if None in numbers_of(sorted(cells)):
        return False
    what = (
        f"has {', '.join(sorted(cells)[:5])}: if it says who adopted, write 1 (adopted) and 0 (not while watched); "
        f"if it says something else, say --ignore {name}"
    )
    raise ScenarioError([Problem(f"{people.name}:1", name, what)])


def _ends(ties: Delimited, columns: Columns) -> Columns:
    """Columns of the two ends of a tie."""
    if columns.source and columns.target:
        return columns
    there = _by_name(ties)
    pairs = [(there[one], there[other]) for one, other in ENDS if one in there and other in there]
    pairs = [pair for pair in pairs if columns.source in {None, pair[0]} and columns.target in {None, pair[1]}]
    if len(pairs) == 1:
        return replace(columns, source=pairs[0][0], target=pairs[0][1])
    known = ", ".join(ties.header) or "none"
    missing = columns.source or columns.target
    what = (
        f"which columns say who looks at whom? There are: {known}; name them with --from COLUMN (who looks) and "
        "--to COLUMN (who is looked at)"
    )
    raise ScenarioError([Problem(f"{ties.name}:1", missing or "src, dst", what)])

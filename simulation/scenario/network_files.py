"""A real network, or a participatory map, from two CSV files: who is there and tied to whom, and whether it fits."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from getok.simulation.errors import MOST_TOLD, NetworkFileError, Problem
from getok.simulation.names import CATEGORY_NAMES, COOPERATION_NAMES, OUTLET_KIND_NAMES, TIE_KIND_NAMES, ZONE_NAMES
from getok.simulation.nearest import nearest
from getok.simulation.spreadsheet_text import unguarded
from getok.simulation.texts.message import Message

PEOPLE = ("household", "member", "officer")
KINDS = (*PEOPLE, *OUTLET_KIND_NAMES, "agency", "group")
NODE_COLUMNS = ("id", "kind", "name", "zone", "block", "trust", "threshold", "category", "online", "toa")
HIGHEST_THRESHOLD = 1.5
"""Thresholds above 1 mean somebody whom trust and neighbours alone never convince; drawn ones reach this, too."""

TIE_COLUMNS = ("source", "target", "kind", "trust", "cooperation")


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One line of the file of nodes; None where nothing was written."""

    line: int
    id: str
    kind: str
    name: str
    zone: str
    block: str
    trust: float | None
    threshold: float | None
    category: str | None
    online: bool | None


@dataclass(frozen=True, slots=True)
class TieRow:
    """One line of the file of ties; None where nothing was written."""

    line: int
    source: str
    target: str
    kind: str
    trust: float | None
    cooperation: str | None


@dataclass(frozen=True, slots=True)
class ImportedNetwork:
    """What two files say, once nothing is wrong with them; ``warnings`` tells what was dropped."""

    nodes: tuple[NodeRow, ...]
    ties: tuple[TieRow, ...]
    warnings: tuple[Problem, ...] = ()

    def of_kind(self, kinds: Iterable[str]) -> list[NodeRow]:
        """Nodes of some kinds, in the order of the file."""
        wanted = set(kinds)
        return [node for node in self.nodes if node.kind in wanted]


@dataclass(slots=True)
class _Sheet:
    """One CSV file being read, and its faults."""

    name: str
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int | None, column: str, what: str) -> None:
        """Note a fault; after very many the rest of the file is not read.

        Raises
        ------
        NetworkFileError
            When there are as many as are told at once.
        """
        self.problems.append(Problem(f"{self.name}:{line}" if line else self.name, column, what))
        if len(self.problems) > MOST_TOLD:
            raise NetworkFileError(self.problems)

    def rows(
        self, text: str, required: tuple[str, ...], known: tuple[str, ...]
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """Lines as mappings; complains about missing and unknown columns first.

        Commas part the fields, or semicolons where the first line has no comma (spreadsheets with decimal commas).
        """
        text = text.removeprefix("\ufeff")
        first = text.partition("\n")[0]
        delimiter = ";" if ";" in first and "," not in first else ","
        reader = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True, delimiter=delimiter, strict=True)
        try:
            if self.columns_fit([name.strip() for name in reader.fieldnames or ()], required, known):
                reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
                yield from self.fields(reader)
        except csv.Error as error:
            self.fault(
                reader.line_num + 1,
                "",
                Message("this is not CSV: {error}; look for a quotation mark too many", error=error),
            )

    def columns_fit(self, columns: list[str], required: tuple[str, ...], known: tuple[str, ...]) -> bool:
        """Whether the first line names columns that can be read; complains if not."""
        if not columns:
            self.fault(
                None,
                "",
                Message("the file is empty; its first line names the columns: {known}", known=", ".join(known)),
            )
        for column in required if columns else ():
            if column not in columns:
                self.fault(
                    1, column, Message("this column is missing; there are {columns}", columns=", ".join(columns))
                )
        for place, column in enumerate(columns):
            if column in columns[:place]:
                self.fault(1, column, Message("this column is there twice; keep one"))
            elif column not in known:
                self.fault(1, column, Message("unknown column{hint}", hint=nearest(column, known)))
        return not self.problems

    def fields(self, reader: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str]]]:
        """Lines as mappings, those with a field too many or too few apart."""
        for row in reader:
            if None in row or None in row.values():
                n = len(reader.fieldnames or ())
                self.fault(reader.line_num, "", Message("{n} columns are named, this line has more or fewer", n=n))
                continue
            yield reader.line_num, {key: unguarded((value or "").strip()) for key, value in row.items()}

    def choice(
        self, line: int, column: str, value: str, known: tuple[str, ...], default: str | None = None
    ) -> str | None:
        """Read a word from a list."""
        if not value:
            return default
        if value.lower() not in known:
            self.fault(
                line,
                column,
                Message(
                    "'{value}' is not known{hint}; one of {known}",
                    value=value,
                    hint=nearest(value.lower(), known),
                    known=", ".join(known),
                ),
            )
            return default
        return value.lower()

    def level(self, line: int, column: str, value: str, high: float = 1.0) -> float | None:
        """Read trust or a threshold, from 0 to ``high``."""
        if not value:
            return None
        try:
            number = float(value.replace(",", "."))
        except ValueError:
            self.fault(line, column, Message("'{value}' is no number; write it like 0.7", value=value))
            return None
        if not 0 <= number <= high:
            hint = f"; write {number / 10:g}" if 1 < number <= 10 else ""
            self.fault(
                line, column, Message("{value} lies outside 0 to {high:g}{hint}", value=value, high=high, hint=hint)
            )
            return None
        return number


def read_network(
    nodes_text: str, ties_text: str, nodes_name: str = "nodes.csv", ties_name: str = "ties.csv"
) -> ImportedNetwork:
    """Read a network.

    Parameters
    ----------
    nodes_text, ties_text : str
        Contents of the files.
    nodes_name, ties_name : str
        What to call them in messages.

    Raises
    ------
    NetworkFileError
        With every fault found, by file and line.
    """
    sheet = _Sheet(nodes_name)
    warnings: list[Problem] = []
    nodes = list(_read_nodes(sheet, nodes_text, warnings))
    if not sheet.problems and not any(node.kind in {"member", "officer"} for node in nodes):
        sheet.fault(
            None, "kind", Message("there is no member; a group has at least one node of kind 'member' or 'officer'")
        )
    other = _Sheet(ties_name)
    known = None if sheet.problems else {node.id: node for node in nodes}  # faults of nodes are not told again
    ties = list(_read_ties(other, ties_text, known, warnings))
    problems = [*sheet.problems, *other.problems]
    if problems:
        raise NetworkFileError(problems)
    return ImportedNetwork(tuple(nodes), tuple(ties), tuple(warnings))


def _read_nodes(sheet: _Sheet, text: str, warnings: list[Problem]) -> Iterator[NodeRow]:
    seen: dict[str, int] = {}
    for line, row in sheet.rows(text, ("id", "kind"), NODE_COLUMNS):
        if row.get("toa") and not warnings:
            what = Message("not used: an imported community begins before anybody has adopted")
            warnings.append(Problem(f"{sheet.name}:{line}", "toa", what))
        name = row["id"]
        if not name:
            sheet.fault(line, "id", Message("empty; every node has an id"))
            continue
        if name in seen:
            sheet.fault(
                line,
                "id",
                Message("'{name}' is there twice, first in line {seen}; ids are unique", name=name, seen=seen[name]),
            )
            continue
        seen[name] = line
        kind = sheet.choice(line, "kind", row["kind"] or "-", KINDS)
        if kind is None:
            continue
        online = sheet.choice(line, "online", row.get("online", ""), ("yes", "no", "1", "0", "true", "false"))
        yield NodeRow(
            line=line,
            id=name,
            kind=kind,
            name=row.get("name", "") or name,
            zone=sheet.choice(line, "zone", row.get("zone", ""), ZONE_NAMES, "rw") or "rw",
            block=row.get("block", ""),
            trust=sheet.level(line, "trust", row.get("trust", "")),
            threshold=sheet.level(line, "threshold", row.get("threshold", ""), HIGHEST_THRESHOLD),
            category=sheet.choice(line, "category", row.get("category", ""), CATEGORY_NAMES),
            online=None if online is None else online in {"yes", "1", "true"},
        )


def _read_ties(sheet: _Sheet, text: str, nodes: dict[str, NodeRow] | None, warnings: list[Problem]) -> Iterator[TieRow]:
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in sheet.rows(text, ("source", "target", "kind"), TIE_COLUMNS):
        kind = sheet.choice(line, "kind", row["kind"] or "-", TIE_KIND_NAMES)
        strangers = [] if nodes is None else [column for column in ("source", "target") if row[column] not in nodes]
        for column in strangers:
            sheet.fault(
                line,
                column,
                Message("unknown agent '{row}'{hint}", row=row[column], hint=nearest(row[column], nodes or ())),
            )
        if kind is None or strangers:
            continue
        if row["source"] == row["target"]:
            warnings.append(
                Problem(
                    f"{sheet.name}:{line}",
                    "target",
                    Message("'{source}' is tied to itself; left out", source=row["source"]),
                )
            )
            continue
        pair = (kind, row["source"], row["target"])
        if pair in seen:
            sheet.fault(
                line, "target", Message("this tie is there twice, first in line {seen}; keep one", seen=seen[pair])
            )
            continue
        seen[pair] = line
        if nodes is not None and (what := wrong_ends(kind, nodes[row["source"]], nodes[row["target"]])):
            sheet.fault(line, "kind", what)
            continue
        cooperation = sheet.choice(line, "cooperation", row.get("cooperation", ""), COOPERATION_NAMES)
        yield TieRow(line, *pair[1:], kind, sheet.level(line, "trust", row.get("trust", "")), cooperation)


Ends = Callable[[str], bool]
RULES: dict[str, tuple[Ends, Ends, str]] = {
    "social": (lambda k: k in PEOPLE, lambda k: k in PEOPLE, "a social tie joins two households"),
    "patronage": (
        lambda k: k in PEOPLE,
        lambda k: k in OUTLET_KIND_NAMES,
        "a tie of patronage goes from a household to an outlet",
    ),
    "supply": (
        lambda k: k in OUTLET_KIND_NAMES,
        lambda k: k == "group",
        "a tie of supply goes from an outlet to the group",
    ),
    "service": (lambda k: k == "group", lambda k: k == "agency", "a tie of service goes from the group to an agency"),
}


def wrong_ends(kind: str, source: NodeRow, target: NodeRow) -> str:
    """Why a tie cannot join these two, or nothing."""
    fits_source, fits_target, rule = RULES[kind]
    if fits_source(source.kind) and fits_target(target.kind):
        return ""
    return f"{rule}, not from a {source.kind} to a {target.kind}"


def key_of(name: str) -> int:
    """Key of an agent by its id: the number after a single letter, else a hash, so that order never matters.

    Examples
    --------
    >>> key_of("b17")
    17
    """
    digits = name[1:] if name[:1].isalpha() else name
    if digits.isdecimal() and len(digits) < 16:
        return int(digits)
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:7], "big") + 10**16


def misfits(network: ImportedNetwork, outlets: Mapping[str, str], services: Set[str], name: str) -> list[Problem]:
    """Faults of a network that can only be seen together with its scenario.

    Parameters
    ----------
    outlets : mapping
        Kind of each outlet of the scenario, by id.
    services : set of str
        Ids of its services.
    name : str
        What to call the file of nodes.
    """
    found = [*_unknown(network, outlets, services), *_too_many(network)]
    return [Problem(f"{name}:{node.line}", "id", what) for node, what in found]


def _unknown(network: ImportedNetwork, outlets: Mapping[str, str], services: Set[str]) -> Iterator[tuple[NodeRow, str]]:
    for node in network.nodes:
        if node.kind in OUTLET_KIND_NAMES and node.id not in outlets:
            yield node, Message("the scenario has no outlet '{id}'; add it to 'outlets' in the scenario", id=node.id)
        elif node.kind in OUTLET_KIND_NAMES and outlets[node.id] != node.kind:
            yield node, Message("'{id}' is a {outlets} in the scenario", id=node.id, outlets=outlets[node.id])
        elif node.kind == "agency" and node.id not in services:
            yield node, Message("the scenario has no service '{id}'; add it to 'agencies' in the scenario", id=node.id)


def _too_many(network: ImportedNetwork) -> Iterator[tuple[NodeRow, str]]:
    for node in network.of_kind(["group"])[1:]:
        yield node, Message("an imported community holds one group")
    keys: dict[int, str] = {}
    for node in network.of_kind(PEOPLE):
        key = key_of(node.id)
        if key in keys:
            yield node, Message("'{id}' and '{keys}' end with the same number; rename one", id=node.id, keys=keys[key])
        keys.setdefault(key, node.id)

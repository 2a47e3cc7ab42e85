"""YAML 1.2 with the place of everything, all faults in one pass, within a budget of size and of values."""

from __future__ import annotations

import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode
from ruamel.yaml.scanner import Scanner, ScannerError

from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.printable import unprintable
from getok.simulation.scenario.nodes import Key, Node, Place, Scalar, key_text
from getok.simulation.scenario.text_file import SCENARIO_BYTES, read_text
from getok.simulation.texts.message import Message

STANDARD = "tag:yaml.org,2002:"


MOST_TOKENS = 100_000
"""Most words and marks that are read of a file, some 25 000 values; the largest scenario of the library has 2 500."""

MOST_BRACKETS = 20
"""Most brackets that stand inside one another."""

LONGEST_NUMBER = 40
"""Most signs that a number has."""

DEEP = "nested too deeply; a scenario has five levels"
TOO_MANY = f"more than {MOST_TOKENS} words and marks, the most that is read of a file"


def read_document(path: Path) -> Node:
    """Read one YAML file into nodes that know where they stand.

    Raises
    ------
    ScenarioError
        If the file cannot be read, is no YAML, is empty, is beyond the budget, or uses anchors, merge keys, tags or a
        key twice.
    """
    return _document(path, read_text(path, SCENARIO_BYTES))


@lru_cache(maxsize=64)
def _document(path: Path, text: str) -> Node:
    """Read a text once, however many scenarios extend it; nodes are read only."""
    lines = text.splitlines()
    refuse_directive(path, lines)
    root = compose(path, lines, text)
    if root is None:
        raise ScenarioError([Problem(path.as_posix(), "", Message("the file is empty; 'getok new' writes a skeleton"))])
    reader = _Reader(path, lines)
    node = reader.node(root)
    if not isinstance(node.value, dict):
        reader.problems.append(
            node.place.problem("", Message("a scenario is a mapping of keys; write 'name: ...' and so on"))
        )
    if reader.problems:
        raise ScenarioError(reader.problems)
    return node


def compose(path: Path, lines: list[str], text: str) -> YamlNode | None:
    """Read the structure of a text.

    Raises
    ------
    ScenarioError
        If it is no YAML, or too large or too deep to be a scenario.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.Scanner = BoundedScanner
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReusedAnchorWarning)  # anchors are refused later, once or twice named
            root: YamlNode | None = yaml.compose(text)
    except MarkedYAMLError as error:
        raise ScenarioError([syntax_problem(path, lines, error)]) from None
    except RecursionError:
        raise ScenarioError([Problem(path.as_posix(), "", DEEP)]) from None
    except (ValueError, OverflowError):  # the library makes a character of any number
        what = Message("a text names a character beyond U+10FFFF; look for '\\U'")
        raise ScenarioError([Problem(path.as_posix(), "", what)]) from None
    return root


class BoundedScanner(Scanner):
    """Cuts a text into words and marks, as many and as deep as a scenario may have them."""

    n_tokens = 0

    def fetch_more_tokens(self) -> Any:  # noqa: ANN401 - as the library has it
        """Read on, within the budget."""
        self.n_tokens += 1
        if self.n_tokens > MOST_TOKENS:
            raise ScannerError(None, None, TOO_MANY, self.reader.get_mark())
        return super().fetch_more_tokens()

    def fetch_flow_collection_start(self, kind: Any, to_push: str) -> None:  # noqa: ANN401 - as the library has it
        """Open a bracket, within the budget."""
        if len(self.flow_context) >= MOST_BRACKETS:
            raise ScannerError(None, None, DEEP, self.reader.get_mark())
        super().fetch_flow_collection_start(kind, to_push)


def refuse_directive(path: Path, lines: list[str]) -> None:
    """Refuse a file that asks for another YAML, in which words mean other things.

    Raises
    ------
    ScenarioError
        If the first line that says something is a directive.
    """
    said = (number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    first = next(said, None)
    if first is not None and lines[first].startswith("%"):
        what = Message("directives such as %YAML are not used here; remove the line")
        raise ScenarioError([Place(path, first + 1, 1, lines[first]).problem("", what)])


def syntax_problem(path: Path, lines: list[str], error: MarkedYAMLError) -> Problem:
    """Say where the YAML goes wrong."""
    mark = error.problem_mark or error.context_mark
    said = error.problem or error.context
    what = said if said in {DEEP, TOO_MANY} else Message("not valid YAML: {said}", said=said)
    if mark is None:
        return Problem(path.as_posix(), "", what)
    excerpt = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in excerpt[: mark.column + 1]:
        what = Message("a tab; YAML indents with spaces")
    return Place(path, mark.line + 1, mark.column + 1, excerpt).problem("", what)


class _Reader:
    """Turns composed YAML into nodes and collects what a scenario must not contain."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self.problems: list[Problem] = []
        self.anchors: set[tuple[int, int]] = set()

    def place(self, node: YamlNode) -> Place:
        """Where a value stands."""
        line, column = node.start_mark.line, node.start_mark.column
        return Place(self.path, line + 1, column + 1, self.lines[line] if line < len(self.lines) else "")

    def node(self, yaml: YamlNode, path: tuple[Key, ...] = ()) -> Node:
        """Read a value; ``path`` says where in the document it stands."""
        place = self.place(yaml)
        if self.is_anchored(yaml, path):
            return Node(None, place)
        if not str(yaml.tag).startswith(STANDARD):
            self.refuse(place, path, f"tags such as {yaml.tag} are not used here; remove it")
            return Node(None, place)
        if isinstance(yaml, MappingNode):
            return self.mapping(yaml, place, path)
        if isinstance(yaml, SequenceNode):
            return Node([self.node(item, (*path, number)) for number, item in enumerate(yaml.value)], place)
        return Node(self.scalar(yaml, place, path) if isinstance(yaml, ScalarNode) else None, place)

    def scalar(self, yaml: ScalarNode, place: Place, path: tuple[Key, ...]) -> Scalar:
        """Read a word or a number; one that no output could hold is a fault."""
        text = str(yaml.value)
        if what := unprintable(text):
            self.refuse(place, path, what)
            return ""
        if str(yaml.tag).removeprefix(STANDARD) in {"int", "float"} and len(text) > LONGEST_NUMBER:
            self.refuse(place, path, f"a number of {len(text)} signs; {LONGEST_NUMBER} are the most that is read")
            return 0
        return scalar(yaml)

    def mapping(self, yaml: MappingNode, place: Place, path: tuple[Key, ...]) -> Node:
        """Read a mapping, and where its keys stand."""
        node = Node({}, place)
        entries: dict[str, Node] = {}
        for key_node, value_node in yaml.value:
            where = self.place(key_node)
            if not isinstance(key_node, ScalarNode):
                self.refuse(where, path, "a key is a word, not a list or a mapping")
                continue
            key = str(key_node.value)
            inner = (*path, key)
            if what := unprintable(key):
                self.refuse(where, inner, what)
                continue
            if self.is_anchored(key_node, inner):
                continue
            if str(key_node.tag) == f"{STANDARD}merge":
                self.refuse(where, inner, "merge keys are not used here; 'extends' inherits")
            elif key in entries:
                self.refuse(where, inner, f"written twice, first in line {node.keys[key].line}; keep one")
            else:
                node.keys[key] = where
                entries[key] = self.node(value_node, inner)
        node.value = entries
        return node

    def is_anchored(self, yaml: YamlNode, path: tuple[Key, ...]) -> bool:
        """Whether a value has an anchor, which is a fault; told once, however often it is used."""
        place = self.place(yaml)
        if yaml.anchor and (place.line, place.column) not in self.anchors:
            self.anchors.add((place.line, place.column))
            self.refuse(place, path, "anchors and aliases are not used here; write the value out")
        return bool(yaml.anchor)

    def refuse(self, place: Place, path: tuple[Key, ...], what: str) -> None:
        """Note a fault."""
        self.problems.append(place.problem(key_text(path), what))


def scalar(yaml: ScalarNode) -> Scalar:
    """Value of a scalar under YAML 1.2: ``yes`` is a word, ``0o17`` is a number nobody needs."""
    text, kind = str(yaml.value), str(yaml.tag).removeprefix(STANDARD)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    try:
        if kind == "int":
            return int(text.replace("_", ""), 0)
        if kind == "float":
            return float(text.replace("_", ""))
    except ValueError:
        return text
    return text

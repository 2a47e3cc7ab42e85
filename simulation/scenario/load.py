"""From a file to a scenario: YAML 1.2 with the place of everything, all faults in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from simulation.errors import Problem, ScenarioError
from simulation.scenario.library import find
from simulation.scenario.nodes import Node, Place
from simulation.scenario.resolve import resolve
from simulation.scenario.resolved import Scenario

STANDARD = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario that can be run, what is odd about it, and the files it was read from."""

    scenario: Scenario
    warnings: tuple[Problem, ...]
    files: tuple[Path, ...]


def load_scenario(path_or_name: str | Path) -> Loaded:
    """Load a scenario file, or a scenario of the library by its name.

    Raises
    ------
    ScenarioError
        With every fault found.
    """
    path = find(path_or_name)
    scenario, warnings, files = resolve(path, read_document)
    return Loaded(scenario, tuple(warnings), tuple(files))


def read_document(path: Path) -> Node:
    """Read one YAML file into nodes that know where they stand.

    Raises
    ------
    ScenarioError
        If the file cannot be read, is no YAML, is empty, or uses anchors, merge keys, tags or a key twice.
    """
    text = read_text(path)
    lines = text.splitlines()
    try:
        root = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise ScenarioError([syntax_problem(path, lines, error)]) from None
    except YAMLError as error:
        raise ScenarioError([Problem(path.as_posix(), "", f"this is not YAML: {error}")]) from None
    if root is None:
        raise ScenarioError([Problem(path.as_posix(), "", "the file is empty; 'getok new' writes a skeleton")])
    reader = _Reader(path, lines)
    node = reader.node(root)
    if not isinstance(node.value, dict):
        reader.problems.append(node.place.problem("", "a scenario is a mapping of keys; write 'name: ...' and so on"))
    if reader.problems:
        raise ScenarioError(reader.problems)
    return node


def read_text(path: Path) -> str:
    """Read a file as UTF-8.

    Raises
    ------
    ScenarioError
        If it is missing, a folder, not readable, or in another encoding.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"not UTF-8 at byte {error.start}; save the file as UTF-8"
    except FileNotFoundError:
        what = "there is no such file"
    except IsADirectoryError:
        what = "this is a folder, not a file"
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
    raise ScenarioError([Problem(path.as_posix(), "", what)])


def syntax_problem(path: Path, lines: list[str], error: MarkedYAMLError) -> Problem:
    """Say where the YAML goes wrong."""
    mark = error.problem_mark or error.context_mark
    what = f"not valid YAML: {error.problem or error.context}"
    if mark is None:
        return Problem(path.as_posix(), "", what)
    excerpt = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in excerpt[: mark.column + 1]:
        what = "a tab; YAML indents with spaces"
    return Place(path, mark.line + 1, mark.column + 1, excerpt).problem("", what)


class _Reader:
    """Turns composed YAML into nodes and collects what a scenario must not contain."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        self.path = path
        self.lines = lines
        self.problems: list[Problem] = []

    def place(self, node: YamlNode) -> Place:
        line, column = node.start_mark.line, node.start_mark.column
        return Place(self.path, line + 1, column + 1, self.lines[line] if line < len(self.lines) else "")

    def node(self, yaml: YamlNode) -> Node:
        place = self.place(yaml)
        if yaml.anchor:
            self.problems.append(place.problem("", "anchors and aliases are not used here; write the value out"))
            return Node(None, place)
        if not str(yaml.tag).startswith(STANDARD):
            self.problems.append(place.problem("", f"tags such as {yaml.tag} are not used here; remove it"))
            return Node(None, place)
        if isinstance(yaml, MappingNode):
            return self.mapping(yaml, place)
        if isinstance(yaml, SequenceNode):
            return Node([self.node(item) for item in yaml.value], place)
        return Node(scalar(yaml) if isinstance(yaml, ScalarNode) else None, place)

    def mapping(self, yaml: MappingNode, place: Place) -> Node:
        node = Node({}, place)
        entries: dict[str, Node] = {}
        for key_node, value_node in yaml.value:
            where = self.place(key_node)
            key = str(key_node.value)
            if str(key_node.tag) == f"{STANDARD}merge":
                self.problems.append(where.problem(key, "merge keys are not used here; 'extends' inherits"))
            elif key in entries:
                first = node.keys[key].line
                self.problems.append(where.problem(key, f"written twice, first in line {first}; keep one"))
            else:
                node.keys[key] = where
                entries[key] = self.node(value_node)
        node.value = entries
        return node


def scalar(yaml: ScalarNode) -> str | int | float | bool | None:
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

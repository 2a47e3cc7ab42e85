"""From written files to the resolved form: parents merged in, quantities read, references checked."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from getok.simulation.errors import MOST_TOLD, Problem, ScenarioError
from getok.simulation.nearest import nearest
from getok.simulation.scenario.build import build
from getok.simulation.scenario.checks import check, check_written, problems_at
from getok.simulation.scenario.community_files import read_community
from getok.simulation.scenario.ignored import ignored
from getok.simulation.scenario.library import find
from getok.simulation.scenario.merge import KEYED_BY, doubles, merge
from getok.simulation.scenario.named_files import OUT_OF_REACH, SCENARIO_SUFFIXES, NamedFiles
from getok.simulation.scenario.nodes import Key, Node, key_text
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.schema import VERSION, WrittenScenario
from getok.simulation.scenario.values import read_parameters

Read = Callable[[Path], Node]

Chain = list[tuple[Path, Node]]
"""A file and its parents as they were written, the child first."""


def resolve(path: Path, read: Read, within: Path | None = None) -> tuple[Scenario, list[Problem], Chain]:
    """Resolve a scenario file: scenario, warnings, and what was read.

    Parameters
    ----------
    within : Path, optional
        Folder that all files named by files must lie in or below, the library apart; for files from elsewhere.

    Raises
    ------
    ScenarioError
        With every fault found in one pass; of a file elsewhere that a file names, nothing is quoted.
    """
    named = NamedFiles(within)
    if named.is_out_of_reach(path):
        raise ScenarioError([Problem(path.as_posix(), "", OUT_OF_REACH)])
    try:
        chain = family(path, read, named)
        return *resolve_chain(chain, named), chain
    except ScenarioError as error:
        raise ScenarioError(named.unquoted(error.problems)) from None


def resolve_chain(chain: Chain, named: NamedFiles) -> tuple[Scenario, list[Problem]]:
    """Resolve what was written: scenario and warnings.

    Raises
    ------
    ScenarioError
        With every fault found in one pass.
    """
    problems = [
        problem for _, node in chain for key, part in node.items() if key in KEYED_BY for problem in doubles(part, key)
    ]
    problems += [problem for _, node in chain for problem in version_problems(node)]
    observed: set[str] = set()
    whole = with_observed(chain[-1][1], observed, problems)
    for _, node in reversed(chain[:-1]):
        whole = merge(whole, with_observed(node, observed, problems), problems)
    values, wrong, warnings = read_parameters(section(whole, "parameters"), facts_of(chain))
    problems += wrong
    whole = without_inherited_title(whole, chain[0][1])
    written = validate(whole, problems)
    if written is None:
        raise ScenarioError(problems)
    problems += check_written(written, whole)
    community, wrong, dropped = read_community(written, whole, named)
    problems += wrong
    if problems:
        raise ScenarioError(problems)
    scenario = build(written, values, tuple(sorted(observed)), tuple(file.stem for file, _ in chain[1:]), community)
    errors, odd = check(scenario, whole)
    if errors:
        raise ScenarioError(errors)
    unused = problems_at(whole, ignored(written, scenario))
    return scenario, [*warnings, *dropped, *unused, *odd]


def facts_of(chain: list[tuple[Path, Node]]) -> set[str]:
    """Names of the parameters whose value stands under ``observed``: in the youngest file that has one."""
    facts: set[str] = set()
    for _, node in reversed(chain):
        told, changed = (
            {name for name, _ in part.items()} if part is not None else set()
            for part in (section(node, "observed"), section(node, "parameters"))
        )
        facts = (facts - changed) | told
    return facts


def with_observed(node: Node, observed: set[str], problems: list[Problem]) -> Node:
    """Put what a file has observed among its parameters, and note the names; without a parent all of them are facts."""
    facts, changes = section(node, "observed"), section(node, "parameters")
    stands_alone = section(node, "extends") is None
    for part in (facts, changes) if stands_alone else (facts,):
        observed |= {name for name, _ in part.items()} if part is not None else set()
    if facts is None or not isinstance(facts.value, dict) or not isinstance(node.value, dict):
        return node
    there = changes.value if changes is not None and isinstance(changes.value, dict) else {}
    for name in facts.value.keys() & there.keys():
        what = "stands under 'parameters' too; a fact of the group stands under 'observed' only"
        problems.append(facts.keys[name].problem(f"observed.{name}", what))
    both = Node({**there, **facts.value}, facts.place, {**(changes.keys if changes is not None else {}), **facts.keys})
    rest = {key: part for key, part in node.value.items() if key != "observed"}
    return Node({**rest, "parameters": both}, node.place, node.keys)


def without_inherited_title(whole: Node, child: Node) -> Node:
    """Take away the title of a parent: what a scenario is called is not inherited."""
    if section(child, "title") is not None or not isinstance(whole.value, dict) or "title" not in whole.value:
        return whole
    return Node({key: node for key, node in whole.value.items() if key != "title"}, whole.place, whole.keys)


def family(path: Path, read: Read, named: NamedFiles) -> Chain:
    """A file and its parents, the child first.

    Raises
    ------
    ScenarioError
        If a parent is missing or the files extend one another in a circle.
    """
    chain: Chain = []
    seen: list[Path] = []
    while True:
        chain.append((path, read(path)))
        seen.append(path.resolve())
        parent = section(chain[-1][1], "extends")
        if parent is None or parent.value is None:
            return chain
        if not isinstance(parent.value, str):
            what = "this should be the name of a scenario of the library, or a file that ends in .yaml"
            raise ScenarioError([parent.place.problem("extends", what)])
        try:
            path = find(parent.value, beside=path.parent)
        except ScenarioError as error:
            raise ScenarioError([parent.place.problem("extends", error.problems[0].what)]) from None
        if what := named.why_not(path, parent.place, SCENARIO_SUFFIXES):
            raise ScenarioError([parent.place.problem("extends", what)])
        if path.resolve() in seen:
            names = " -> ".join(file.stem for file in [*seen[seen.index(path.resolve()) :], path])
            raise ScenarioError([parent.place.problem("extends", f"a circle: {names}; let one of them stand alone")])


def section(node: Node, key: str) -> Node | None:
    """Part of a document by its key."""
    return node.value.get(key) if isinstance(node.value, dict) else None


def version_problems(node: Node) -> list[Problem]:
    """Complain if a file is of another version of the schema, or does not say."""
    version = section(node, "schema")
    if version is None:
        return [node.place.problem("schema", f"missing; write 'schema: {VERSION}' first")]
    if version.value != VERSION:
        what = f"version {version.value!r} is not known; this getok reads version {VERSION}"
        return [version.place.problem("schema", what)]
    return []


def validate(whole: Node, problems: list[Problem]) -> WrittenScenario | None:
    """Check the merged document against the schema; faults are added to ``problems``."""
    try:
        return WrittenScenario.model_validate(whole.plain())
    except ValidationError as error:
        for detail in islice(error.errors(include_url=False), MOST_TOLD):
            path = tuple(part for part in detail["loc"] if part != "[key]")
            if not (path == ("schema",) and problems):
                problems.append(whole.place_of(path).problem(key_text(path), what_is_wrong(detail, path)))
        return None


OUT_OF_BOUNDS = {
    "too_long": "too long; at most {max_length} items",
    "string_too_long": "too long; at most {max_length} characters",
    "greater_than_equal": "{value} is too small; at least {ge}",
    "less_than_equal": "{value} is too large; at most {le}",
}
"""What the schema finds too small, too large or too long, in our words."""


def what_is_wrong(detail: ErrorDetails, path: tuple[Key, ...]) -> str:
    """Say in our words what the schema found."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return f"unknown key{nearest(str(path[-1]), known_keys(path[:-1]))}"
    if kind == "missing":
        return "missing; it has no default"
    if kind == "value_error":
        return context["error"].args[0] if context["error"].args else ""
    if kind == "enum":
        value = detail["input"]
        choices = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        return f"{value!r} is not one of {choices}{nearest(str(value), choices.split(', '))}"
    if kind == "string_pattern_mismatch":
        return f"{detail['input']!r} does not fit; {pattern_hint(str(context['pattern']))}"
    if kind in {"model_type", "dict_type", "model_attributes_type"}:
        return "this should be a mapping of keys"
    if kind == "list_type":
        return "this should be a list; write each item after a '-'"
    if kind in {"too_short", "string_too_short"}:
        return "this is empty; write " + ("at least one" if kind == "too_short" else "a text")
    if kind in OUT_OF_BOUNDS:
        return OUT_OF_BOUNDS[kind].format(value=detail["input"], **context)
    expected = {
        "int_type": "a whole number",
        "string_type": "a text",
        "int_from_float": "a whole number",
        "bool_type": "true or false",
    }.get(kind)
    return f"{detail['input']!r} is not {expected}" if expected else str(detail["msg"])


def pattern_hint(pattern: str) -> str:
    """What a pattern wants, in words."""
    if "|" in pattern:
        return "one of " + pattern.strip("^$()").replace("|", ", ")
    return "use small letters, digits and '_', beginning with a letter"


def known_keys(path: tuple[Key, ...]) -> list[str]:
    """Keys that the schema knows at a place."""
    model: object = WrittenScenario
    for key in path:
        if isinstance(key, int) or not hasattr(model, "model_fields"):
            continue
        fields = model.model_fields
        if key not in fields:
            continue
        model = inner_model(fields[key].annotation)
    fields = getattr(model, "model_fields", {})
    return [field.alias or name for name, field in fields.items()]


def inner_model(annotation: object) -> object:
    """Model inside a list, a mapping or an optional."""
    for argument in getattr(annotation, "__args__", ()):
        if hasattr(argument, "model_fields"):
            return argument
    return annotation

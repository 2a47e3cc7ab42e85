"""Scenarios made in Python: checked as files are, by the same declarations, because nobody has looked at them yet.

Such a scenario is written down again as a file would say it, and that is read. So every rule stands in the schema, in
:mod:`getok.simulation.scenario.values` or in :mod:`getok.simulation.scenario.checks`, and nowhere twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from getok.simulation.errors import NetworkFileError, Problem, ScenarioError
from getok.simulation.nearest import nearest
from getok.simulation.scenario.checks import check, check_written
from getok.simulation.scenario.field_types import wrong_types
from getok.simulation.scenario.network_files import misfits, read_network
from getok.simulation.scenario.nodes import Place, key_text, node_of
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.resolve import validate
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.values import impossible
from getok.simulation.scenario.written_again import document
from getok.simulation.texts.message import Message

Found = tuple[str, str]
"""Field, and what is wrong with it."""


def refuse_impossible(scenario: object) -> None:
    """Refuse what is no scenario, and a scenario that no file could say.

    Raises
    ------
    ScenarioError
        With every fault: which field, which value, what was expected. Fields are called as in a scenario file.
    """
    if not isinstance(scenario, Scenario):
        what = Message("{scenario!r:.60} is no scenario; load_scenario(name).scenario gives one", scenario=scenario)
        raise ScenarioError([Problem("", "", what)])
    where = f"scenario {scenario.name!s:.60}"
    for rule in (_types, _parameters, _doubled, _as_written):  # each trusts what the ones before it found whole
        if problems := [Problem(where, key, what) for key, what in rule(scenario)]:
            raise ScenarioError(problems)


def _types(scenario: Scenario) -> Iterator[Found]:
    """Fields of another type than is declared."""
    return ((key_text(path), what) for path, what in wrong_types(Scenario, scenario))


def _parameters(scenario: Scenario) -> Iterator[Found]:
    """Names that no parameter has, parameters without a value, values that cannot be."""
    values = scenario.parameters
    for name, value in values.items():
        if name not in BY_NAME:
            yield f"parameters.{name}", Message("unknown parameter{hint}", hint=nearest(name, BY_NAME))
        elif why := impossible(BY_NAME[name], value):
            yield f"parameters.{name}", why
    for name in BY_NAME:
        if name not in values:
            yield f"parameters.{name}", Message("missing; a scenario holds a value for every parameter")


def _doubled(scenario: Scenario) -> Iterator[Found]:
    """Things of one name."""
    for key, things in (
        ("outlets", scenario.outlets),
        ("agencies", scenario.services),
        ("programme", scenario.programme),
        ("shocks", scenario.shocks),
        ("partners", scenario.partners),
    ):
        names = [thing.id for thing in things]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{key}.{name}", Message("'{name}' is there twice; keep one", name=name)


def _as_written(scenario: Scenario) -> Iterator[Found]:
    """Faults that a file would have that says the same."""
    whole = node_of(document(scenario), Place(Path(), 0, 0, ""))
    problems: list[Problem] = []
    written = validate(whole, problems)
    if written is not None:
        problems += check_written(written, whole)
        problems += check(scenario, whole)[0]
        problems += _network(scenario)
    return ((problem.key, problem.what) for problem in problems)


def _network(scenario: Scenario) -> list[Problem]:
    """Faults of an imported community."""
    community = scenario.community
    if community.kind != "imported":
        return []
    names = ("community.nodes_csv", "community.ties_csv")
    try:
        network = read_network(community.nodes_csv, community.ties_csv, *names)
    except NetworkFileError as error:
        found = error.problems
    else:
        kinds = {outlet.id: outlet.kind.value for outlet in scenario.outlets}
        found = misfits(network, kinds, {service.id for service in scenario.services}, names[0])
    return [Problem("", problem.where, f"{problem.key}  {problem.what}".strip()) for problem in found]

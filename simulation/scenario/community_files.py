"""The two CSV files of an imported community: found beside the scenario file that names them, and looked through."""

from __future__ import annotations

from getok.simulation.errors import NetworkFileError, Problem, ScenarioError
from getok.simulation.scenario.named_files import TABLE_SUFFIXES, NamedFiles
from getok.simulation.scenario.network_files import misfits, read_network
from getok.simulation.scenario.nodes import Node
from getok.simulation.scenario.resolved import Community
from getok.simulation.scenario.schema import WrittenCommunity, WrittenScenario
from getok.simulation.scenario.text_file import read_text
from getok.simulation.texts.message import Message

KEYS = ("nodes", "ties")
MAP_BYTES = 16_000_000
"""Most that a file of a map may have: its text goes into every run folder."""

ONE_GROUP = "an imported community holds one group; write 1"


def read_community(
    scenario: WrittenScenario, whole: Node, named: NamedFiles
) -> tuple[Community, list[Problem], list[Problem]]:
    """Community with the text of its files, so that the resolved form needs nothing beside it; errors; warnings."""
    written = scenario.community
    texts, errors = _texts(written, whole, named)
    warnings: list[Problem] = []
    if written.kind == "imported" and written.n_groups > 1:
        errors.append(whole.place_of(("community", "n_groups")).problem("community.n_groups", ONE_GROUP))
    if written.kind == "imported" and not errors:
        names = [(whole.place_of(("community", key)).path.parent / getattr(written, key)).as_posix() for key in KEYS]
        try:
            network = read_network(*texts, *names)
            warnings += network.warnings
            kinds = {outlet.id: outlet.kind.value for outlet in scenario.outlets}
            errors += misfits(network, kinds, scenario.agencies.keys(), names[0])
        except NetworkFileError as error:
            errors += error.problems
    n_rw = written.n_groups if written.n_rw is None else written.n_rw
    return Community(written.kind, written.n_groups, n_rw, *texts), errors, warnings


def _texts(written: WrittenCommunity, whole: Node, named: NamedFiles) -> tuple[list[str], list[Problem]]:
    texts, errors = ["", ""], []
    for number, key in enumerate(KEYS):
        name, place = getattr(written, key), whole.place_of(("community", key))
        if (name is not None) != (written.kind == "imported"):
            what = (
                Message("missing; an imported community needs a CSV file of nodes and one of ties")
                if name is None
                else Message("only an imported community has files; write 'kind: imported', or '{key}: null'", key=key)
            )
            errors.append(place.problem(f"community.{key}", what))
        elif name is not None:
            path = place.path.parent / name
            try:
                if why := named.why_not(path, place, TABLE_SUFFIXES):
                    errors.append(place.problem(f"community.{key}", Message("{name}: {why}", name=name, why=why)))
                    continue
                texts[number] = read_text(path, MAP_BYTES)
            except ScenarioError as error:
                errors.append(
                    place.problem(f"community.{key}", Message("{name}: {what}", name=name, what=error.problems[0].what))
                )
    return texts, errors

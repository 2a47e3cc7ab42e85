"""From a file, or what is said in code, to a scenario: all faults in one pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from getok.simulation.errors import Problem, ScenarioError
from getok.simulation.scenario.document import read_document
from getok.simulation.scenario.in_code import change_of, document_of, node_in_code, told_in_code
from getok.simulation.scenario.library import find
from getok.simulation.scenario.named_files import NamedFiles
from getok.simulation.scenario.resolve import Chain, resolve, resolve_chain
from getok.simulation.scenario.resolved import Scenario


@dataclass(frozen=True, slots=True)
class LoadedScenario:
    """A scenario that can be run, what is odd about it, and what it was read from.

    Attributes
    ----------
    scenario : Scenario
        All that happens, in numbers.
    warnings : tuple of Problem
        What is odd about it.
    files : tuple of Path
        Files it was read from, its own first; none for what was said in code.
    chain : list
        What was written, its own first, then its parents.
    """

    scenario: Scenario
    warnings: tuple[Problem, ...]
    files: tuple[Path, ...]
    chain: Chain = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.scenario.name

    def __repr__(self) -> str:
        parents = f", extends {' < '.join(self.scenario.parents)}" if self.scenario.parents else ""
        return f"<scenario {self.name}{parents}: {self.scenario.question.en}>"

    def with_values(
        self, values: Mapping[str, object] | None = None, /, *, name: str | None = None, **more: object
    ) -> LoadedScenario:
        """Make a scenario that differs from this one, checked as a file that extends it is.

        Parameters
        ----------
        values : mapping, optional
            What differs, where a name is no name in Python, such as ``{"halal.delay": "52 weeks"}``.
        name : str, optional
            What it is called; by default this one's name, with the first things that differ.
        **more : object
            What differs: a parameter (``price="Rp 6 000"``; its unit may be left out of the name, not of the value), a
            service, task, outlet or shock by its id (``halal={"delay": "52 weeks"}``), or a key of a scenario file
            (``facilitator={"visits": "1 visits/week"}``).

        Returns
        -------
        LoadedScenario
            Another scenario; this one stays as it is.

        Raises
        ------
        ScenarioError
            With every fault at once: an unknown name (with the nearest that there is), a value without its unit,
            outside its range, or of another kind.

        Examples
        --------
        >>> mine = load_scenario("implemented_2019").with_values(price="Rp 6 000", halal={"delay": "52 weeks"})
        >>> mine.name, mine.scenario.parameters["price_rupiah"]
        ('implemented_2019_price_halal', 6000.0)
        """
        said = {**(values or {}), **more}
        own = name if name is not None else "_".join([self.name, *(key.replace(".", "_") for key in said)][:4])
        document, problems = change_of(self.scenario, own, said)
        path, node = node_in_code(document)
        chain = [(path, node), *self.chain]
        return _in_code(path, lambda: (*resolve_chain(chain, NamedFiles()), chain), problems)


def load_scenario(path_or_name: str | Path | Mapping[str, object], within: Path | None = None) -> LoadedScenario:
    """Load a scenario file, a scenario of the library by its name, or one that is said in code.

    Parameters
    ----------
    path_or_name : str, Path or mapping
        Name in the library; a file, which ends in ``.yaml``; or what such a file would say, with ``name`` and
        ``extends`` (``schema`` may be left out).
    within : Path, optional
        Folder that the files it names must lie in or below, the library apart; for files from elsewhere.

    Returns
    -------
    LoadedScenario
        The scenario (``.scenario``), what is odd about it (``.warnings``) and the files read (``.files``).

    Raises
    ------
    ScenarioError
        With every fault found: where, which key, what was expected and what to do.

    Examples
    --------
    >>> load_scenario("baseline_reflection").name
    'baseline_reflection'
    """
    if isinstance(path_or_name, Mapping):
        own, node = node_in_code(document_of(path_or_name))
        return _in_code(own, lambda: resolve(own, lambda path: node if path == own else read_document(path)))
    path = find(path_or_name)
    scenario, odd, chain = resolve(path, read_document, within)
    return LoadedScenario(scenario, tuple(odd), tuple(file for file, _ in chain), chain)


def _in_code(
    own: Path, resolved: Callable[[], tuple[Scenario, list[Problem], Chain]], problems: Sequence[Problem] = ()
) -> LoadedScenario:
    """Resolve what is said in code, whose faults have no line; with those that were found before."""
    try:
        scenario, odd, chain = resolved()
    except ScenarioError as error:
        raise ScenarioError([*problems, *told_in_code(error.problems, own.name)]) from None
    if problems:
        raise ScenarioError([*problems])
    files = tuple(file for file, _ in chain if file.suffix)
    return LoadedScenario(scenario, tuple(told_in_code(odd, own.name)), files, chain)

"""``getok.scenarios`` and ``getok.scenario``: the library, and scenarios by name, from a file or said in code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from getok.carrying_out import warn
from getok.results import Table, frame
from getok.simulation.scenario.library import names
from getok.simulation.scenario.load import LoadedScenario, load_scenario
from getok.simulation.scenario.resolved import Scenario, Service, Shock, Task
from getok.simulation.scenario.wording.happenings import lever_word, shock_word
from getok.simulation.scenario.wording.names import Names, names_of
from getok.simulation.texts.catalogue import EXPLAIN_WORDS, Lang

if TYPE_CHECKING:
    import pandas as pd


class Library(Mapping[str, LoadedScenario]):
    """Scenarios by name, which show as a table: name, question, levers."""

    def __init__(self, entries: Mapping[str, LoadedScenario]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, name: str) -> LoadedScenario:
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def tables(self, lang: Lang = "en") -> list[Table]:
        """Name, question and levers of each scenario."""
        known = {name: one.scenario for name, one in self._entries.items()}
        rows = tuple((name, one.question.in_(lang), ", ".join(levers(one, known, lang))) for name, one in known.items())
        return [Table("", tuple(EXPLAIN_WORDS[lang][f"column.{name}"] for name in COLUMNS), rows)]

    def to_pandas(self, lang: Lang = "en") -> pd.DataFrame:
        """The same as a data frame.

        Raises
        ------
        UsageError
            If pandas is not installed.
        """
        return frame([dict(zip(COLUMNS, row, strict=True)) for row in self.tables(lang)[0].rows])

    def __repr__(self) -> str:
        return self.tables()[0].text()

    def _repr_html_(self) -> str:
        return self.tables()[0].html()


COLUMNS = ("scenario", "question", "levers")


def scenarios() -> Library:
    """Load the scenarios that come with getok; a notebook shows them as a table.

    Returns
    -------
    Library
        Scenarios by name, the baseline first.

    Examples
    --------
    >>> list(scenarios())[0]
    'baseline_reflection'
    """
    return Library({name: load_scenario(name) for name in names()})


def scenario(path_or_name: str | Path | Mapping[str, object]) -> LoadedScenario:
    """Load a scenario by name, from a file, or as it is said in code; what is odd about it is a warning.

    Parameters
    ----------
    path_or_name : str, Path or mapping
        Name in the library; a file, which ends in ``.yaml``; or what such a file would say.

    Returns
    -------
    LoadedScenario
        ``with_values(...)`` gives another that differs from it; ``.scenario`` is all that happens, in numbers.

    Raises
    ------
    ScenarioError
        With every fault found, and what to do about it.

    Examples
    --------
    >>> scenario("implemented_2019").with_values(halal={"delay": "52 weeks"}).name
    'implemented_2019_halal'
    >>> scenario({"name": "slow", "extends": "implemented_2019", "parameters": {"mou_weight": 0.1}}).name
    'slow'
    """
    found = load_scenario(path_or_name)
    for warning in found.warnings:
        warn(str(warning))
    return found


def parts(scenario: Scenario) -> dict[tuple[str, str], Task | Service | Shock]:
    """Tasks, services and shocks of a scenario; a task and the service it applies to may have one id."""
    found: dict[tuple[str, str], Task | Service | Shock] = {("task", task.id): task for task in scenario.programme}
    found |= {("service", service.id): service for service in scenario.services}
    return found | {("shock", shock.id): shock for shock in scenario.shocks}


def levers(scenario: Scenario, library: dict[str, Scenario], lang: Lang) -> list[str]:
    """What a scenario does; of one that changes another programme, only what it changes."""
    say, names_now = EXPLAIN_WORDS[lang], names_of(scenario, lang)
    parent = library.get(scenario.parents[0]) if scenario.parents else None
    if parent is None or not parent.programme:
        return list(dict.fromkeys(lever(task, names_now) for task in scenario.programme))
    before, after = parts(parent), parts(scenario)
    companion = [say["lever.facilitator"]] if scenario.facilitator != parent.facilitator else []
    changed = [lever(part, names_now) for key, part in after.items() if part != before.get(key)]
    names_then = names_of(parent, lang)
    gone = [lever(part, names_then) for key, part in before.items() if key not in after]
    missing = [say["lever.without"].format(what=what) for what in gone]
    community = [say["lever.groups"]] if scenario.community != parent.community else []
    different = list(dict.fromkeys([*community, *companion, *changed, *missing]))
    return [say["lever.with"].format(parent=parent.name, what=", ".join(different))] if different else [parent.name]


def lever(part: Task | Service | Shock, names_now: Names) -> str:
    """A task, a service or a shock in a word or two."""
    if isinstance(part, Task):
        return lever_word(part.kind, names_now.lang)
    return names_now.target(part.id) if isinstance(part, Service) else shock_word(part, names_now.lang)

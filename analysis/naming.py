"""What scenarios are called in a report: their titles, in the language of the reader, not the names of their files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from getok.analysis.read import Run
from getok.simulation.scenario.points import parted
from getok.simulation.scenario.wording.names import names_of
from getok.simulation.texts.catalogue import COMPARE_WORDS, Lang

Result = TypeVar("Result")

NAMING = frozenset(
    {"scenario", "scenarios", "baseline", "ahead", "behind", "after", "chosen", "picks", "circumstances"}
)
"""Fields of results that hold names of scenarios."""

LONGEST = 40
"""Letters of a title in figures, where names stand beside curves and bars."""

LONGEST_RUN = 60
"""Letters of the name of a run folder in the line under a figure."""


def shortened(name: str, longest: int) -> str:
    """A long name without its middle.

    Examples
    --------
    >>> shortened("baseline+legality-1234567890", 21)
    'baseline+l…1234567890'
    """
    if len(name) <= longest:
        return name
    kept = longest - 1
    return f"{name[: kept - kept // 2].rstrip()}…{name[len(name) - kept // 2 :].lstrip()}"


def titles_of(runs: Iterable[Run], lang: Lang, longest: int | None = None) -> dict[str, str]:
    """Title by name, of all scenarios of some runs; two scenarios of one title keep their names.

    Parameters
    ----------
    runs : iterable of Run
        Runs over seeds, over parameter sets, or sweeps.
    lang : Lang
        Language of the titles.
    longest : int, optional
        Letters at most, for figures: longer ones lose their middle.
    """
    found: dict[str, str] = {}
    for run in runs:
        names = parted(run.scenarios)[0] if run.manifest.points else run.scenarios
        for variant, name in zip(run.scenarios, names, strict=True):
            if name not in found:
                played = run.scenario(variant)
                title = names_of(replace(played, name=name), lang).title
                found[name] = title if longest is None else shortened(title, longest)
    often = Counter(found.values())
    return {name: title if often[title] == 1 else name for name, title in found.items()}


def quoted(names: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """Titles as they stand in a sentence, so that they are not read as a part of it."""
    return {name: COMPARE_WORDS[lang]["quoted"].format(title=title) for name, title in names.items()}


def renamed(result: Result, names: Mapping[str, str]) -> Result:
    """Call scenarios by other names, in a result and in all results inside it.

    Parameters
    ----------
    result : dataclass, tuple or anything else
        A comparison, a decision; what is neither a dataclass nor a tuple is given back as it is.
    names : mapping of str to str
        New name by old name; others stay.
    """
    if isinstance(result, tuple):
        return tuple(renamed(one, names) for one in result)  # type: ignore[return-value]
    if not is_dataclass(result) or isinstance(result, type):
        return result
    changes = {}
    for field in fields(result):
        value = getattr(result, field.name)
        changed = called(value, names) if field.name in NAMING else renamed(value, names)
        if changed is not value:
            changes[field.name] = changed
    return replace(result, **changes) if changes else result


def called(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - a name, several, or something else
    """One name or several, changed; anything else with the names inside it changed."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, tuple):
        return tuple(called(one, names) for one in value)
    return renamed(value, names)

"""Options of a plan as scenario files, ready to be compared: what each leaves out of the whole, and what it delays."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from getok.analysis.decide.economic_sentences import programme_name
from getok.analysis.decide.planned import Planned, Rank
from getok.analysis.decide.programme_choice import Candidate, Judged
from getok.analysis.decide.words import DECIDE_WORDS
from getok.analysis.language.numbers import LANGUAGES, Lang
from getok.analysis.read import Run
from getok.planning.candidates import companion_until, scenario_of
from getok.simulation.files import make_folder, write_whole
from getok.simulation.scenario.library import seen_from
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.points import parted
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.schema import VERSION
from getok.simulation.scenario.text import Text

OPTIONS = "options"
"""Folder of the files inside the run folder of a plan."""


def called(planned: Planned) -> dict[str, Judged]:
    """Options by their names, from the cheapest: three of them say what they are, the others bear their place."""
    ranks = {one.candidate.scenario: rank for rank, one in planned.named}
    return {
        f"plan_{ranks.get(one.candidate.scenario, place)}": one for place, one in enumerate(planned.options, start=1)
    }


def files_of(planned: Planned, folder: Path) -> dict[Path, Judged]:
    """Where the file of each option stands in the run folder of a plan."""
    return {folder / OPTIONS / f"{name}.yaml": one for name, one in called(planned).items()}


def write_options(planned: Planned, origin: str, folder: Path) -> None:
    """Write each option as a scenario file that extends another, and check it.

    Options that an earlier budget left there are taken away.

    Parameters
    ----------
    origin : str
        Scenario whose tasks are chosen from, as it was named: of the library, or a path.
    folder : Path
        Run folder of the plan.

    Raises
    ------
    ScenarioError
        If a file does not pass the checks.
    """
    place = folder / OPTIONS
    if place.is_symlink():
        place.unlink()  # a link would lead the files elsewhere
    shutil.rmtree(place, ignore_errors=True)
    make_folder(place)
    whole = load_scenario(origin).scenario
    parent = seen_from(place, origin)
    for path, one in files_of(planned, folder).items():
        write_whole(path, option_text(path.stem, one.candidate, whole, parent).encode())
        load_scenario(path)


def option_text(name: str, candidate: Candidate, whole: Scenario, parent: str) -> str:
    """Text of the file of one option."""
    lines = [
        f"schema: {VERSION}",
        f"name: {name}",
        f"extends: {parent}",
        f"title: {both({lang: title(name, lang) for lang in LANGUAGES})}",
        f"question: {both({lang: question(candidate, lang) for lang in LANGUAGES})}",
        f"facilitator: {{last: week {companion_until(whole)}}}",
    ]
    changes = list(changed_tasks(candidate, whole))
    if changes:
        lines += ["programme:", *(f"  - {change}" for change in changes)]
    return "\n".join(lines) + "\n"


def scenarios_of(planned: Planned, run: Run) -> tuple[Scenario, ...]:
    """The baseline and the named options as the first parameter set has them, called as in their files."""
    first = dict(zip(reversed(parted(run.scenarios)[0]), reversed(run.scenarios), strict=True))
    baseline = next(iter(dict.fromkeys(parted(run.scenarios)[0])))
    ranked = {one.candidate.scenario for _, one in planned.named}
    found = [replace(run.scenario(first[baseline]), name=baseline)]
    for name, one in called(planned).items():
        if one.candidate.scenario in ranked:
            asked = Text(**{lang: question(one.candidate, lang) for lang in LANGUAGES})
            found.append(replace(run.scenario(first[one.candidate.scenario]), name=name, question=asked))
    return tuple(found)


def question(candidate: Candidate, lang: Lang) -> str:
    """What is asked of an option."""
    return DECIDE_WORDS[lang]["title.option.question"].format(programme=programme_name(candidate, lang))


def title(name: str, lang: Lang) -> str:
    """What an option is called in tables and sentences."""
    words, which = DECIDE_WORDS[lang], name.removeprefix("plan_")
    return words[f"title.option.{which}"] if which in list(Rank) else words["title.option"].format(place=which)


def both(texts: Mapping[Lang, str]) -> str:
    """A text in both languages as YAML."""
    return "{" + ", ".join(f"{lang}: {json.dumps(text, ensure_ascii=False)}" for lang, text in texts.items()) + "}"


def changed_tasks(candidate: Candidate, whole: Scenario) -> Iterator[str]:
    """Items that say which tasks of the whole programme an option leaves out or delays."""
    kept = {task.id: task for task in scenario_of(whole, {one.task: one.week for one in candidate.tasks}).programme}
    for task in whole.programme:
        now = kept.get(task.id)
        if now is None:
            yield f"{{id: {task.id}, remove: true}}"
        elif now.first_week != task.first_week:
            last = "" if now.last_week == task.last_week else f", last: week {now.last_week}"
            yield f"{{id: {task.id}, first: week {now.first_week}{last}}}"

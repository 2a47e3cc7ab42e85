"""Options of a plan as scenario files, ready to be compared: what each leaves out of the whole, and what it delays."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from getok.analysis.decide.economic_sentences import programme_name
from getok.analysis.decide.planned import Planned, Rank
from getok.analysis.decide.programme_choice import Candidate, Judged
from getok.analysis.read import Run
from getok.planning.baseline import WITHOUT, Baseline
from getok.planning.candidates import companion_until, scenario_of
from getok.simulation.files import make_folder, write_whole
from getok.simulation.scenario.library import seen_from
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.points import parted
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.schema import VERSION
from getok.simulation.scenario.text import LANGUAGES, Text
from getok.simulation.texts.catalogue import DECIDE_WORDS, Lang

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


def file_of_baseline(folder: Path) -> Path:
    """Where the file of a baseline stands that no other file says."""
    return folder / OPTIONS / f"{WITHOUT}.yaml"


def write_options(planned: Planned, baseline: Baseline, origin: str, folder: Path) -> None:
    """Write each option as a scenario file that extends another, and check it; and the baseline, if it has no file.

    Options that an earlier budget left there are taken away.

    Parameters
    ----------
    baseline : Baseline
        What the options are counted against.
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
    options = files_of(planned, folder).items()
    texts = {path: option_text(path.stem, one.candidate, whole, parent) for path, one in options}
    if not baseline.typed:
        texts[file_of_baseline(folder)] = baseline_text(whole, parent)
    for path, text in texts.items():
        write_whole(path, text.encode())
        load_scenario(path)


def option_text(name: str, candidate: Candidate, whole: Scenario, parent: str) -> str:
    """Text of the file of one option."""
    titles = {lang: title(name, lang) for lang in LANGUAGES}
    questions = {lang: question(candidate, lang) for lang in LANGUAGES}
    facilitator = f"{{last: week {companion_until(whole)}}}"
    return file_text(name, parent, titles, questions, facilitator, list(changed_tasks(candidate, whole)))


def baseline_text(whole: Scenario, parent: str) -> str:
    """Text of the file of a baseline: the whole without its programme."""
    titles = {lang: DECIDE_WORDS[lang]["title.without"] for lang in LANGUAGES}
    questions = {lang: DECIDE_WORDS[lang]["title.without.question"] for lang in LANGUAGES}
    changes = [f"{{id: {task.id}, remove: true}}" for task in whole.programme]
    facilitator = "{visits: 0 visits/week, first: week 1, last: week 1}"
    return file_text(WITHOUT, parent, titles, questions, facilitator, changes)


def file_text(
    name: str,
    parent: str,
    titles: Mapping[Lang, str],
    questions: Mapping[Lang, str],
    facilitator: str,
    changes: Sequence[str],
) -> str:
    """Text of a file that changes facilitator and tasks of another."""
    lines = [
        f"schema: {VERSION}",
        f"name: {name}",
        f"extends: {parent}",
        f"title: {both(titles)}",
        f"question: {both(questions)}",
        f"facilitator: {facilitator}",
    ]
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

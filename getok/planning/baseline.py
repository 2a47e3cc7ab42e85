"""What the programmes of a plan are counted against: the same group without its programme."""

from __future__ import annotations

from dataclasses import dataclass, replace

from getok.simulation.scenario import library
from getok.simulation.scenario.load import LoadedScenario, load_scenario
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.scenario.resolved_json import digest
from getok.simulation.scenario.text import Label, Text
from getok.simulation.texts.catalogue import DECIDE_WORDS, LANGUAGES

WITHOUT = "without_programme"
"""Name of the baseline where no scenario says it."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The scenario that programmes are counted against.

    Attributes
    ----------
    scenario : Scenario
        As the origin of the programmes, but nobody works on anything.
    typed : str
        How a command names it; empty if there is no file of it yet.
    """

    scenario: Scenario
    typed: str


def baseline_of(origin: LoadedScenario) -> Baseline:
    """Take the nearest scenario that the origin is based on and that differs from it by the programme alone.

    Where there is none, because the origin also says something else of the group, it is made of the origin.
    """
    idle = without_programme(origin.scenario)
    for path in origin.files[1:]:
        if path.suffix in {library.SUFFIX, ".yml"}:
            parent = load_scenario(path).scenario
            if _is_same(parent, idle):
                return Baseline(parent, parent.name if path.parent == library.folder() else path.as_posix())
    return Baseline(idle, "")


def without_programme(origin: Scenario) -> Scenario:
    """Make the scenario in which nobody works on anything."""
    facilitator = replace(origin.facilitator, visits_per_week=0.0, first_week=1, last_week=1)
    title = Text(**{lang: DECIDE_WORDS[lang]["title.without"] for lang in LANGUAGES})
    question = Text(**{lang: DECIDE_WORDS[lang]["title.without.question"] for lang in LANGUAGES})
    labels = (*origin.labels, Label(f"title.{WITHOUT}", title))
    return replace(
        origin,
        name=WITHOUT,
        question=question,
        facilitator=facilitator,
        programme=(),
        assumptions=(),
        labels=labels,
    )


def _is_same(parent: Scenario, idle: Scenario) -> bool:
    """Whether a scenario without a programme is the same group in the same world."""
    if parent.programme or parent.facilitator.visits_per_week or parent.observed != idle.observed:
        return False
    return digest(replace(parent, facilitator=idle.facilitator)) == digest(idle)

"""What a report is made from: runs that were read, what they come to, stories and drawings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from getok.analysis.compare import Comparison, compare
from getok.analysis.compare.comparison import Difference
from getok.analysis.compare.outcomes import BY_KEY
from getok.analysis.compare.statistics import PairedDifference, paired_difference
from getok.analysis.decide.planned import Planned
from getok.analysis.decide.programme_choice import Judged
from getok.analysis.decide.report import Decision
from getok.analysis.naming import quoted, renamed
from getok.analysis.patterns.evidence import Evidence
from getok.analysis.read import Run
from getok.analysis.report.content import Drawing, Figure
from getok.analysis.report.imprint import UNSAID, Imprint
from getok.analysis.sensitivity.report import Report as Sensitivity
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.texts.catalogue import REPORT_WORDS, Lang

Result = TypeVar("Result")

DECIDING = "packs_per_week"
"""Outcome by which scenarios are ordered, as in the figures."""

SPOKEN = frozenset({"scenario", "baseline", "best", "next"})
"""Slots of sentences that are filled with a scenario."""


@dataclass(frozen=True, slots=True)
class Told:
    """One agent explained, stage by stage.

    Attributes
    ----------
    kind : str
        owner or buyer.
    label, scenario, replicate
        Who, and where it was watched.
    chapters : sequence of (str, sequence of str)
        What happened in each stage: a heading and sentences.
    """

    kind: str
    label: str
    scenario: str
    replicate: int
    chapters: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class OverSets:
    """A run over parameter sets and what it comes to."""

    run: Run
    decision: Decision
    drawings: tuple[Drawing, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A run of the programmes under a budget and what it comes to.

    Attributes
    ----------
    options : mapping of str to Judged
        Programmes worth a thought, by the name of the file that holds each.
    scenarios : sequence of Scenario
        The baseline and the named options, as the first set has them.
    """

    run: Run
    found: Planned
    options: Mapping[str, Judged]
    scenarios: Sequence[Scenario]
    drawings: tuple[Drawing, ...] = ()


@dataclass(frozen=True, slots=True)
class Swept:
    """A sweep and what an outcome depends on in it."""

    run: Run
    report: Sensitivity
    drawings: tuple[Drawing, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a report is made from, in the language of its reader.

    Attributes
    ----------
    lang : Lang
        Language.
    run : Run or None
        One parameter set, many seeds.
    comparison : Comparison or None
        Of that run; None if it has one scenario only.
    over : sequence of OverSets
        Runs over parameter sets.
    plans : sequence of PlannedRun
        Plans under a budget.
    swept : sequence of Swept
        Sweeps.
    stories : sequence of Told
        Agents explained.
    drawings : sequence of Drawing
        Figures of the comparison.
    command : str
        The command that makes this report again.
    names : mapping of str to str
        Title of each scenario, in the language of the reader, by its name.
    imprint : Imprint
        Place, author, date, first day.
    """

    lang: Lang
    run: Run | None = None
    comparison: Comparison | None = None
    over: Sequence[OverSets] = ()
    swept: Sequence[Swept] = ()
    plans: Sequence[PlannedRun] = ()
    stories: Sequence[Told] = ()
    drawings: Sequence[Drawing] = ()
    command: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    imprint: Imprint = UNSAID
    _evidence: list[Evidence] = field(default_factory=list)

    def say(self, key: str, **slots: object) -> str:
        """A sentence of the report's catalogue; scenarios in it are called by their titles."""
        filled = {slot: self.named(str(value)) if slot in SPOKEN else value for slot, value in slots.items()}
        return REPORT_WORDS[self.lang][key].format(**filled)

    def title(self, scenario: str) -> str:
        """What a scenario is called in tables."""
        return self.names.get(scenario, scenario)

    def named(self, *scenarios: str) -> str:
        """What scenarios are called in sentences, one after the other."""
        spoken = quoted(self.names, self.lang)
        return ", ".join(spoken.get(one, one) for one in scenarios)

    def in_tables(self, result: Result) -> Result:
        """A result whose scenarios are called as in tables."""
        return renamed(result, self.names)

    def in_sentences(self, result: Result) -> Result:
        """A result whose scenarios are called as in sentences."""
        return renamed(result, quoted(self.names, self.lang))

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Scenarios of the run over seeds, the baseline first."""
        return self.run.scenarios if self.run is not None else ()

    @property
    def evidence(self) -> Evidence:
        """Tables of the run over seeds, in the replicates that all scenarios have."""
        if not self._evidence:
            assert self.run is not None  # noqa: S101 - sections that ask have looked
            self._evidence.append(Evidence(self.run, self.run.paired_replicates()))
        return self._evidence[0]

    def values(self, outcome: str, scenario: str) -> NDArray[np.float64]:
        """Values of an outcome, one a replicate."""
        return np.asarray(BY_KEY[outcome].measure(self.evidence, scenario))

    def found(self, scenario: str, outcome: str) -> Difference | None:
        """One difference from the baseline, if there is one."""
        if self.comparison is None:
            return None
        wanted = (scenario, outcome)
        return next((one for one in self.comparison.differences if (one.scenario, one.outcome) == wanted), None)

    def figures(self, *names: str) -> tuple[Figure, ...]:
        """Figures of these names that there are, in this order; ``money`` also means ``money_1``."""
        return tuple(
            Figure(one)
            for name in names
            for one in self.drawings
            if one.name == name or one.name.startswith(f"{name}_")
        )


def best_of(comparison: Comparison) -> str:
    """Option with the highest mean difference in packs a week, the first of equals; without options a scenario."""
    among = comparison.options or comparison.scenarios
    means = {name: comparison.of(name, DECIDING).paired.mean for name in among}
    return max(means, key=lambda name: means[name])


def between(material: Material, one: str, other: str, outcome: str = DECIDING) -> PairedDifference:
    """Compare any two scenarios pair by pair."""
    return paired_difference(material.values(outcome, one), material.values(outcome, other))


def compared(run: Run) -> Comparison | None:
    """Compare the scenarios of a run, if there is something to compare.

    Raises
    ------
    ValueError
        If the scenarios cannot be compared.
    """
    return compare(run) if len(run.scenarios) > 1 else None

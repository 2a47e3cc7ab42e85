"""What a figure is drawn from: the tables of a run, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from getok.analysis.compare import Comparison
from getok.analysis.naming import LONGEST, LONGEST_RUN, renamed, shortened, titles_of
from getok.analysis.patterns.evidence import Evidence
from getok.analysis.read import Run
from getok.simulation.record.arrow import texts
from getok.simulation.record.provenance import installed_version
from getok.simulation.scenario.resolved import Scenario
from getok.simulation.texts.catalogue import COMPARE_WORDS, FIGURE_WORDS, Lang

SENTENCES = frozenset({"title", "subtitle", "alt"})
"""Last parts of the keys of phrases that are sentences."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A run with its comparison, and how to speak of it: figures call scenarios by their titles.

    Attributes
    ----------
    comparison : Comparison
        With titles in place of names.
    evidence : Evidence
        Its tables, by title.
    names : mapping of str to str
        Name by title.
    """

    run: Run
    comparison: Comparison
    evidence: Evidence
    names: Mapping[str, str]
    lang: Lang

    @property
    def scenarios(self) -> tuple[str, ...]:
        """All scenarios, the baseline first."""
        return (self.comparison.baseline, *self.comparison.scenarios)

    @property
    def best(self) -> str:
        """Option with the highest mean difference in packs a week, without options a scenario; titles name it."""
        among = self.comparison.options or self.comparison.scenarios
        means = {name: self.comparison.of(name, "packs_per_week").paired.mean for name in among}
        return max(means, key=lambda name: means[name])

    @property
    def pair(self) -> tuple[str, str]:
        """The baseline and the best: what figures of one or two scenarios show."""
        return self.comparison.baseline, self.best

    def say(self, key: str, **slots: object) -> str:
        """A phrase of the catalogue; inside a sentence titles stand in quotation marks."""
        if key.rpartition(".")[2] in SENTENCES:
            marks = COMPARE_WORDS[self.lang]["quoted"]
            slots = {name: marks.format(title=one) if one in self.names else one for name, one in slots.items()}
        return FIGURE_WORDS[self.lang][key].format(**slots)

    def played(self, title: str) -> Scenario:
        """What was played under a title."""
        return self.run.scenario(self.names[title])

    def source(self, key: str = "source") -> str:
        """The line under every figure."""
        return self.say(
            key,
            version=installed_version("getok"),
            run=shortened(self.run.path.name, LONGEST_RUN),
            n=self.comparison.n,
            seed=self.comparison.seed,
        )

    def weekly(self, scenario: str, column: str) -> NDArray[np.float64]:
        """A column of the weekly table over all groups, shape (replicates, weeks)."""
        rows = self.evidence.rows(scenario, "weekly")
        n_groups = int(rows["group"].max()) + 1
        values = np.asarray(rows[column], dtype=np.float64)
        return np.asarray(values.reshape(self.evidence.n, -1, n_groups).sum(axis=2))


def subject_of(run: Run, comparison: Comparison, lang: Lang) -> Subject:
    """Make the subject of the figures of a comparison."""
    titles = titles_of([run], lang, longest=LONGEST)
    names = (comparison.baseline, *comparison.scenarios)
    evidence = Evidence(ReadOnce(run, titles), run.paired_replicates(names))
    return Subject(run, renamed(comparison, titles), evidence, {title: name for name, title in titles.items()}, lang)


class ReadOnce:
    """Tables of a run by titles of scenarios, each read from disk once however many figures ask for it."""

    def __init__(self, run: Run, titles: Mapping[str, str]) -> None:
        self._run = run
        self._titles = titles
        self._tables: dict[str, pa.Table] = {}

    def table(self, name: str) -> pa.Table:
        """Rows of a table over all scenarios and replicates."""
        if name not in self._tables:
            table = self._run.table(name)
            place = pc.index_in(table["scenario"], texts(self._titles))
            titled = texts(self._titles.values()).take(place.combine_chunks())
            self._tables[name] = table.set_column(table.schema.get_field_index("scenario"), "scenario", titled)
        return self._tables[name]

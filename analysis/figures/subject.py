"""What a figure is drawn from: the tables of a run, in the language of the reader."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analysis.compare import Comparison
from analysis.figures.words import FIGURE_WORDS
from analysis.language.numbers import Lang
from analysis.patterns.evidence import Evidence
from analysis.read import Run
from simulation.record.provenance import installed_version


@dataclass(frozen=True, slots=True)
class Subject:
    """A run with its comparison, and how to speak of it."""

    run: Run
    comparison: Comparison
    evidence: Evidence
    lang: Lang

    @property
    def scenarios(self) -> tuple[str, ...]:
        """All scenarios, the baseline first."""
        return (self.comparison.baseline, *self.comparison.scenarios)

    @property
    def best(self) -> str:
        """Scenario with the highest mean difference in packs a week; the title speaks of it."""
        means = {name: self.comparison.of(name, "packs_per_week").paired.mean for name in self.comparison.scenarios}
        return max(means, key=lambda name: means[name])

    @property
    def pair(self) -> tuple[str, str]:
        """The baseline and the best: what figures of one or two scenarios show."""
        return self.comparison.baseline, self.best

    def say(self, key: str, **slots: object) -> str:
        """A phrase of the catalogue."""
        return FIGURE_WORDS[self.lang][key].format(**slots)

    def source(self, key: str = "source") -> str:
        """The line under every figure."""
        return self.say(
            key,
            version=installed_version("getok"),
            run=shortened(self.run.path.name),
            n=self.comparison.n,
            seed=self.comparison.seed,
        )

    def weekly(self, scenario: str, column: str) -> NDArray[np.float64]:
        """A column of the weekly table over all groups, shape (replicates, weeks)."""
        rows = self.evidence.rows(scenario, "weekly")
        n_groups = int(rows["group"].max()) + 1
        values = np.asarray(rows[column], dtype=np.float64)
        return np.asarray(values.reshape(self.evidence.n, -1, n_groups).sum(axis=2))


def shortened(name: str, longest: int = 60) -> str:
    """A long name of a run folder without its middle; the digest at its end stays.

    Examples
    --------
    >>> shortened("baseline+legality-1234567890", 21)
    'baselin…ty-1234567890'
    """
    return name if len(name) <= longest else f"{name[: longest - 14]}…{name[-13:]}"


def subject_of(run: Run, comparison: Comparison, lang: Lang) -> Subject:
    """Make the subject of the figures of a comparison."""
    names = (comparison.baseline, *comparison.scenarios)
    return Subject(run, comparison, Evidence(ReadOnce(run), run.paired_replicates(names)), lang)


class ReadOnce:
    """Tables of a run, each read from disk once however many figures ask for it."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._tables: dict[str, pa.Table] = {}

    def table(self, name: str) -> pa.Table:
        """Rows of a table over all scenarios and replicates."""
        if name not in self._tables:
            self._tables[name] = self._run.table(name)
        return self._tables[name]

"""A comparison: every scenario against the first, every outcome, pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from getok.analysis.compare.causes import Two
from getok.analysis.compare.cost import CostPerBuyer, cost_per_buyer
from getok.analysis.compare.outcomes import BY_KEY, OUTCOMES, Outcome
from getok.analysis.compare.simultaneous import simultaneous
from getok.analysis.compare.statistics import PairedDifference, paired_difference
from getok.analysis.compare.unchanged import Unchanged, unchanged
from getok.analysis.options import circumstances
from getok.analysis.patterns.evidence import Evidence
from getok.analysis.read import Run

FEW = 20
"""Pairs below which a comparison is called thin."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One outcome of one scenario against the baseline.

    Attributes
    ----------
    n_better : int or None
        Pairs in which the scenario is better; None where neither direction is better.
    low_simultaneous, high_simultaneous : float
        Interval of the mean that holds with 95 % for all scenarios of this outcome together.
    paired : PairedDifference
        The pairs; its interval is not adjusted for the number of scenarios.
    """

    scenario: str
    outcome: str
    unit: str
    n_better: int | None
    low_simultaneous: float
    high_simultaneous: float
    paired: PairedDifference

    @property
    def differs(self) -> bool:
        """Whether the scenario differs from the baseline beyond the luck of replicates."""
        return self.low_simultaneous > 0 or self.high_simultaneous < 0


@dataclass(frozen=True, slots=True)
class ScenarioCost:
    """Cost per added buyer of one scenario, for the public and in all."""

    scenario: str
    public: CostPerBuyer
    total: CostPerBuyer


@dataclass(frozen=True, slots=True)
class Comparison:
    """All scenarios of a run against the first.

    Attributes
    ----------
    baseline : str
        What the others are compared with.
    scenarios : tuple of str
        The others.
    seed, n : int
        Seed of the run; pairs.
    n_left_out : int
        Replicates left out because a scenario failed in them or has not finished yet.
    costs : tuple of ScenarioCost
        Of the scenarios that can be chosen.
    circumstances : tuple of str
        Scenarios that nobody can choose (:mod:`getok.analysis.options`): compared, but not ranked.
    unchanged : tuple of Unchanged
        Outcomes of scenarios that are equal in every pair, and why.
    own_model : str
        Name of the user's own model that made the runs; empty if the shipped one did.
    """

    baseline: str
    scenarios: tuple[str, ...]
    seed: int
    n: int
    n_left_out: int
    differences: tuple[Difference, ...]
    costs: tuple[ScenarioCost, ...]
    circumstances: tuple[str, ...] = ()
    unchanged: tuple[Unchanged, ...] = ()
    own_model: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """Scenarios that can be chosen, without the baseline."""
        return tuple(name for name in self.scenarios if name not in self.circumstances)

    def of(self, scenario: str, outcome: str) -> Difference:
        """One difference.

        Raises
        ------
        KeyError
            If there is none.
        """
        for difference in self.differences:
            if (difference.scenario, difference.outcome) == (scenario, outcome):
                return difference
        raise KeyError(f"{scenario}, {outcome}")


def compare(run: Run, scenarios: Sequence[str] | None = None) -> Comparison:
    """Compare scenarios of a run with the first of them.

    Raises
    ------
    ValueError
        If there are fewer than two scenarios, their horizons differ, or no replicate has finished in all.
    """
    names = tuple(run.scenarios if scenarios is None else scenarios)
    if len(names) < 2:
        raise ValueError("a comparison needs a baseline and at least one other scenario")
    horizons = {run.scenario(name).horizon_weeks for name in names}
    if len(horizons) > 1:
        found = ", ".join(str(weeks) for weeks in sorted(horizons))
        raise ValueError(f"scenarios of different horizons cannot be compared: {found} weeks; give them one horizon")
    pairs = run.paired_replicates(names)
    if not pairs:
        raise ValueError("no replicate has finished in all scenarios")
    evidence = Evidence(run, pairs)
    differences = tuple(one for outcome in OUTCOMES for one in compare_outcome(evidence, outcome, names))
    happening = circumstances([run.scenario(name) for name in names])
    return Comparison(
        baseline=names[0],
        scenarios=names[1:],
        seed=run.seed,
        n=len(pairs),
        n_left_out=len(tried(run, names) - set(pairs)),
        differences=differences,
        costs=tuple(scenario_cost(evidence, name, names[0]) for name in names[1:] if name not in happening),
        circumstances=happening,
        unchanged=tuple(
            one for name in names[1:] for one in without_change(run, evidence, differences, names[0], name)
        ),
        own_model=run.own_model,
    )


def without_change(
    run: Run, evidence: Evidence, differences: Sequence[Difference], baseline: str, scenario: str
) -> tuple[Unchanged, ...]:
    """Outcomes of a scenario that equal the baseline's in every pair, and why."""
    mine = [one for one in differences if one.scenario == scenario]
    equal = [one.outcome for one in mine if one.paired.n_equal == one.paired.n]
    return unchanged(Two(evidence, run.scenario(baseline), run.scenario(scenario)), equal)


def tried(run: Run, names: Sequence[str]) -> set[int]:
    """Replicates of which at least one scenario has finished or failed."""
    failed = {failure.replicate for failure in run.failures if failure.scenario in names}
    return failed.union(*(run.replicates(name) for name in names))


def compare_outcome(evidence: Evidence, outcome: Outcome, names: Sequence[str]) -> list[Difference]:
    """Compare one outcome of all scenarios; those that nobody has a value of are left out."""
    baseline = outcome.measure(evidence, names[0])
    values = {name: outcome.measure(evidence, name) for name in names[1:]}
    known = {name: one for name, one in values.items() if not np.isnan(one - baseline).all()}
    if not known:
        return []
    together = simultaneous(np.stack([one - baseline for one in known.values()]))
    found: list[Difference] = []
    for (name, one), (low, high) in zip(known.items(), together.tolist(), strict=True):
        paired = paired_difference(one, baseline)
        better = {True: paired.n_higher, False: paired.n_lower, None: None}[outcome.higher_is_better]
        found.append(Difference(name, outcome.key, outcome.unit.value, better, low, high, paired))
    return found


def added(evidence: Evidence, outcome: str, scenario: str, baseline: str) -> NDArray[np.float64]:
    """Paired differences of one outcome."""
    measure = BY_KEY[outcome].measure
    return np.asarray(measure(evidence, scenario) - measure(evidence, baseline))


def scenario_cost(evidence: Evidence, scenario: str, baseline: str) -> ScenarioCost:
    """Cost per added buyer of one scenario."""
    buyers = added(evidence, "active_buyers", scenario, baseline)
    public, total = (added(evidence, f"cost_{who}_rupiah", scenario, baseline) for who in ("public", "total"))
    return ScenarioCost(scenario, cost_per_buyer(public, buyers), cost_per_buyer(total, buyers))

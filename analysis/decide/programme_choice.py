"""Which programme to choose under a budget: all that are worth a thought, never one answer.

All candidates have been run, so the choice is exact enumeration: every candidate is judged, and those that another one
beats in expected cost and expected effect are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from getok.analysis.decide.cost import dominated
from getok.analysis.decide.payers import EFFECT
from getok.analysis.decide.ranks import rank_matrix
from getok.analysis.ensemble.ensemble import Ensemble

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One task of a programme and the week it begins."""

    task: str
    week: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A programme that was run as a scenario: its tasks with their timing."""

    scenario: str
    tasks: tuple[PlannedTask, ...]


class Criterion(StrEnum):
    """What a choice can go by."""

    EXPECTED = "expected"
    PROBABLE = "probable"
    REGRET = "regret"
    WORST_REGRET = "worst_regret"


@dataclass(frozen=True, slots=True)
class Judged:
    """One candidate over the parameter sets, against the baseline.

    Attributes
    ----------
    candidate : Candidate
        Tasks and timing.
    added_cost, added_effect : float
        Means over sets and seeds, in rupiah and in active buyers.
    n_within, n_sets : int
        Sets in which the cost (mean over seeds) stays within the budget; sets.
    n_more : int
        Sets in which it adds active buyers, in the mean over seeds.
    n_runs_within, n_runs : int
        The same for single runs: what one group would live through.
    affordable : bool
        Whether the expected cost is within the budget.
    on_frontier : bool
        Affordable, and no other affordable candidate costs as little and adds as much.
    probability_best : float
        Share of sets in which it adds most of all affordable ones; 0 if it is not affordable.
    regret_mean, regret_q90, regret_worst : float
        Buyers that are missed against the best affordable candidate of each set; NaN if it is not affordable.
    """

    candidate: Candidate
    added_cost: float
    added_effect: float
    n_within: int
    n_sets: int
    n_more: int
    n_runs_within: int
    n_runs: int
    affordable: bool
    on_frontier: bool
    probability_best: float
    regret_mean: float
    regret_q90: float
    regret_worst: float


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be had for a budget.

    Attributes
    ----------
    budget : float
        In rupiah, added to what the baseline costs.
    payer : str
        Whose budget: ``public`` or ``total``.
    judged : tuple of Judged
        All candidates from the cheapest to the dearest; doing nothing (the baseline) is one of them.
    picks : tuple of (Criterion, str)
        Which candidate each criterion would take.
    """

    budget: float
    payer: str
    judged: tuple[Judged, ...]
    picks: tuple[tuple[Criterion, str], ...]

    @property
    def frontier(self) -> tuple[Judged, ...]:
        """Affordable candidates that no other beats, from the cheapest to the dearest."""
        return tuple(one for one in self.judged if one.on_frontier)


def choose(ensemble: Ensemble, candidates: Sequence[Candidate], budget: float, payer: str = "public") -> Choice:
    """Judge all candidates under a budget.

    Parameters
    ----------
    ensemble : Ensemble
        Outcomes, with no value missing; the baseline is added as the candidate with no task if it is not one.
    budget : float
        0 or more, in rupiah.

    Raises
    ------
    ValueError
        If a candidate was not run or is named twice, the budget is negative, or a value is missing.
    """
    if not budget >= 0:
        raise ValueError(f"a budget is 0 rupiah or more, not {budget}")
    baseline = ensemble.scenarios[0]
    everyone = [*([] if any(c.scenario == baseline for c in candidates) else [Candidate(baseline, ())]), *candidates]
    names = [one.scenario for one in everyone]
    if unknown := sorted(set(names) - set(ensemble.scenarios)):
        raise ValueError(f"no runs of {', '.join(unknown)}")
    if len(set(names)) < len(names):
        raise ValueError("a candidate is named twice")
    places = [ensemble.scenarios.index(name) for name in names]
    costs, effects = (
        np.asarray((ensemble.values[key] - ensemble.values[key][:1])[places])
        for key in (f"cost_{payer}_rupiah", EFFECT)
    )
    if np.isnan(costs).any() or np.isnan(effects).any():
        raise ValueError("a value is missing; keep the complete sets only")
    judged = judge_all(everyone, costs, effects, budget)
    return Choice(budget, payer, tuple(sorted(judged, key=lambda one: one.added_cost)), picks(judged))


def judge_all(candidates: Sequence[Candidate], costs: Values, effects: Values, budget: float) -> list[Judged]:
    """Judge candidates by added costs and effects of shape (n_candidates, n_sets, n_seeds)."""
    within = costs.mean(axis=(1, 2)) <= budget
    frontier, best, lacks = compete(costs[within], effects[within])
    order = iter(range(int(within.sum())))
    found = []
    for place, candidate in enumerate(candidates):
        rank = next(order) if within[place] else None
        missed = np.full(1, np.nan) if rank is None else lacks[rank]
        found.append(
            Judged(
                candidate=candidate,
                added_cost=float(costs[place].mean()),
                added_effect=float(effects[place].mean()),
                n_within=int((costs[place].mean(axis=1) <= budget).sum()),
                n_sets=costs.shape[1],
                n_more=int((effects[place].mean(axis=1) > 0).sum()),
                n_runs_within=int((costs[place] <= budget).sum()),
                n_runs=costs[place].size,
                affordable=rank is not None,
                on_frontier=rank is not None and bool(frontier[rank]),
                probability_best=0.0 if rank is None else float(best[rank]),
                regret_mean=float(missed.mean()),
                regret_q90=float(np.quantile(missed, 0.9)),
                regret_worst=float(missed.max()),
            )
        )
    return found


def compete(costs: Values, effects: Values) -> tuple[NDArray[np.bool_], Values, Values]:
    """Compare the affordable: which are on the frontier, share of sets in which each is best, regret by set."""
    of_sets = effects.mean(axis=2)
    frontier = ~dominated(costs.mean(axis=(1, 2)), of_sets.mean(axis=1))
    return frontier, rank_matrix(of_sets)[:, 0], np.asarray(of_sets.max(axis=0, initial=-np.inf) - of_sets)


def picks(judged: Sequence[Judged]) -> tuple[tuple[Criterion, str], ...]:
    """Which affordable candidate each criterion would take; of equal ones the cheapest.

    Empty if none is affordable.
    """
    able = [one for one in judged if one.affordable]
    if not able:
        return ()
    losses = {
        Criterion.EXPECTED: [-one.added_effect for one in able],
        Criterion.PROBABLE: [-one.probability_best for one in able],
        Criterion.REGRET: [one.regret_mean for one in able],
        Criterion.WORST_REGRET: [one.regret_worst for one in able],
    }
    return tuple((criterion, able[least(loss, able)].candidate.scenario) for criterion, loss in losses.items())


def least(losses: Sequence[float], able: Sequence[Judged]) -> int:
    """Place of the least loss; of equal ones that of the cheapest, then that which adds most."""
    return min(range(len(able)), key=lambda k: (losses[k], able[k].added_cost, -able[k].added_effect))

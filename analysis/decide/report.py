"""A decision over parameter sets: all questions asked at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from getok.analysis.compare.outcomes import BY_KEY, Outcome
from getok.analysis.decide.as_json import as_json
from getok.analysis.decide.complete import complete
from getok.analysis.decide.payers import EFFECT, PAYERS, Economics, economics
from getok.analysis.decide.programme_choice import Candidate, Choice, choose
from getok.analysis.decide.ranks import Pair, Ranks, pairs, rank
from getok.analysis.decide.regret import Regret, Satisficing, satisfice, summarise
from getok.analysis.decide.reversals import Reversal, reversals
from getok.analysis.decide.selected import Selected, selected
from getok.analysis.decide.variance import Spread, spread
from getok.analysis.ensemble.ensemble import Ensemble
from getok.simulation.sweep.stated import Stated

DEFAULT_OUTCOMES = ("packs_per_week", EFFECT, "carrying_outlets_52", "income_member_rupiah")


@dataclass(frozen=True, slots=True)
class OutcomeDecision:
    """All that is asked of one outcome.

    Attributes
    ----------
    outcome, unit : str
        Key, and how a value is written.
    higher_is_better : bool
        Direction of ranks and regret; differences keep their sign.
    tolerance : float
        Smallest amount that matters, in units of the outcome.
    spreads : tuple of Spread
        Difference from the baseline of every other scenario.
    ranks : Ranks
        Of the options, in their order.
    pairs : tuple of Pair
        Every two options.
    regrets : tuple of Regret
        Every option, the baseline too.
    satisficing : tuple of Satisficing
        Every scenario; empty without a target.
    reversals : tuple of Reversal or None
        Pairs whose order turns and where; None if it was not looked for (only the first outcome is).
    """

    outcome: str
    unit: str
    higher_is_better: bool
    tolerance: float
    spreads: tuple[Spread, ...]
    ranks: Ranks
    pairs: tuple[Pair, ...]
    regrets: tuple[Regret, ...]
    satisficing: tuple[Satisficing, ...]
    reversals: tuple[Reversal, ...] | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What can be said of scenarios if nobody knows the parameters.

    Attributes
    ----------
    scenarios : tuple of str
        The first is the baseline.
    circumstances : tuple of str
        Those among them that nobody can choose: compared with the baseline, not ranked.
    n_sets, n_seeds : int
        Size of the design.
    n_left_out : int
        Sets left out because a run or a value is missing.
    outcomes : tuple of OutcomeDecision
        The first is the one that rankings and boxes are told of.
    economics : tuple of Economics
        For the public and for all; empty without two options, or if costs or active buyers are not in the ensemble.
    choice : Choice or None
        Programmes under the budget; None without one.
    stated : tuple of Stated
        What scenarios say themselves of the parameters that vary.
    selected : Selected or None
        What the selection of the sets has settled beforehand.
    own_model : str
        Name of the user's own model that made the runs; empty if the shipped one did.
    """

    scenarios: tuple[str, ...]
    circumstances: tuple[str, ...]
    n_sets: int
    n_seeds: int
    n_left_out: int
    outcomes: tuple[OutcomeDecision, ...]
    economics: tuple[Economics, ...]
    choice: Choice | None
    stated: tuple[Stated, ...] = ()
    selected: Selected | None = None
    own_model: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """Scenarios that can be chosen, and are ranked; the first is the baseline."""
        return tuple(name for name in self.scenarios if name not in self.circumstances)

    def to_json(self) -> dict[str, Any]:
        """All of it as dictionaries, lists, texts and numbers."""
        return dict(as_json(self))


def decide(
    ensemble: Ensemble,
    outcomes: Sequence[str] | None = None,
    tolerance: float | Mapping[str, float] = 0.0,
    budget: float | None = None,
    targets: Mapping[str, float] | None = None,
    candidates: Sequence[Candidate] | None = None,
) -> Decision:
    """Ask all questions of an ensemble.

    Parameters
    ----------
    ensemble : Ensemble
        At least two scenarios; sets with a missing value are left out and counted.
    outcomes : sequence of str, optional
        Keys of outcomes with a better direction, the deciding one first; by default those of ``DEFAULT_OUTCOMES`` that
        the ensemble has.
    tolerance : float or mapping
        Smallest difference that matters, for all outcomes or by key: 0 or more.
    budget : float, optional
        Rupiah that may be added for the public; asks for a choice of programmes.
    targets : mapping, optional
        Values to be reached, by outcome.
    candidates : sequence of Candidate, optional
        Programmes with their tasks; by default every scenario, without tasks.

    Raises
    ------
    ValueError
        If an outcome is unknown, missing or without a better direction, a scenario is named twice, a tolerance is
        negative, a budget has no costs, or no set is complete.
    """
    keys = tuple(outcomes or (key for key in DEFAULT_OUTCOMES if key in ensemble.values))
    declared = [with_direction(key) for key in keys]
    check(ensemble, declared)
    costs = tuple(f"cost_{payer}_rupiah" for payer in PAYERS)
    with_costs = all(key in ensemble.values for key in (*costs, EFFECT))
    if budget is not None and not with_costs:
        raise ValueError(f"a budget needs values of {', '.join((*costs, EFFECT))}")
    kept, n_left_out = complete(ensemble, tuple(dict.fromkeys([*keys, *((*costs, EFFECT) if with_costs else ())])))
    tolerances = {key: tolerance.get(key, 0.0) if isinstance(tolerance, Mapping) else tolerance for key in keys}
    if not all(amount >= 0 for amount in tolerances.values()):
        raise ValueError("a tolerance is 0 or more")
    aims = targets or {}
    options = kept.among_options()
    named = [Candidate(name, ()) for name in options.scenarios] if candidates is None else candidates
    with_economics = with_costs and len(options.scenarios) > 1
    return Decision(
        scenarios=kept.scenarios,
        circumstances=kept.circumstances,
        n_sets=kept.n_points,
        n_seeds=kept.n_replicates,
        n_left_out=n_left_out,
        outcomes=tuple(
            decide_outcome(kept, one, tolerances[one.key], aims.get(one.key), with_boxes=one.key == keys[0])
            for one in declared
        ),
        economics=tuple(economics(options.scenarios, options.values, payer, budget) for payer in PAYERS)
        if with_economics
        else (),
        choice=None if budget is None else choose(options, named, budget),
        stated=kept.stated,
        selected=selected(kept),
        own_model=kept.own_model,
    )


def check(ensemble: Ensemble, declared: Sequence[Outcome]) -> None:
    """Refuse what cannot be decided."""
    if not declared:
        raise ValueError("no outcome to decide by")
    if len(set(ensemble.scenarios)) < len(ensemble.scenarios):
        raise ValueError("a scenario is named twice")
    if len(ensemble.scenarios) < 2:
        raise ValueError("a decision needs a baseline and at least one other scenario")
    if not np.isfinite(ensemble.points).all():
        raise ValueError("a parameter of a set is no number")


def with_direction(key: str) -> Outcome:
    """Declaration of an outcome that has a better direction."""
    if key not in BY_KEY:
        raise ValueError(f"no outcome {key}")
    if BY_KEY[key].higher_is_better is None:
        raise ValueError(f"{key} has no better direction; it cannot rank scenarios")
    return BY_KEY[key]


def decide_outcome(
    ensemble: Ensemble, outcome: Outcome, tolerance: float, target: float | None, *, with_boxes: bool
) -> OutcomeDecision:
    """Ask all questions of one outcome of an ensemble in which nothing is missing."""
    values, options = ensemble.values[outcome.key], ensemble.among_options()
    better = bool(outcome.higher_is_better)
    gains = np.asarray((1 if better else -1) * options.values[outcome.key])
    compared = pairs(options.scenarios, gains, tolerance)
    differences = zip(ensemble.scenarios[1:], ensemble.differences(outcome.key), strict=True)
    reached = zip(ensemble.scenarios, values, strict=True)
    return OutcomeDecision(
        outcome=outcome.key,
        unit=outcome.unit.value,
        higher_is_better=better,
        tolerance=tolerance,
        spreads=tuple(spread(name, outcome.key, d, tolerance) for name, d in differences),
        ranks=rank(gains),
        pairs=compared,
        regrets=summarise(options.scenarios, gains, tolerance),
        satisficing=()
        if target is None
        else tuple(satisfice(name, outcome.key, v, target, higher_is_better=better) for name, v in reached),
        reversals=reversals(options, gains, compared) if with_boxes else None,
    )

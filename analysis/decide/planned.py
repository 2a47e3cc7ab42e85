"""What a plan comes to: the choice under a budget, and the few programmes of it that bear names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from getok.analysis.decide.complete import complete
from getok.analysis.decide.payers import EFFECT
from getok.analysis.decide.programme_choice import Candidate, Choice, Judged, choose
from getok.analysis.decide.selected import Selected, selected
from getok.analysis.ensemble.ensemble import Ensemble
from getok.simulation.sweep.stated import Stated

OUTCOMES = (EFFECT, "cost_public_rupiah")
"""What a plan is judged by."""

MOST_SETS = 0.9
"""Share of sets in which the cheapest programme that is named adds buyers."""


class Rank(StrEnum):
    """Place of a named option among the programmes worth a thought."""

    CHEAPEST = "cheapest"
    MIDDLE = "middle"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Planned:
    """Programmes under a budget, over parameter sets.

    Attributes
    ----------
    choice : Choice
        All of them.
    n_sets, n_seeds, n_left_out : int
        Size of the design, and sets left out because a value is missing.
    stated : tuple of Stated
        What every programme says of a parameter, told of the one that adds most.
    selected : Selected or None
        How the sets were selected.
    own_model : str
        Name of the user's own model that made the runs; empty if the shipped one did.
    """

    choice: Choice
    n_sets: int
    n_seeds: int
    n_left_out: int
    stated: tuple[Stated, ...] = ()
    selected: Selected | None = None
    own_model: str = ""

    @property
    def options(self) -> tuple[Judged, ...]:
        """Programmes worth a thought, from the cheapest; doing nothing is none."""
        return tuple(one for one in self.choice.frontier if one.candidate.tasks)

    @property
    def named(self) -> tuple[tuple[Rank, Judged], ...]:
        """Up to three of the options, from the cheapest: see :func:`named`."""
        return named(self.options)


def planned(ensemble: Ensemble, candidates: Sequence[Candidate], budget: float) -> Planned:
    """Judge programmes under a budget, in the sets in which nothing is missing.

    Raises
    ------
    ValueError
        As :func:`getok.analysis.decide.complete.complete` and :func:`getok.analysis.decide.programme_choice.choose`.
    """
    kept, n_left_out = complete(ensemble, OUTCOMES)
    choice = choose(kept, candidates, budget)
    found = Planned(
        choice, kept.n_points, kept.n_replicates, n_left_out, selected=selected(kept), own_model=kept.own_model
    )
    if not found.named:
        return found
    rank, most = found.named[-1]
    mine = [one for one in kept.stated if one.scenario == most.candidate.scenario]
    return replace(found, stated=tuple(replace(one, scenario=f"plan_{rank}") for one in mine))


def named(options: Sequence[Judged]) -> tuple[tuple[Rank, Judged], ...]:
    """Name three options: the cheapest that adds buyers in nine of ten sets, the one that adds most, one between them.

    The one between is that whose cost is nearest to half way. Each is named once, so there may be fewer.

    Parameters
    ----------
    options : sequence of Judged
        From the cheapest.
    """
    if not options:
        return ()
    most = max(options, key=lambda one: one.added_effect)
    cheapest = next((one for one in options if one.n_more >= MOST_SETS * one.n_sets), most)
    found: dict[Rank, Judged] = {} if cheapest is most else {Rank.CHEAPEST: cheapest}
    between = [one for one in options if cheapest.added_cost < one.added_cost < most.added_cost]
    if between:
        half = (cheapest.added_cost + most.added_cost) / 2
        found[Rank.MIDDLE] = min(between, key=lambda one: abs(one.added_cost - half))
    return (*found.items(), (Rank.MOST, most))

"""The one stage machine: who moves where (model.md 7.0, 7.5)."""

from __future__ import annotations

from getok.simulation.compiled import compiled
from getok.simulation.state import Stage


@compiled
def uses(stage: int) -> bool:
    """Whether an agent in this stage is an adopter: implementation or confirmation."""
    return stage == Stage.IMPLEMENTATION or stage == Stage.CONFIRMATION


@compiled
def signal_of(stage: int) -> int:
    """What neighbours see: 0 unaware, 1 aware, 2 user."""
    if uses(stage):
        return 2
    return 0 if stage == Stage.UNAWARE else 1


@compiled
def chance_to_leave(
    stage: int,
    convinced: bool,
    persuasion: float,
    reject: float,
    reconsider: float,
    reconsider_convinced: float,
    react: float,
    lapse: float,
) -> float:
    """Probability that a week of thinking takes a buyer out of its stage.

    Parameters
    ----------
    convinced : bool
        Whether the attitude reaches the threshold.
    persuasion, reject, reconsider, reconsider_convinced, react, lapse : float
        Weekly probabilities of the transitions.
    """
    if stage == Stage.KNOWLEDGE:
        return persuasion
    if stage == Stage.PERSUASION:
        return 1.0 if convinced else reject
    if stage == Stage.REJECTED:
        return reconsider_convinced if convinced else reconsider
    if stage == Stage.DISCONTINUED:
        return react if convinced else 0.0
    return lapse if stage == Stage.CONFIRMATION else 0.0


@compiled
def next_buyer_stage(stage: int, convinced: bool) -> int:
    """Stage to which a buyer leaves by thinking; purchases and experience move it further elsewhere."""
    if stage == Stage.PERSUASION:
        return Stage.DECISION.value if convinced else Stage.REJECTED.value
    if stage == Stage.CONFIRMATION:
        return Stage.DISCONTINUED.value
    thinks_anew = stage == Stage.KNOWLEDGE or stage == Stage.REJECTED or stage == Stage.DISCONTINUED
    return Stage.PERSUASION.value if thinks_anew else stage


@compiled
def stage_after_experience(
    stage: int, trial: bool, good: bool, u: float, confirm: float, discontinue: float, confirmed_share: float
) -> int:
    """Stage of a buyer after a purchase: a good one may confirm (not the trial itself), a bad one may end it."""
    if good:
        return Stage.CONFIRMATION.value if stage == Stage.IMPLEMENTATION and not trial and u < confirm else stage
    chance = discontinue * confirmed_share if stage == Stage.CONFIRMATION else discontinue
    return Stage.DISCONTINUED.value if u < chance else stage

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
def next_buyer_stage(
    stage: int,
    convinced: bool,
    u: float,
    persuasion: float,
    reject: float,
    reconsider: float,
    reconsider_convinced: float,
    react: float,
    lapse: float,
) -> int:
    """Stage of a buyer after a week of thinking; purchases and experience move it further elsewhere.

    Parameters
    ----------
    convinced : bool
        Whether the attitude reaches the threshold.
    u : float
        The buyer's draw of the week.
    persuasion, reject, reconsider, reconsider_convinced, react, lapse : float
        Weekly probabilities of the transitions.
    """
    if stage == Stage.KNOWLEDGE:
        return Stage.PERSUASION.value if u < persuasion else stage
    if stage == Stage.PERSUASION:
        if convinced:
            return Stage.DECISION.value
        return Stage.REJECTED.value if u < reject else stage
    if stage == Stage.REJECTED:
        chance = reconsider_convinced if convinced else reconsider
        return Stage.PERSUASION.value if u < chance else stage
    if stage == Stage.DISCONTINUED:
        return Stage.PERSUASION.value if convinced and u < react else stage
    if stage == Stage.CONFIRMATION:
        return Stage.DISCONTINUED.value if u < lapse else stage
    return stage


@compiled
def largest_chance(
    stage: int, persuasion: float, reconsider: float, reconsider_convinced: float, react: float, lapse: float
) -> float:
    """Draw from which on :func:`next_buyer_stage` leaves a buyer where it is, whatever its attitude."""
    if stage == Stage.KNOWLEDGE:
        return persuasion
    if stage == Stage.PERSUASION:
        return 1.0
    if stage == Stage.REJECTED:
        return max(reconsider, reconsider_convinced)
    if stage == Stage.DISCONTINUED:
        return react
    return lapse if stage == Stage.CONFIRMATION else 0.0


@compiled
def stage_after_experience(
    stage: int, trial: bool, good: bool, u: float, confirm: float, discontinue: float, confirmed_share: float
) -> int:
    """Stage of a buyer after a purchase: a good one may confirm (not the trial itself), a bad one may end it."""
    if good:
        return Stage.CONFIRMATION.value if stage == Stage.IMPLEMENTATION and not trial and u < confirm else stage
    chance = discontinue * confirmed_share if stage == Stage.CONFIRMATION else discontinue
    return Stage.DISCONTINUED.value if u < chance else stage

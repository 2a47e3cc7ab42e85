"""Process 8: buyers form an attitude and move along Rogers' stages (model.md 7.5)."""

from __future__ import annotations

from getok.simulation.compiled import inner
from getok.simulation.rules.attitude import attitude
from getok.simulation.rules.stages import largest_chance, next_buyer_stage
from getok.simulation.state import N_STAGES
from getok.simulation.week.arrays import Arrays, Scratch
from getok.simulation.week.moves import note_move


@inner
def attitude_of(a: Arrays, scratch: Scratch, i: int) -> float:
    """Attitude of an aware buyer to the product of its group."""
    p = a.parameters[0]
    buyer = a.buyers[i]
    legality, gained = scratch.look[buyer.group]
    return attitude(
        a.buyer_trust[i],
        scratch.share[i],
        p.influence_weight,
        legality,
        p.buyer_legality_weight,
        gained,
        p.buyer_quality_weight,
    )


@inner
def chances_to_move(a: Arrays, scratch: Scratch) -> None:
    """Note for each stage the draw from which on nobody leaves it this week."""
    p = a.parameters[0]
    for stage in range(N_STAGES):
        scratch.largest_chance[stage] = largest_chance(
            stage,
            p.persuasion_probability,
            p.reconsider_probability,
            p.reconsider_convinced_probability,
            p.react_probability,
            p.lapse_probability,
        )


@inner
def think(a: Arrays, scratch: Scratch, part: int, i: int, u: float) -> None:
    """Let a buyer who has known the product for a week form an attitude, and act on it."""
    p = a.parameters[0]
    buyer = a.buyers[i]
    stage = int(buyer.stage)
    if u >= scratch.largest_chance[stage]:
        return
    value = attitude_of(a, scratch, i)
    new = next_buyer_stage(
        stage,
        value >= buyer.threshold,
        u,
        p.persuasion_probability,
        p.reject_probability,
        p.reconsider_probability,
        p.reconsider_convinced_probability,
        p.react_probability,
        p.lapse_probability,
    )
    if new != stage:
        buyer.stage = new
        note_move(a, scratch, part, i, stage, value)

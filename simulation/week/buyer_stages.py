"""Process 8: buyers form an attitude and move along Rogers' stages (model.md 7.5)."""

from __future__ import annotations

from simulation.compiled import inner
from simulation.draws import Purpose, stream, uniform
from simulation.rules.attitude import attitude, share
from simulation.rules.product import quality_gain
from simulation.rules.stages import next_buyer_stage
from simulation.state import Stage
from simulation.week.arrays import Arrays, Log
from simulation.week.moves import move_buyer


@inner
def attitude_of(a: Arrays, i: int) -> float:
    """Attitude of an aware buyer to the product of its group."""
    p = a.parameters[0]
    buyer = a.buyers[i]
    group = a.groups[buyer.group]
    gained = quality_gain(group.quality, group.packaging, group.quality_start, group.packaging_start)
    buying = share(buyer.exposure_adopters, buyer.exposure_all)
    return attitude(
        buyer.trust, buying, p.influence_weight, group.legality, p.buyer_legality_weight, gained, p.buyer_quality_weight
    )


@inner
def move_buyers(a: Arrays, log: Log, key: int, week: int) -> None:
    """Let every buyer who has known the product for a week think about it."""
    p = a.parameters[0]
    draws = stream(key, Purpose.BUYER_STAGE, week)
    for i in range(a.buyers.size):
        buyer = a.buyers[i]
        stage = int(buyer.stage)
        waits = stage == Stage.UNAWARE or stage == Stage.DECISION or stage == Stage.IMPLEMENTATION
        if buyer.member_of >= 0 or waits or (stage == Stage.KNOWLEDGE and a.buyer_entry[i, stage] == week):
            continue
        value = attitude_of(a, i)
        new = next_buyer_stage(
            stage,
            value >= buyer.threshold,
            uniform(draws, buyer.key),
            p.persuasion_probability,
            p.reject_probability,
            p.reconsider_probability,
            p.reconsider_convinced_probability,
            p.react_probability,
            p.lapse_probability,
        )
        if new != stage:
            move_buyer(a, log, i, new, week, value)

"""Process 8: buyers' stages (the table of model.md 7.5)."""

from reference.draws import stream, uniform
from reference.owners import quality_gain
from reference.people import enter, exposures

from getok.simulation.draws import Purpose
from getok.simulation.state import Stage


def attitude(p, buyer):
    adopters, _, everybody = exposures(buyer)
    buying = adopters / everybody if everybody > 0 else 0.0
    return (
        buyer.trust
        + p.influence_weight * buying
        + p.buyer_legality_weight * buyer.group.legality
        + p.buyer_quality_weight * quality_gain(buyer.group)
    )


def move_buyers(world, week):
    luck = stream(world.key, Purpose.BUYER_STAGE, week)
    for buyer in world.buyers:
        if buyer.member_of is None and buyer.group is not None:
            move_buyer(world.parameters, buyer, uniform(luck, buyer.key), week)


def move_buyer(p, buyer, u, week):
    convinced = attitude(p, buyer) >= buyer.threshold
    if buyer.stage == Stage.KNOWLEDGE:
        if buyer.entry[Stage.KNOWLEDGE] < week and u < p.persuasion_probability:
            enter(buyer, Stage.PERSUASION, week)
    elif buyer.stage == Stage.PERSUASION:
        if convinced:
            enter(buyer, Stage.DECISION, week)
        elif u < p.reject_probability:
            enter(buyer, Stage.REJECTED, week)
    elif buyer.stage == Stage.REJECTED:
        if u < (p.reconsider_convinced_probability if convinced else p.reconsider_probability):
            enter(buyer, Stage.PERSUASION, week)
    elif buyer.stage == Stage.DISCONTINUED:
        if convinced and u < p.react_probability:
            enter(buyer, Stage.PERSUASION, week)
    elif buyer.stage == Stage.CONFIRMATION and u < p.lapse_probability:
        enter(buyer, Stage.DISCONTINUED, week)

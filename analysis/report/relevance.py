"""Which assumptions matter for what is compared: those behind the levers by which the scenarios differ."""

from __future__ import annotations

from collections.abc import Sequence

from getok.simulation.scenario.parameters import PARAMETERS
from getok.simulation.scenario.resolved import Scenario, Service, Shock, ShockKind, Task, TaskKind

OF_TASK: dict[TaskKind, tuple[str, ...]] = {
    TaskKind.APPLICATION: (
        "owner_legality_weight",
        "pending_share",
        "buyer_legality_weight",
        "legality_weight_registration",
        "legality_weight_pirt",
        "legality_weight_halal",
        "legality_weight_trademark",
    ),
    TaskKind.TRAINING: (
        "owner_quality_weight",
        "buyer_quality_weight",
        "training_quality_gain",
        "training_packaging_gain",
    ),
    TaskKind.MEETING: ("meeting_trust_gain_rate", "owner_threshold_mean", "owner_trust_mean", "verbal_weight"),
    TaskKind.MOU: ("mou_weight",),
    TaskKind.ONLINE_ACCOUNT: ("online_share", "online_reach_probability", "buy_online_probability"),
    TaskKind.GRANT_PROPOSAL: ("equipment_gain", "capacity_member_packs"),
    TaskKind.CREDIT: ("capacity_member_packs",),
}
"""Parameters through which a kind of task reaches sales; mapping, selection and brokers work through other tasks."""

OF_SUPERMARKET = ("supermarket_share", "supermarket_curation_probability", "supermarket_capacity_packs")
OF_FACILITATOR = ("visit_cost_rupiah", "self_effort_rate", "member_quit_probability", "commit_probability")
OF_SHOCK: dict[ShockKind, tuple[str, ...]] = {
    ShockKind.QUALITY_INCIDENT: ("trust_loss_rate", "bad_word_probability", "discontinue_probability"),
}
ALWAYS = ("word_adopter_probability", "shelf_probability", "influence_weight", "lapse_probability")
"""Word of mouth, shelf and loyalty stand between any lever and sales."""


def relevant(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Names of parameters that matter for the differences between scenarios, in the order of their declaration."""
    wanted = set(ALWAYS)
    for part in differing(scenarios):
        if isinstance(part, Task):
            wanted |= set(OF_TASK.get(part.kind, ()))
            wanted |= set(OF_SUPERMARKET) if supermarkets(scenarios) & set(part.targets) else set()
        elif isinstance(part, Shock):
            wanted |= set(OF_SHOCK.get(part.kind, ()))
    if len({scenario.facilitator for scenario in scenarios}) > 1:
        wanted |= set(OF_FACILITATOR)
    wanted |= {name for scenario in scenarios for name in named_in(scenario)}
    wanted |= {name for name in scenarios[0].parameters if len({one.parameters[name] for one in scenarios}) > 1}
    return tuple(one.name for one in PARAMETERS if one.name in wanted)


def differing(scenarios: Sequence[Scenario]) -> list[Task | Service | Shock]:
    """Tasks, services and shocks that not all scenarios have alike; of one scenario, all of them."""
    of_each: list[tuple[Task | Service | Shock, ...]] = [
        (*one.programme, *one.services, *one.shocks) for one in scenarios
    ]
    found = {repr(part): part for parts in of_each for part in parts}
    if len(scenarios) == 1:
        return list(found.values())
    everywhere = set.intersection(*({repr(part) for part in parts} for parts in of_each))
    return [part for key, part in found.items() if key not in everywhere]


def supermarkets(scenarios: Sequence[Scenario]) -> set[str]:
    """Ids of supermarkets."""
    return {outlet.id for scenario in scenarios for outlet in scenario.outlets if outlet.kind.value == "supermarket"}


def named_in(scenario: Scenario) -> list[str]:
    """Parameters that a scenario itself names among its assumptions."""
    return [one.key.removeprefix("parameters.") for one in scenario.assumptions if one.key.startswith("parameters.")]

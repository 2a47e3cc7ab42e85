"""Process 6: shop owners hear, meet and decide (model.md 7.4; paper P01, P03, P07, P10, P26)."""

from __future__ import annotations

from getok.simulation.compiled import inner, kernel
from getok.simulation.draws import Purpose, stream, uniform
from getok.simulation.events import ActorKind, EventKind
from getok.simulation.rules.owners import acceptance_probability, cooperation_weight, effective_trust, refusal_reason
from getok.simulation.rules.product import quality_gain, visible_quality
from getok.simulation.rules.stages import uses
from getok.simulation.rules.trust import drift
from getok.simulation.state import NEVER, Cooperation, Outlets, Record, Stage
from getok.simulation.week.arrays import Arrays, Log, Weeks
from getok.simulation.week.moves import move_owner, write
from getok.simulation.week.stock import gate_open


@inner
def offered_ad_hoc(p: Record, group: Record, outlet: Record, week: int) -> bool:
    """Whether a member offers the product this week without a meeting.

    Without a programme she asks at every warung now and then. Once a selection is planned, offers follow it:
    only an outlet that once carried the product and dropped it is asked again in passing.
    """
    if group.selection_made == 1 and not (outlet.selected == 1 and outlet.drop_week != NEVER):
        return False
    if outlet.kind != Outlets.WARUNG and outlet.n_meetings == 0:
        return False
    return bool((week + outlet.key) % int(p.adhoc_offer_weeks) == 0)


@inner
def may_return(p: Record, outlet: Record, week: int) -> bool:
    """Whether an owner who dropped the product may be approached again."""
    return bool(week - outlet.drop_week >= p.reapproach_weeks)


@inner
def demand_of(outlet: Record) -> float:
    """Share of the regulars who use the product."""
    return outlet.n_regular_adopters / outlet.n_regulars if outlet.n_regulars > 0 else 0.0


@inner
def decide(a: Arrays, log: Log, weeks: Weeks, o: int, week: int, u: float) -> None:
    """Let an owner say yes or no to an offer, and note why not."""
    p = a.parameters[0]
    outlet = a.outlets[o]
    group = a.groups[outlet.group]
    gained = quality_gain(group.quality, group.packaging, group.quality_start, group.packaging_start)
    reached = effective_trust(outlet.trust, group.legality, p.owner_legality_weight, gained, p.owner_quality_weight)
    taken = cooperation_weight(outlet.cooperation, p.informal_weight, p.verbal_weight, p.mou_weight)
    demand = p.pull_weight * demand_of(outlet)
    chance = acceptance_probability(reached + taken + demand, outlet.threshold, p.acceptance_slope)
    write(
        log,
        week,
        EventKind.OFFER.value,
        ActorKind.OWNER.value,
        o,
        ActorKind.GROUP.value,
        outlet.group,
        (outlet.stage, outlet.stage),
        (outlet.trust, reached),
        chance,
        outlet.threshold,
    )
    if u < chance:
        accept(a, log, o, week, chance)
        return
    trained = visible_quality(p.training_quality_gain, p.training_packaging_gain)
    full = effective_trust(outlet.trust, 1.0, p.owner_legality_weight, trained, p.owner_quality_weight)
    outlet.refusal = refusal_reason(reached, full, taken + demand, p.mou_weight + p.pull_weight)
    outlet.n_refusals += 1
    weeks.refusals[o, outlet.refusal] += 1
    move_owner(a, log, o, Stage.REJECTED.value, week, chance)


@inner
def accept(a: Arrays, log: Log, o: int, week: int, value: float) -> None:
    """Agree to carry the product: verbally at least."""
    outlet = a.outlets[o]
    outlet.cooperation_goal = max(outlet.cooperation_goal, Cooperation.VERBAL.value)
    outlet.failed_deliveries = 0
    outlet.trust_at_acceptance = outlet.trust
    if outlet.accept_week == NEVER:
        outlet.accept_week = week
    p = a.parameters[0]
    institution = outlet.kind == Outlets.INSTITUTION
    outlet.lot = int(p.first_lot_institution_packs) if institution else int(p.first_lot_packs)
    move_owner(a, log, o, Stage.DECISION.value, week, value)


@inner
def curate(a: Arrays, log: Log, o: int, week: int, u: float) -> None:
    """Let a supermarket look at its gate every week and list products once a quarter."""
    p = a.parameters[0]
    outlet = a.outlets[o]
    outlet.gate_weeks = outlet.gate_weeks + 1 if gate_open(a, outlet) else 0
    ready = outlet.stage == Stage.PERSUASION and outlet.gate_weeks >= 4 and outlet.standing_offer == 1
    if ready and week % 13 == 0 and u < p.supermarket_curation_probability:
        accept(a, log, o, week, p.supermarket_curation_probability)


@inner
def open_account(a: Arrays, log: Log, o: int, week: int) -> None:
    """Take the online account one stage further a week once somebody runs it; nobody has to trust it."""
    p = a.parameters[0]
    outlet = a.outlets[o]
    if outlet.stage < Stage.IMPLEMENTATION:
        if outlet.standing_offer == 0:
            return
        move_owner(a, log, o, int(outlet.stage) + 1, week, 0.0)
        if outlet.stage == Stage.DECISION:
            outlet.accept_week = week
        if outlet.stage == Stage.IMPLEMENTATION:
            outlet.delivery_week = week
    elif outlet.stage == Stage.IMPLEMENTATION:
        outlet.cycle_week += 1
        if outlet.cycle_week >= p.cycle_weeks * p.n_trial_cycles:
            move_owner(a, log, o, Stage.CONFIRMATION.value, week, 0.0)
            outlet.confirm_week = week


@inner
def consider(a: Arrays, log: Log, weeks: Weeks, o: int, week: int, interest: float, u: float) -> None:
    """Let the owner of a warung or institution hear of the product, consider it, or decide."""
    p = a.parameters[0]
    outlet = a.outlets[o]
    group = a.groups[outlet.group]
    ad_hoc = offered_ad_hoc(p, group, outlet, week)
    offered = ad_hoc or outlet.standing_offer == 1
    if offered and outlet.approach_week == NEVER and week > 0:
        outlet.approach_week = week
    stage = outlet.stage
    if stage == Stage.UNAWARE:
        if offered or outlet.n_asking >= 2:
            move_owner(a, log, o, Stage.KNOWLEDGE.value, week, 0.0)
    elif stage == Stage.KNOWLEDGE:
        if outlet.standing_offer == 1 or (ad_hoc and interest < p.adhoc_interest_probability):
            move_owner(a, log, o, Stage.PERSUASION.value, week, 0.0)
    elif offered and stage == Stage.DISCONTINUED:
        if may_return(p, outlet, week):
            move_owner(a, log, o, Stage.PERSUASION.value, week, 0.0)
    elif offered and (stage == Stage.PERSUASION or stage == Stage.REJECTED):
        if stage == Stage.REJECTED:
            move_owner(a, log, o, Stage.PERSUASION.value, week, 0.0)
        decide(a, log, weeks, o, week, u)


@inner
def meet_supermarket(a: Arrays, log: Log, o: int, week: int) -> None:
    """Bring a supermarket to the point of considering: one stage a week after a meeting, again after it dropped."""
    outlet = a.outlets[o]
    if outlet.standing_offer == 0:
        return
    if outlet.stage < Stage.PERSUASION:
        move_owner(a, log, o, int(outlet.stage) + 1, week, 0.0)
        if outlet.approach_week == NEVER:
            outlet.approach_week = week
    elif outlet.stage == Stage.DISCONTINUED and may_return(a.parameters[0], outlet, week):
        move_owner(a, log, o, Stage.PERSUASION.value, week, 0.0)


@kernel
def step_owners(a: Arrays, log: Log, weeks: Weeks, key: int, week: int) -> None:
    """Step every owner: cooperation follows what was agreed, trust drifts, offers are decided."""
    p = a.parameters[0]
    interests = stream(key, Purpose.OWNER_INTEREST, week)
    decisions = stream(key, Purpose.OWNER_DECISION, week)
    curations = stream(key, Purpose.CURATION, week)
    for o in range(a.outlets.size):
        outlet = a.outlets[o]
        if outlet.cooperation < outlet.cooperation_goal:
            outlet.cooperation += 1
        if outlet.kind == Outlets.ONLINE:
            open_account(a, log, o, week)
            continue
        outlet.trust = drift(outlet.trust, outlet.trust_start, p.trust_drift_rate)
        if outlet.closed_until >= week:
            outlet.n_asking = 0  # who asked before it closed asks again
            continue
        if outlet.kind == Outlets.SUPERMARKET:
            meet_supermarket(a, log, o, week)
            curate(a, log, o, week, uniform(curations, outlet.key))
        elif not uses(outlet.stage) and outlet.stage != Stage.DECISION:
            u = uniform(decisions, outlet.key)
            consider(a, log, weeks, o, week, uniform(interests, outlet.key), u)
        outlet.n_asking = 0

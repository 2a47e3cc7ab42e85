"""Process 6: shop owners (model.md 7.3, 7.4)."""

import math

from reference.draws import stream, uniform
from reference.people import enter, uses
from reference.supply import capacity
from reference.trust import drift

from getok.simulation.draws import Purpose
from getok.simulation.state import NEVER, Certificate, CertificateState, Cooperation, Outlets, Refusal, Stage


def visible_quality(quality, packaging):
    return 0.6 * quality + 0.4 * packaging


def quality_gain(group):
    now = visible_quality(group.quality, group.packaging)
    return max(0.0, now - visible_quality(group.quality_start, group.packaging_start))


def live_owners(world, tables, week):
    interest = stream(world.key, Purpose.OWNER_INTEREST, week)
    decision = stream(world.key, Purpose.OWNER_DECISION, week)
    curation = stream(world.key, Purpose.CURATION, week)
    p = world.parameters
    for outlet in world.outlets:
        if outlet.cooperation < outlet.cooperation_goal:
            outlet.cooperation += 1
        if outlet.kind == Outlets.ONLINE:
            open_account(p, outlet, week)
            continue
        outlet.trust = drift(outlet.trust, outlet.trust_start, p.trust_drift_rate)
        if outlet.closed_until >= week:
            outlet.n_asking = 0
            continue
        if outlet.kind == Outlets.SUPERMARKET:
            meet_supermarket(p, outlet, week)
            curate(p, outlet, uniform(curation, outlet.key), week)
        else:
            luck = uniform(interest, outlet.key), uniform(decision, outlet.key)
            consider(p, tables, outlet, luck, week)
        outlet.n_asking = 0


def consider(p, tables, outlet, luck, week):
    """The first rows of the table in 7.4, for warungs and institutions."""
    if uses(outlet) or outlet.stage == Stage.DECISION:
        return
    ad_hoc = offered_ad_hoc(p, outlet, week)
    offered = ad_hoc or outlet.standing_offer == 1
    if offered and outlet.approach_week == NEVER and week > 0:
        outlet.approach_week = week
    if outlet.stage == Stage.UNAWARE:
        if offered or outlet.n_asking >= 2:
            enter(outlet, Stage.KNOWLEDGE, week)
    elif outlet.stage == Stage.KNOWLEDGE:
        if outlet.standing_offer or (ad_hoc and luck[0] < p.adhoc_interest_probability):
            enter(outlet, Stage.PERSUASION, week)
    elif outlet.stage == Stage.DISCONTINUED:
        if offered and week - outlet.drop_week >= p.reapproach_weeks:
            enter(outlet, Stage.PERSUASION, week)
    elif offered:  # persuasion, or rejected and offered again
        if outlet.stage == Stage.REJECTED:
            enter(outlet, Stage.PERSUASION, week)
        decide(p, tables, outlet, luck[1], week)


def offered_ad_hoc(p, outlet, week):
    """A member tries her luck at warungs; after a selection only where the product was once carried and dropped."""
    if outlet.group.selection_made and not (outlet.selected and outlet.drop_week != NEVER):
        return False
    if outlet.kind == Outlets.INSTITUTION and outlet.n_meetings == 0:
        return False
    return (week + outlet.key) % int(p.adhoc_offer_weeks) == 0


def decide(p, tables, outlet, u, week):
    group = outlet.group
    reached = effective_trust(p, outlet.trust, group.legality, quality_gain(group))
    beta = {
        Cooperation.NONE: 0.0,
        Cooperation.INFORMAL: p.informal_weight,
        Cooperation.VERBAL: p.verbal_weight,
        Cooperation.MOU: p.mou_weight,
    }[Cooperation(outlet.cooperation)]
    pull = p.pull_weight * (outlet.n_regular_adopters / outlet.n_regulars if outlet.n_regulars > 0 else 0.0)
    missing = reached + beta + pull - outlet.threshold
    if u < 1.0 / (1.0 + math.exp(-p.acceptance_slope * missing)):
        accept(p, outlet, week)
        return
    outlet.refusal = refusal(p, outlet, reached, beta + pull)
    outlet.n_refusals += 1
    tables.refusals[outlet.index][outlet.refusal] += 1
    enter(outlet, Stage.REJECTED, week)


def effective_trust(p, trust, legality, gained):
    doubt = (1.0 - trust) * (1.0 - p.owner_legality_weight * legality)
    return 1.0 - doubt * max(0.0, 1.0 - 2.0 * p.owner_quality_weight * gained)


def refusal(p, outlet, reached, risk_taken):
    """The largest missing term: what papers and training could still do, against what an MoU and regulars could."""
    trained = visible_quality(p.training_quality_gain, p.training_packaging_gain)
    doubt = effective_trust(p, outlet.trust, 1.0, trained) - reached
    risk = p.mou_weight + p.pull_weight - risk_taken
    return int(Refusal.QUALITY if doubt >= risk else Refusal.UNSOLD)


def accept(p, outlet, week):
    outlet.cooperation_goal = max(outlet.cooperation_goal, int(Cooperation.VERBAL))
    outlet.failed_deliveries = 0
    outlet.trust_at_acceptance = outlet.trust
    if outlet.accept_week == NEVER:
        outlet.accept_week = week
    institution = outlet.kind == Outlets.INSTITUTION
    outlet.lot = int(p.first_lot_institution_packs if institution else p.first_lot_packs)
    enter(outlet, Stage.DECISION, week)


def meet_supermarket(p, outlet, week):
    """A stage a week after a meeting; after it dropped the product it considers it again as any other outlet."""
    if not outlet.standing_offer:
        return
    if outlet.stage in {Stage.UNAWARE, Stage.KNOWLEDGE}:
        enter(outlet, outlet.stage + 1, week)
        if outlet.approach_week == NEVER:
            outlet.approach_week = week
    elif outlet.stage == Stage.DISCONTINUED and week - outlet.drop_week >= p.reapproach_weeks:
        enter(outlet, Stage.PERSUASION, week)


def curate(p, outlet, u, week):
    """The hard gate of the supermarket: four weeks in a row, then a chance once a quarter."""
    outlet.gate_weeks = outlet.gate_weeks + 1 if passes_gate(p, outlet.group) else 0
    ready = outlet.stage == Stage.PERSUASION and outlet.standing_offer and outlet.gate_weeks >= 4
    if ready and week % 13 == 0 and u < p.supermarket_curation_probability:
        accept(p, outlet, week)


def passes_gate(p, group):
    granted = [group.certificates[paper] == CertificateState.GRANTED for paper in (Certificate.PIRT, Certificate.HALAL)]
    enough = capacity(p, group) >= p.supermarket_capacity_packs
    return all(granted) and group.packaging >= p.supermarket_packaging and enough


def open_account(p, outlet, week):
    """The online account: one stage a week once somebody runs it, no trust gate."""
    if outlet.stage < Stage.IMPLEMENTATION:
        if outlet.standing_offer:
            enter(outlet, outlet.stage + 1, week)
            if outlet.stage == Stage.DECISION:
                outlet.accept_week = week
            if outlet.stage == Stage.IMPLEMENTATION:
                outlet.delivery_week = week
    elif outlet.stage == Stage.IMPLEMENTATION:
        outlet.cycle_week += 1
        if outlet.cycle_week >= p.cycle_weeks * p.n_trial_cycles:
            enter(outlet, Stage.CONFIRMATION, week)
            outlet.confirm_week = week

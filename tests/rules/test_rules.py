"""Bounds and directions of every rule, on any numbers that the model can hold."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from getok.simulation.rules.attitude import ROUNDING, attitude, needed_trust, share, shown
from getok.simulation.rules.legality import certificate_strength, legality_index
from getok.simulation.rules.owners import (
    acceptance_probability,
    cooperation_weight,
    effective_trust,
    next_lot,
    refusal_reason,
)
from getok.simulation.rules.product import good_probability, quality_gain, visible_quality
from getok.simulation.rules.purchase import may_ask, request_probability
from getok.simulation.rules.stages import chance_to_leave, next_buyer_stage, signal_of, stage_after_experience, uses
from getok.simulation.rules.supply import capacity, production, share_of, smoothed, unit_cost
from getok.simulation.rules.trust import drift, gain, lose, lose_repeatedly, peer_influence, positive_word_gain
from getok.simulation.rules.word import happens, hazard, hearing_hazard, in_halves
from getok.simulation.state import TRUST_ONE, Cooperation, Refusal, Stage

ANY = settings(max_examples=200, derandomize=True, deadline=None, database=None)
UNIT = st.floats(0.0, 1.0)
STAGES = st.sampled_from(Stage).map(int)
RUPIAH = st.integers(0, 10**12)
PACKS = st.integers(0, 10_000)
FORWARD = {
    Stage.KNOWLEDGE: {Stage.PERSUASION},
    Stage.PERSUASION: {Stage.DECISION, Stage.REJECTED},
    Stage.REJECTED: {Stage.PERSUASION},
    Stage.DISCONTINUED: {Stage.PERSUASION},
    Stage.CONFIRMATION: {Stage.DISCONTINUED},
}


# Trust


@ANY
@given(UNIT, UNIT, UNIT)
def test_evidence_moves_trust_in_its_direction_and_within_bounds(trust, rate, other):
    assert trust <= gain(trust, rate) <= 1.0 + 1e-15
    assert 0.0 <= lose(trust, rate) <= trust
    if trust <= other:
        assert gain(trust, rate) <= gain(other, rate) + 1e-15
        assert lose(trust, rate) <= lose(other, rate) + 1e-15


@ANY
@given(UNIT, st.floats(0.0, 0.99), st.integers(0, 20))
def test_several_bad_words_are_as_many_single_ones(trust, rate, times):
    assert math.isclose(
        lose_repeatedly(trust, rate, times), trust * (1.0 - rate) ** times, rel_tol=1e-9, abs_tol=1e-300
    )


@ANY
@given(UNIT, UNIT, UNIT)
def test_drift_goes_towards_the_prior_and_not_beyond(trust, prior, rate):
    after = drift(trust, prior, rate)
    assert min(trust, prior) - 1e-15 <= after <= max(trust, prior) + 1e-15
    assert drift(prior, prior, rate) == prior


@ANY
@given(UNIT, UNIT, UNIT, st.floats(0.0, 50.0), st.floats(0.0, 50.0))
def test_good_words_raise_trust_the_more_neighbours_buy(trust, rate, word, buying, more):
    after = positive_word_gain(trust, peer_influence(rate, word, buying))
    assert trust <= after <= 1.0
    assert after <= positive_word_gain(trust, peer_influence(rate, word, buying + more)) + 1e-15
    assert positive_word_gain(trust, peer_influence(rate, word, 0.0)) == trust


@ANY
@given(st.floats(0.03, 0.20), st.floats(0.0, 1.0), st.integers(1, 30))
def test_repeated_good_evidence_has_a_closed_form(rate, start, times):
    """tau(n) = 1 - (1 - tau0) (1 - a)^n (verification.md, theory 10)."""
    trust = start
    for _ in range(times):
        trust = gain(trust, rate)
    assert math.isclose(trust, 1.0 - (1.0 - start) * (1.0 - rate) ** times, rel_tol=1e-12, abs_tol=1e-12)


# Words


@ANY
@given(UNIT, UNIT)
def test_hazards_and_probabilities_are_each_others_inverse(p, q):
    assert 0.0 <= hazard(p) < math.inf
    assert math.isclose(happens(hazard(p)), p, rel_tol=1e-12, abs_tol=1e-15)
    both = 1.0 - (1.0 - p) * (1.0 - q)
    assert math.isclose(happens(hazard(p) + hazard(q)), both, rel_tol=1e-9, abs_tol=1e-12)
    if p <= q:
        assert hazard(p) <= hazard(q)


@ANY
@given(st.integers(0, TRUST_ONE * 1000))
def test_exposure_is_counted_in_halves(exposure):
    assert in_halves(exposure) * TRUST_ONE == 2.0 * exposure


# Attitude and product


@ANY
@given(UNIT, UNIT, UNIT, UNIT, UNIT, UNIT, UNIT, UNIT)
def test_attitude_grows_with_each_of_its_reasons(trust, buying, weight, legality, w_legality, gained, w_quality, more):
    base = attitude(trust, buying, weight, legality, w_legality, gained, w_quality)
    assert base >= trust
    assert attitude(trust + more, buying, weight, legality, w_legality, gained, w_quality) >= base
    assert attitude(trust, buying + more, weight, legality, w_legality, gained, w_quality) >= base
    assert attitude(trust, buying, weight, legality + more, w_legality, gained, w_quality) >= base
    assert attitude(trust, buying, weight, legality, w_legality, gained + more, w_quality) >= base


@ANY
@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_a_share_is_a_share(part, rest):
    assert 0.0 <= share(part, part + rest) <= 1.0
    assert share(0, 0) == 0.0


@ANY
@given(UNIT, UNIT, UNIT, UNIT)
def test_visible_quality(quality, packaging, quality_start, packaging_start):
    assert 0.0 <= visible_quality(quality, packaging) <= 1.0
    gained = quality_gain(quality, packaging, quality_start, packaging_start)
    assert 0.0 <= gained <= 1.0
    assert quality_gain(quality_start, packaging_start, quality_start, packaging_start) == 0.0


@ANY
@given(UNIT, UNIT, UNIT, UNIT)
def test_better_quality_is_a_good_experience_more_often(quality, base, weight, more):
    now = good_probability(quality, base, weight)
    assert 0.0 <= now <= good_probability(quality + more, base, weight) <= 1.0


# Legality


CERTIFICATES = st.lists(st.integers(0, 2), min_size=4, max_size=4)


@ANY
@given(CERTIFICATES, st.integers(0, 3), UNIT)
def test_legality_lies_between_nothing_and_all_papers_and_grows_with_each(papers, which, pending):
    weights = (0.10, 0.40, 0.40, 0.10)
    index = legality_index(*papers, *weights, pending)
    assert 0.0 <= index <= 1.0 + 1e-12
    better = list(papers)
    better[which] = min(2, better[which] + 1)
    assert legality_index(*better, *weights, pending) >= index - 1e-12
    assert legality_index(0, 0, 0, 0, *weights, pending) == 0.0
    assert math.isclose(legality_index(2, 2, 2, 2, *weights, pending), 1.0)


@ANY
@given(UNIT)
def test_a_pending_paper_counts_for_its_share(pending):
    assert [certificate_strength(state, pending) for state in range(3)] == [0.0, pending, 1.0]


# Owners


@ANY
@given(UNIT, UNIT, UNIT, UNIT, UNIT, UNIT)
def test_papers_and_quality_reinforce_trust(trust, legality, w_legality, gained, w_quality, more):
    reached = effective_trust(trust, legality, w_legality, gained, w_quality)
    assert trust - 1e-12 <= reached <= 1.0
    assert effective_trust(min(1.0, trust + more), legality, w_legality, gained, w_quality) >= reached - 1e-12
    assert effective_trust(trust, min(1.0, legality + more), w_legality, gained, w_quality) >= reached - 1e-12
    assert effective_trust(trust, legality, w_legality, gained + more, w_quality) >= reached - 1e-12


@ANY
@given(st.floats(-1.0, 3.0), st.floats(0.0, 1.5), st.floats(1.0, 40.0), st.floats(0.0, 1.0))
def test_acceptance_grows_with_readiness_and_falls_with_the_threshold(readiness, threshold, slope, more):
    chance = acceptance_probability(readiness, threshold, slope)
    assert 0.0 <= chance <= 1.0
    assert acceptance_probability(readiness + more, threshold, slope) >= chance
    assert acceptance_probability(readiness, threshold + more, slope) <= chance
    assert acceptance_probability(threshold, threshold, slope) == 0.5


@ANY
@given(UNIT, UNIT, UNIT)
def test_cooperation_has_the_weight_of_its_level(informal, verbal, mou):
    weights = [cooperation_weight(level, informal, verbal, mou) for level in map(int, Cooperation)]
    assert weights == [0.0, informal, verbal, mou]


@ANY
@given(UNIT, UNIT, UNIT, UNIT)
def test_the_reason_of_a_refusal_is_the_larger_gap(reached, full, taken, risk):
    reason = refusal_reason(reached, full, taken, risk)
    assert reason == (Refusal.QUALITY if full - reached >= risk - taken else Refusal.UNSOLD)


@ANY
@given(PACKS, PACKS, st.floats(1.0, 1.5), st.integers(1, 10), st.integers(20, 80))
def test_lots_follow_sales_within_limits(sold, more, growth, smallest, largest):
    lot = next_lot(sold, growth, smallest, largest)
    assert smallest <= lot <= largest
    assert next_lot(sold + more, growth, smallest, largest) >= lot


# Stages


@ANY
@given(STAGES)
def test_what_neighbours_see(stage):
    assert uses(stage) == (stage in {Stage.IMPLEMENTATION, Stage.CONFIRMATION})
    assert signal_of(stage) == (2 if uses(stage) else int(stage != Stage.UNAWARE))


@ANY
@given(STAGES, st.booleans(), st.lists(UNIT, min_size=6, max_size=6))
def test_thinking_moves_along_the_arrows_of_the_stage_machine(stage, convinced, chances):
    after = next_buyer_stage(stage, convinced)
    assert after in FORWARD.get(stage, {stage})
    assert 0.0 <= chance_to_leave(stage, convinced, *chances) <= float(stage in FORWARD)
    if after == Stage.DECISION != stage:
        assert convinced
    if after == Stage.REJECTED != stage:
        assert not convinced


def test_who_is_convinced_decides_at_once_and_who_is_not_may_reject():
    chances = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)  # persuasion, reject, reconsider (convinced), react, lapse
    found = {(stage, convinced): chance_to_leave(stage, convinced, *chances) for stage in Stage for convinced in (0, 1)}
    assert [found[stage, 0] for stage in Stage] == [0.0, 0.1, 0.2, 0.0, 0.0, 0.6, 0.3, 0.0]
    assert [found[stage, 1] for stage in Stage] == [0.0, 0.1, 1.0, 0.0, 0.0, 0.6, 0.4, 0.5]


# What the look ahead takes for granted of the rules


@ANY
@given(UNIT, UNIT, UNIT, UNIT, UNIT, UNIT, UNIT, UNIT)
def test_nobody_is_convinced_with_less_than_the_trust_it_takes(threshold, part, wi, legality, wl, gain_, wq, below):
    most = shown(legality, wl, gain_, wq)
    trust = needed_trust(threshold, part, wi) - most - below
    assert attitude(trust, part, wi, legality, wl, gain_, wq) < threshold


@ANY
@given(UNIT, st.integers(0, 5), st.integers(0, 5), st.booleans(), UNIT, UNIT)
def test_a_shelf_or_an_account_more_never_lowers_the_hazard(word, shelves, more, online, off_shelf, from_online):
    least = hearing_hazard(word, shelves, online, off_shelf, from_online)
    most = hearing_hazard(word, shelves + more, True, off_shelf, from_online)
    assert happens(least) <= least <= most * (1.0 + ROUNDING)


@ANY
@given(
    st.sampled_from((Stage.IMPLEMENTATION, Stage.CONFIRMATION)).map(int),
    st.booleans(),
    st.booleans(),
    UNIT,
    UNIT,
    UNIT,
    UNIT,
)
def test_an_experience_confirms_ends_or_leaves(stage, trial, good, u, confirm, discontinue, confirmed_share):
    after = stage_after_experience(stage, trial, good, u, confirm, discontinue, confirmed_share)
    if good:
        assert after in {stage, Stage.CONFIRMATION}
        assert after == stage or not trial
    else:
        assert after in {stage, Stage.DISCONTINUED}


# Purchases and supply


@ANY
@given(STAGES, UNIT, UNIT, UNIT, st.floats(0.0, 3.0))
def test_only_the_decided_ask_and_the_confirmed_most(stage, trial, confirmed, share_before, season):
    chance = request_probability(stage, trial, confirmed, share_before, season)
    assert 0.0 <= chance <= 1.0
    assert may_ask(stage) == (stage == Stage.DECISION or uses(stage))
    if not may_ask(stage):
        assert chance == 0.0
    implementing, confirming = (
        request_probability(int(s), trial, confirmed, share_before, season)
        for s in (Stage.IMPLEMENTATION, Stage.CONFIRMATION)
    )
    assert implementing <= confirming


@ANY
@given(
    st.floats(0.0, 500.0),
    st.floats(1.0, 1.6),
    PACKS,
    PACKS,
    PACKS,
    st.integers(-(10**9), 10**12),
    st.integers(1, 10_000),
)
def test_production_is_limited_by_need_capacity_and_cash(demand, margin, due, stock, most, cash, cost):
    made = production(demand, margin, due, stock, most, cash, cost)
    assert 0 <= made <= most
    assert made * cost <= max(0, cash)
    assert made <= max(0.0, margin * demand + due - stock)


@ANY
@given(st.floats(0.0, 500.0), PACKS, st.floats(0.05, 1.0))
def test_memory_of_demand_lies_between_before_and_now(before, demand, weight):
    after = smoothed(before, demand, weight)
    assert min(before, demand) - 1e-9 <= after <= max(before, demand) + 1e-9


@ANY
@given(st.integers(1, 20), st.floats(4.0, 24.0), st.floats(1.0, 6.0), UNIT)
def test_capacity_grows_with_equipment(n_members, packs, equipment, more):
    assert 0 < capacity(n_members, packs, equipment) <= capacity(n_members, packs, equipment + more)


@ANY
@given(RUPIAH, UNIT, UNIT)
def test_parts_of_money_are_whole_and_no_more_than_it(amount, part, more):
    taken = share_of(amount, part)
    assert 0 <= taken <= amount
    assert taken <= share_of(amount, min(1.0, part + more))


@ANY
@given(st.floats(0.0, 10_000.0), UNIT)
def test_a_pack_costs_at_least_a_rupiah(price, cost_share):
    assert 1 <= unit_cost(price, cost_share) <= max(1.0, price + 0.5)

"""What is cached of buyers is never wrong, however long it is kept and whatever happens between two spans.

The model is the judge: its rules are asked whether anything happens to a buyer with the least draw and the most trust
at which nothing should.
"""

import math

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from living import differences_of_lives
from openings import open_and_close
from strategies import disturb, shapes, worlds

from getok.simulation.draws import Purpose
from getok.simulation.model.buyers import Buyer
from getok.simulation.model.community import Community
from getok.simulation.model.formulas import drift, in_halves, peer_influence
from getok.simulation.state import ACTIVE_WEEKS, NEVER, TRUST_ONE, Stage
from getok.simulation.week.arrays import (
    ALWAYS_ACTIVE,
    NEVER_ACTIVE,
    STALE,
    Activity,
    arrays_of,
    no_log,
    scratch_for,
    weeks_for,
)
from getok.simulation.week.schedule import run_weeks

RANDOM = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SPANS = st.lists(st.integers(1, 8), min_size=1, max_size=5)
SEEDS = st.integers(0, 2**32)
BUYING = (Stage.DECISION, Stage.IMPLEMENTATION, Stage.CONFIRMATION)


def live_one_span(world, weeks, scratch, n_weeks, first_week):
    first, last = world.week + 1, world.week + n_weeks
    run_weeks(arrays_of(world), weeks, no_log(), scratch, world.key, first, last, first_week)
    world.week = last


def trouble(world, seed):
    """What may happen between two spans."""
    disturb(world, seed + world.week)
    open_and_close(world, seed - world.week)


# The rules, asked about who is passed over: a draw as large as the bound, if there is one, is the least that counts


def most_quiet_trust(need, shown):
    """The most trust at which a buyer is passed over, if there is one."""
    trust = min(need - shown, 2.0)
    while trust + shown >= need:
        trust = math.nextafter(trust, -math.inf)
    return trust


class Destined(Buyer):
    """A buyer whose draws are told, by purpose; those that are not are its own."""

    def prepare(self):
        self.destiny = {}

    def draw(self, purpose, slot=0):
        return self.destiny.get(purpose, super().draw(purpose, slot))


class Asked(Community):
    buyer_class = Destined


def what_is_shown(model):
    """The most that papers and quality of any group add to an attitude."""
    p = model.parameters
    shown = [p.buyer_legality_weight * g.legality + p.buyer_quality_weight * g.quality_gain() for g in model.groups]
    return max(0.0, *shown)


def next_week(world):
    """The same world, in the week that is to come."""
    model = Asked(world, 1)
    model.turn_to(world.week + 1)
    return model


def on_display_everywhere(world):
    """The same, where every outlet shows the product and every account is open."""
    model = next_week(world)
    for outlet in model.shop_owners:
        outlet.stage, outlet.closed_until = Stage.CONFIRMATION, NEVER
        outlet.shelf = [1]
    model.open_shops()
    return model


def check_unaware(buyer, bound):
    if bound < 1.0:
        buyer.destiny = {Purpose.HEARING: bound, Purpose.HEARING_SOURCE: 0.5}
        buyer.hear()
    assert buyer.stage == Stage.UNAWARE, f"{buyer.index} hears though its draw is not below {bound}"


def check_stage(buyer, bound, need, shown):
    before = buyer.stage
    buyer.trust = most_quiet_trust(need, shown)
    if bound < 1.0:
        buyer.destiny = {Purpose.BUYER_STAGE: bound}
        buyer.consider()
    assert buyer.stage == before, f"{buyer.index} leaves {before} with a draw of {bound} and a trust below {need}"


def check_who_is_passed_over(world, scratch):
    """Nothing happens next week to a buyer whose draw and trust say so, unless it is met at the door."""
    quiet, showing = next_week(world), on_display_everywhere(world)
    shown = what_is_shown(quiet)
    for i in np.flatnonzero((scratch.bound < ALWAYS_ACTIVE) & (world.buyers["member_of"] < 0)).tolist():
        bound, need = float(scratch.bound[i]), float(scratch.needed_trust[i])
        if world.buyers["stage"][i] == Stage.UNAWARE:
            check_unaware(showing.buyers[i], bound)
        else:
            check_stage(quiet.buyers[i], bound, need, shown)
            assert world.buyers["stage"][i] not in BUYING, f"{i} may ask for packs, but is passed over"


# What is remembered, worked out again


def check_neighbours(world, scratch):
    """Exposures are what a recount finds, and what follows from them is what is remembered."""
    model = Community(world, 1)
    p = model.parameters
    for i, buyer in enumerate(model.buyers):
        adopters, aware, everybody = buyer.exposures()
        record = world.buyers[i]
        names = ("exposure_adopters", "exposure_aware", "exposure_all")
        assert [record[name] for name in names] == [adopters, aware, everybody]
        if scratch.activity[i] != Activity.AWARE or scratch.bound[i] == STALE:
            continue
        influence = peer_influence(p.word_trust_gain_rate, p.word_adopter_probability, in_halves(adopters))
        assert scratch.influence[i] == influence
        assert scratch.share[i] == (adopters / everybody if everybody > 0 else 0.0)


def check_activity(world, scratch):
    for i, buyer in enumerate(world.buyers):
        if buyer["member_of"] >= 0:
            assert (scratch.activity[i], scratch.bound[i]) == (Activity.NONE, NEVER_ACTIVE)
        elif buyer["stage"] == Stage.UNAWARE:
            assert scratch.activity[i] == Activity.UNAWARE
        else:
            assert (scratch.activity[i], scratch.group[i]) == (Activity.AWARE, buyer["group"])
    assert scratch.key.tolist() == world.buyers["key"].tolist()
    assert not scratch.has_asked.any()


def check_ties(world, scratch):
    """Where trust in who told one is said to be settled, it would not drift."""
    rate = float(world.parameters["trust_drift_rate"][0])
    for i in np.flatnonzero((scratch.tie_settled == 1) & (scratch.activity == Activity.AWARE)).tolist():
        tie = int(world.buyers["source_tie"][i])
        if tie >= 0:
            trust, prior = int(world.tie_trust[tie]), int(world.tie_trust_prior[tie])
            assert math.floor(drift(trust / TRUST_ONE, prior / TRUST_ONE, rate) * TRUST_ONE + 0.5) == trust


def check_recent(world, scratch):
    """Who bought last in which of the last weeks."""
    recent = np.zeros((len(world.groups), ACTIVE_WEEKS), dtype=int)
    for buyer in world.buyers:
        if buyer["member_of"] < 0 and buyer["group"] >= 0 and buyer["last_purchase"] > world.week - ACTIVE_WEEKS:
            recent[buyer["group"], int(buyer["last_purchase"]) % ACTIVE_WEEKS] += 1
    assert np.array_equal(scratch.recent, recent)


def check_all(world, scratch):
    check_neighbours(world, scratch)
    check_activity(world, scratch)
    check_ties(world, scratch)
    check_recent(world, scratch)
    check_who_is_passed_over(world, scratch)


@RANDOM
@given(worlds(), SPANS, SEEDS)
def test_what_is_cached_is_never_wrong(world, spans, seed):
    first, weeks, scratch = world.week + 1, weeks_for(world, sum(spans)), scratch_for(world)
    for n_weeks in spans:
        live_one_span(world, weeks, scratch, n_weeks, first)
        check_all(world, scratch)
        trouble(world, seed)


def live_on(world, spans, seed, *, kept=True):
    """Live several spans with something happening between them, with one memory or with none that is a week old."""
    first, weeks, scratch = world.week + 1, weeks_for(world, sum(spans)), scratch_for(world)
    for n_weeks in spans:
        for length in [n_weeks] if kept else [1] * n_weeks:
            live_one_span(world, weeks, scratch if kept else scratch_for(world), length, first)
        trouble(world, seed)
    return world, weeks


@RANDOM
@given(st.one_of(worlds(), worlds(shapes(min_groups=2))), SPANS, SEEDS)
def test_a_cache_that_is_kept_changes_nothing(world, spans, seed):
    other = world.copy()
    kept = live_on(world, spans, seed)
    assert differences_of_lives(kept, live_on(other, spans, seed, kept=False)) == []

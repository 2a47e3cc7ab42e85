"""What holds in every world in every week (model.md section 11)."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from living import live
from strategies import DEFAULTS, Shape, build, disturb, parameter_sets, shapes, worlds

from getok.simulation.state import (
    NEVER,
    TRUST_ONE,
    Certificate,
    CertificateState,
    Outlets,
    Stage,
)

RANDOM = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WEEKS = st.integers(1, 30)
IN_ORDER = tuple(Stage)[:6]


def money_flows(weeks, *names):
    return sum(weeks.flows[name].sum(axis=0) for name in names)


@RANDOM
@given(worlds(), WEEKS)
def test_trust_stays_between_none_and_full(world, n_weeks):
    live(world, n_weeks)
    for trust in (world.buyer_trust, world.outlets["trust"], world.tie_trust / TRUST_ONE):
        assert np.all((trust >= 0.0) & (trust <= 1.0))


@RANDOM
@given(worlds(), WEEKS)
def test_nobody_skips_a_stage(world, n_weeks):
    live(world, n_weeks)
    for entry in (world.buyer_entry, world.member_entry, world.outlet_entry):
        weeks = entry.astype(np.int64)
        for before, after in pairwise(IN_ORDER):
            entered = weeks[:, after] != NEVER
            assert np.all(weeks[entered, before] != NEVER)
            assert np.all(weeks[entered, before] <= weeks[entered, after])
        for exit_, needed in ((Stage.REJECTED, Stage.PERSUASION), (Stage.DISCONTINUED, Stage.IMPLEMENTATION)):
            left = weeks[:, exit_] != NEVER
            assert np.all(weeks[left, needed] != NEVER)


@RANDOM
@given(worlds(), WEEKS)
def test_a_buyer_takes_a_week_for_each_stage_up_to_the_decision(world, n_weeks):
    start = world.week
    live(world, n_weeks)
    weeks = world.buyer_entry.astype(np.int64)
    for before, after in ((Stage.KNOWLEDGE, Stage.PERSUASION), (Stage.PERSUASION, Stage.DECISION)):
        entered = weeks[:, after] > start
        assert np.all(weeks[entered, before] < weeks[entered, after])


@RANDOM
@given(worlds(), WEEKS)
def test_entries_only_grow(world, n_weeks):
    weeks = live(world, n_weeks)
    for entries in (weeks.buyer_entries, weeks.owner_entries, weeks.member_entries):
        assert np.all(np.diff(entries.astype(np.int64), axis=0) >= 0)


@RANDOM
@given(worlds(), WEEKS)
def test_nobody_appears_or_vanishes(world, n_weeks):
    n_buyers = (world.buyers["member_of"] < 0).sum()
    weeks = live(world, n_weeks)
    assert np.all(weeks.buyers.sum(axis=(1, 2, 3)) == n_buyers)
    assert np.all(weeks.owners.sum(axis=(1, 2)) == len(world.outlets))
    assert np.all(weeks.members.sum(axis=(1, 2)) == len(world.members))


def packs_of(world):
    """Packs of each group in stock and on its shelves."""
    packs = world.stock.sum(axis=1).astype(np.int64)
    np.add.at(packs, world.outlets["group"], world.shelf.sum(axis=1))
    return packs


@RANDOM
@given(worlds(), WEEKS)
def test_every_pack_is_sold_spoiled_or_still_there(world, n_weeks):
    before = packs_of(world)
    flows = live(world, n_weeks).flows
    gone = np.cumsum(flows["packs_sold"].astype(np.int64) + flows["packs_spoiled"], axis=0)
    made = np.cumsum(flows["packs_produced"].astype(np.int64), axis=0)
    there = flows["stock_packs"].astype(np.int64) + flows["shelf_packs"]
    assert np.array_equal(before + made, gone + there)
    assert np.array_equal(packs_of(world), there[-1])
    assert np.all(world.stock >= 0)
    assert np.all(world.shelf >= 0)


@RANDOM
@given(worlds(), WEEKS)
def test_packs_by_channel_add_up(world, n_weeks):
    flows = live(world, n_weeks).flows
    channels = ("door", "shop", "institution", "supermarket", "online")
    assert np.array_equal(sum(flows[f"packs_{channel}"] for channel in channels), flows["packs_sold"])


@RANDOM
@given(worlds(), WEEKS)
def test_every_rupiah_of_the_group_is_accounted_for(world, n_weeks):
    cash, debt = world.groups["cash_rupiah"].copy(), world.groups["debt_rupiah"].copy()
    weeks = live(world, n_weeks)
    received = money_flows(weeks, "income_received_rupiah")
    spent = money_flows(weeks, "production_cost_rupiah", "payout_rupiah", "repayment_rupiah")
    assert np.array_equal(world.groups["cash_rupiah"] - cash, received - spent)
    assert np.array_equal(debt - world.groups["debt_rupiah"], money_flows(weeks, "repayment_rupiah"))
    assert np.all(weeks.flows["payout_rupiah"] >= 0)
    assert np.all(weeks.flows["repayment_rupiah"] >= 0)


def owed_by_outlets(world):
    """What outlets of each group have taken and not yet passed on: this cycle's sales, and late payments."""
    owed = np.zeros(len(world.groups), dtype=np.int64)
    np.add.at(owed, world.outlets["group"], world.outlets["sold_rupiah"] + world.receivable.sum(axis=1))
    return owed


@RANDOM
@given(worlds(), WEEKS)
def test_what_buyers_pay_reaches_the_group_or_is_kept_or_owed(world, n_weeks):
    before = owed_by_outlets(world)
    weeks = live(world, n_weeks)
    paid = money_flows(weeks, *(name for name in weeks.flows.dtype.names if name.startswith("revenue_")))
    reached = money_flows(weeks, "income_received_rupiah", "commission_rupiah", "handling_rupiah")
    assert np.array_equal(paid + before, reached + owed_by_outlets(world))


def test_a_price_of_nothing_does_not_make_members_pay():
    """Handling then costs more than a pack brings: cash may fall below zero, but no member pays the group."""
    world = build(Shape(30, (3,), ((0, 0, 1, 3),), 0.2, 0), DEFAULTS | {"handling_rupiah": 500.0}, 5)
    world.groups["price_rupiah"], world.groups["cash_rupiah"] = 0, 0
    world.outlets["standing_offer"] = 1
    weeks = live(world, 30)
    assert world.groups["cash_rupiah"][0] < 0
    assert np.all(weeks.flows["payout_rupiah"] >= 0)
    assert np.all(weeks.flows["repayment_rupiah"] >= 0)


# What the engine keeps up to date equals a count


def exposures_counted(world):
    """The three exposures of every buyer, from all ties."""
    b = world.buyers
    owner = np.repeat(np.arange(len(b)), np.diff(world.tie_start))
    seen = (b["group"][owner] < 0) | (b["group"][world.tie_to] == b["group"][owner])
    counted = []
    for tied in (
        seen & (b["signal"][world.tie_to] == 2),
        seen & (b["signal"][world.tie_to] == 1),
        np.full(len(owner), True),
    ):
        total = np.zeros(len(b), dtype=np.int64)
        np.add.at(total, owner[tied], world.tie_trust[tied])
        counted.append(total)
    return counted


def regulars_counted(world):
    b = world.buyers
    patron = np.repeat(np.arange(len(b)), np.diff(world.patron_start))
    buying = np.isin(b["stage"], (Stage.IMPLEMENTATION, Stage.CONFIRMATION)) & (b["member_of"] < 0)
    own = buying[patron] & (b["group"][patron] == world.outlets["group"][world.patron_outlet])
    return np.bincount(world.patron_outlet[own], minlength=len(world.outlets))


def stages_counted(world):
    b = world.buyers[world.buyers["member_of"] < 0]
    row = np.where(b["group"] >= 0, b["group"], np.where(b["catchment"] >= 0, b["catchment"], len(world.groups)))
    counts = np.zeros_like(world.buyer_stages)
    np.add.at(counts, (row, b["zone"], b["stage"]), 1)
    return counts


def check_counters(world):
    names = ("exposure_adopters", "exposure_aware", "exposure_all")
    for name, counted in zip(names, exposures_counted(world), strict=True):
        assert np.array_equal(world.buyers[name], counted), name
    assert np.array_equal(world.outlets["n_regular_adopters"], regulars_counted(world))
    assert np.array_equal(world.buyer_stages, stages_counted(world))


@RANDOM
@given(worlds(), st.lists(st.integers(1, 12), min_size=1, max_size=4), st.integers(0, 2**32))
def test_counters_equal_a_recount(world, spans, seed):
    for length in spans:
        live(world, length)
        check_counters(world)
        disturb(world, seed)


# Conditions that no luck may break


@RANDOM
@given(worlds(shapes(kinds=(Outlets.SUPERMARKET, Outlets.WARUNG))), WEEKS)
def test_no_supermarket_sale_without_granted_certificates(world, n_weeks):
    world.certificates[:, Certificate.PIRT] = CertificateState.PENDING
    supermarkets = world.outlets["kind"] == Outlets.SUPERMARKET
    world.outlets["stage"][supermarkets] = Stage.PERSUASION
    world.outlets["gate_weeks"] = 0
    world.shelf[supermarkets] = 0
    weeks = live(world, n_weeks)
    assert weeks.flows["packs_supermarket"].sum() == 0
    assert np.all(world.outlets["stage"][supermarkets] == Stage.PERSUASION)


@RANDOM
@given(worlds(), WEEKS)
def test_no_approach_to_outlets_that_were_not_selected(world, n_weeks):
    world.groups["selection_made"] = 1
    world.outlets["selected"] = world.outlets["standing_offer"] = 0
    considering = np.isin(world.outlets["stage"], (Stage.UNAWARE, Stage.KNOWLEDGE, Stage.PERSUASION, Stage.REJECTED))
    before = world.outlets["stage"][considering]
    weeks = live(world, n_weeks)
    after = world.outlets["stage"][considering]
    heard = (before == Stage.UNAWARE) & (after == Stage.KNOWLEDGE)  # of regulars who asked, which is no approach
    assert np.all((after == before) | heard)
    assert np.all(world.outlets["approach_week"] == NEVER)
    assert weeks.refusals.sum() == 0


@RANDOM
@given(worlds(shapes(kinds=(Outlets.INSTITUTION,))), WEEKS)
def test_institutions_need_a_meeting(world, n_weeks):
    world.outlets["n_meetings"] = world.outlets["standing_offer"] = 0
    world.outlets["stage"] = Stage.PERSUASION
    live(world, n_weeks)
    assert np.all(world.outlets["stage"] == Stage.PERSUASION)


@RANDOM
@given(worlds(), st.integers(2, 30))
def test_cooperation_rises_by_one_level_a_week(world, n_weeks):
    before = world.outlets["cooperation"].copy()
    for _ in range(n_weeks):
        live(world, 1)
        now = world.outlets["cooperation"].copy()
        assert np.all(now.astype(int) - before <= 1)
        assert np.all(now <= world.outlets["cooperation_goal"])
        before = now


@pytest.mark.parametrize("density", [0.0, 1.0])
@pytest.mark.parametrize("n_groups", [1, 2])
def test_empty_and_complete_networks_work(density, n_groups):
    world = build(Shape(40, (3,) * n_groups, ((0, 1, 2, 3),) * n_groups, density, 0), DEFAULTS, 11)
    weeks = live(world, 52)
    check_counters(world)
    by_word = sum(weeks.flows[f"heard_{kind}"].sum() for kind in ("member", "buyer", "aware"))
    assert (by_word > 0) == (density == 1.0)


@RANDOM
@given(shapes(max_buyers=12), parameter_sets(), WEEKS)
def test_a_world_without_outlets_or_buyers_to_win_works(shape, parameters, n_weeks):
    lonely = Shape(sum(shape.n_members), shape.n_members, ((),) * len(shape.kinds), shape.density, shape.week)
    weeks = live(build(lonely, parameters, 1), n_weeks)
    assert weeks.flows["packs_sold"].sum() == 0

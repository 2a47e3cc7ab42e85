"""The whole case, institutions included: communities that are generated, scenarios of the library and at random."""

from itertools import pairwise

import numpy as np
import pytest
from living import arrays, differences, differences_of_lives, live, reorder_buyers
from random_scenarios import random_scenario

from getok.simulation.community.generate import build_world
from getok.simulation.draws import replicate_key
from getok.simulation.engine import Simulation, burn_in, simulate
from getok.simulation.model.community import Community
from getok.simulation.scenario.load import load_scenario
from getok.simulation.state import NEVER, TRUST_ONE, Outlets, Stage

SCENARIOS = ("baseline_reflection", "implemented_2019", "everything", "shock_incident", "supermarket_entry")

IN_ORDER = tuple(Stage)[:6]


def case(name):
    return load_scenario(name).scenario


@pytest.fixture(scope="module", params=[*SCENARIOS, *range(60)])
def lived(request):
    """A replicate of a scenario, of the library or at random, at its horizon, and the world at week 0."""
    scenario = case(request.param) if request.param in SCENARIOS else random_scenario(request.param)
    start = burn_in(scenario, 2019, 0)
    simulation = Simulation(scenario, 2019, 0, start)
    simulation.advance(scenario.horizon_weeks)
    return start.world, simulation


def test_money_of_the_group(lived):
    start, simulation = lived
    flows = simulation.weeks.flows
    received = ("income_received_rupiah", "grant_rupiah")
    spent = ("production_cost_rupiah", "payout_rupiah", "repayment_rupiah", "cost_group_rupiah")
    change = sum(flows[name].sum(axis=0) for name in received) - sum(flows[name].sum(axis=0) for name in spent)
    assert np.array_equal(simulation.world.groups["cash_rupiah"] - start.groups["cash_rupiah"], change)
    assert np.all(flows["cash_rupiah"] >= 0)


def test_packs_of_the_group(lived):
    start, simulation = lived
    flows = simulation.weeks.flows
    there = start.stock.sum() + start.shelf.sum() + flows["packs_produced"].sum()
    gone = flows["packs_sold"].sum() + flows["packs_spoiled"].sum()
    assert there - gone == simulation.world.stock.sum() + simulation.world.shelf.sum()
    for outlet, shelf in zip(simulation.world.outlets, simulation.world.shelf, strict=True):
        if outlet["kind"] != Outlets.ONLINE:
            assert outlet["total_sold"] + outlet["total_returned"] + shelf.sum() <= outlet["total_delivered"]


def test_sales_of_outlets_are_those_of_their_channels(lived):
    _, simulation = lived
    flows, outlets = simulation.weeks.flows, simulation.world.outlets
    channels = ("shop", "institution", "supermarket", "online")
    for kind, channel in zip(Outlets, channels, strict=True):
        assert outlets["total_sold"][outlets["kind"] == kind].sum() == flows[f"packs_{channel}"].sum()


def test_trust_stays_within_bounds(lived):
    _, simulation = lived
    world = simulation.world
    for trust in (world.buyer_trust, world.outlets["trust"], world.tie_trust / TRUST_ONE, world.service_trust):
        assert np.all((trust >= 0.0) & (trust <= 1.0))


def test_everybody_is_in_one_stage_and_came_through_those_before(lived):
    start, simulation = lived
    weeks, world = simulation.weeks, simulation.world
    assert np.all(weeks.buyers.sum(axis=(1, 2, 3)) == (start.buyers["member_of"] < 0).sum())
    assert np.all(weeks.owners.sum(axis=(1, 2)) == len(start.outlets))
    assert np.all(weeks.members.sum(axis=(1, 2)) == len(start.members))
    for entry in (world.buyer_entry, world.member_entry, world.outlet_entry):
        entered = entry.astype(np.int64)
        for before, after in pairwise(IN_ORDER):
            there = entered[:, after] != NEVER
            assert np.all(entered[there, before] <= entered[there, after])
            assert np.all(entered[there, before] != NEVER)


def test_what_is_summed_up_is_what_the_weeks_say(lived):
    _, simulation = lived
    tables = simulation.tables()
    weekly, summary = (tables[name].columns for name in ("weekly", "summary"))
    for total, column in {
        "packs_total": "packs_sold",
        "spoiled": "packs_spoiled",
        "visits": "visits",
        "cost_public_rupiah": "cost_public_rupiah",
        "cost_group_rupiah": "cost_group_rupiah",
    }.items():
        assert summary[total][0] == pytest.approx(weekly[column].sum()), total
    assert summary["unserved"][0] == weekly["unserved_direct"].sum() + weekly["unserved_outlets"].sum()
    for last in ("carrying_outlets", "certificates_granted"):
        assert summary[last][0] == weekly[last][-1]
    for mean, column in {"packs_per_week": "packs_sold", "active_buyers": "active_buyers"}.items():
        assert summary[mean][0] == pytest.approx(weekly[column][-8:].mean()), mean


def test_no_agreement_before_a_meeting_and_no_offer_to_the_unselected(lived):
    _, simulation = lived
    outlets = simulation.world.outlets
    agreed = outlets["mou_week"] != NEVER
    assert np.all(outlets["meeting_week"][agreed] != NEVER)
    assert np.all(outlets["meeting_week"][agreed] < outlets["mou_week"][agreed])
    if outlets["selected"].any():
        met = outlets["meeting_week"] != NEVER
        assert np.all(outlets["selected"][met] == 1)


@pytest.mark.parametrize("name", SCENARIOS)
def test_forked_and_unforked_are_the_same(name):
    scenario = case(name)
    other = burn_in(case("baseline_reflection"), 7, 3)  # shared by all scenarios of a comparison
    forked, unforked = simulate(scenario, 7, 3, other), simulate(scenario, 7, 3)
    assert differences_of_tables(forked, unforked) == []


def differences_of_tables(one, other):
    assert one.keys() == other.keys()
    return [
        f"{table}.{name}"
        for table in one
        for name, values in one[table].columns.items()
        if not np.array_equal(values, other[table].columns[name], equal_nan=np.asarray(values).dtype.kind == "f")
    ]


def test_the_event_log_and_living_week_by_week_change_nothing():
    scenario = case("implemented_2019")
    silent, loud = simulate(scenario, 1, 1), simulate(scenario, 1, 1, events=True)
    loud.pop("events")
    weekly = Simulation(scenario, 1, 1)
    for _ in range(scenario.horizon_weeks):
        weekly.advance(1)
    assert differences_of_tables(silent, loud) == []
    assert differences_of_tables(silent, weekly.tables()) == []


def test_scenarios_are_the_same_until_the_first_event_of_the_programme():
    baseline, programme = (Simulation(case(name), 4, 0) for name in ("baseline_reflection", "implemented_2019"))
    first = programme.institutions.next_week(0)
    assert first >= 1
    for simulation in (baseline, programme):
        simulation.advance(first - 1)
    assert differences(arrays(baseline.world), arrays(programme.world)) == []


def test_the_case_community_agrees_with_the_model():
    """A generated community of full size, from its first week on."""
    world = build_world(case("implemented_2019"), replicate_key(2019, 0))
    model = Community(world, 40)
    weeks = live(world, 40)
    for _ in range(40):
        model.step()
    assert differences_of_lives((model.world, model.weeks), (world, weeks)) == []


def test_the_order_of_storage_changes_nothing_in_the_case():
    world = build_world(case("implemented_2019"), replicate_key(2019, 1))
    order = np.random.default_rng(5).permutation(len(world.buyers))
    shuffled = reorder_buyers(world, order)
    one, weeks = (world, live(world, 100)), live(shuffled, 100)
    assert differences_of_lives(one, (reorder_buyers(shuffled, np.argsort(order)), weeks)) == []

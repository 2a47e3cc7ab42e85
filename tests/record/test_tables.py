"""What a replicate writes down fits its schema, and adds up."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from getok.simulation.engine import Simulation, simulate
from getok.simulation.names import CHANNEL_NAMES, ENTERED_NAMES, SOURCE_NAMES, STAGE_NAMES, ZONE_NAMES
from getok.simulation.record.arrow import KeyedTable, arrow_schema, joined
from getok.simulation.record.tables import SCHEMAS, SNAPSHOT_WEEKS
from getok.simulation.scenario.load import load_scenario
from getok.simulation.state import NEVER

NAMES = ("baseline_reflection", "implemented_2019", "everything")
LUCK = [(name, replicate) for name in NAMES for replicate in range(3)]
N_BUYERS = {"rw": 420 - 10, "outside": 300, "institution": 150}


@cache
def lived(name, replicate=0):
    """Tables, with what stood in the group's books when week 1 began, and the world at the end."""
    simulation = Simulation(load_scenario(name).scenario, 1, replicate, people=True, events=replicate == 0)
    world = simulation.world
    before = {
        "cash": int(world.groups["cash_rupiah"][0]),
        "debt": int(world.groups["debt_rupiah"][0]),
        "packs": int(world.stock.sum() + world.shelf.sum()),
    }
    simulation.advance(simulation.scenario.horizon_weeks)
    return simulation.tables(), before, simulation.world


def weekly(name, replicate=0):
    return {key: values.astype(float) for key, values in lived(name, replicate)[0]["weekly"].columns.items()}


def summary(name, replicate=0):
    (row,) = zip(*lived(name, replicate)[0]["summary"].columns.values(), strict=True)
    return dict(zip(SCHEMAS["summary"].names, row, strict=True))


# Schemas


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_there_and_fits_its_schema(name):
    tables = lived(name)[0]
    assert tables.keys() == SCHEMAS.keys() - {"measures"}  # which calibration alone keeps
    for key, table in tables.items():
        assert table.schema is SCHEMAS[key]
        for column in table.schema.columns:
            values = table.columns[column.name]
            assert values.ndim == 1
            if column.dtype == "str":
                assert all(isinstance(value, str) for value in values), (key, column.name)
            else:
                assert values.dtype == np.dtype(column.dtype), (key, column.name)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_can_be_stored(name):
    for table in lived(name)[0].values():
        stored = joined([KeyedTable(name, 0, table), KeyedTable(name, 1, table)], seed=1)
        assert stored.schema == arrow_schema(table.schema)
        stored.validate(full=True)
        assert stored.num_rows == 2 * len(table)
        for column in table.schema.columns:
            assert stored[column.name].null_count == 0
            back = stored[column.name].to_numpy()[: len(table)]
            same = back == table.columns[column.name]
            assert np.all(same | (back != back)), column.name  # NaN differs from itself


def test_numbers_are_numbers():
    """NaN stands only where the schema says so."""
    for name in NAMES:
        for table in lived(name)[0].values():
            for column in table.schema.columns:
                if column.dtype == "float64" and "NaN" not in column.meaning:
                    assert np.all(np.isfinite(table.columns[column.name])), (table.schema.name, column.name)


# Packs


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_packs_add_up_over_channels_and_weeks(name, replicate):
    w = weekly(name, replicate)
    assert np.array_equal(w["packs_sold"], sum(w[f"packs_{channel}"] for channel in CHANNEL_NAMES))
    before = lived(name, replicate)[1]["packs"]
    gone = np.cumsum(w["packs_sold"] + w["packs_spoiled"])
    assert np.array_equal(before + np.cumsum(w["packs_produced"]), gone + w["stock_packs"] + w["shelf_packs"])
    assert w["packs_sold"].sum() > 0


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_packs_of_outlets_add_up(name, replicate):
    tables, _, world = lived(name, replicate)
    o, w = tables["outlets"].columns, weekly(name, replicate)
    shops = o["kind"] != "online"
    on_display = (o["packs_delivered"] - o["packs_sold"] - o["packs_returned"])[shops]
    spoilt = on_display - world.shelf.sum(axis=1)[shops]
    assert np.all(spoilt >= 0)
    assert spoilt.sum() <= w["packs_spoiled"].sum()
    sold = sum(w[f"packs_{channel}"].sum() for channel in ("shop", "institution", "supermarket"))
    assert o["packs_sold"][shops].sum() == sold
    assert o["packs_delivered"].sum() == w["packs_delivered"].sum()


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_every_purchase_is_an_experience(name, replicate):
    w = weekly(name, replicate)
    experiences = w["experiences_good"] + w["experiences_bad"]
    assert np.all(experiences <= w["packs_sold"])
    assert np.array_equal(experiences > 0, w["packs_sold"] > 0)


# Money


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_cash_changes_by_what_comes_and_goes(name, replicate):
    w, before = weekly(name, replicate), lived(name, replicate)[1]
    comes = w["income_received_rupiah"] + w["grant_rupiah"]
    goes = w["production_cost_rupiah"] + w["payout_rupiah"] + w["repayment_rupiah"] + w["cost_group_rupiah"]
    assert np.array_equal(np.diff(w["cash_rupiah"], prepend=before["cash"]), comes - goes)


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_what_buyers_pay_is_received_kept_or_owed(name, replicate):
    w, world = weekly(name, replicate), lived(name, replicate)[2]
    paid = sum(w[f"revenue_{channel}_rupiah"].sum() for channel in CHANNEL_NAMES)
    reached = sum(w[f"{part}_rupiah"].sum() for part in ("income_received", "commission", "handling"))
    assert paid == reached + world.receivable.sum() + world.outlets["sold_rupiah"].sum()
    assert w["receivable_rupiah"][-1] == world.receivable.sum()


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_debt_is_repaid(name, replicate):
    w, before = weekly(name, replicate), lived(name, replicate)[1]
    assert before["debt"] == 0
    lent = np.diff(w["debt_rupiah"], prepend=0) + w["repayment_rupiah"]
    assert np.all(lent >= 0)
    assert np.all(lent[w["grant_rupiah"] == 0] == 0)


# Stages


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_everybody_is_in_one_stage(name, replicate):
    w = weekly(name, replicate)
    for zone, n in N_BUYERS.items():
        assert np.all(sum(w[f"buyers_{zone}_{stage}"] for stage in STAGE_NAMES) == n), zone
    assert np.all(sum(w[f"owners_{stage}"] for stage in STAGE_NAMES) == 9)
    assert np.all(sum(w[f"members_{stage}"] for stage in STAGE_NAMES) == 10)


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_entries_never_decrease_and_follow_one_another(name, replicate):
    w = weekly(name, replicate)
    for kind, n in (("buyers", 860), ("owners", 9), ("members", 10)):
        entered = np.array([w[f"entered_{kind}_{stage}"] for stage in ENTERED_NAMES])
        assert np.all(np.diff(entered, axis=1) >= 0)
        assert np.all(np.diff(entered, axis=0) <= 0), kind  # whoever came later came past the earlier stages
        assert np.all((entered >= 0) & (entered <= n))


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_entries_at_the_end_are_those_of_the_agents(name, replicate):
    w, world = weekly(name, replicate), lived(name, replicate)[2]
    buyers = world.buyer_entry[world.buyers["member_of"] < 0]
    for kind, entry in (("buyers", buyers), ("owners", world.outlet_entry), ("members", world.member_entry)):
        counted = np.sum(entry != NEVER, axis=0)[1:6]
        assert [w[f"entered_{kind}_{stage}"][-1] for stage in ENTERED_NAMES] == counted.tolist(), kind


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_who_heard_is_no_longer_unaware(name, replicate):
    w = weekly(name, replicate)
    unaware = sum(w[f"buyers_{zone}_unaware"] for zone in ZONE_NAMES)
    heard = sum(w[f"heard_{source}"] for source in SOURCE_NAMES[1:])
    assert np.array_equal(-np.diff(unaware), heard[1:])
    assert np.array_equal(np.diff(w["entered_buyers_knowledge"]), heard[1:])
    assert np.all(w["heard_outside_buyer"] <= w["heard_buyer"])


# Snapshots


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_reach_counts_all_buyers(name, replicate):
    reach, w = lived(name, replicate)[0]["reach"].columns, weekly(name, replicate)
    weeks = sorted(set(reach["week"].tolist()))
    assert weeks == sorted({*SNAPSHOT_WEEKS, 16})
    for week in weeks:
        now = reach["week"] == week
        assert reach["n"][now].sum() == 860
        assert np.all(reach["adopters"][now] <= reach["ever_adopted"][now])
        assert np.all(reach["ever_adopted"][now] <= reach["n"][now])
        for zone, n in N_BUYERS.items():
            assert reach["n"][now & (reach["zone"] == zone)].sum() == n
        if week > 0:
            use = sum(w[f"buyers_{z}_{s}"][week - 1] for z in ZONE_NAMES for s in ("implementation", "confirmation"))
            assert reach["adopters"][now].sum() == use
            assert reach["ever_adopted"][now].sum() == w["entered_buyers_implementation"][week - 1]
            aware = now & (reach["source"] != "none")
            assert reach["n"][aware].sum() == w["entered_buyers_knowledge"][week - 1]
            assert np.all((reach["generation"] >= 0)[aware])


@pytest.mark.parametrize("name", NAMES)
def test_people_and_reach_tell_the_same(name):
    tables, _, world = lived(name)
    people, reach = tables["people"].columns, tables["reach"].columns
    for week in SNAPSHOT_WEEKS:
        buyers = (people["week"] == week) & (people["member"] == 0)
        assert np.sum(people["week"] == week) == len(world.buyers)
        for source in SOURCE_NAMES:
            rows = (reach["week"] == week) & (reach["source"] == source)
            assert np.sum(buyers & (people["source"] == source)) == reach["n"][rows].sum()
    network = tables["network"].columns
    assert len(network["from"]) == len(world.tie_to)
    assert np.all((network["trust"] > 0) & (network["trust"] <= 1))


@pytest.mark.parametrize("name", NAMES)
def test_ties_at_the_end_are_those_of_the_outlets(name):
    tables = lived(name)[0]
    ties, outlets = tables["ties"].columns, tables["outlets"].columns
    last = (ties["week"] == 104) & (ties["kind"] == "supply")
    shops = outlets["kind"] != "online"
    for column in ("trust", "cooperation"):
        now = dict(zip(ties["other"][last], ties[column][last], strict=True))
        assert now == dict(zip(outlets["outlet"][shops], outlets[column][shops], strict=True))
    n_services = len(load_scenario(name).scenario.services)
    assert np.sum((ties["week"] == 52) & (ties["kind"] == "service")) == n_services


# Outlets, income, summary


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_outlets_and_weeks_count_the_same_carriers(name, replicate):
    outlets, w = lived(name, replicate)[0]["outlets"].columns, weekly(name, replicate)
    warung = outlets["kind"] == "warung"
    for column, week in (("carrying_52", 52), ("carrying_end", 104)):
        assert outlets[column].sum() == w["carrying_outlets"][week - 1]
        assert outlets[column][warung].sum() == w["carrying_warungs"][week - 1]
    refused = outlets["n_refusals_quality"] + outlets["n_refusals_unsold"]
    assert np.array_equal(refused, outlets["n_refusals"])
    for one, other in (("approach_week", "accept_week"), ("accept_week", "delivery_week")):
        both = ~np.isnan(outlets[one]) & ~np.isnan(outlets[other])
        assert np.all(outlets[one][both] <= outlets[other][both])


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_income_is_what_members_are_paid(name, replicate):
    income, w = lived(name, replicate)[0]["income"].columns, weekly(name, replicate)
    assert income["month"].tolist() == list(range(1, 27))
    by_month = w["payout_rupiah"].reshape(26, 4).mean(axis=1)
    assert income["income_rupiah"] == pytest.approx(by_month * 52 / 12 / 10)


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_the_summary_says_what_the_weeks_say(name, replicate):
    w, s = weekly(name, replicate), summary(name, replicate)
    late, year = slice(96, 104), slice(44, 52)
    told = {
        "packs_per_week": w["packs_sold"][late].mean(),
        "packs_per_week_52": w["packs_sold"][year].mean(),
        "packs_total": w["packs_sold"].sum(),
        "active_buyers": w["active_buyers"][late].mean(),
        "active_buyers_52": w["active_buyers"][year].mean(),
        "carrying_outlets": w["carrying_outlets"][-1],
        "carrying_outlets_52": w["carrying_outlets"][51],
        "carrying_warungs_52": w["carrying_warungs"][51],
        "aware_rw": 1 - w["buyers_rw_unaware"][-1] / 410,
        "aware_outside": 1 - (w["buyers_outside_unaware"] + w["buyers_institution_unaware"])[-1] / 450,
        "ever_adopted": w["entered_buyers_implementation"][-1],
        "discontinued": sum(w[f"buyers_{zone}_discontinued"][-1] for zone in ZONE_NAMES),
        "unserved": (w["unserved_direct"] + w["unserved_outlets"]).sum(),
        "spoiled": w["packs_spoiled"].sum(),
        "income_member_rupiah": w["payout_rupiah"][-26:].mean() * 52 / 12 / 10,
        "income_member_52_rupiah": w["payout_rupiah"][26:52].mean() * 52 / 12 / 10,
        "cost_public_rupiah": w["cost_public_rupiah"].sum(),
        "cost_group_rupiah": w["cost_group_rupiah"].sum(),
        "visits": w["visits"].sum(),
        "certificates_granted": w["certificates_granted"][-1],
    }
    assert {key: float(s[key]) for key in told} == pytest.approx(told)


def test_the_summary_looks_at_the_last_week_itself():
    """Runs that end in a week in which a shop is won, or a certificate granted."""
    w, scenario = weekly("everything"), load_scenario("everything").scenario
    for column in ("carrying_outlets", "certificates_granted"):
        last = int(np.flatnonzero(np.diff(w[column]))[0]) + 2
        tables = simulate(replace(scenario, horizon_weeks=last), 1, 0)
        assert tables["summary"].columns[column][0] == w[column][last - 1] != w[column][last - 2]
        assert tables["outlets"].columns["carrying_end"].sum() == w["carrying_outlets"][last - 1]


@pytest.mark.parametrize(("name", "replicate"), LUCK)
def test_the_summary_says_what_reach_says(name, replicate):
    reach, s = lived(name, replicate)[0]["reach"].columns, summary(name, replicate)
    last = reach["week"] == 104
    aware = reach["generation"] >= 0
    far = last & (reach["hop"] >= 2)
    assert s["aware_hop_2_plus"] == pytest.approx(reach["n"][far & aware].sum() / reach["n"][far].sum())
    by_buyer = last & (reach["source"] == "buyer") & (reach["zone"] != "rw")
    assert s["aware_outside_by_buyer"] == reach["n"][by_buyer].sum()
    known = last & aware
    if np.all(reach["generation"][known] < 6):
        assert s["mean_generation"] == pytest.approx(np.average(reach["generation"][known], weights=reach["n"][known]))


@pytest.mark.parametrize("name", NAMES)
def test_programme_costs_are_among_the_weeks_costs(name):
    programme, w, s = lived(name)[0]["programme"].columns, weekly(name), summary(name)
    assert programme["visits"].sum() <= w["visits"].sum() + 1e-9
    assert programme["cost_public_rupiah"].sum() <= w["cost_public_rupiah"].sum()
    if name == "baseline_reflection":
        assert len(programme["task"]) == w["visits"].sum() == w["cost_public_rupiah"].sum() == 0
        assert np.isnan(s["tasks_done_share"])
    else:
        assert s["tasks_done_share"] == pytest.approx(np.mean(~np.isnan(programme["done_week"])))

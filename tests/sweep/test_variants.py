"""Scenarios over points: made on demand, known by the same digest as if written by hand, paired everywhere."""

from dataclasses import replace

import pytest

from getok.simulation.engine import simulate
from getok.simulation.errors import UsageError
from getok.simulation.experiment.design import default_folder, make_plan, make_sweep
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.parameters import BY_NAME, MEANS, PARAMETERS, WHOLE_UNITS
from getok.simulation.scenario.resolved_json import burn_in_digest, digest
from getok.simulation.sweep.designs import grid, listed
from getok.simulation.sweep.settings import differing_settings, why_impossible, with_values
from getok.simulation.sweep.variants import Variants

BASE, DONE, LEGAL = (
    load_scenario(name).scenario for name in ("baseline_reflection", "implemented_2019", "legality_only")
)


def test_variants_stand_point_by_point():
    variants = Variants([BASE, DONE], grid({"mou_weight": [0.1, 0.2], "n_members": [7.4]}))
    assert len(variants) == 4
    assert [one.name for one in variants] == list(variants.names)
    assert variants.names[1:3] == ("implemented_2019@00000", "baseline_reflection@00001")
    assert variants[3].parameters == DONE.parameters | {"mou_weight": 0.2, "n_members": 7.0}
    assert variants[-1] == variants[3]
    assert variants[1:3] == (variants[1], variants[2])
    with pytest.raises(IndexError):
        variants[4]


@pytest.mark.parametrize("names", [["mou_weight", "n_members"], ["mou_weight", "agencies.halal.acceptance"]])
def test_a_variant_has_the_digest_of_its_resolved_form(names):
    variants = Variants([BASE, DONE], listed(names, [[0.1, 0.4], [0.2, 6.6 if "n_members" in names else 0.9]]))
    assert variants.digests() == tuple(digest(one) for one in variants)
    assert len(set(variants.digests())) == 4


def test_a_run_is_known_by_the_same_key_in_a_sweep_and_alone():
    point = replace(DONE, parameters=DONE.parameters | {"mou_weight": 0.2})
    sweep = make_sweep([DONE], listed(["mou_weight"], [[0.2]]), seed=5, replicates=2)
    assert sweep.key(0, 1) == make_plan([point], seed=5, replicates=2).key(0, 1)


def test_scenarios_of_one_point_share_a_burn_in_as_far_as_they_are_alike():
    other = replace(LEGAL, burn_in_weeks=30)
    variants = Variants([BASE, DONE, other], grid({"mou_weight": [0.1, 0.2], "lapse_probability": [0.01]}))
    numbers = variants.burn_ins()
    shared = [burn_in_digest(one) for one in variants]
    assert [[a == b for a in numbers] for b in numbers] == [[a == b for a in shared] for b in shared]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("facilitator.visits", 1.5, lambda s: s.facilitator.visits_per_week),
        ("facilitator.last", 12, lambda s: s.facilitator.last_week),
        ("facilitator.groups_each", 3, lambda s: s.facilitator.groups_each),
        ("agencies.pirt.desks", 4, lambda s: service(s, "pirt").desks),
        ("agencies.pirt.capacity", 2, lambda s: service(s, "pirt").capacity_per_week),
        ("agencies.halal.quota_per_year", 9, lambda s: service(s, "halal").quota_per_year),
        ("agencies.baznas.amount", 5e6, lambda s: service(s, "baznas").amount_high_rupiah),
        ("agencies.pirt.fee", 1000, lambda s: service(s, "pirt").fee_rupiah),
        ("agencies.pirt.acceptance", 0.3, lambda s: service(s, "pirt").acceptance),
    ],
)
def test_settings_beside_parameters_can_vary(name, value, found):
    assert found(with_values(DONE, [name], [value], "x")) == value


@pytest.mark.parametrize("name", ["packs_mean", "capacity_member_packs"])
def test_a_mean_is_not_rounded(name):
    """Mean packs of a purchase, and what a member can make, are counted in packs but need not be whole: the rules tell
    a fraction of them apart."""
    value = BY_NAME[name].low + 0.4
    assert not BY_NAME[name].is_whole
    assert with_values(BASE, [name], [value], "x").parameters[name] == value
    assert Variants([BASE], listed([name], [[value]]))[0].parameters[name] == value
    busy = with_values(replace(BASE, horizon_weeks=8), ["door_visit_rate", "initial_cash_rupiah"], [30, 2e6], "busy")
    one, other = (
        simulate(with_values(busy, [name], [asked], "x"), 1, 0)["weekly"].columns["packs_produced"]
        for asked in (value, round(value))
    )
    assert (one != other).any()


def test_what_comes_in_whole_ones_is_rounded():
    """By what the rules do: they take whole rupiah, weeks, packs of a lot and counts."""
    names = ["handling_rupiah", "shelf_life_weeks", "first_lot_packs", "n_trial_cycles", "household_persons"]
    changed = with_values(BASE, names, [100.7, 7.6, 8.5, 3.2, 4.2], "x").parameters
    assert [changed[name] for name in names] == [101.0, 8.0, 9.0, 3.0, 4.2]


def test_points_hold_the_values_that_ran():
    sweep = make_sweep([BASE], listed(["n_trial_cycles", "mou_weight"], [[3.74, 0.1]]), seed=1, replicates=1)
    assert sweep.points.values.tolist() == [[4.0, 0.1]]
    assert sweep.scenarios[0].parameters["n_trial_cycles"] == 4.0


def test_a_written_number_that_cannot_run_is_refused():
    assert why_impossible("n_trial_cycles", 4.4) == "4.4 is no whole number; write 4 or 5"
    assert why_impossible("facilitator.last", 7.5) == "7.5 is no whole number; write 7 or 8"
    assert "impossible" in why_impossible("n_members", 0.0)
    assert "impossible" in why_impossible("facilitator.visits", 1e300)


def test_what_a_sweep_replaces_is_told_where_scenarios_differ():
    weak = load_scenario("weak_facilitator").scenario
    found = list(differing_settings([DONE, weak], ["facilitator.visits", "agencies.halal.fee", "mou_weight"]))
    assert len(found) == 1
    assert found[0].startswith("facilitator.visits: the sweep's values replace implemented_2019 3, weak_facilitator ")


def test_scenarios_that_a_sweep_makes_alike_are_refused():
    """They would differ by 0 in every pair, without a reason in the world."""
    often = replace(DONE, name="often", facilitator=replace(DONE.facilitator, visits_per_week=9.0))
    points = listed(["facilitator.visits"], [[1.0], [2.0]])
    with pytest.raises(UsageError, match="implemented_2019 and often are the same at every point"):
        make_sweep([DONE, often], points, seed=1, replicates=1)
    make_sweep([DONE, replace(DONE, name="twin")], points, seed=1, replicates=1)  # alike from the start


def test_whole_are_all_counts_weeks_amounts_and_lots():
    by_unit = {unit: {one.is_whole for one in PARAMETERS if one.unit == unit} for unit in {p.unit for p in PARAMETERS}}
    assert {unit for unit, found in by_unit.items() if True in found} == {"count", "weeks", "packs", "rupiah"}
    assert {one.name for one in PARAMETERS if one.unit in WHOLE_UNITS and not one.is_whole} == MEANS
    assert all(
        float(value).is_integer() for one in PARAMETERS if one.is_whole for value in (one.default, one.low, one.high)
    )


def service(scenario, name):
    return next(one for one in scenario.services if one.id == name)


def test_waits_are_stretched_as_a_whole():
    before, after = (
        service(DONE, "pirt").delay,
        service(with_values(DONE, ["agencies.pirt.delay_factor"], [2], "x"), "pirt").delay,
    )
    assert (after.low, after.mode, after.high) == (2 * before.low, 2 * before.mode, 2 * before.high)


def test_a_sweep_without_points_is_refused():
    with pytest.raises(UsageError, match="0 points"):
        make_sweep([DONE], empty(), seed=1, replicates=1)


def empty():
    points = listed(["mou_weight"], [[0.2]])
    return replace(points, values=points.values[:0])


def test_the_folder_is_named_after_scenarios_and_points():
    sweep = make_sweep([BASE, DONE], listed(["mou_weight"], [[0.2], [0.3]]), seed=1, replicates=1)
    assert default_folder(sweep).name.startswith("baseline_reflection+implemented_2019-over-2-")
    other = make_sweep([BASE, DONE], listed(["mou_weight"], [[0.2], [0.4]]), seed=1, replicates=1)
    assert default_folder(other) != default_folder(sweep)

"""Scenarios made in Python are checked as files are, wherever they come in."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import getok
from getok import CommunityModel, GetokError, burn_in, load_scenario, simulate
from getok.simulation.experiment.design import make_plan, make_sweep
from getok.simulation.scenario.made import refuse_impossible
from getok.simulation.scenario.points import Points
from getok.simulation.scenario.resolved import Community, Scenario
from getok.simulation.scenario.text import Text

CASE = load_scenario("implemented_2019").scenario
LIBRARY = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


def with_parameters(**values):
    return replace(CASE, parameters=CASE.parameters | values)


def with_service(**values):
    return replace(CASE, services=(replace(CASE.services[0], **values), *CASE.services[1:]))


def with_task(**values):
    return replace(CASE, programme=(replace(CASE.programme[0], **values), *CASE.programme[1:]))


def with_facilitator(**values):
    return replace(CASE, facilitator=replace(CASE.facilitator, **values))


SERVICE, TASK = f"agencies.{CASE.services[0].id}", CASE.programme[0].id

WRONG = {
    "a typo": (with_parameters(trust_rww=0.4), "parameters.trust_rww  unknown parameter; did you mean 'trust_rw'?"),
    "NaN": (with_parameters(trust_rw=float("nan")), "parameters.trust_rw  nan is not a finite number"),
    "without end": (with_parameters(price_rupiah=float("inf")), "parameters.price_rupiah  inf is not a finite number"),
    "a probability of 5": (with_service(acceptance=5.0), f"{SERVICE}.acceptance  5.0 is no probability"),
    "a trust of 5": (with_parameters(trust_rw=5.0), "parameters.trust_rw  5 is impossible; it is 0 to 1"),
    "text for a parameter": (with_parameters(trust_rw="0.4"), "parameters.trust_rw  '0.4' is not a number"),
    "text for weeks": (replace(CASE, horizon_weeks="52"), "horizon_weeks  '52' is not a whole number"),
    "half a week": (replace(CASE, horizon_weeks=52.5), "horizon_weeks  52.5 is not a whole number"),
    "a truth value": (replace(CASE, horizon_weeks=True), "horizon_weeks  True is not a whole number"),
    "no parameter": (replace(CASE, parameters={}), "parameters.trust_rw  missing"),
    "no week": (replace(CASE, horizon_weeks=0), "horizon  0 weeks; a horizon has 1 to 1040 weeks"),
    "less than no week": (replace(CASE, burn_in_weeks=-5), "burn_in  '-5.0 weeks' is less than nothing"),
    "a year long ago": (replace(CASE, start_year=5), "start_year  5 is too small; at least 1900"),
    "money back": (with_service(fee_rupiah=-5), f"{SERVICE}.fee  'Rp -5' is less than nothing"),
    "no attempt": (with_service(attempts=0), f"{SERVICE}.attempts  0 is too small; at least 1"),
    "a week before the first": (with_facilitator(first_week=-3), "facilitator.first  'week -3' is no week"),
    "visits taken away": (with_facilitator(visits_per_week=-1.0), "facilitator.visits  '-1.0 visits/week' is less"),
    "another kind": (with_task(kind="mapping"), "programme[0].kind  'mapping' is not one of mapping, selection"),
    "an unknown target": (
        replace(CASE, programme=(replace(CASE.programme[-1], targets=("nobody",)),)),
        "programme[0].targets[0]  unknown",
    ),
    "one task twice": (replace(CASE, programme=CASE.programme * 2), f"programme.{TASK}  '{TASK}' is there twice"),
    "one service twice": (replace(CASE, services=CASE.services * 2), f"{SERVICE}  '{CASE.services[0].id}' is there"),
    "a list": (replace(CASE, outlets=list(CASE.outlets)), "outlets  [Outlet("),
    "nobody": (replace(CASE, facilitator=None), "facilitator  None is not a Facilitator"),
    "no network": (
        replace(CASE, community=Community("imported", nodes_csv="x", ties_csv="y")),
        "community.nodes_csv:1",
    ),
    "no question": (replace(CASE, question=Text("", "")), "question.id  this is empty"),
    "a name": ("implemented_2019", "'implemented_2019' is no scenario; load_scenario(name).scenario gives one"),
}
ENTRIES = {
    "simulate": lambda scenario: simulate(scenario, 1, 0),
    "burn_in": lambda scenario: burn_in(scenario, 1, 0),
    "make_plan": lambda scenario: make_plan([scenario], seed=1, replicates=1),
    "make_sweep": lambda scenario: make_sweep(
        [scenario], Points(("trust_rw",), np.array([[0.5]]), np.array([[0.33, 0.53]])), seed=1, replicates=1
    ),
    "CommunityModel": lambda scenario: CommunityModel(scenario, seed=1),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_fault_is_told_by_field_and_value(fault):
    scenario, told = WRONG[fault]
    with pytest.raises(GetokError) as error:
        refuse_impossible(scenario)
    assert told in str(error.value)


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("fault", ["a typo", "NaN", "a probability of 5", "text for weeks", "a list"])
def test_every_entry_refuses(entry, fault):
    scenario, told = WRONG[fault]
    with pytest.raises(GetokError) as error:
        ENTRIES[entry](scenario)
    assert told in str(error.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(GetokError) as error:
        refuse_impossible(with_service(acceptance=5.0, fee_rupiah=-5))
    assert "acceptance" in str(error.value)
    assert "2 errors" in str(error.value)


def test_a_scenario_that_is_changed_after_it_was_found_whole_is_looked_at_again():
    scenario = replace(CASE, parameters=dict(CASE.parameters), horizon_weeks=20, observation_week=16)
    burn_in(scenario, 1, 0)
    scenario.parameters["trust_rw"] = 5.0
    with pytest.raises(GetokError, match="trust_rw"):
        burn_in(scenario, 1, 0)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_scenario_of_the_library_can_be_made(path):
    refuse_impossible(load_scenario(path).scenario)


def test_exact_numbers_can_be_made():
    """Small and long numbers are written in full, so that none is taken for a text."""
    refuse_impossible(with_facilitator(visits_per_week=1e-7))
    refuse_impossible(with_service(interest_per_year=1 / 3, proposal_visits_saved=1e-9))


SEEDS = {
    "simulate": lambda seed: simulate(CASE, seed, 0),
    "burn_in": lambda seed: burn_in(CASE, seed, 0),
    "make_plan": lambda seed: make_plan([CASE], seed=seed, replicates=1),
}


@pytest.mark.parametrize("entry", SEEDS)
@pytest.mark.parametrize(
    "seed",
    [1.5, None, -1, True, "1", 2**63, 10**5000, np.float64(1), np.bool_(True), np.random.SeedSequence(1)],
    ids=lambda seed: type(seed).__name__,
)
def test_what_is_no_seed_is_refused_alike(entry, seed):
    with pytest.raises(GetokError, match=r"^seed .*whole number.*from 0 to 2\*\*63 - 1$"):
        SEEDS[entry](seed)


@pytest.mark.parametrize("replicate", [1.5, None, -1, True, 10**20])
def test_what_is_no_replicate_is_refused_alike(replicate):
    for entry in (simulate, burn_in):
        with pytest.raises(GetokError, match=r"replicate .*whole number"):
            entry(CASE, 1, replicate)


@pytest.mark.parametrize("replicates", [0, 2.9, -1, 10**20, None])
def test_what_is_no_number_of_replicates_is_refused(replicates):
    with pytest.raises(GetokError, match=r"replicates .*whole number"):
        make_plan([CASE], seed=1, replicates=replicates)


def test_whole_numbers_of_numpy_are_taken():
    plan = make_plan([CASE], seed=np.uint64(2**63 - 1), replicates=np.int32(3))
    assert (plan.seed, plan.replicates) == (2**63 - 1, 3)
    assert {type(plan.seed), type(plan.replicates)} == {int}


def test_what_is_public_is_what_checks():
    assert (getok.simulate, getok.burn_in) == (simulate, burn_in)
    assert simulate.__module__ == burn_in.__module__ == "getok.simulation.replicate"
    assert getok.Scenario is Scenario

"""The model behaves as a Mesa user expects, and lives what the engine lives."""

import gc
import multiprocessing
import subprocess
import sys
import warnings
import weakref
from dataclasses import replace

import mesa
import numpy as np
import pytest

from getok.simulation.engine import simulate
from getok.simulation.errors import GetokError
from getok.simulation.model import Agency, Buyer, CommunityModel, Facilitator, Group, Member, ShopOwner
from getok.simulation.model.collecting import NUMBERS, over_groups
from getok.simulation.names import STAGE_NAMES
from getok.simulation.scenario.load import load_scenario
from getok.simulation.state import Stage

SHORT = replace(load_scenario("baseline_reflection").scenario, horizon_weeks=16, observation_week=16)


@pytest.fixture
def model():
    return CommunityModel("implemented_2019", seed=3)


def test_a_week_a_step_until_the_horizon(model):
    for week in range(1, 4):
        model.step()
        assert (model.week, model.steps, model.running) == (week, week, True)
    for _ in range(model.resolved_scenario.horizon_weeks - 3):
        model.step()
    assert model.running is False


def test_stepping_equals_a_whole_replicate(model):
    whole = simulate(model.resolved_scenario, 3, 0, people=True)
    while model.running:
        model.step()
    stepped = model.tables()
    assert stepped.keys() == whole.keys()
    for name, table in whole.items():
        for column, values in table.columns.items():
            np.testing.assert_array_equal(stepped[name].columns[column], values, err_msg=f"{name}.{column}")


def test_agents_by_type_and_select(model):
    others = {Group: 1, Facilitator: 1, Agency: len(model.resolved_scenario.services)}
    kinds = {Buyer: 870, Member: 10, ShopOwner: 9, **others}
    assert {kind: len(agents) for kind, agents in model.agents_by_type.items()} == kinds
    assert len(model.agents) == sum(kinds.values())
    aware = model.agents_by_type[Buyer].select(lambda buyer: buyer.stage != Stage.UNAWARE)
    assert 0 < len(aware) < 870
    assert {agent.unique_id for agent in model.agents} == set(range(1, sum(kinds.values()) + 1))


def test_data_collector_reads_model_and_agents(model):
    collector = mesa.DataCollector(
        model_reporters={"packs": lambda m: m.flow("packs_sold")}, agenttype_reporters={ShopOwner: {"trust": "trust"}}
    )
    for _ in range(5):
        model.step()
        collector.collect(model)
    packs = collector.get_model_vars_dataframe()["packs"].tolist()
    assert packs == model.tables()["weekly"].columns["packs_sold"].tolist()
    assert len(collector.get_agenttype_vars_dataframe(ShopOwner)) == 5 * 9


def test_what_a_user_changes_is_lived_on(model):
    before, after = model.shop_owners[0], model.buyers[3]
    before.trust, after.trust = 0.9, 0.8
    assert (model.world.buyer_trust[3], model.world.outlets["trust"][0]) == (0.8, 0.9)
    model.step()
    assert before.trust == pytest.approx(0.9, abs=0.01)
    assert after.trust == pytest.approx(0.8, abs=0.05)


def test_an_agent_knows_its_neighbours_and_its_reasons(model):
    for _ in range(12):
        model.step()
    buyer = model.buyers[5]
    assert buyer in buyer.neighbours[0].neighbours
    assert all(0 <= trust <= 1 for trust in buyer.trust_in_neighbours)
    known = next(b for b in model.buyers if b.stage == Stage.CONFIRMATION and not b.is_member_household)
    assert known.attitude() >= known.trust
    assert 0 <= model.shop_owners[0].acceptance_probability() <= 1


def test_discarded_models_are_forgotten():
    model = CommunityModel("baseline_reflection", seed=1)
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


def test_importing_mesa_leaves_the_start_method_alone():
    ask = "import multiprocessing, getok.simulation.model; print(multiprocessing.get_start_method(allow_none=True))"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "None"


def test_a_resolved_scenario_is_taken_as_it_is():
    scenario = load_scenario("baseline_reflection").scenario
    assert CommunityModel(scenario, seed=1).resolved_scenario is scenario


# What the data collector finds


def test_the_numbers_of_every_week_are_collected():
    model = CommunityModel("implemented_2019", seed=3)
    model.run_model()
    told = model.datacollector.get_model_vars_dataframe()
    weekly = model.tables()["weekly"].columns
    for name in weekly.keys() - {"group"}:
        np.testing.assert_array_equal(told[name], weekly[name], err_msg=name)
    assert set(told["scenario_name"]) == {"implemented_2019"}
    assert set(zip(told["seed"], told["replicate"], strict=True)) == {(3, 0)}


def test_numbers_of_several_groups_are_sums_and_levels_are_means():
    one = load_scenario("baseline_reflection").scenario
    model = CommunityModel(replace(one, community=replace(one.community, n_groups=2, n_rw=2)), seed=1)
    model.step()
    weekly = model.tables()["weekly"].columns
    assert model.numbers["packs_produced"] == weekly["packs_produced"].sum() > weekly["packs_produced"].max() > 0
    assert model.numbers["trust_owners"] == pytest.approx(weekly["trust_owners"].mean())


def test_a_mean_leaves_out_groups_without_the_number():
    trust = next(column for column in NUMBERS if column.name == "trust_buyers")
    assert over_groups(trust, np.array([0.25, np.nan])) == 0.25
    assert np.isnan(over_groups(trust, np.array([np.nan])))


def test_agents_are_collected_on_request():
    model = CommunityModel("implemented_2019", seed=3, collect_agents=True)
    model.step()
    owners = model.datacollector.get_agenttype_vars_dataframe(ShopOwner)
    assert owners["trust"].tolist() == [owner.trust for owner in model.shop_owners]
    buyers = model.datacollector.get_agenttype_vars_dataframe(Buyer)
    assert buyers["stage"].tolist() == [STAGE_NAMES[buyer.stage] for buyer in model.buyers]
    assert set(model.datacollector.get_agenttype_vars_dataframe(Agency)) == {"trust", "cooperation"}
    assert "stage" in model.datacollector.get_agenttype_vars_dataframe(Member)


def batch(parameters, **arguments):
    """Rows of a batch over the last week, without Mesa's notice that ``iterations`` has another name from 3.5 on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return mesa.batch_run(CommunityModel, parameters, display_progress=False, **arguments)


@pytest.fixture
def start_method():
    """Mesa's batch runner sets how processes start, for the whole process."""
    before = multiprocessing.get_start_method(allow_none=True)
    yield
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.usefixtures("start_method")
def test_iterations_of_a_batch_differ_and_each_can_be_lived_again():
    rows = batch({"scenario": SHORT}, iterations=3)
    assert len({row["seed"] for row in rows}) == 3
    assert len({row["trust_buyers"] for row in rows}) == 3
    again = CommunityModel(SHORT, seed=rows[1]["seed"])
    again.run_model()
    assert again.numbers["trust_buyers"] == rows[1]["trust_buyers"]


@pytest.mark.usefixtures("start_method")
def test_replicates_of_a_batch_are_pairs_of_the_same_luck():
    others = [SHORT, replace(SHORT, name="dear", parameters=SHORT.parameters | {"price_rupiah": 9000.0})]
    rows = batch({"scenario": others, "replicate": range(2)})
    assert [(row["scenario_name"], row["seed"], row["replicate"]) for row in rows] == [
        (one.name, 1, replicate) for one in others for replicate in range(2)
    ]
    for row in rows:
        assert row["week"] == SHORT.horizon_weeks
        last = simulate(next(s for s in others if s.name == row["scenario_name"]), 1, row["replicate"])["weekly"]
        assert row["packs_sold"] == last.columns["packs_sold"][-1]


@pytest.mark.parametrize("seed", [1.5, -1, True, "1", 2**63, 10**30, np.float64(2), np.random.SeedSequence(1)])
def test_a_seed_that_is_no_whole_number_in_its_range_is_refused(seed):
    with pytest.raises(GetokError, match=r"seed .* from 0 to 2\*\*63 - 1"):
        CommunityModel(SHORT, seed=seed)


@pytest.mark.parametrize("replicate", [1.5, -1, True, 10**20])
def test_so_is_a_replicate(replicate):
    with pytest.raises(GetokError, match=r"replicate .* from 0 to"):
        CommunityModel(SHORT, seed=1, replicate=replicate)


def test_whole_numbers_of_numpy_are_seeds():
    model = CommunityModel(SHORT, seed=np.int64(3), replicate=np.uint8(1))
    assert (model.seed, model.replicate) == (3, 1)
    assert type(model.seed) is int

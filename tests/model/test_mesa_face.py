"""The model behaves as a Mesa user expects, and is the engine underneath."""

import gc
import subprocess
import sys
import weakref

import mesa
import numpy as np
import pytest

from simulation.agents import Agency, Buyer, Member, ShopOwner
from simulation.engine import simulate
from simulation.model import CommunityModel
from simulation.scenario.load import load_scenario
from simulation.state import Stage


@pytest.fixture
def model():
    return CommunityModel("implemented_2019", seed=3)


def test_a_week_a_step_until_the_horizon(model):
    for week in range(1, 4):
        model.step()
        assert (model.week, model.steps, model.running) == (week, week, True)
    for _ in range(model.scenario.horizon_weeks - 3):
        model.step()
    assert model.running is False


def test_stepping_equals_a_whole_replicate(model):
    whole = simulate(model.scenario, 3, 0)
    while model.running:
        model.step()
    stepped = model.tables()
    for name, table in whole.items():
        for column, values in table.columns.items():
            np.testing.assert_array_equal(stepped[name].columns[column], values, err_msg=f"{name}.{column}")


def test_agents_by_type_and_select(model):
    kinds = {Buyer: 870, Member: 10, ShopOwner: 9, Agency: len(model.scenario.services)}
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


def test_agents_are_views(model):
    owner = model.shop_owners[0]
    owner.trust = 0.9
    assert model.world.outlets["trust"][0] == 0.9
    with pytest.raises(ValueError, match="between 0 and 1"):
        owner.trust = 1.5
    buyer = model.buyers[3]
    assert buyer.trust == model.world.buyer_trust[3]
    buyer.trust = 0.8
    assert (model.world.buyer_trust[3], model.world.outlets["trust"][0]) == (0.8, 0.9)


def test_an_agent_knows_its_neighbours_and_its_reasons(model):
    for _ in range(12):
        model.step()
    buyer = model.buyers[5]
    assert buyer in buyer.neighbours[0].neighbours
    assert all(0 <= trust <= 1 for trust in buyer.trust_in_neighbours)
    known = next(b for b in model.buyers if b.stage == Stage.CONFIRMATION and not b.is_member_household)
    assert known.attitude >= known.trust
    assert 0 <= model.shop_owners[0].acceptance_probability <= 1


def test_discarded_models_are_forgotten():
    model = CommunityModel("baseline_reflection", seed=1)
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


def test_importing_mesa_leaves_the_start_method_alone():
    ask = "import multiprocessing, simulation.model; print(multiprocessing.get_start_method(allow_none=True))"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "None"


def test_a_resolved_scenario_is_taken_as_it_is():
    scenario = load_scenario("baseline_reflection").scenario
    assert CommunityModel(scenario).scenario is scenario

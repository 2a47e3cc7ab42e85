"""A subclass is a model: another rule, kind of agent or process of the week, through the same machinery."""

import re
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import own_models
import pytest
from own_models import Calculating, CalculatingModel, Reseller, ResellingModel

import getok
from getok import CommunityModel, open_run, simulate
from getok.simulation.errors import StoreError, UsageError
from getok.simulation.experiment import own_model
from getok.simulation.experiment.design import default_folder, make_plan
from getok.simulation.experiment.run import execute
from getok.simulation.experiment.session import Silent
from getok.simulation.experiment.verify import verify
from getok.simulation.scenario.load import load_scenario
from getok.simulation.state import Stage

SHORT = replace(load_scenario("baseline_reflection").scenario, horizon_weeks=12, observation_week=12)
LONGER = replace(load_scenario("implemented_2019").scenario, horizon_weeks=12, observation_week=12, name="longer")


class Unchanged(CommunityModel):
    """Changes nothing."""


def weekly(tables, column):
    return tables["weekly"].columns[column].tolist()


def test_a_subclass_that_changes_nothing_lives_what_the_engine_lives():
    theirs, ours = simulate(LONGER, 4, 1, model=Unchanged), simulate(LONGER, 4, 1)
    assert theirs.keys() == ours.keys()
    for name, table in ours.items():
        for column, values in table.columns.items():
            np.testing.assert_array_equal(theirs[name].columns[column], values, err_msg=f"{name}.{column}")


def test_another_rule_of_buyers_changes_who_adopts_and_nothing_in_the_community():
    model = CalculatingModel(SHORT, seed=2)
    assert {type(buyer) for buyer in model.buyers} == {Calculating}
    shipped = CommunityModel(SHORT, seed=2)
    assert [buyer.threshold for buyer in model.buyers] == [buyer.threshold for buyer in shipped.buyers]
    decided = [[buyer.entry[Stage.DECISION] for buyer in one.buyers] for one in (model, shipped)]
    assert decided[0] != decided[1]
    burdens = {buyer.price_burden for buyer in model.buyers}
    assert len(burdens) == len(model.buyers)
    assert max(burdens) < 0.1


def test_another_kind_of_agent_acts_in_a_process_of_its_own():
    model = ResellingModel(SHORT, seed=2)
    assert len(model.agents_by_type[Reseller]) == 5
    model.run_model()
    tables = model.tables()
    shipped = simulate(SHORT, 2, 0)
    assert sum(weekly(tables, "heard_door")) > 2 * sum(weekly(shipped, "heard_door"))
    assert weekly(tables, "heard_door")[0] > 0


def test_a_models_own_draws_are_the_same_in_every_scenario():
    burdens = [[b.price_burden for b in CalculatingModel(one, seed=2).buyers] for one in (SHORT, LONGER)]
    assert burdens[0] == burdens[1]


def run(folder, model, processes, scenarios=(SHORT, LONGER)):
    plan = make_plan(scenarios, seed=1, replicates=2, model=model)
    report = execute(plan, folder, processes)
    assert report.n_ok == report.n_runs
    return open_run(folder)


def test_a_subclass_runs_in_workers_as_it_does_alone(tmp_path):
    there, here = run(tmp_path / "there", CalculatingModel, 2), run(tmp_path / "here", CalculatingModel, 1)
    alone = simulate(LONGER, 1, 1, model=CalculatingModel)["weekly"].columns["packs_sold"]
    for found in (there, here):
        rows = found.pandas("weekly")
        rows = rows[(rows["scenario"] == "longer") & (rows["replicate"] == 1)].sort_values("week")
        assert rows["packs_sold"].tolist() == alone.tolist()
    assert verify(tmp_path / "there").is_whole


def test_the_folder_says_which_model_made_it(tmp_path):
    found = run(tmp_path / "own", CalculatingModel, 1).manifest.model
    assert (found.name, found.module) == ("CalculatingModel", "own_models")
    assert len(found.sha256) == 64
    assert run(tmp_path / "shipped", None, 1).manifest.model is None


def test_a_model_of_ones_own_is_compared_in_pairs(tmp_path):
    found = getok.compare("baseline_reflection", "training_only", replicates=2, model=Unchanged, out=tmp_path / "own")
    shipped = getok.compare("baseline_reflection", "training_only", replicates=2)
    assert found.run.manifest.model.name == "Unchanged"
    assert found.to_pandas().equals(shipped.to_pandas())


def test_a_comparison_says_whose_model_it_is():
    two = ("baseline_reflection", "training_only")
    over_seeds = getok.compare(*two, replicates=2, model=CalculatingModel)
    over_sets = getok.compare(*two, replicates=1, over="behavioural", sets=2, model=CalculatingModel)
    assert (over_seeds.comparison.own_model, over_sets.decision.own_model) == ("CalculatingModel",) * 2
    for found in (over_seeds, over_sets):
        for lang, said in (("en", "Made by CalculatingModel, "), ("id", "Dihitung dengan CalculatingModel, ")):
            assert any(sentence.startswith(said) for sentence in found.sentences(lang))
    shipped = getok.compare(*two, replicates=2)
    assert shipped.comparison.own_model == ""
    assert not any("CalculatingModel" in sentence for sentence in shipped.sentences())


def test_runs_of_two_models_never_meet(tmp_path):
    run(tmp_path / "one", CalculatingModel, 1)
    for other, said in ((None, "the shipped one"), (ResellingModel, r"ResellingModel \(source \w{8}\)")):
        with pytest.raises(StoreError, match=rf"its model is CalculatingModel \(source \w{{8}}\), asked for is {said}"):
            run(tmp_path / "one", other, 1)
    plans = [make_plan([SHORT], seed=1, replicates=1, model=one) for one in (None, CalculatingModel, ResellingModel)]
    assert len({plan.key(0, 0) for plan in plans}) == 3
    assert len({default_folder(plan) for plan in plans}) == 3


def test_the_shipped_model_is_lived_by_the_engine():
    assert make_plan([SHORT], seed=1, replicates=1, model=CommunityModel).model is None


def test_another_source_is_another_model(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    said = []
    for share in (0.4, 0.5):
        text = f"import getok\n\nclass Mine(getok.CommunityModel):\n    share = {share}\n"
        (tmp_path / f"mine_{int(10 * share)}.py").write_text(text)
        module = __import__(f"mine_{int(10 * share)}")
        said.append(own_model.describe(module.Mine))
        monkeypatch.delitem(sys.modules, module.__name__)
    assert said[0].sha256 != said[1].sha256
    assert own_model.describe(CalculatingModel) == own_model.describe(own_models.CalculatingModel)


class Notes(Silent):
    def __init__(self):
        self.notes = []

    def note(self, text):
        self.notes.append(text)


def test_a_class_that_no_other_process_finds_is_computed_here_and_that_is_said(tmp_path):
    class Hidden(getok.CommunityModel):
        pass

    plan, notes = make_plan([SHORT], seed=1, replicates=2, model=Hidden), Notes()
    assert not own_model.travels(plan.model)
    report = execute(plan, tmp_path / "hidden", 2, notes)
    assert report.n_ok == 2
    assert "Hidden is defined in a notebook or inside a function" in notes.notes[0]
    assert own_model.travels(own_model.describe(CalculatingModel))


@pytest.mark.parametrize("model", [int, getok.Buyer, "CalculatingModel"])
def test_what_is_no_model_is_refused(model):
    with pytest.raises(UsageError, match=r"expected a subclass of getok\.CommunityModel"):
        make_plan([SHORT], seed=1, replicates=1, model=model)


def test_a_model_of_ones_own_goes_to_no_cluster(tmp_path):
    plan = make_plan([SHORT], seed=1, replicates=1, model=CalculatingModel)
    with pytest.raises(UsageError, match="compute CalculatingModel on this machine"):
        execute(plan, tmp_path / "far", cluster="tcp://nowhere:1")


def test_a_model_of_ones_own_keeps_no_events():
    with pytest.raises(UsageError, match="keeps no event log"):
        simulate(SHORT, 1, 0, events=True, model=CalculatingModel)


PAGE = Path(__file__).parents[2] / "docs" / "odd.md"


@pytest.mark.parametrize("name", ["MyModel", "Reselling"])
def test_examples_of_the_documentation_work_and_are_short(name, monkeypatch):
    monkeypatch.setattr("getok.load_scenario", lambda _: SimpleNamespace(scenario=SHORT), raising=False)
    blocks = re.findall(r"```python\n(.+?)```", PAGE.read_text("utf-8").partition("## Changing a rule")[2], re.DOTALL)
    block = next(text for text in blocks if f"class {name}(" in text)
    assert len([line for line in block.splitlines() if line]) <= 30
    found = {"__name__": "a_script"}
    exec(block, found)  # noqa: S102 - our own page
    model = found[name](SHORT, seed=1)
    model.step()
    assert isinstance(model, CommunityModel)

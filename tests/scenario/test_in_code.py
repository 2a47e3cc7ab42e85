"""Scenarios that are made in code are checked as files are: all faults at once, by the names that were written."""

import numpy as np
import pytest

from getok.simulation.errors import ScenarioError
from getok.simulation.scenario.load import load_scenario

CASE = "implemented_2019"


def service(scenario, name):
    return next(one for one in scenario.services if one.id == name)


def refused(call):
    with pytest.raises(ScenarioError) as caught:
        call()
    return {problem.key: problem.what for problem in caught.value.problems}


def test_what_differs_is_said_as_in_a_file(tmp_path):
    mine = load_scenario(CASE).with_values(price="Rp 6 000", halal={"delay": "52 weeks"}, name="mine")
    text = (
        "schema: 1\nname: mine\nextends: implemented_2019\nparameters: {price_rupiah: Rp 6 000}\n"
        "agencies: {halal: {delay: {low: 52 weeks, mode: 52 weeks, high: 52 weeks}}}\n"
    )
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    assert mine.scenario == load_scenario(tmp_path / "mine.yaml").scenario
    assert mine.scenario.parameters["price_rupiah"] == 6000
    assert load_scenario(CASE).scenario.parameters["price_rupiah"] == 5000


def test_changes_follow_one_another():
    first = load_scenario(CASE).with_values(price="Rp 6 000")
    second = first.with_values({"halal.delay": "30 weeks"}, facilitator={"visits": "1 visits/week"})
    assert second.scenario.parents == ("implemented_2019_price", CASE, "baseline_reflection")
    assert second.scenario.parameters["price_rupiah"] == 6000
    assert service(second.scenario, "halal").delay.mode == 30
    assert second.scenario.facilitator.visits_per_week == 1


def test_a_mapping_says_what_a_file_says():
    said = {"name": "mine", "extends": CASE, "parameters": {"mou_weight": np.float64(0.1), "n_members": np.int64(9)}}
    found = load_scenario(said).scenario
    assert (found.parameters["mou_weight"], found.parameters["n_members"]) == (0.1, 9)


def test_all_faults_are_told_at_once_by_what_was_written():
    found = refused(
        lambda: load_scenario(CASE).with_values(
            pric="Rp 6 000", mou_weight=5, n_members="many", halal={"delay": "52 wekks"}, price=object()
        )
    )
    assert found.keys() == {"pric", "price", "parameters.mou_weight", "parameters.n_members", "agencies.halal.delay"}
    assert "did you mean 'price'?" in found["pric"]
    assert "0 to 1" in found["parameters.mou_weight"]
    assert "'many' is no number" in found["parameters.n_members"]
    assert "'52 wekks' is no duration" in found["agencies.halal.delay"]
    assert "object" in found["price"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 5, -1, "much", None, True, [0.1], {"low": 0.1}])
def test_what_no_file_can_say_is_refused(value):
    assert refused(lambda: load_scenario(CASE).with_values(mou_weight=value)).keys() == {"parameters.mou_weight"}


def test_a_bare_number_has_no_unit():
    found = refused(lambda: load_scenario(CASE).with_values(price=6000))
    assert "Rp 6 000" in found["parameters.price_rupiah"]


@pytest.mark.parametrize("key", ["schema", "extends"])
def test_what_makes_it_another_file_is_not_changed(key):
    assert refused(lambda: load_scenario(CASE).with_values({key: 1})).keys() == {key}


def test_a_mapping_without_a_name_is_refused():
    assert refused(lambda: load_scenario({"extends": CASE})).keys() == {"name"}


def test_the_fault_of_a_parent_file_keeps_its_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yaml").write_text("schema: 1\nname: bad\nextends: nothing\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"bad\.yaml:3:10"):
        load_scenario({"name": "mine", "extends": "./bad.yaml"})

"""The library of the case: complete, without a warning, readable in two languages, and with one burn-in for all."""

import doctest
import json

import pytest

from getok.simulation.scenario import units, values
from getok.simulation.scenario.difference import explain_difference
from getok.simulation.scenario.explain import explain
from getok.simulation.scenario.library import folder, names
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.parameters import PARAMETERS
from getok.simulation.scenario.resolved_json import burn_in_digest, digest, from_json, to_json
from getok.simulation.scenario.schema import WrittenScenario, json_schema
from getok.simulation.scenario.skeleton import skeleton
from getok.simulation.texts.catalogue import EXPLAIN_WORDS

CASE = (
    "baseline_reflection",
    "implemented_2019",
    "legality_only",
    "partners_only",
    "training_only",
    "capital_only",
    "everything",
    "halal_delayed",
    "supermarket_entry",
    "online_only",
    "weak_facilitator",
    "early_exit",
    "shock_incident",
    "no_broker",
    "self_paid_halal",
)
CITY = ("city_bandung", "city_more_desks", "city_double_quota", "city_shared_facilitators")
EACH = pytest.mark.parametrize("name", CASE + CITY)
FORBIDDEN = ("significant", "proves", "will increase")


def test_the_library_is_complete_and_the_baseline_is_first():
    assert set(names()) == {*CASE, *CITY}
    assert names()[0] == "baseline_reflection"


@EACH
def test_it_loads_without_a_warning_under_its_own_name(name):
    loaded = load_scenario(name)
    assert loaded.warnings == ()
    assert loaded.scenario.name == name
    assert loaded.files[0] == folder() / f"{name}.yaml"
    assert tuple(file.stem for file in loaded.files[1:]) == loaded.scenario.parents


@EACH
def test_its_resolved_form_can_be_read_again(name):
    scenario = load_scenario(name).scenario
    again = from_json(to_json(scenario))
    assert again == scenario
    assert to_json(again) == to_json(scenario)
    assert digest(again) == digest(scenario)


@pytest.mark.parametrize("family", [CASE, CITY], ids=["case", "city"])
def test_a_family_shares_one_burn_in(family):
    assert len({burn_in_digest(load_scenario(name).scenario) for name in family}) == 1


def test_no_two_give_the_same_results():
    assert len({digest(load_scenario(name).scenario) for name in CASE + CITY}) == len(CASE + CITY)


def test_the_city_has_its_size():
    """1 560 RW of 430 households (ev 5.10), 500 groups, 250 free halal certificates a year (ev 3.1)."""
    city = load_scenario("city_bandung").scenario
    assert (city.community.n_groups, city.community.n_rw) == (500, 1560)
    assert 650_000 < city.community.n_rw * city.parameters["n_households_rw"] < 750_000
    assert next(service for service in city.services if service.id == "halal").quota_per_year == 250


def test_what_is_scarce_in_the_city_is_told():
    text = explain(load_scenario("city_shared_facilitators").scenario, "en")
    for told in ("125 facilitators", "4 groups share one facilitator", "100 cases at a time", "250 grants a year"):
        assert told in text


@EACH
def test_it_asks_in_both_languages(name):
    question = load_scenario(name).scenario.question
    assert question.id.endswith("?")
    assert question.en.endswith("?")
    assert question.id != question.en


@EACH
@pytest.mark.parametrize("lang", ["id", "en"])
def test_it_can_be_read_back(name, lang):
    scenario = load_scenario(name).scenario
    text = explain(scenario, lang)
    assert getattr(scenario.question, lang) in text
    assert not [word for word in FORBIDDEN if word in text]
    assert "{" not in text
    if scenario.parents:
        parent = load_scenario(scenario.parents[0]).scenario
        difference = explain_difference(scenario, parent, lang).splitlines()
        assert parent.name in difference[0]
        assert len(difference) > 1
        assert EXPLAIN_WORDS[lang]["nothing"] not in difference


def test_the_difference_says_what_changed_from_what_to_what():
    child, parent = (load_scenario(name).scenario for name in ("no_broker", "implemented_2019"))
    assert explain_difference(child, parent, "en") == (
        "Against implemented_2019:\n  left out: ask a broker: Help with the proposal [programme.broker]"
    )
    exit_early = load_scenario("early_exit").scenario
    assert "facilitator: last week, from 30 to 12 [facilitator.last]" in explain_difference(exit_early, parent, "en")


def test_nothing_differs_from_itself():
    scenario = load_scenario("everything").scenario
    assert explain_difference(scenario, scenario, "en").endswith(EXPLAIN_WORDS["en"]["nothing"])


def test_the_json_schema_describes_every_key():
    schema = json.loads(json.dumps(json_schema()))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(schema["properties"]) == {field.alias or name for name, field in WrittenScenario.model_fields.items()}
    assert {"schema", "name", "extends", "question", "horizon", "programme", "agencies"} <= set(schema["properties"])
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["schema", "name", "question"]


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_a_parameter_as_the_skeleton_writes_it_can_be_read(parameter):
    for value in (parameter.default, parameter.low, parameter.high):
        text = values.written(parameter, value)
        raw = float(text) if text.replace(".", "", 1).isdigit() else text
        assert values.READERS[parameter.unit](raw) == pytest.approx(value, rel=1e-5)


@EACH
def test_a_skeleton_from_it_differs_in_nothing_but_the_question(name, tmp_path):
    parent = load_scenario(name).scenario
    file = tmp_path / "copy.yaml"
    file.write_text(skeleton("copy", name, parent), encoding="utf-8")
    assert digest(load_scenario(file).scenario) == digest(parent)


def test_a_skeleton_with_its_parameters_uncommented_changes_nothing(tmp_path):
    parent = load_scenario("implemented_2019").scenario
    head, tail = skeleton("copy", "implemented_2019", parent).split("# parameters:\n")
    body = tail.replace("#   ", "  ")
    file = tmp_path / "copy.yaml"
    file.write_text(f"{head}parameters:\n{body}", encoding="utf-8")
    assert load_scenario(file).scenario.parameters == pytest.approx(parent.parameters)


@pytest.mark.parametrize("module", [units, values], ids=lambda module: module.__name__)
def test_examples_in_the_documentation_hold(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0

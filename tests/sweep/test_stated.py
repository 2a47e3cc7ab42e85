"""What a scenario says of a parameter stands over parameter sets: observed, or as a change of what a set says."""

from dataclasses import replace
from math import inf

import pytest

from getok.analysis.decide.standing import stated_sentences
from getok.behavioural.ranges import drawn_ranges
from getok.simulation.errors import ScenarioError
from getok.simulation.scenario.library import names
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.parameters import PARAMETERS
from getok.simulation.scenario.resolved_json import digest, from_json, to_json
from getok.simulation.sweep.designs import listed
from getok.simulation.sweep.stated import How, is_stated, stated, value_at
from getok.simulation.sweep.variants import Variants

HEAD = "schema: 1\nname: {name}\nextends: {extends}\nquestion: {{id: a, en: b}}\n"
BASE = load_scenario("implemented_2019").scenario


def written(folder, name, text, extends="implemented_2019"):
    file = folder / f"{name}.yaml"
    file.write_text(HEAD.format(name=name, extends=extends) + text, encoding="utf-8")
    return load_scenario(file).scenario


def test_twice_as_many_doors_are_twice_as_many_in_every_set(tmp_path):
    """At the defaults 24 instead of 12; the case in which all pairs over sets were equal."""
    doors = written(tmp_path, "doors_up", "parameters: {door_visit_rate: 24 visits/week}\n")
    variants = Variants([BASE, doors], listed(["door_visit_rate"], [[9.0], [14.5]]))
    assert [one.parameters["door_visit_rate"] for one in variants] == [9.0, 18.0, 14.5, 29.0]
    assert variants.digests() == tuple(map(digest, variants))
    assert len(set(variants.digests())) == 4


def test_a_change_of_a_share_multiplies_its_odds(tmp_path):
    """From .3 to .5 the odds rise from 3/7 to 1, by 7/3: from .5 that leads to .7, and never past 1."""
    trying = written(tmp_path, "trying", "parameters: {trial_probability: 0.5}\n")
    assert value_at(trying, "trial_probability", 0.3) == pytest.approx(0.5)
    assert value_at(trying, "trial_probability", 0.5) == pytest.approx(0.7)
    assert 0.99 < value_at(trying, "trial_probability", 0.99) < 1.0
    assert value_at(trying, "trial_probability", 1.0) == 1.0


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_never_and_always_are_so_in_every_set(value):
    one = replace(BASE, parameters=BASE.parameters | {"trial_probability": value})
    assert [value_at(one, "trial_probability", drawn) for drawn in (0.0, 0.2, 1.0)] == [value] * 3
    (told,) = stated([one], listed(["trial_probability"], [[0.2]]))
    assert told.is_bound
    assert told.factor == (inf if value else 0.0)


def test_what_was_observed_is_the_same_in_every_set(tmp_path):
    own = written(tmp_path, "own", "observed: {capacity_member_packs: 9 packs, initial_cash_rupiah: Rp 150 000}\n")
    assert own.observed == ("capacity_member_packs", "initial_cash_rupiah")
    variants = Variants([BASE, own], listed(["capacity_member_packs", "initial_cash_rupiah"], [[5.5, 0.0]]))
    seen = [(s.parameters["capacity_member_packs"], s.parameters["initial_cash_rupiah"]) for s in variants]
    assert seen == [(5.5, 0.0), (9.0, 150_000.0)]  # also where it is what the model says anyway
    assert from_json(to_json(own)) == own


def test_a_question_about_an_own_group_starts_from_what_was_observed(tmp_path):
    written(tmp_path, "own", "observed: {price_rupiah: Rp 4 000}\nparameters: {door_visit_rate: 6 visits/week}\n")
    dearer = written(
        tmp_path, "dearer", "parameters: {price_rupiah: Rp 5 000, door_visit_rate: 12 visits/week}\n", "own.yaml"
    )
    assert value_at(dearer, "price_rupiah", 8000.0) == 5000.0
    assert value_at(dearer, "door_visit_rate", 9.0) == 9.0  # twice the half


def test_a_scenario_without_a_parent_states_facts(tmp_path):
    whole = (
        (load_scenario("baseline_reflection").files[0])
        .read_text(encoding="utf-8")
        .replace("name: baseline_reflection", "name: alone")
    )
    file = tmp_path / "alone.yaml"
    file.write_text(whole + "\nparameters: {door_visit_rate: 24 visits/week}\n", encoding="utf-8")
    assert load_scenario(file).scenario.observed == ("door_visit_rate",)


def test_a_parameter_is_observed_or_changed(tmp_path):
    with pytest.raises(ScenarioError, match="under 'observed' only"):
        written(tmp_path, "both", "observed: {price_rupiah: Rp 4 000}\nparameters: {price_rupiah: Rp 5 000}\n")
    with pytest.raises(ScenarioError, match="unknown parameter"):
        written(tmp_path, "odd", "observed: {prize_rupiah: Rp 4 000}\n")
    with pytest.raises(ScenarioError, match="mapping"):
        written(tmp_path, "listed", "observed: [price_rupiah]\n")


def test_a_limit_of_the_model_is_kept_and_told(tmp_path):
    slow = written(tmp_path, "slow", "parameters: {shelf_life_weeks: 16 weeks}\n")
    points = listed(["shelf_life_weeks"], [[4.0], [8.0], [10.0]])
    assert [value_at(slow, "shelf_life_weeks", drawn) for drawn in (4.0, 8.0, 10.0)] == [8.0, 16.0, 16.0]
    (told,) = stated([BASE, slow], points)
    assert (told.scenario, told.how, told.factor, told.n_clipped, told.n) == ("slow", How.TIMES, 2.0, 1, 3)
    (text,) = stated_sentences([told], "en")
    assert "is 2 times what each parameter set says" in text
    assert "In 1 of 3 sets that would pass a limit" in text


def test_counts_stay_whole(tmp_path):
    more = written(tmp_path, "more", "parameters: {n_trial_cycles: 6}\n")
    assert [value_at(more, "n_trial_cycles", drawn) for drawn in (2.0, 3.0, 5.0)] == [3.0, 5.0, 8.0]


def test_the_library_says_nothing_itself_of_what_the_shipped_set_varies():
    for name in names():
        scenario = load_scenario(name).scenario
        assert not [key for key in drawn_ranges() if is_stated(scenario, key)], name


def test_each_parameter_can_be_changed_from_its_default():
    """No multiple of nothing, and no odds of never or always."""
    assert all(one.default > 0 for one in PARAMETERS)
    assert all(one.default < 1 for one in PARAMETERS if one.change == "odds")


def test_scenarios_that_say_the_same_share_a_sentence_and_many_are_counted(tmp_path):
    own = written(tmp_path, "own", "observed: {capacity_member_packs: 9 packs}\n")
    points = listed(["capacity_member_packs"], [[5.5]])
    few = [replace(own, name=name) for name in "ab"]
    assert "for a, b, as observed" in next(stated_sentences(stated(few, points), "en"))
    many = [replace(own, name=name) for name in "abcd"]
    assert "untuk 4 skenario bernilai 9 bungkus" in next(stated_sentences(stated(many, points), "id"))

"""What a scenario knows about partners at the start stands in the world, and nothing else changes."""

import numpy as np
import pytest

from getok.simulation.community.generate import build_world
from getok.simulation.engine import burn_in
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved_json import burn_in_digest, burn_in_inputs, digest
from getok.simulation.state import Cooperation, Stage

HEAD = 'schema: 1\nname: told\nextends: baseline_reflection\nquestion: {id: "Apa?", en: "What?"}\n'
PARTNERS = """partners:
  susi: {trust: 0.5, cooperation: verbal}
  pusdiktek: {carrying: true}
  baznas: {trust: 0.3, cooperation: mou}
"""
BASE = load_scenario("baseline_reflection").scenario


@pytest.fixture
def told(tmp_path):
    def make(text):
        file = tmp_path / "told.yaml"
        file.write_text(HEAD + text, encoding="utf-8")
        return load_scenario(file).scenario

    return make


def place(scenario, name):
    return [outlet.id for outlet in scenario.outlets].index(name)


def test_trust_and_cooperation_are_those_told(told):
    scenario = told(PARTNERS)
    world = build_world(scenario, 3)
    susi = world.outlets[place(scenario, "susi")]
    assert susi["trust"] == susi["trust_start"] == 0.5
    assert susi["cooperation"] == susi["cooperation_goal"] == Cooperation.VERBAL
    baznas = [service.id for service in scenario.services].index("baznas")
    assert world.service_trust[0, baznas] == 0.3
    assert world.service_cooperation[0, baznas] == Cooperation.MOU


def test_all_else_is_drawn_as_ever(told):
    scenario = told(PARTNERS)
    world, before = build_world(scenario, 3), build_world(BASE, 3)
    others = [n for n, outlet in enumerate(scenario.outlets) if outlet.id not in {"susi", "pusdiktek"}]
    assert np.array_equal(world.outlets[others], before.outlets[others])
    assert world.buyers.tobytes() == before.buyers.tobytes()
    assert world.tie_trust.tobytes() == before.tie_trust.tobytes()


def test_who_carries_already_gets_a_delivery_in_the_burn_in(told):
    scenario = told(PARTNERS)
    world = burn_in(scenario, 1, 0).world
    owner = world.outlets[place(scenario, "pusdiktek")]
    assert owner["accept_week"] == -scenario.burn_in_weeks
    assert owner["delivery_week"] < 1
    assert owner["stage"] >= Stage.IMPLEMENTATION
    assert burn_in(BASE, 1, 0).world.outlets[place(BASE, "pusdiktek")]["stage"] < Stage.DECISION


def test_every_group_has_the_partners_as_told(told):
    scenario = told(PARTNERS + "community: {n_groups: 2, n_rw: 2}\n")
    world = build_world(scenario, 3)
    n = len(scenario.outlets)
    assert world.outlets["trust"][[place(scenario, "susi"), n + place(scenario, "susi")]].tolist() == [0.5, 0.5]


def test_what_is_kept_for_readers_changes_no_result(told):
    notes = "field_map: {notes: [{about: session, note: rain}]}\n"
    scenario = told("partners: {susi: {importance: 0.9, note: near}}\n" + notes)
    assert digest(scenario) == digest(BASE)
    assert burn_in_digest(scenario) == burn_in_digest(BASE)


def test_what_rules_read_changes_the_digest(told):
    for text in ("trust: 0.5", "cooperation: none", "carrying: true"):
        scenario = told(f"partners: {{susi: {{{text}}}}}\n")
        assert digest(scenario) != digest(BASE)
        assert burn_in_digest(scenario) != burn_in_digest(BASE)
        assert burn_in_inputs(scenario) != burn_in_inputs(BASE)


def test_the_order_of_partners_does_not_matter(told):
    lines = PARTNERS.splitlines()
    other = "\n".join([lines[0], *reversed(lines[1:])]) + "\n"
    assert digest(told(PARTNERS)) == digest(told(other))

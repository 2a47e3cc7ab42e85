"""Whole casts of real replicates told in both languages: no English in Indonesian, no key without words."""

import pytest
from leaks import leaks

from getok.analysis.trace import Agent, chapters_of, moments_of, tell, tell_cases
from getok.analysis.trace.who import Cast
from getok.simulation.engine import Simulation
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.wording.names import names_of


@pytest.fixture(scope="module", params=["everything", "shock_incident"])
def played(request):
    scenario = load_scenario(request.param).scenario
    simulation = Simulation(scenario, 1, 0, events=True)
    members, n_buyers = simulation.world.members["buyer"].tolist(), len(simulation.world.buyers)
    simulation.advance(scenario.horizon_weeks)
    tables = simulation.tables()
    return scenario, members, n_buyers, tables["events"].columns, tables["cases"].columns


def stories(played, lang):
    scenario, members, n_buyers, events, cases = played
    names = names_of(scenario, lang)
    cast = Cast(list(names.outlets), members, n_buyers, names.outlets)
    labels = cast.labels(lang)
    wanted = [("owner", k) for k in range(len(names.outlets))] + [("member", k) for k in range(len(members))]
    wanted += [("buyer", k) for k in (*members, *range(0, n_buyers, 7))]
    for kind, index in wanted:
        agent = Agent(kind, index, labels[kind, index])
        yield tell(agent, chapters_of(moments_of(events, agent, labels), "unaware", 1), lang)
    for service in names.services:
        yield tell_cases(cases, service, names)


def test_no_english_in_indonesian_stories(played):
    scenario = played[0]
    proper = names_of(scenario, "id").outlets.values()
    found = {word for text in stories(played, "id") for word in leaks(text, names=proper)}
    assert found == set()


def test_the_same_stories_are_english_in_english(played):
    own, other = (list(stories(played, lang)) for lang in ("id", "en"))
    assert len(own) == len(other) > 100
    assert [text.count("\n") for text in own] == [text.count("\n") for text in other]
    assert all(leaks(text) for text in other)
    assert not [text for text in (*own, *other) if "{" in text or "_" in text]


def test_numbers_have_the_mark_of_their_language(played):
    susi = next(stories(played, "id")), next(stories(played, "en"))
    assert "0,4" in susi[0]
    assert "0.4" not in susi[0]
    assert "0.4" in susi[1]

"""No English in what is said in Indonesian: catalogues, explanations of the library, traces of real runs."""

import pytest
from leaks import CATALOGUES, SMALL, english_only, leaks

from getok.simulation.scenario.difference import explain_difference
from getok.simulation.scenario.explain import explain
from getok.simulation.scenario.library import names
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.wording.names import names_of
from getok.simulation.texts.catalogue import PARAMETER_WORDS


def test_the_net_catches_english():
    assert len(english_only()) > 500
    assert leaks("Program selesai after week 30") == ["after", "week"]
    assert leaks("Pengaruh legalitas [agencies.halal.delay] pada implemented_2019") == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda catalogue: next(iter(catalogue["en"])))
def test_no_small_english_word_stands_in_an_indonesian_catalogue(catalogue):
    found = {key: leaks(text) for key, text in catalogue["id"].items()}
    assert {key: words for key, words in found.items() if SMALL & set(words)} == {}


def test_no_small_english_word_stands_in_the_meaning_of_a_parameter():
    assert [name for name, text in PARAMETER_WORDS["id"].items() if leaks(text)] == []


@pytest.mark.parametrize("name", names())
def test_an_explanation_in_indonesian_has_no_english_word(name):
    loaded = load_scenario(name)
    text = explain(loaded.scenario, "id")
    if loaded.scenario.parents:
        text += "\n" + explain_difference(loaded.scenario, load_scenario(loaded.files[1]).scenario, "id")
    assert leaks(text) == []
    assert leaks(explain(loaded.scenario, "en")) != []


@pytest.mark.parametrize("name", names())
def test_every_note_of_the_library_is_said_in_two_languages(name):
    scenario = load_scenario(name).scenario
    for one in scenario.assumptions:
        assert one.note.id != one.note.en, one.key
        assert one.note.id.endswith(".")
        assert one.note.en.endswith(".")
        assert leaks(one.note.id) == []


@pytest.mark.parametrize("name", names())
def test_every_scenario_of_the_library_has_a_title_in_two_languages(name):
    scenario = load_scenario(name).scenario
    own, other = (names_of(scenario, lang).title for lang in ("id", "en"))
    assert own != other
    assert name not in {own, other}
    assert len(own) <= 30
    assert leaks(own) == []

"""Every declared parameter, unit, theme and confidence has words in both languages."""

import doctest
from collections import Counter
from typing import get_args

import pytest

from getok.simulation.scenario.parameters import BY_NAME, PARAMETERS, Confidence, Unit
from getok.simulation.scenario.wording import parameters, terms
from getok.simulation.scenario.wording.parameters import parameter_text
from getok.simulation.scenario.wording.terms import confidence_word, source_text, theme_word, unit_word

LANGUAGES = ("id", "en")
EACH = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_a_parameter_has_a_text_in_both_languages_that_ends_alike(parameter):
    own, other = (parameter_text(parameter.name, lang) for lang in LANGUAGES)
    assert other == parameter.meaning
    assert own != other
    for text in (own, other):
        assert text[0].isupper()
        assert text.endswith(".")
        assert not text.endswith("..")
        assert text == " ".join(text.split())
    assert own.count(";") == other.count(";"), "a reservation of one language is missing in the other"


@EACH
def test_no_text_stands_twice(lang):
    counts = Counter(parameter_text(name, lang).lower() for name in BY_NAME)
    assert max(counts.values()) == 1, counts.most_common(2)


@EACH
def test_units_themes_and_confidence_have_a_word_of_their_own(lang):
    for words in (
        [unit_word(unit, lang) for unit in get_args(Unit)],
        [theme_word(theme, lang) for theme in dict.fromkeys(p.theme for p in PARAMETERS)],
        [confidence_word(word, lang) for word in get_args(Confidence)],
    ):
        assert all(words)
        assert len(set(words)) == len(words)


def test_both_languages_know_the_same_sources_and_citations_stay():
    for parameter in PARAMETERS:
        own, other = (source_text(parameter.source, lang) for lang in LANGUAGES)
        assert (own == other) == parameter.source.startswith("ev "), parameter.source
    assert source_text("BPS 2019, table 4", "id") == "BPS 2019, table 4"


@pytest.mark.parametrize("module", [parameters, terms], ids=lambda module: module.__name__)
def test_examples_hold(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0

"""Calibration speaks both languages."""

from leaks import leaks

from getok.analysis.behavioural.criteria import CRITERIA
from getok.analysis.behavioural.narrowing import Narrowing
from getok.analysis.behavioural.words import CALIBRATION_WORDS, INDONESIAN, criterion_text
from getok.parameter_sets import narrowed_table
from getok.simulation.scenario.parameters import BY_NAME


def test_every_criterion_is_said_in_both_languages():
    assert INDONESIAN.keys() == {one.id for one in CRITERIA}
    for one in CRITERIA:
        assert criterion_text(one.id, "en") == one.statement
        assert leaks(criterion_text(one.id, "id")) == []


def test_both_languages_have_the_same_words():
    assert CALIBRATION_WORDS["en"].keys() == CALIBRATION_WORDS["id"].keys()


def test_what_is_narrowed_is_said_in_indonesian():
    one = Narrowing("mou_weight", 0.0, 0.3, 0.1234, 0.15, 0.2, 0.3, 0.001)
    assert one.is_narrowed
    told = narrowed_table([one], "id").text()
    assert "0,123 sampai 0,2" in told
    assert leaks(told, names=BY_NAME) == []

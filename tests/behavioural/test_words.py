"""Calibration speaks both languages."""

from leaks import leaks

from getok.analysis.behavioural.criteria import CRITERIA
from getok.analysis.behavioural.narrowing import Narrowing
from getok.parameter_sets import narrowed_table
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.texts.catalogue import CRITERION_WORDS


def test_every_criterion_is_said_in_indonesian():
    assert [one.id for one in CRITERIA if leaks(CRITERION_WORDS["id"][one.id])] == []


def test_what_is_narrowed_is_said_in_indonesian():
    one = Narrowing("mou_weight", 0.0, 0.3, 0.1234, 0.15, 0.2, 0.3, 0.001)
    assert one.is_narrowed
    told = narrowed_table([one], "id").text()
    assert "0,123 sampai 0,2" in told
    assert leaks(told, names=BY_NAME) == []

"""Why a measure cannot be taken is said in both languages."""

import pytest
from diffusions import diffusion
from leaks import leaks

from getok.analysis.measures.reasons import CannotMeasureError
from getok.analysis.measures.summary import Settings, measure
from getok.analysis.measures.tabulate import note
from getok.simulation.texts.catalogue import REASON_WORDS


def test_every_reason_is_indonesian():
    assert [key for key, text in REASON_WORDS["id"].items() if leaks(text)] == []


def test_numbers_in_a_reason_are_written_as_the_language_does():
    error = CannotMeasureError("chain_ceiling", m=0.25, least=0.5)
    assert str(error) == "no Bass chain: a ceiling of 0.25 of all is below the 0.5 that adopted"
    assert "0,25 dari semua orang di bawah 0,5" in error.said("id")


@pytest.mark.parametrize("lang", ["en", "id"])
def test_what_cannot_be_measured_is_said_in_the_language(lang):
    d = diffusion([1, 2, None], [(0, 1), (1, 2)], n_periods=3)
    rows = measure(d, Settings(permutations=2, rewirings=2))
    missing = [row for row in rows if row.note == "no"]
    assert {row.reason.key for row in missing} >= {"bass_periods", "regression_constant"}
    for row in missing:
        said = note(row, lang)
        assert row.reason.said(lang) in said
        assert bool(leaks(said)) == (lang == "en"), said

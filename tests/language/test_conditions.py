"""Every sentence has a condition, and none says more than it counts."""

import re

import pytest

from getok.analysis.language.conditions import CATALOGUES, CONDITIONS, Basis, sentence_keys
from getok.analysis.language.likelihood import COUNTS_ONLY, likelihood

EACH = pytest.mark.parametrize("catalogue", CATALOGUES)
ROWS = [(name, row) for name, rows in CONDITIONS.items() for row in rows]
COUNTS = {
    "en": {"pairs": r"\bpairs?\b|\breplicates?\b", "sets": r"\bsets?\b"},
    "id": {"pairs": r"\bpasangan\b|\bulangan\b", "sets": r"\bset\b|\bhimpunan\b"},
}
TELLS_THE_TWO_APART = {("compare", "same_parameters"), ("decide", "variance"), ("decide", "caution.seeds")}
"""Sentences whose very point is that seeds and sets are different things."""

CLAIM = re.compile(
    r"significan|prove[sn]?\b|will (?:increase|rise|fall)|signifikan|terbukti|membuktikan|akan (?:naik|turun)"
)


@EACH
def test_every_sentence_has_one_condition_and_no_condition_is_left_over(catalogue):
    assert sorted(row.key for row in CONDITIONS[catalogue]) == sorted(sentence_keys(catalogue))
    assert all(row.when for row in CONDITIONS[catalogue])


def test_the_net_finds_the_sentences_of_a_result():
    assert {"higher", "mixed", "cost_open", "likely.90"} <= set(sentence_keys("compare"))
    assert {"ahead", "open", "box", "caution.sets"} <= set(sentence_keys("decide"))
    assert "column.mean" not in sentence_keys("compare")
    assert "title.costs" not in sentence_keys("decide")


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(("catalogue", "row"), ROWS, ids=lambda part: getattr(part, "key", part))
def test_no_sentence_counts_both_seeds_and_sets(catalogue, row, lang):
    text = CATALOGUES[catalogue][lang][row.key]
    own = {what: bool(re.search(pattern, text)) for what, pattern in COUNTS[lang].items()}
    if (catalogue, row.key) not in TELLS_THE_TWO_APART and row.basis in {Basis.PAIRS, Basis.SETS}:
        assert not own["pairs" if row.basis is Basis.SETS else "sets"], text
    assert not CLAIM.search(text)


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(("catalogue", "row"), ROWS, ids=lambda part: getattr(part, "key", part))
def test_a_likelihood_word_has_a_count_and_the_model_before_it(catalogue, row, lang):
    text = CATALOGUES[catalogue][lang][row.key]
    if "{likely}" in text:
        assert text.startswith({"en": "In this model", "id": "Dalam model ini"}[lang])
        before = text.split("{likely}")[0]
        assert "{n}" in before
    elif not row.key.startswith("likely."):
        words = [CATALOGUES["compare"][lang][f"likely.{level}"].strip(" ()") for level in (99, 90, 66, 10, 0)]
        assert not [word for word in words if re.search(rf"\b{word}\b", text)]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_fewer_than_thirty_have_no_likelihood_word(lang):
    assert COUNTS_ONLY == 30
    assert [likelihood(29, 29, lang), likelihood(0, 29, lang)] == ["", ""]
    assert likelihood(30, 30, lang)

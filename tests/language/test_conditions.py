"""Every sentence has a condition, and none says more than it counts."""

import re

import pytest
from babel.messages.pofile import read_po

from getok.analysis.language.likelihood import COUNTS_ONLY, likelihood
from getok.simulation.texts.catalogue import COMPARE_WORDS, TEMPLATE, Words

SUBJECTS = ("comparison", "decision", "sensitivity", "measures", "patterns")
EACH = pytest.mark.parametrize("subject", SUBJECTS)
BASES = {
    "pairs of one parameter set",
    "parameter sets",
    "points of a design",
    "people of one diffusion",
    "replicates of the library",
    "whatever the sentence before it counts",
}
"""What a sentence counts; no sentence counts two."""


def conditions():
    """What each sentence counts, by subject and key, from the translators' comments."""
    with TEMPLATE.open("rb") as file:
        for message in read_po(file):
            if message.auto_comments and message.auto_comments[0].startswith("counts: "):
                subject, _, key = message.context.partition(".")
                told = " ".join(message.auto_comments)
                basis, _, when = told.removeprefix("counts: ").partition(" said if: ")
                yield subject, key, basis, when


CONDITIONS = list(conditions())
ROWS = [(subject, key, basis) for subject, key, basis, _ in CONDITIONS]
COUNTS = {
    "en": {"pairs": r"\bpairs?\b|\breplicates?\b", "sets": r"\bsets?\b"},
    "id": {"pairs": r"\bpasangan\b|\bulangan\b", "sets": r"\bset\b|\bhimpunan\b"},
}
OTHER = {"pairs of one parameter set": "sets", "parameter sets": "pairs"}
TELLS_THE_TWO_APART = {("comparison", "same_parameters"), ("decision", "variance"), ("decision", "caution.seeds")}
"""Sentences whose very point is that seeds and sets are different things."""

CLAIM = re.compile(
    r"significan|prove[sn]?\b|will (?:increase|rise|fall)|signifikan|terbukti|membuktikan|akan (?:naik|turun)"
)


def is_sentence(subject, key, text):
    """Whether a text states a result or limits one: sentences, likelihood words, titles of figures."""
    if subject == "patterns":
        return key == "conclusion"
    if key.startswith("source") or (subject in {"comparison", "decision"} and key.startswith("title")):
        return False
    likely, title = key.startswith("likely."), key.startswith("title.") or key.endswith(".title")
    return text.rstrip().endswith(".") or likely or title


def sentence_keys(subject):
    return [key for key, text in Words(subject)["en"].items() if is_sentence(subject, key, text)]


@EACH
def test_every_sentence_has_a_condition_and_no_condition_is_left_over(subject):
    assert sorted(key for of, key, _ in ROWS if of == subject) == sorted(sentence_keys(subject))


def test_a_condition_says_what_is_counted_and_when():
    assert {basis for _, _, basis in ROWS} == BASES
    assert [key for _, key, _, when in CONDITIONS if not when] == []
    assert {subject for subject, _, _ in ROWS} == set(SUBJECTS)


def test_the_net_finds_the_sentences_of_a_result():
    assert {"higher", "mixed", "cost_open", "likely.90"} <= set(sentence_keys("comparison"))
    assert {"ahead", "open", "box", "caution.sets"} <= set(sentence_keys("decision"))
    assert "column.mean" not in sentence_keys("comparison")
    assert "title.costs" not in sentence_keys("decision")


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(("subject", "key", "basis"), ROWS)
def test_no_sentence_counts_both_seeds_and_sets(subject, key, basis, lang):
    text = Words(subject)[lang][key]
    if (subject, key) not in TELLS_THE_TWO_APART and basis in OTHER:
        assert not re.search(COUNTS[lang][OTHER[basis]], text), text
    assert not CLAIM.search(text)


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(("subject", "key", "basis"), ROWS)
def test_a_likelihood_word_has_a_count_and_the_model_before_it(subject, key, basis, lang):
    text = Words(subject)[lang][key]
    if "{likely}" in text:
        assert text.startswith({"en": "In this model", "id": "Dalam model ini"}[lang])
        before = text.split("{likely}")[0]
        assert "{n}" in before
    elif not key.startswith("likely."):
        words = [COMPARE_WORDS[lang][f"likely.{level}"].strip(" ()") for level in (99, 90, 66, 10, 0)]
        assert not [word for word in words if re.search(rf"\b{word}\b", text)]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_fewer_than_thirty_have_no_likelihood_word(lang):
    assert COUNTS_ONLY == 30
    assert [likelihood(29, 29, lang), likelihood(0, 29, lang)] == ["", ""]
    assert likelihood(30, 30, lang)

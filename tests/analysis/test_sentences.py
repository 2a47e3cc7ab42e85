"""A sentence says what its test allows, in both languages, and never more."""

import doctest
import math

import numpy as np
import pytest

from getok.analysis.compare import OUTCOMES
from getok.analysis.compare.comparison import Comparison, Difference, ScenarioCost
from getok.analysis.compare.cost import CostPerBuyer
from getok.analysis.compare.sentences import cautions, cost_sentence, sales_sentence, sentence
from getok.analysis.compare.statistics import paired_difference
from getok.analysis.figures import style
from getok.analysis.language import likelihood
from getok.simulation.texts import numbers
from getok.simulation.texts.catalogue import COMPARE_WORDS

LANGS = ("en", "id")
FORBIDDEN = ("significant", "proves", "prove ", "will increase", "signifikan", "membuktikan", "akan meningkat")
SAYS = {
    "en": {"higher": "sold more", "lower": "sold fewer", "same": "as many", "mixed": "fewer in"},
    "id": {
        "higher": "lebih banyak bungkus",
        "lower": "lebih sedikit bungkus",
        "same": "sebanyak",
        "mixed": "lebih sedikit pada",
    },
}


def difference(pairs, p, outcome="packs_per_week"):
    """A difference whose interval leaves out 0 if p is below .05."""
    baseline = np.full(len(pairs), 10.0)
    paired = paired_difference(baseline + np.array(pairs, float), baseline)
    half = abs(paired.mean) * (0.9 if p < 0.05 else 1.1)
    return Difference("new", outcome, "packs", paired.n_higher, paired.mean - half, paired.mean + half, paired)


def cost(ratio=200.0, low=100.0, high=300.0, total=1000.0, without=0.0, n=30):
    return CostPerBuyer(n, total, 5.0, ratio, low, high, without)


def whole(pairs, p, price, left_out=0):
    differences = difference(pairs, p), difference([2.0] * len(pairs), 0.0, "carrying_outlets_52")
    return Comparison("old", ("new",), 1, len(pairs), left_out, differences, (ScenarioCost("new", price, price),))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("pairs", "p", "kind"),
    [
        ([2, 3, 4, -1], 0.049, "higher"),
        ([-2, -3, -4, 1], 0.049, "lower"),
        ([2, 3, 4, -1], 0.05, "mixed"),
        ([9, 8, -1], 0.01, "higher"),  # two thirds of the pairs are enough
        ([-9, -8, 1], 0.01, "lower"),
        ([99, 98, 97, -1, -1], 0.01, "mixed"),  # three of five are not
        ([-99, -98, -97, 1, 1], 0.01, "mixed"),
        ([1, 1, 1, -20], 0.01, "mixed"),  # most are higher, the mean is lower
        ([-2, -3, -4, 1], 0.9, "mixed"),
        ([0, 0, 0, 0], 1.0, "same"),
        ([0, 0, 0, 1], 1.0, "mixed"),
    ],
)
def test_which_sentence(pairs, p, kind, lang):
    text = sales_sentence(difference(pairs, p), "old", lang)
    assert [key for key, words in SAYS[lang].items() if words in text][-1] == kind
    assert text.startswith({"en": "In this model, new", "id": "Dalam model ini, new"}[lang])
    assert "old" in text


def test_counts_are_those_of_the_direction_that_is_said():
    assert "3 of 4" in sales_sentence(difference([2, 3, 4, -1], 0.01), "old", "en")
    assert "3 of 4" in sales_sentence(difference([-2, -3, -4, 1], 0.01), "old", "en")
    mixed = sales_sentence(difference([-2, -3, 0, 1, 0, 0], 0.5), "old", "en")
    assert "in 1, fewer in 2 and as many in 3 of 6 pairs" in mixed


def test_a_sentence_says_no_more_than_the_bound_of_its_count():
    assert "certain" not in sales_sentence(difference([2, 3] * 14, 0.001), "old", "en")
    assert "in 30 of 30 pairs (very likely): 10.0" in sales_sentence(difference([2, 3] * 15, 0.001), "old", "en")


@pytest.mark.parametrize(
    ("price", "text"),
    [
        (cost(), " One more active buyer cost the public Rp 200 in the mean (95 % interval Rp 100 to Rp 300)."),
        (
            cost(high=None),
            " What one more active buyer cost the public cannot be told: "
            "at least Rp 100, and 0 % of resamples add no buyer.",
        ),
        (
            cost(n=19),
            " One more active buyer cost the public Rp 200 in the mean; there are too few pairs for an interval.",
        ),
        (cost(None, None, None), " No active buyer was added in the mean, at a public cost of Rp 1,000."),
        (cost(total=-1000.0), " It cost the public Rp 1,000 less."),
        (cost(total=0.0), ""),
    ],
)
def test_cost_sentences(price, text):
    assert cost_sentence(price, "en") == text
    assert bool(cost_sentence(price, "id")) == bool(text)


# Of n values with one at another place the skewness is (n - 2) / sqrt(n - 1), 4.13 for 20: rare pairs far away.
@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([1.0] * 19 + [50.0], "+4.1"),
        ([50.0] * 19 + [1.0], "-4.1"),
        ([1.0] * 18 + [50.0], ""),  # too few pairs to say so
        ([1.0] * 15 + [50.0] * 5, ""),  # 1.15
    ],
)
def test_a_few_pairs_that_carry_the_mean_are_told(pairs, said):
    told = [text for text in cautions(whole(pairs, 0.01, cost()), "en") if "skewed" in text]
    assert len(told) == bool(said)
    assert all(f"(skewness {said})" in text.replace("−", "-") for text in told)


@pytest.mark.parametrize("lang", LANGS)
def test_the_whole_sentence(lang):
    text = sentence(whole([2, 3, 4, 1], 0.01, cost(high=None)), "new", lang)
    assert SAYS[lang]["higher"] in text
    assert {"en": "12.0 outlets carried", "id": "12,0 tempat"}[lang] in text
    assert {"en": "cannot be told", "id": "tidak dapat ditentukan"}[lang] in text
    assert not set("{}") & set(text)


@pytest.mark.parametrize(("n", "key"), [(19, "thin"), (20, "few"), (29, "few"), (30, None)])
def test_cautions_about_few_pairs(n, key):
    said = cautions(whole([1.0] * n, 0.01, cost()), "en")
    assert said[0] == COMPARE_WORDS["en"]["same_parameters"]
    assert said[1:] == ([COMPARE_WORDS["en"][key].format(n=n, limit=30)] if key else [])


def test_caution_about_what_was_left_out():
    assert "2 replicates were left out" in cautions(whole([1.0] * 30, 0.01, cost(), left_out=2), "en")[-1]


def test_every_outcome_has_a_label_of_its_own():
    for lang in LANGS:
        labels = [COMPARE_WORDS[lang][outcome.key] for outcome in OUTCOMES]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("module", [likelihood, numbers, style], ids=["likelihood", "numbers", "style"])
def test_examples_in_the_documentation(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


def test_what_is_no_number_is_no_amount():
    for unit in ("rupiah", "share", "packs"):
        for value in (math.nan, math.inf, -math.inf):
            assert numbers.amount(value, unit, "en") == "none"
            assert numbers.amount(value, unit, "id") == "tidak ada"


@pytest.mark.parametrize(
    ("value", "en", "id_"),
    [(0.0, "Rp 0", "Rp 0"), (-123456.0, "−Rp 123,000", "−Rp 123.000"), (999.6, "Rp 1,000", "Rp 1.000")],
)
def test_rupiah(value, en, id_):
    assert (numbers.rupiah(value, "en"), numbers.rupiah(value, "id")) == (en, id_)

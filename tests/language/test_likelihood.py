"""A word of likelihood holds for the share behind a count, not for the count."""

import numpy as np
import pytest
from scipy import stats

from getok.analysis.language.likelihood import likelihood, lower_bound, upper_bound, word_of
from getok.simulation.texts.catalogue import COMPARE_WORDS

SHARES = {"99": (0.99, 1), "90": (0.9, 1), "66": (0.66, 1), "33": (0.33, 0.66), "10": (0, 0.33), "0": (0, 0.1)}


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(
    ("k", "n", "word"),
    [
        (30, 30, "90"),  # not "virtually certain": .905 at least
        (298, 298, "90"),
        (299, 299, "99"),
        (100, 100, "90"),
        (99, 100, "90"),
        (95, 100, "66"),
        (75, 100, "66"),
        (70, 100, None),
        (50, 100, "33"),
        (24, 100, "10"),
        (4, 100, "0"),
        (0, 30, "0"),
        (20, 30, None),
        (29, 29, None),
    ],
)
def test_the_word_of_a_count(k, n, word, lang):
    assert likelihood(k, n, lang) == (COMPARE_WORDS[lang][f"likely.{word}"] if word else "")


@pytest.mark.parametrize("k", [0, 1, 12, 29, 30])
def test_bounds_are_those_of_the_binomial(k):
    low, high = lower_bound(k, 30), upper_bound(k, 30)
    assert low == 0 if k == 0 else stats.binom.sf(k - 1, 30, low) == pytest.approx(0.05)
    assert high == 1 if k == 30 else stats.binom.cdf(k, 30, high) == pytest.approx(0.05)


@pytest.mark.parametrize("n", [30, 100, 564])
@pytest.mark.parametrize("share", [0.05, 0.32, 0.5, 0.65, 0.89, 0.985])
def test_a_word_is_seldom_too_strong(share, n):
    counts = np.arange(n + 1)
    chances = stats.binom.pmf(counts, n, share)
    said = [word_of(int(k), n) for k in counts]
    wrong = [word is not None and not SHARES[word][0] <= share <= SHARES[word][1] for word in said]
    assert chances[wrong].sum() <= 0.10  # two bounds of 95 % each

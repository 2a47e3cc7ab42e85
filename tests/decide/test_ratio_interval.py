"""The cost of a further buyer over sets has an interval of both levels."""

import doctest

import numpy as np
import pytest

from getok.analysis.decide import decide
from getok.analysis.decide import ratio_interval as module
from getok.analysis.decide.economic_sentences import frontier_sentences
from getok.analysis.decide.payers import economics
from getok.analysis.decide.ratio_interval import RatioInterval, ratio_interval
from getok.analysis.decide.tabulate import cost_rows


@pytest.mark.parametrize("spread", [(3.0, 0.5, 0.5), (0.5, 2.0, 0.5), (0.5, 0.2, 4.0)])
def test_it_covers_the_ratio_as_often_as_it_says(spread):
    """200 trials of 60 sets and 4 seeds."""
    rng, held = np.random.default_rng(2), 0
    for _ in range(200):
        of_sets, of_seeds, rest = (
            deviation * rng.standard_normal(shape)
            for deviation, shape in zip(spread, ((60, 1), (1, 4), (60, 4)), strict=True)
        )
        gains = 10.0 + of_sets + of_seeds + rest
        found = ratio_interval(np.full((60, 4), 500.0) + 10 * of_sets, gains)
        held += found.low is None or found.low <= 50.0 <= found.high
    assert held >= 186


def test_without_a_gain_there_is_no_interval():
    gains = np.random.default_rng(3).normal(0.3, 3.0, (40, 4))
    assert ratio_interval(np.full((40, 4), 100.0), gains) == RatioInterval(None, None)
    assert ratio_interval(np.full((40, 4), 100.0), np.full((40, 4), -1.0)) == RatioInterval(None, None)


def test_one_seed_is_an_interval_over_sets():
    rng = np.random.default_rng(4)
    gains = rng.normal(5.0, 1.0, (50, 1))
    found = ratio_interval(np.full((50, 1), 100.0), gains)
    assert found.low < 100.0 / gains.mean() < found.high


@pytest.mark.parametrize(("lang", "words"), [("en", "(95 % interval Rp"), ("id", "(selang 95 % Rp")])
def test_every_step_of_the_frontier_says_how_well_it_is_known(ensemble, lang, words):
    decision = decide(ensemble)
    steps = [one for one in decision.economics[0].options if one.after]
    assert steps
    for one in steps:
        assert one.interval.low < one.ratio < one.interval.high
    told = frontier_sentences(decision.economics[0], decision.n_sets, lang)
    assert sum(words in text for text in told) == len(steps)
    assert sum(words in row[-1] for row in cost_rows(decision.economics[:1], lang)[1]) == len(steps)
    assert decision.to_json()["economics"][0]["options"][3]["interval"]["low"] > 0


def test_few_sets_have_no_interval(make_planted):
    few = make_planted(n=19)
    found = economics(few.scenarios, few.values, "public")
    assert all(one.interval is None for one in found.options)


def test_examples_in_the_documentation():
    assert doctest.testmod(module).attempted > 0
    assert doctest.testmod(module).failed == 0

"""The answer says what its tests allow, and never more."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from getok.analysis.compare.comparison import Comparison, Difference, ScenarioCost
from getok.analysis.compare.cost import CostPerBuyer
from getok.analysis.compare.statistics import paired_difference
from getok.analysis.report.sections.answer import (
    cost_sentence,
    hedge,
    lead_of,
    leading_sentence,
    question,
    sure_sentence,
    worth_comparing,
)
from getok.analysis.report.sections.money import LARGE
from getok.simulation.texts.catalogue import REPORT_WORDS

BASE = np.full(40, 10.0)


@dataclass
class Stub:
    """What the sentences ask of a material."""

    packs: dict
    lang: str = "en"
    over: tuple = ()
    run: None = None

    def say(self, key, **slots):
        return REPORT_WORDS[self.lang][key].format(**slots)

    def named(self, *scenarios):
        return ", ".join(scenarios)

    def values(self, outcome, scenario):
        return np.asarray(self.packs[scenario], dtype=float)


def cost(ratio=200.0, high=300.0, n=40, added=1000.0):
    return CostPerBuyer(n, added, 5.0, ratio, 100.0, high, 0.0)


def compared(packs, costs=None, p=0.001):
    differences = []
    for name, values in packs.items():
        paired = paired_difference(np.asarray(values, float), BASE[: len(values)])
        half = abs(paired.mean) * (0.9 if p < 0.05 else 1.1) if paired.n_equal < paired.n else 0.0
        low, high = paired.mean - half, paired.mean + half
        differences.append(Difference(name, "packs_per_week", "packs", paired.n_higher, low, high, paired))
    prices = costs or {}
    told = tuple(ScenarioCost(name, prices.get(name, cost()), cost()) for name in packs)
    n = len(next(iter(packs.values())))
    return Comparison("base", tuple(packs), 1, n, 0, tuple(differences), told)


def noise(seed, level, spread=1.0, n=40):
    return level + np.random.default_rng(seed).normal(0, spread, n)


def says(packs, lang="en", **slots):
    comparison = compared(packs, **slots)
    return leading_sentence(Stub(packs, lang), comparison)


def test_ahead_only_if_told_apart_from_all_others():
    clear = {"a": noise(1, 20), "b": noise(2, 15), "c": noise(3, 12)}
    assert "a sold most" in says(clear)
    assert "above the next, b, in 40 of 40" in says(clear)
    close = clear | {"b": clear["a"] - np.random.default_rng(4).normal(0.2, 1, 40)}
    assert "cannot be told apart from b" in says(close)
    assert "sold most" not in says(close)


def test_two_thirds_of_the_pairs_must_agree():
    gap = np.where(np.arange(40) < 24, 9.0, -1.0) + noise(5, 0, 0.01)  # a clear mean, but 24 of 40 pairs only
    packs = {"a": 20 + gap, "b": np.full(40, 20.0)}
    assert lead_of(Stub(packs), compared(packs)).not_apart == ("b",)
    gap = np.where(np.arange(40) < 27, 9.0, -1.0) + noise(5, 0, 0.01)
    packs = {"a": 20 + gap, "b": np.full(40, 20.0)}
    assert lead_of(Stub(packs), compared(packs)).not_apart == ()


def test_nothing_is_better_than_the_baseline_if_the_pairs_do_not_bear_it_out():
    packs = {"a": noise(1, 20), "b": noise(2, 15)}
    assert "no scenario sold more" in says(packs, p=0.06)
    assert "no scenario sold more" in says({"a": noise(6, 8), "b": noise(7, 7)})


def test_one_other_scenario_is_compared_with_the_baseline_only():
    assert "a sold more" in says({"a": noise(1, 20)})
    assert "next" not in says({"a": noise(1, 20)})


@pytest.mark.parametrize(
    ("packs", "first", "second"),
    [
        (20.0, "a sold more", "against base it sold more, beyond chance, over 40 pairs; 40 of them showed more"),
        (
            5.0,
            "a sold fewer",
            "against base it sold fewer, beyond chance, over 40 pairs; 0 of them showed more, 40 fewer",
        ),
        (None, "as many packs a week as base in all 40 pairs", "it sold exactly as many as base over 40 pairs"),
        (10.0, "a cannot be told apart from base", "it cannot be told apart from base over 40 pairs"),
    ],
)
def test_a_single_scenario_is_told_by_its_own_pairs_and_not_counted(packs, first, second):
    one = {"a": BASE if packs is None else noise(1, packs, 3.0 if packs == 10.0 else 1.0)}
    told = sure_sentence(Stub(one), compared(one))
    assert first in says(one)
    assert second in told
    assert "scenarios" not in says(one) + told + question(Stub(one), compared(one))


def test_what_is_asked_alone_is_not_compared_with_itself():
    assert worth_comparing("baseline_reflection") == ("baseline_reflection", "implemented_2019")
    assert worth_comparing("legality_only") == ("baseline_reflection", "legality_only")


def test_words_of_likelihood_need_thirty_pairs():
    assert "(very likely)" in says({"a": noise(1, 20)})
    assert "virtually" not in says({"a": noise(1, 20, n=29)})
    assert "29 of 29" in says({"a": noise(1, 20, n=29)})


def test_scenarios_are_counted_by_what_their_pairs_say():
    packs = {"more": noise(1, 20), "fewer": noise(2, 5), "same": BASE, "open": np.where(np.arange(40) % 2, 11.0, 9.0)}
    told = sure_sentence(Stub(packs), compared(packs))
    for part in (
        "1 sold more, beyond chance (more)",
        "1 sold fewer, beyond chance (fewer)",
        "1 sold exactly as many in every pair (same)",
        "1 cannot be told apart from it (open)",
        "of 4 scenarios",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("price", "known"),
    [
        (cost(), True),
        (cost(high=None), False),  # no upper end: more than 2.5 % of resamples add no buyer
        (cost(n=19), False),  # too few pairs for an interval
        (cost(n=20), True),
        (cost(ratio=None), False),  # no buyer added in the mean
        (cost(added=-5.0), False),  # it costs less, which is no price
    ],
)
def test_a_price_is_told_only_with_an_interval(price, known):
    packs = {"a": noise(1, 20)}
    told = cost_sentence(Stub(packs), compared(packs, {"a": price}))
    assert ("least under a" in told) == known
    assert ("cannot be told" in told) == (not known)


def test_the_cheapest_is_named_and_the_best_beside_it():
    packs = {"dear": noise(1, 20), "cheap": noise(2, 15)}
    prices = {"dear": cost(900.0), "cheap": cost(200.0)}
    told = cost_sentence(Stub(packs), compared(packs, prices))
    assert "least under cheap: Rp 200" in told
    assert "Under dear it costs Rp 900" in told


def test_seeds_and_sets_never_share_a_sentence():
    packs = {"a": noise(1, 20)}
    comparison = compared(packs)
    alone = [block.text for block in hedge(Stub(packs), comparison)]
    assert alone[-1] == "getok compare base.yaml a.yaml --over behavioural"
    assert "one parameter set only" in alone[0]
    beside = [block.text for block in hedge(replace(Stub(packs), over=("run",)), comparison)]
    assert len(beside) == 1
    for key, text in REPORT_WORDS["en"].items():
        for sentence in text.split(". "):
            assert not ("{k} of {n} pairs" in sentence and "set" in sentence), key


def test_an_income_is_too_large_from_a_quarter_of_the_poverty_line():
    assert LARGE == 0.25  # P28

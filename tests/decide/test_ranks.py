"""Ranks, pairs and regret: by hand, and what must hold of any numbers."""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from getok.analysis.decide import ranks, variance
from getok.analysis.decide.ranks import Verdict, pair, pairs, rank, robust
from getok.analysis.decide.regret import regrets, satisfice, summarise

GAINS = arrays(
    float,
    array_shapes(min_dims=3, max_dims=3, min_side=2, max_side=5),
    elements=st.integers(-4, 4).map(float),
)


def names(gains):
    return tuple(f"plan_{k}" for k in range(len(gains)))


def test_ranks_by_hand():
    """Means over seeds by set: a 3 1, b 2 1, c 1 5; single runs are best a 2.5, b .5, c 1 of 4."""
    gains = np.array([[[3, 3], [1, 1]], [[1, 3], [1, 1]], [[1, 1], [0, 10]]], dtype=float)
    found = rank(gains)
    assert found.matrix == pytest.approx(np.array([[0.5, 0.25, 0.25], [0, 0.75, 0.25], [0.5, 0, 0.5]]))
    assert found.best == pytest.approx([0.5, 0, 0.5])
    assert found.expected == pytest.approx([1.75, 2.25, 2.0])
    # Runs: a alone; a and b; a and b; c.
    assert found.best_of_runs == pytest.approx([0.5, 0.25, 0.25])


@given(GAINS)
@settings(max_examples=60, deadline=None)
def test_chances_of_ranks_add_up(gains):
    found = rank(gains)
    assert found.matrix.sum(axis=0) == pytest.approx(np.ones(len(gains)))
    assert found.matrix.sum(axis=1) == pytest.approx(np.ones(len(gains)))
    assert found.best_of_runs.sum() == pytest.approx(1)
    assert found.expected.sum() == pytest.approx(len(gains) * (len(gains) + 1) / 2)


@given(GAINS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_another_order_of_scenarios_changes_nothing(gains, random):
    order = random.sample(range(len(gains)), len(gains))
    plain, turned = rank(gains), rank(gains[order])
    assert turned.matrix == pytest.approx(plain.matrix[order])
    assert regrets(gains[order]) == pytest.approx(regrets(gains)[order])
    label = names(gains)
    relabelled = pairs(tuple(label[k] for k in order), gains[order], 0.5)
    counted = {frozenset((p.ahead, p.behind)): (p.wins, p.losses, p.ties) for p in pairs(label, gains, 0.5)}
    assert {frozenset((p.ahead, p.behind)): (p.wins, p.losses, p.ties) for p in relabelled} == counted


@given(GAINS, st.floats(0, 3))
@settings(max_examples=60, deadline=None)
def test_every_set_is_counted_once_and_the_first_has_more_wins(gains, tolerance):
    for one in pairs(names(gains), gains, tolerance):
        assert one.n == gains.shape[1]
        assert one.wins >= one.losses


@given(GAINS)
@settings(max_examples=60, deadline=None)
def test_regret_is_never_below_zero_and_somebody_has_none(gains):
    lacks = regrets(gains)
    assert (lacks >= 0).all()
    assert (lacks.min(axis=0) == 0).all()


def test_a_tie_is_a_difference_up_to_the_tolerance():
    one = pair("a", "b", np.array([0.5, -0.5, 0.51, -0.6, -0.6]), 0.5)
    assert (one.ahead, one.behind, one.wins, one.losses, one.ties) == ("b", "a", 2, 1, 2)


@pytest.mark.parametrize(
    ("wins", "losses", "ties", "verdict"),
    [
        (90, 10, 0, Verdict.AHEAD),
        (89, 11, 0, Verdict.OPEN),
        (89, 10, 1, Verdict.NOT_BEHIND),
        (5, 5, 90, Verdict.EQUAL),
        (6, 5, 89, Verdict.NOT_BEHIND),
        (45, 11, 44, Verdict.OPEN),
    ],
)
def test_verdicts_change_at_nine_of_ten(wins, losses, ties, verdict):
    differences = np.repeat([1.0, -1.0, 0.0], [wins, losses, ties])
    found = pair("a", "b", differences)
    assert found.verdict is verdict
    assert found.reverses == (verdict is Verdict.OPEN)


@pytest.mark.parametrize("n", [10, 30, 70, 500])
def test_nine_of_ten_is_exact(n):
    assert robust(9 * n // 10, n)
    assert not robust(9 * n // 10 - 1, n)


def test_regret_by_hand():
    gains = np.array([[[5.0], [1.0], [2.0]], [[3.0], [2.0], [2.5]]])
    first, second = summarise(("a", "b"), gains, tolerance=0.5)
    assert (first.mean, first.worst, first.n_near, first.n) == (0.5, 1.0, 2, 3)
    assert first.q90 == pytest.approx(0.9)
    assert (second.mean, second.worst, second.n_near) == (pytest.approx(2 / 3), 2.0, 2)


@pytest.mark.parametrize(("better", "sets", "runs"), [(True, 2, 4), (False, 2, 3)])
def test_exactly_the_target_is_enough(better, sets, runs):
    """Means 2, 4, 1; the target 2 is reached from above by two sets, from below by two."""
    found = satisfice("a", "unserved", np.array([[1.0, 3.0], [4.0, 4.0], [0.0, 2.0]]), 2.0, higher_is_better=better)
    assert (found.n_reached, found.n, found.n_runs_reached, found.n_runs) == (sets, 3, runs, 6)


@pytest.mark.parametrize("module", [ranks, variance], ids=["ranks", "variance"])
def test_examples_in_the_documentation(module):
    found = doctest.testmod(module)
    assert (found.attempted > 0, found.failed) == (True, 0)

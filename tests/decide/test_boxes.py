"""A planted box is found where it was planted, and noise yields none."""

import numpy as np
import pytest

from getok.analysis.decide.boxes import find_box, pruned, quasi_p
from getok.analysis.decide.peeling import MOST, Limits, accuracy, find_limits, sort_points, widened
from getok.analysis.decide.ranks import pairs
from getok.analysis.decide.reversals import reversals

NAMES = tuple("abcdefghij")


def box_of(n_parameters, **limits):
    low, high = np.full(n_parameters, -np.inf), np.full(n_parameters, np.inf)
    for name, (least, most) in limits.items():
        low[NAMES.index(name)], high[NAMES.index(name)] = least, most
    return Limits(low, high)


@pytest.mark.parametrize("seed", range(4))
def test_a_planted_box_is_found(seed):
    rng = np.random.default_rng(seed)
    points = rng.random((500, 10))
    inside = box_of(10, b=(-np.inf, 0.4), e=(0.5, np.inf)).holds(points)
    box = find_box(NAMES, points, rng.random(500) < np.where(inside, 0.9, 0.1))
    assert [one.parameter for one in box.restrictions] == ["b", "e"]
    b, e = box.restrictions
    assert (b.low, e.high) == (None, None)
    assert b.high == pytest.approx(0.4, abs=0.06)
    assert e.low == pytest.approx(0.5, abs=0.06)
    assert box.density > 0.8 > 0.25 > box.density_outside
    assert box.coverage > 0.55
    assert 0.6 < box.density_held_out < 1
    assert max(b.quasi_p, e.quasi_p) < 0.001


def test_a_value_in_the_middle_of_a_few_is_found():
    rng = np.random.default_rng(1)
    points = rng.integers(0, 3, (300, 6)).astype(float)
    box = find_box(NAMES[:6], points, rng.random(300) < np.where(points[:, 2] == 1, 0.9, 0.1))
    assert [(one.parameter, one.low, one.high) for one in box.restrictions] == [("c", 1.0, 1.0)]
    assert box.n_inside == int((points[:, 2] == 1).sum())


@pytest.mark.parametrize("share", [0.15, 0.4])
def test_noise_yields_no_box(share):
    """Of 60 shuffles of nothing .6 boxes are expected; that four or more come up has a chance of .003."""
    rng = np.random.default_rng(3)
    points = rng.random((200, 10))
    found = [find_box(NAMES, points, rng.random(200) < share) for _ in range(60)]
    assert sum(box is not None for box in found) <= 3


def test_noise_has_boxes_without_the_guard():
    rng = np.random.default_rng(3)
    points = rng.random((200, 10))
    data = sort_points(points)
    cases = rng.random((20, 200)) < 0.3
    assert all(accuracy(find_limits(data, one).holds(points), one) > 0.02 for one in cases)


def test_too_few_cases_are_not_searched():
    points = np.arange(100.0)[:, None]
    assert find_box(("a",), points, points[:, 0] < 19) is None
    assert find_box(("a",), points, points[:, 0] >= 19) is None
    assert find_box(("a",), points, points[:, 0] >= 20).n_cases_inside == 80
    assert find_box(("a",), points, points[:, 0] < 20).restrictions[0].high == 19.0


def test_no_more_restrictions_than_can_be_said():
    rng = np.random.default_rng(4)
    points = rng.random((1500, 6))
    cases = (points[:, :5] < 0.75).all(axis=1)
    assert len(find_box(NAMES[:6], points, cases).restrictions) <= MOST == 3


def test_quasi_p_by_hand():
    """Without the limit on b 4 of 8 are cases; of 2 inside both are: .5 squared."""
    points = np.array([[k, k % 2 + 2 * (k < 2)] for k in range(8)], dtype=float)
    cases = np.array([1, 1, 1, 1, 0, 0, 0, 0], dtype=bool)
    limits = box_of(2, b=(2.0, np.inf))
    assert limits.holds(points).sum() == 2
    assert quasi_p(points, cases, limits, 1) == pytest.approx(0.25)
    assert pruned(points, cases, limits).restricted() == []


def test_limits_are_inside():
    assert box_of(1, a=(0.2, 0.4)).holds(np.array([[0.1], [0.2], [0.3], [0.4], [0.5]])).tolist() == [0, 1, 1, 1, 0]


def test_pasting_gives_back_a_share_of_the_sets():
    points = np.arange(100.0)[:, None]
    assert widened(points, box_of(1, a=(40.0, np.inf)), 0, 0, 3).low[0] == 37.0
    assert widened(points, box_of(1, a=(-np.inf, 59.0)), 0, 1, 3).high[0] == 62.0
    assert widened(points, box_of(1, a=(2.0, np.inf)), 0, 0, 3).restricted() == []


def test_a_permuted_order_of_parameters_finds_the_same_box(ensemble):
    rng = np.random.default_rng(0)
    cases = (ensemble.points[:, 0] < 0.35) ^ (rng.random(300) < 0.1)
    plain = find_box(ensemble.parameters, ensemble.points, cases)
    order = [3, 1, 0, 2, 7, 6, 5, 4]
    turned = find_box(tuple(ensemble.parameters[k] for k in order), ensemble.points[:, order], cases)
    assert {(r.parameter, r.low, r.high) for r in plain.restrictions} == {
        (r.parameter, r.low, r.high) for r in turned.restrictions
    }


def test_the_assumption_that_turns_a_ranking_is_named(ensemble):
    gains = ensemble.values["packs_per_week"]
    found = reversals(ensemble, gains, pairs(ensemble.scenarios, gains, 0.5))
    assert [(one.pair.ahead, one.pair.behind) for one in found] == [("legality", "partners")]
    assert {part.parameter for part in found[0].box.restrictions} == {"pending_share", "mou_weight"}
    of_sets = gains.mean(axis=2)
    assert found[0].box.n_cases_inside + found[0].box.n_cases_outside == (of_sets[1] - of_sets[2] < -0.5).sum()


@pytest.mark.parametrize(("held_out", "told"), [(None, False), (0.4, False), (0.41, True)])
def test_a_box_that_says_nothing_of_sets_held_back_is_not_told(monkeypatch, held_out, told):
    points = np.arange(100.0)[:, None]
    monkeypatch.setattr("getok.analysis.decide.boxes.density_held_out", lambda *_: held_out)
    assert (find_box(("a",), points, points[:, 0] < 40) is not None) == told

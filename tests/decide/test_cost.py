"""Cost-effectiveness over sets: by hand, and what must hold of any numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from getok.analysis.decide.acceptability import acceptability, closest_call, default_thresholds
from getok.analysis.decide.cost import Status, affordable, dominated, judge, options, plane
from getok.analysis.decide.payers import economics

POINTS = st.tuples(st.integers(2, 5), st.integers(1, 5)).flatmap(
    lambda shape: arrays(float, (2, *shape), elements=st.integers(-5, 9).map(float))
)
WORTHS = np.array([0.0, 0.5, 2.0, 10.0])


def names(points):
    return tuple(f"plan_{k}" for k in range(points.shape[1]))


def means(points):
    return points.mean(axis=2)


def test_the_frontier_by_hand():
    """b is beaten by c; d lies above the line from a to e; f adds less than a; a - c - e is the hull."""
    costs = np.array([0.0, 3.0, 2.0, 8.0, 10.0, 1.0])
    effects = np.array([0.0, 3.0, 4.0, 6.0, 8.0, -1.0])
    found = options("abcdef", np.stack([costs, effects])[:, :, None])
    assert {one.scenario: one.status.value for one in found} == {
        "a": "frontier",
        "b": "dominated",
        "c": "frontier",
        "d": "extended",
        "e": "frontier",
        "f": "dominated",
    }
    assert {one.scenario: (one.after, one.ratio) for one in found if one.after} == {"c": ("a", 0.5), "e": ("c", 2.0)}


def test_a_budget_makes_another_frontier():
    """Without the dear e, d is efficient."""
    points = np.array([[0.0, 2.0, 8.0, 10.0], [0.0, 4.0, 6.0, 8.0]])[:, :, None]
    assert options("acde", points)[2].status is Status.EXTENDED
    within = affordable("acde", points, 8.0)
    assert [(one.scenario, one.status.value, one.ratio) for one in within] == [
        ("a", "frontier", None),
        ("c", "frontier", 0.5),
        ("d", "frontier", 3.0),
    ]
    assert affordable("acde", points + np.array([1.0, 0.0])[:, None, None], 0.5) == ()


def test_the_ratio_is_one_of_means():
    """Ratios by set 1 and 10, their mean 5.5; the ratio of means is 11/2."""
    points = np.array([[[0.0, 0.0], [1.0, 10.0]], [[0.0, 0.0], [1.0, 1.0]]])
    assert options("ab", points)[1].ratio == 5.5
    points[1, 1] = [1.0, 4.0]
    assert options("ab", points)[1].ratio == pytest.approx(11 / 5)


def test_quarters_of_the_plane_hold_all_sets():
    points = np.array([[[0, 0, 0, 0], [1, 1, -1, 0]], [[0, 0, 0, 0], [1, 0, 2, -1]]], dtype=float)
    one = options("ab", points)[1]
    assert (one.n_more_for_more, one.n_more_for_less, one.n_less_for_more, one.n_less_for_less) == (1, 1, 1, 1)


def test_the_plane_is_paired_with_the_baseline_of_each_set():
    costs = np.array([[[1.0, 3.0], [5.0, 5.0]], [[4.0, 4.0], [6.0, 8.0]]])
    assert plane(costs, 2 * costs).tolist() == [[[0, 0], [2, 2]], [[0, 0], [4, 4]]]


@given(POINTS)
@settings(max_examples=80, deadline=None)
def test_no_member_of_the_frontier_is_dominated_and_steps_get_dearer(points):
    costs, effects = means(points)
    found = options(names(points), points)
    hull = sorted((one for one in found if one.status is Status.FRONTIER), key=lambda one: one.added_cost)
    for one in hull:
        better = (costs <= one.added_cost) & (effects >= one.added_effect)
        strictly = (costs < one.added_cost) | (effects > one.added_effect)
        assert not (better & strictly).any()
    ratios = [one.ratio for one in hull[1:]]
    assert ratios == sorted(ratios)
    assert hull[0].ratio is None
    assert min(costs) == hull[0].added_cost
    assert max(effects) == hull[-1].added_effect


@given(POINTS)
@settings(max_examples=80, deadline=None)
def test_everybody_off_the_frontier_is_beaten_at_every_worth(points):
    """The highest net benefit is reached on the hull, whatever a buyer is worth."""
    costs, effects = means(points)
    on = [status is Status.FRONTIER for status in judge(costs, effects)]
    for worth in WORTHS:
        benefit = worth * effects - costs
        assert benefit[on].max() == pytest.approx(benefit.max())


@given(POINTS, st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_another_order_changes_no_frontier(points, random):
    order = random.sample(range(points.shape[1]), points.shape[1])
    costs, effects = means(points)

    def hull(costs, effects):
        kept = [k for k, status in enumerate(judge(costs, effects)) if status is Status.FRONTIER]
        return sorted((costs[k], effects[k]) for k in kept)

    assert hull(costs[order], effects[order]) == hull(costs, effects)
    assert (~dominated(costs, effects)).sum() == (~dominated(costs[order], effects[order])).sum()


@given(POINTS)
@settings(max_examples=80, deadline=None)
def test_acceptability_adds_up_and_information_is_never_worth_less_than_nothing(points):
    curve = acceptability(names(points), points, WORTHS)
    assert curve.probability.sum(axis=0) == pytest.approx(np.ones(len(WORTHS)))
    assert (curve.evpi >= 0).all()
    for k, name in enumerate(curve.chosen):
        place = names(points).index(name)
        assert curve.frontier[k] == curve.probability[place, k]
        assert curve.net_benefit[place, k] == curve.net_benefit[:, k].max()


@given(POINTS)
@settings(max_examples=60, deadline=None)
def test_information_is_worth_nothing_if_one_always_wins(points):
    points[:, 0] = np.array([-6.0, 10.0])[:, None]  # cheaper and better than anything else can be
    curve = acceptability(names(points), points, WORTHS[1:])
    assert curve.evpi.tolist() == [0, 0, 0]
    assert curve.frontier.tolist() == [1, 1, 1]


def test_the_most_probable_need_not_be_the_one_to_choose():
    """b is better in three of four sets by 1, worse in the fourth by 9: mean -1.5; knowing is worth .75."""
    points = np.zeros((2, 2, 4))
    points[1, 1] = [1, 1, 1, -9]
    curve = acceptability("ab", points, np.array([1.0]))
    assert curve.probability[:, 0].tolist() == [0.25, 0.75]
    assert curve.chosen == ("a",)
    assert curve.frontier.tolist() == [0.25]
    assert curve.evpi.tolist() == [0.75]


def test_thresholds_hold_every_step():
    points = np.array([[0.0, 2.0, 10.0], [0.0, 4.0, 8.0]])[:, :, None]
    found = options("abc", points)
    thresholds = default_thresholds(found)
    assert (thresholds[0], thresholds[-1]) == (0, 4.0)
    assert {0.5, 2.0} <= set(thresholds)
    assert (np.diff(thresholds) > 0).all()


def test_the_closest_call_is_a_step_of_the_frontier():
    rng = np.random.default_rng(2)
    points = np.array([[0.0, 2.0, 10.0], [0.0, 4.0, 8.0]])[:, :, None] + np.zeros((2, 3, 50))
    points[1, 1:] += rng.normal(0, 3, (2, 50))
    found = options("abc", points)
    curve = acceptability("abc", points, default_thresholds(found))
    assert curve.thresholds[closest_call(curve, found)] in {one.ratio for one in found}


def test_who_pays_changes_the_ratio(ensemble):
    public, total = (economics(ensemble.scenarios, ensemble.values, payer) for payer in ("public", "total"))
    assert total.options[3].ratio == pytest.approx(1.4 * public.options[3].ratio)
    assert public.affordable is None

"""Programmes under a budget: the frontier, never one answer."""

import math

import numpy as np
import pytest

from getok.analysis.decide import Candidate, PlannedTask, choose
from getok.analysis.decide.planned import planned
from getok.analysis.decide.programme_choice import Criterion

COSTS = {"cost_public_rupiah": [[1, 1, 1, 1], [3, 3, 5, 5], [4, 4, 4, 4], [5, 5, 5, 5], [9, 9, 9, 9]]}
BUYERS = [[10, 10, 10, 10], [16, 16, 11, 11], [13, 13, 13, 13], [12, 12, 12, 12], [30, 30, 30, 30]]


@pytest.fixture
def case(make_small):
    return make_small(active_buyers=BUYERS, **COSTS)


def candidates(*places):
    return [Candidate(f"plan_{k}", (PlannedTask("legality", 4 * k),)) for k in places]


def by_name(choice):
    return {one.candidate.scenario: one for one in choice.judged}


def test_choice_by_hand(case):
    """Added: plan_1 costs 3 and brings 3.5; plan_2 3 and 3; plan_3 4 and 2; plan_4 8 and 20."""
    choice = choose(case, candidates(1, 2, 3, 4), 4.0)
    found = by_name(choice)
    assert [one.candidate.scenario for one in choice.frontier] == ["base", "plan_1"]
    assert {name for name, one in found.items() if one.affordable} == {"base", "plan_1", "plan_2", "plan_3"}
    one, two = found["plan_1"], found["plan_2"]
    assert (one.added_cost, one.added_effect, one.probability_best) == (3.0, 3.5, 0.5)
    assert (one.regret_mean, one.regret_worst) == (1.0, 2.0)
    assert (two.probability_best, two.regret_mean, two.regret_worst) == (0.5, 1.5, 3.0)
    assert found["plan_4"].probability_best == 0
    assert math.isnan(found["plan_4"].regret_mean)
    assert one.candidate.tasks == (PlannedTask("legality", 4),)


def test_three_options_are_named(make_small):
    """In nine of ten sets only plan_2 and what is dearer adds; half way between 2 and 9 is nearest to plan_3."""
    one = np.ones(10)
    effects = [0 * one, np.where(np.arange(10) < 8, 3.0, -1.0), 4 * one, 5 * one, 6 * one, 7 * one]
    costs = [k * one for k in (0, 1, 2, 5, 8, 9)]
    case = make_small(active_buyers=effects, cost_public_rupiah=costs)
    found = planned(case, candidates(1, 2, 3, 4, 5), 20.0)
    assert [(rank.value, one.candidate.scenario) for rank, one in found.named] == [
        ("cheapest", "plan_2"),
        ("middle", "plan_3"),
        ("most", "plan_5"),
    ]
    assert [one.candidate.scenario for one in found.options] == [f"plan_{k}" for k in (1, 2, 3, 4, 5)]
    assert [rank.value for rank, _ in planned(case, candidates(1, 2, 3, 4, 5), 2.0).named] == ["most"]
    assert planned(case, candidates(1, 2, 3, 4, 5), 0.5).named == ()


def test_chance_to_stay_within_the_budget(case):
    found = by_name(choose(case, candidates(1, 2), 3.0))
    assert (found["plan_1"].n_within, found["plan_1"].n_sets, found["plan_1"].affordable) == (2, 4, True)
    assert found["plan_2"].n_within == 4


def test_criteria_may_differ(make_small):
    """plan_1 is best in two of three sets, plan_2 has the higher mean and misses less."""
    case = make_small(
        active_buyers=[[0, 0, 0], [5, 5, 0], [4, 4, 9]], cost_public_rupiah=[[0, 0, 0], [1, 1, 1], [2, 2, 2]]
    )
    picks = dict(choose(case, candidates(1, 2), 2.0).picks)
    assert picks == {
        Criterion.EXPECTED: "plan_2",
        Criterion.PROBABLE: "plan_1",
        Criterion.REGRET: "plan_2",
        Criterion.WORST_REGRET: "plan_2",
    }


def test_doing_nothing_is_always_a_candidate_once(case):
    assert [one.candidate.scenario for one in choose(case, candidates(4), 0.0).judged] == ["base", "plan_4"]
    named = [Candidate("base", ()), *candidates(1)]
    assert len(choose(case, named, 0.0).judged) == 2


def test_nothing_is_affordable_if_doing_nothing_is_beaten_by_no_money(case):
    choice = choose(case, candidates(1, 2, 3, 4), 0.0)
    assert [one.candidate.scenario for one in choice.frontier] == ["base"]
    assert dict(choice.picks)[Criterion.EXPECTED] == "base"


def test_the_order_of_candidates_changes_nothing(case):
    plain, turned = choose(case, candidates(1, 2, 3, 4), 4.0), choose(case, candidates(4, 2, 3, 1), 4.0)
    assert by_name(plain).keys() == by_name(turned).keys()
    for name, one in by_name(plain).items():
        assert str(one) == str(by_name(turned)[name])
    assert plain.picks == turned.picks


def test_no_frontier_member_is_beaten(ensemble):
    named = [Candidate(name, ()) for name in ensemble.scenarios]
    for budget in (0.0, 4e6, 7e6, 2e7):
        choice = choose(ensemble, named, budget)
        able = [one for one in choice.judged if one.affordable]
        for one in choice.frontier:
            assert not any(
                other.added_cost <= one.added_cost and other.added_effect > one.added_effect for other in able
            )
        assert np.isclose(sum(one.probability_best for one in able), 1)


@pytest.mark.parametrize(
    ("chosen", "budget", "match"),
    [
        ([Candidate("plan_9", ())], 1.0, "no runs of plan_9"),
        (candidates(1, 1), 1.0, "named twice"),
        (candidates(1), -1.0, "0 rupiah or more"),
        (candidates(1), math.nan, "0 rupiah or more"),
    ],
)
def test_what_cannot_be_chosen_from(case, chosen, budget, match):
    with pytest.raises(ValueError, match=match):
        choose(case, chosen, budget)


def test_missing_values_are_refused(make_small):
    case = make_small(active_buyers=[[1, 1], [2, np.nan]], cost_public_rupiah=[[0, 0], [1, 1]])
    with pytest.raises(ValueError, match="missing"):
        choose(case, candidates(1), 5.0)

"""The apparatus of verification itself: its networks, worlds and rules of refusal."""

import math

import numpy as np
import pytest
from living import arrays, differences
from scipy import stats

from getok.simulation.model.community import Community
from getok.simulation.state import TRUST_ONE, Stage
from verification.birth_chain import distributions, mean_completion, weekly_matrix
from verification.graphs import complete, copies, from_pairs, nobody_tied, path, poisson, ring, seeds_in_each
from verification.result import Check, Rule, chi_square, distribution_check, mean_check
from verification.targets.cascade import parameters_of
from verification.targets.circle import formula, recursion
from verification.targets.stages import CHAIN
from verification.worlds import BUYING, People, curve, live, make_world

GRAPHS = (complete(5), ring(9, 2), path(4), poisson(50, 3.0, 1, 2), copies(ring(5), 3), nobody_tied(3))


@pytest.mark.parametrize("graph", GRAPHS)
def test_every_tie_has_its_mirror_and_ties_are_in_order(graph):
    owner, there = graph.owner, np.arange(len(graph.to))
    assert np.array_equal(graph.to[graph.mirror], owner)
    assert np.array_equal(graph.mirror[graph.mirror], there)
    code = owner * graph.n + graph.to
    assert np.all(np.diff(code) > 0)
    assert np.all(owner != graph.to)


def test_copies_and_random_networks_do_not_touch_each_other():
    for graph, n in ((copies(complete(4), 5), 4), (poisson(30, 4.0, 2, 6), 30)):
        assert np.array_equal(graph.owner // n, graph.to // n)
    assert np.all(seeds_in_each(10, 7, 3, 1).reshape(7, 10).sum(axis=1) == 3)


def test_doubles_and_loops_are_dropped():
    graph = from_pairs(3, np.array([[0, 1], [1, 0], [2, 2], [0, 1]]))
    assert graph.pairs.tolist() == [[0, 1]]


@pytest.mark.parametrize(
    "parameters",
    [
        CHAIN | {"word_adopter_probability": 0.2, "word_aware_probability": 0.1, "influence_weight": 0.5},
        parameters_of(0.4),
        BUYING | {"influence_weight": 1.0, "online_reach_probability": 0.1, "persuasion_probability": 0.7},
        BUYING | {"trust_gain_rate": 0.1, "trust_loss_rate": 0.3, "good_base_probability": 0.6},
    ],
    ids=["chain", "cascade", "thresholds", "trust"],
)
def test_worlds_of_targets_are_worlds_of_the_model(parameters):
    """The model lives them as the engine does, and finds the same exposures at the start."""
    luck = np.random.default_rng(5)
    graph = poisson(40, 4.0, 3)
    people = People(
        stage=luck.integers(0, len(Stage), graph.n),
        threshold=luck.random(graph.n),
        trust=luck.random(graph.n) * 0.4,
        tie_trust=luck.integers(1, TRUST_ONE, len(graph.to)),
    )
    world = make_world(graph, people, parameters)
    model = Community(world, 12)
    assert differences(arrays(model.world), arrays(world)) == []
    live(world, 12)
    for _ in range(12):
        model.step()
    assert differences(arrays(model.world), arrays(world)) == []


def test_unknown_parameters_are_refused():
    with pytest.raises(ValueError, match="no such parameters"):
        make_world(path(2), People(), {"luck": 1.0})


def test_nobody_is_left_without_packs_unnoticed():
    world = make_world(nobody_tied(50), People(stage=Stage.CONFIRMATION), BUYING)
    world.groups["cash_rupiah"] = 10
    with pytest.raises(ValueError, match="ran out of packs"):
        live(world, 1)


def test_curves_count_from_the_start():
    assert curve(np.array([0, 2, 1_000_000, 1]), 3).tolist() == [[1, 2, 3, 3]]


def test_chi_square_is_that_of_the_books():
    observed, expected = np.array([18, 55, 27]), np.array([20.0, 50.0, 30.0])
    assert chi_square(observed, expected) == (pytest.approx(stats.chisquare(observed, expected).statistic), 2)


def test_small_cells_are_put_together_and_impossible_ones_refused():
    assert chi_square(np.array([1, 5, 94]), np.array([2.0, 4.0, 94.0]))[1] == 1
    assert chi_square(np.array([1, 99]), np.array([0.0, 100.0]))[0] == math.inf
    assert not distribution_check("", [(np.array([1, 99]), np.array([0.0, 100.0]))]).passed


@pytest.mark.parametrize(
    ("check", "passed"),
    [
        (Check("", Rule.MEAN, 1.4, 1.0, 0.1), True),
        (Check("", Rule.MEAN, 1.41, 1.0, 0.1), False),
        (Check("", Rule.MEAN, 1.0, 1.0, 0.0), False),
        (Check("", Rule.MEAN, float("nan"), 1.0, 0.1), False),
        (Check("", Rule.EQUAL, 3.0, 3.0), True),
        (Check("", Rule.EQUAL, 3.0, 4.0), False),
        (Check("", Rule.DISTRIBUTION, 1.0, 1.0, 0.9e-4), False),
        (Check("", Rule.ROUNDING, 1.0, 1.1, 0.05), False),
    ],
)
def test_rules_refuse(check, passed):
    assert check.passed is passed


def test_false_alarms_are_as_often_as_said():
    assert Check("", Rule.MEAN, 0.0, 0.0, 1.0).false_alarm == pytest.approx(6.3e-5, rel=0.01)
    assert mean_check("", np.arange(10.0), 4.5).false_alarm == pytest.approx(2.0 * stats.t.sf(4.0, 9))


def test_the_birth_chain_of_two():
    """One knows, the other hears each week with one probability: the time is geometric."""
    matrix = weekly_matrix(2, 0.0, 0.3)
    hears = 1.0 - math.exp(-0.3)
    assert mean_completion(matrix, 1) == pytest.approx(1.0 / hears)
    assert distributions(matrix, 1, 3)[3] == pytest.approx([0.0, (1.0 - hears) ** 3, 1.0 - (1.0 - hears) ** 3])


@pytest.mark.parametrize("sides", [1, 2])
def test_the_recursion_of_the_circle_tends_to_the_formula(sides):
    """Its distance is of the order of the step: halving the step halves it."""
    far = [recursion(step, round(10 / step), sides)[-1] - formula(np.array(10.0)) for step in (0.1, 0.05)]
    assert far[0] / far[1] == pytest.approx(2.0, abs=0.1)
    assert formula(np.array([5.0, 10.0, 20.0])) == pytest.approx([0.1585, 0.3818, 0.7666], abs=5e-5)

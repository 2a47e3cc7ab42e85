"""Figures of a decision: nothing lies over anything else, the title says the finding, equal bytes when drawn twice."""

from dataclasses import replace

import numpy as np
import pytest
from drawn import boxes_of, faults_of
from hypothesis import given, settings
from hypothesis import strategies as st

from getok.analysis.decide import decide
from getok.analysis.ensemble.ensemble import Ensemble
from getok.analysis.figures.cost_effectiveness import draw_cost_effectiveness
from getok.analysis.figures.decision import draw_decision, pictures_of_decision
from getok.analysis.figures.robustness import draw_robustness
from getok.analysis.figures.style import spread
from getok.simulation.texts.numbers import number, rupiah


def many(n_scenarios, seed=3):
    """So many scenarios with names of 28 letters and effects that turn with nothing."""
    rng = np.random.default_rng(seed)
    levels = np.r_[0.0, rng.uniform(-1, 6, n_scenarios - 1)]
    packs = 20 + levels[:, None, None] + rng.normal(0, 2, (1, 40, 3)) + rng.normal(0, 1.5, (n_scenarios, 40, 3))
    costs = np.r_[0.0, rng.uniform(0, 2e7, n_scenarios - 1)][:, None, None] + np.zeros(packs.shape)
    values = {
        "packs_per_week": packs,
        "active_buyers": 1.2 * packs,
        "cost_public_rupiah": costs,
        "cost_total_rupiah": costs,
    }
    names = tuple(f"a_programme_with_a_name_of{k:02d}" for k in range(n_scenarios))
    return Ensemble(names, ("x",), rng.random((40, 1)), np.array([[0.0, 1.0]]), values)


@pytest.fixture(scope="module")
def decision(ensemble):
    return decide(ensemble, tolerance={"packs_per_week": 0.5})


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("n_scenarios", [2, 6, 15])
def test_every_text_has_its_own_place(n_scenarios, lang):
    assert faults_of(pictures_of_decision(decide(many(n_scenarios)), lang)) == []


@pytest.mark.parametrize("n_scenarios", [4, 15])
def test_means_in_the_plane_are_told_apart_without_colour(n_scenarios):
    """Each has a shape of its own, or another face; and each has a name with a line to it."""
    axes = draw_cost_effectiveness(decide(many(n_scenarios)), "en").figure.axes[0]
    marks = [line for line in axes.lines if line.get_marker() not in (".", "None", "") and len(line.get_xdata()) == 1]
    assert len(marks) == n_scenarios == len(axes.texts)
    looks = {(mark.get_marker(), str(mark.get_markerfacecolor()) == "white") for mark in marks}
    assert len(looks) == n_scenarios
    for mark, text in zip(marks, axes.texts, strict=True):
        assert text.xy == (mark.get_xdata()[0], mark.get_ydata()[0])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_labels_are_spread_apart_and_stay_inside(positions):
    placed = spread(positions, 0.08, 0.0, 1.0)
    assert min(placed) >= -1e-9
    assert max(placed) <= 1 + 1e-9
    assert all(b - a >= 0.08 - 1e-9 for a, b in zip(sorted(placed), sorted(placed)[1:], strict=False))


def test_labels_at_the_rim_push_their_neighbours():
    """Three at the top fill 8 to 10; the one at 7.5 must give way."""
    assert spread([10.0, 10.0, 10.0, 7.5], 1.0, 0.0, 10.0) == [8.0, 9.0, 10.0, 7.0]


def test_titles_say_the_finding(decision):
    alt = draw_robustness(decision, "en").alt
    title, _, rest = alt.partition(". ")
    assert title == "full was best in 300 of 300 parameter sets; the order of 1 of 15 pairs is open"
    spread_of = next(one for one in decision.outcomes[0].spreads if one.scenario == "full")
    assert f"full rank 1 in 300 of 300 sets, mean difference {number(spread_of.mean, 'en', signed=True)}" in rest
    picture = draw_cost_effectiveness(decision, "id", "total")
    assert "bagi semua pihak" in picture.alt
    one = next(one for one in decision.economics if one.payer == "total")
    k = decision.scenarios.index("full")
    assert (
        f"full {rupiah(one.points[0, k].mean(), 'id')} untuk {number(one.points[1, k].mean(), 'id', signed=True)}"
        in (picture.alt)
    )
    assert f"{rupiah(float(one.curve.thresholds[0]), 'id')} {one.curve.chosen[0]}" in picture.alt
    shown = [text for text, _ in boxes_of(picture.figure)]
    assert any("N = 300 set parameter x 4 benih; dalam model ini" in text for text in shown)


def test_the_darker_the_more_in_grey(decision):
    image = draw_robustness(decision, "en").figure.axes[0].images[0]
    colours = image.cmap(image.norm(np.linspace(0, 1, 20)))[:, :3]
    light = colours @ [0.299, 0.587, 0.114]
    assert (np.diff(light) < 0).all()


def test_ranks_in_the_figure_are_those_of_the_decision(decision):
    image = draw_robustness(decision, "en").figure.axes[0].images[0].get_array()
    assert image[0].tolist() == decision.outcomes[0].ranks.matrix[decision.scenarios.index("full")].tolist()


def test_without_costs_there_is_only_the_first_figure(decision, tmp_path):
    assert draw_cost_effectiveness(replace(decision, economics=()), "en") is None
    written = draw_decision(replace(decision, economics=()), tmp_path, "en")
    assert [path.name for path in written] == ["robustness.svg", "robustness.png"]


def test_the_same_bytes_when_drawn_twice(decision, tmp_path):
    one, other = draw_decision(decision, tmp_path / "a", "en"), draw_decision(decision, tmp_path / "b", "en")
    assert len(one) == 6
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(one, other, strict=True))

"""Figures of a decision: nothing lies over anything else, the title says the finding, equal bytes when drawn twice."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text

from analysis.decide import decide
from analysis.ensemble.ensemble import Ensemble
from analysis.figures.cost_effectiveness import draw_cost_effectiveness
from analysis.figures.decision import draw_decision, pictures_of_decision
from analysis.figures.robustness import draw_robustness
from analysis.figures.style import spread, styled


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


def in_view(axis):
    low, high = sorted(axis.get_view_interval())
    slack = 1e-6 * (high - low)
    ticks = zip(axis.get_major_ticks(), axis.get_majorticklocs(), strict=False)
    return [tick.label1 for tick, place in ticks if low - slack <= place <= high + slack]


def boxes_of(figure):
    with styled():
        figure.draw_without_rendering()
        found = list(figure.texts)
        for axes in figure.axes:
            found += [*axes.texts, axes.xaxis.label, axes.yaxis.label, *in_view(axes.xaxis), *in_view(axes.yaxis)]
        renderer = figure.canvas.get_renderer()
        shown = [text for text in found if text.get_visible() and text.get_text().strip()]
        return [(text.get_text(), Text.get_window_extent(text, renderer), text.get_size()) for text in shown]


def overlap(one, other):
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return width > 0.5 and height > 0.5


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("n_scenarios", [2, 6, 15])
def test_every_text_has_its_own_place(n_scenarios, lang):
    faults = []
    for picture in pictures_of_decision(decide(many(n_scenarios)), lang):
        boxes = boxes_of(picture.figure)
        width, height = picture.figure.bbox.width, picture.figure.bbox.height
        faults += [
            f"{picture.name}: {text!r} leaves the figure"
            for text, box, _ in boxes
            if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
        ]
        pairs = combinations(boxes, 2)
        faults += [f"{picture.name}: {a!r} over {b!r}" for (a, x, _), (b, y, _) in pairs if overlap(x, y)]
        faults += [f"{picture.name}: {text!r} is tiny" for text, _, size in boxes if size < 7]
    assert faults == []


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
    assert alt == "full was best in 300 of 300 parameter sets; the order of 1 of 15 pairs is open"
    picture = draw_cost_effectiveness(decision, "id", "total")
    assert "bagi semua pihak" in picture.alt
    shown = [text for text, _, _ in boxes_of(picture.figure)]
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

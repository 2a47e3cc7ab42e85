"""Figures: all drawn, the same bytes, told in words, and nothing lies over anything else."""

import doctest
import re
from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from analysis.compare import compare
from analysis.figures import differences, draw_comparison, pictures_of, style, subject
from analysis.figures.adoption import draw_adoption
from analysis.figures.style import colour, styled
from analysis.figures.subject import subject_of

PICTURES = ["adoption", "differences", "stages", "channels", "network"]
SHORT = tuple(f"plan_{k}" for k in range(7))
LONG = tuple(f"a_programme_with_a_name_of_{k}" for k in range(7))
SMALLEST = 7.0


def drawn(run, lang="en"):
    return {picture.name: picture for picture in pictures_of(run, compare(run), lang)}


def inside(low, high, place):
    low, high = sorted((low, high))
    slack = 1e-6 * (high - low)
    return low - slack <= place <= high + slack


def texts_of_axis(axis):
    """Label and the labels of the ticks that are in view; the others exist but are not drawn."""
    ticks = zip(axis.get_major_ticks(), axis.get_majorticklocs(), strict=False)
    return [axis.label, *(tick.label1 for tick, place in ticks if inside(*axis.get_view_interval(), place))]


def texts_of(figure):
    figure.draw_without_rendering()
    found = list(figure.texts)
    for legend in figure.legends:
        found += legend.get_texts()
    for axes in figure.axes:
        found += [*axes.texts, axes.title, axes._left_title, axes._right_title]
        if axes.axison:
            found += texts_of_axis(axes.xaxis) + texts_of_axis(axes.yaxis)
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def boxes_of(figure):
    with styled():
        texts = texts_of(figure)
        renderer = figure.canvas.get_renderer()
        # The box of an annotation takes in its leader; only the words count here.
        return [(text.get_text(), Text.get_window_extent(text, renderer)) for text in texts]


def overlap(one, other):
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return width > 0.5 and height > 0.5


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("names", [SHORT[:2], SHORT, LONG[:2], LONG], ids=["short2", "short7", "long2", "long7"])
def test_every_text_has_its_own_place(renamed_run, names, lang):
    assert len(LONG[0]) == 28
    faults = []
    pictures = drawn(renamed_run(names), lang)
    for name, picture in pictures.items():
        boxes = boxes_of(picture.figure)
        width, height = picture.figure.bbox.width, picture.figure.bbox.height
        faults += [
            f"{name}: {text!r} leaves the figure"
            for text, box in boxes
            if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
        ]
        faults += [f"{name}: {a!r} over {b!r}" for (a, x), (b, y) in combinations(boxes, 2) if overlap(x, y)]
        faults += [f"{name}: {t.get_text()!r} is tiny" for t in texts_of(picture.figure) if t.get_size() < SMALLEST]
    assert list(pictures) == PICTURES
    assert faults == []


def test_no_leader_runs_through_a_name(renamed_run):
    figure = drawn(renamed_run(LONG))["adoption"].figure
    figure.draw_without_rendering()
    names = figure.axes[0].texts
    assert [name.get_text() for name in names] == list(LONG)
    edge = min(Text.get_window_extent(name).x0 for name in names)
    assert all(name.arrow_patch.get_window_extent().x1 <= edge + 1 for name in names)


def test_the_measure_of_overlap_sees_an_overlap(case_run):
    figure = drawn(case_run)["adoption"].figure
    before = len(boxes_of(figure))
    figure.text(0.01, 0.98, "on top of the title", va="top")
    boxes = boxes_of(figure)
    assert len(boxes) == before + 1
    assert any(overlap(x, y) for (_, x), (_, y) in combinations(boxes, 2))


def test_the_same_bytes_when_drawn_twice(case_run, comparison, tmp_path):
    one = draw_comparison(case_run, comparison, tmp_path / "one", "en")
    other = draw_comparison(case_run, comparison, tmp_path / "other", "en")
    assert [path.name for path in one] == [f"{name}.{kind}" for name in PICTURES for kind in ("svg", "png")]
    for a, b in zip(one, other, strict=True):
        assert a.read_bytes() == b.read_bytes(), a.name
        assert len(a.read_bytes()) > 5000
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted(path.name for path in one)


def test_svg_speaks_to_those_who_cannot_see_it(case_run, comparison, tmp_path):
    for path in draw_comparison(case_run, comparison, tmp_path, "id"):
        if path.suffix == ".svg":
            text = path.read_text(encoding="utf-8")
            assert 'role="img"' in text
            assert f"<title>{path.stem}</title>" in text
            described = re.search(r"<desc>(.+?)</desc>", text, re.S)
            assert described is not None
            assert "implemented_2019" in described[1]
            assert str(tmp_path) not in text
            assert "<dc:date>" not in text


def test_titles_say_the_finding_of_the_comparison(case_run, comparison):
    pictures = drawn(case_run)
    paired = comparison.of("implemented_2019", "packs_per_week").paired
    assert f"in {paired.n_higher} of 6 pairs" in pictures["differences"].alt
    assert f"{paired.scenario_mean:.1f} packs a week" in pictures["adoption"].alt
    for picture in pictures.values():
        shown = [text.get_text() for text in texts_of(picture.figure)]
        assert any("N = 6, seed 1" in text for text in shown), picture.name


def test_two_equal_curves_are_both_in_sight(renamed_run):
    """The baseline stands at places 0 and 3 under two names: one is wider below, the other dashed above."""
    run = renamed_run(SHORT[:4], 3)
    only = compare(run, (SHORT[0], SHORT[3]))
    assert only.of(SHORT[3], "packs_per_week").paired.n_equal == 3
    with styled():
        figure = draw_adoption(subject_of(run, only, "en")).figure
    medians = [line for line in figure.axes[0].lines if line.get_linewidth() > 1]
    assert len(medians) == 2
    assert medians[0].get_ydata() == pytest.approx(medians[1].get_ydata())
    assert medians[0].get_linewidth() > medians[1].get_linewidth() + 1
    assert medians[0].get_linestyle() != medians[1].get_linestyle()
    for line in medians:
        line.set_alpha(1)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[:, :, :3].astype(int)
    x0, y0, x1, y1 = figure.axes[0].bbox.extents.astype(int)
    plot = pixels[pixels.shape[0] - y1 : pixels.shape[0] - y0, x0 + 5 : x1]
    for place in (0, 1):
        wanted = [int(colour(place)[k : k + 2], 16) for k in (1, 3, 5)]
        assert (np.abs(plot - wanted).max(axis=2) < 12).sum() > 200, colour(place)


def test_one_pair_is_drawn_without_an_interval(renamed_run):
    assert list(drawn(renamed_run(SHORT[:2], 1))) == PICTURES


@pytest.mark.parametrize("weeks", [20, 40])
def test_a_short_horizon_is_drawn_all_the_same(short_run, weeks):
    pictures = drawn(short_run(weeks))
    assert list(pictures) == PICTURES
    said = [text.get_text() for text in texts_of(pictures["channels"].figure)]
    assert any(f"weeks {weeks - 7}-{weeks}" in text for text in said)


@pytest.mark.parametrize("module", [style, subject, differences], ids=["style", "subject", "differences"])
def test_examples_in_the_documentation(module):
    found = doctest.testmod(module)
    assert (found.attempted > 0, found.failed) == (True, 0)

"""Figures: all drawn, the same bytes, told in words, and nothing lies over anything else."""

import doctest
import re
from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from drawn import boxes_of, curves_of, faults_of, overlap, texts_of
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle
from matplotlib.textpath import text_to_path

from getok.analysis import naming
from getok.analysis.compare import compare
from getok.analysis.figures import (
    adoption,
    differences,
    draw_comparison,
    narrowing,
    pictures_of,
    saving,
    stages,
    style,
    svg,
)
from getok.analysis.figures.adoption import draw_adoption
from getok.analysis.figures.funnel import drop
from getok.analysis.figures.saving import as_svg
from getok.analysis.figures.style import styled
from getok.analysis.figures.subject import subject_of
from getok.analysis.figures.venn import GROUP, LARGE, SMALL, draw_venn
from getok.simulation.scenario.mapped import Partner

PICTURES = [
    "adoption",
    "differences",
    "stages",
    "funnel",
    "time_in_stage",
    "network",
    "reach",
    "venn",
    "timeline",
    "channels",
    "money",
]
SHORT = tuple(f"plan_{k}" for k in range(7))
LONG = tuple(f"a_programme_with_a_name_of_{k}" for k in range(7))


def drawn(run, lang="en"):
    return {picture.name: picture for picture in pictures_of(run, compare(run), lang)}


def venn_of(run, importance, lang="en"):
    """The diagram of a scenario whose field map says how important partners are."""
    mapped = tuple(Partner(id=key, importance=value) for key, value in importance.items())

    class Mapped:
        """The run, as if a field map had come with it."""

        def __getattr__(self, name):
            return getattr(run, name)

        def scenario(self, name):
            return replace(run.scenario(name), partners=mapped)

    return draw_venn(replace(subject_of(run, compare(run), lang), run=Mapped()))


def radii(picture):
    """Radius of the circle of each partner; rings and the group are left out."""
    circles = [patch for patch in picture.figure.axes[0].patches if isinstance(patch, Circle)]
    return sorted(c.radius for c in circles if c.get_fill() and c.radius != GROUP)


def test_size_is_importance_where_a_field_map_says_it(case_run):
    ids = list(
        dict.fromkeys(subject_of(case_run, compare(case_run), "en").evidence.rows("programme of 2019", "ties")["other"])
    )
    with styled():
        recorded, some = venn_of(case_run, {}), venn_of(case_run, {ids[0]: 1.0, ids[1]: 0.5})
        every = venn_of(case_run, dict.fromkeys(ids, 0.7), "id")
    texts = [
        " ".join(text.get_text().replace("\n", " ") for text in one.figure.texts) for one in (recorded, some, every)
    ]
    assert "importance is not recorded" in texts[0]
    assert f"as the field map said (of 2 of {len(ids)}" in texts[1]
    assert "menurut pemetaan" in texts[2]
    assert radii(some)[-2:] == pytest.approx([(SMALL + LARGE) / 2, LARGE])
    assert radii(some)[:-2] == pytest.approx([SMALL] * (len(ids) - 2))
    assert radii(every) == pytest.approx([SMALL + 0.7 * (LARGE - SMALL)] * len(ids))
    assert faults_of([recorded, some, every]) == []


def test_partners_bear_names_in_the_language_of_the_reader(case_run):
    for name in ("venn", "timeline"):
        assert "P-IRT permit" in drawn(case_run)[name].alt
        assert "Izin P-IRT" in drawn(case_run, "id")[name].alt


def test_a_panel_of_one_stage_is_named_and_layers_keep_their_place(case_run, comparison):
    picture = drawn(case_run)["stages"]
    assert any(text.get_text() == "unaware: 100 %" for text in texts_of(picture.figure))
    stacked = stages.shares(subject_of(case_run, comparison, "en"), "programme of 2019", "owners")
    for top in np.cumsum(stacked, axis=0):
        weeks = stages.corners_of(top)
        back = np.interp(np.arange(len(top)), weeks, top[weeks])
        assert np.abs(back - top).max() <= stages.STRAIGHT


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("names", [SHORT[:2], SHORT, LONG[:2], LONG], ids=["short2", "short7", "long2", "long7"])
def test_every_text_has_its_own_place(renamed_run, names, lang):
    assert len(LONG[0]) == 28
    pictures = drawn(renamed_run(names), lang)
    faults = faults_of(pictures.values())
    assert list(pictures) == PICTURES
    assert faults == []


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
            assert f"<title>{path.stem.replace('_', ' ')}</title>" in text
            described = re.search(r"<desc>(.+?)</desc>", text, re.S)
            assert described is not None
            assert "“program 2019”" in described[1]
            assert str(tmp_path) not in text
            assert "<dc:date>" not in text


def test_titles_say_the_finding_of_the_comparison(case_run, comparison):
    pictures = drawn(case_run)
    paired = comparison.of("implemented_2019", "packs_per_week").paired
    assert f"in {paired.n_higher} of 6 pairs" in pictures["differences"].alt
    assert f"{paired.scenario_mean:.1f} packs a week" in pictures["adoption"].alt
    for picture in pictures.values():
        shown = [text.get_text() for text in texts_of(picture.figure)]
        said = "one of N = 6 replicates, seed 1" if picture.name == "network" else "N = 6 replicates a scenario, seed 1"
        assert any(said in text for text in shown), picture.name


@pytest.mark.parametrize("size", [7, 8, 9, 11])
def test_letters_are_as_wide_in_an_svg_as_they_are_measured(size):
    """At nine points they were 2.4 % wider: every subtitle that filled its line was cut at the right."""
    text = "Siapa yang pernah mencapai tiap tahap, dalam kurung yang gugur dari tahap sebelumnya (rerata 30 ulangan)"
    drawn = text_to_path.get_text_width_height_descent(text, FontProperties(family="DejaVu Sans", size=size), False)
    assert style.text_width([text], size) == pytest.approx(drawn[0] / 72, rel=0.002)


def test_a_word_longer_than_a_line_is_torn():
    torn = style.broken("a" * 200 + " b", 3.0, 9)
    assert torn.replace("\n", "") in ("a" * 200 + " b", "a" * 200 + "b")
    assert style.text_width(torn.split("\n"), 9) <= 3.0


def test_a_page_sets_the_words_around_a_figure_itself(case_run):
    picture = drawn(case_run)["venn"]
    words = picture.figure.caption
    before = as_svg(picture)
    with saving.bare(picture.figure) as box:
        cut = as_svg(picture, box)
    assert words.title in picture.alt
    assert words.subtitle.startswith("Partners of the group")
    assert "N = 6 replicates" in words.source
    assert len(cut) < len(before) - 5000
    heights = [float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1]) for svg in (before, cut)]
    assert heights[0] - 40 > heights[1] > 100
    assert as_svg(picture) == before  # nothing is left hidden


def test_two_equal_curves_are_both_in_sight(renamed_run):
    """The baseline stands at places 0 and 3 under two names: wide and grey below, narrow above, and said to be same."""
    run = renamed_run(SHORT[:4], 3)
    only = compare(run, (SHORT[0], SHORT[3]))
    assert only.of(SHORT[3], "packs_per_week").paired.n_equal == 3
    with styled():
        picture = draw_adoption(subject_of(run, only, "en"))
    below, above = curves_of(picture.figure.axes[0])
    assert below.get_ydata() == pytest.approx(above.get_ydata())
    assert below.get_linewidth() > above.get_linewidth() + 1
    assert faults_of([picture]) == []
    assert any(f"same as {SHORT[0]}" in text for text, _ in boxes_of(picture.figure))
    canvas = FigureCanvasAgg(picture.figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[:, :, :3].astype(int)
    for line in (below, above):
        wanted = [round(255 * part) for part in to_rgb(line.get_color())]
        assert (np.abs(pixels - wanted).max(axis=2) < 12).sum() > 200, line.get_color()


def test_the_measures_see_what_is_wrong(case_run):
    """A second curve on the first, alike but for the colour; a key of two equal greys."""
    picture = drawn(case_run)["adoption"]
    axes = picture.figure.axes[0]
    line = curves_of(axes)[1]
    axes.plot(*line.get_data(), color="#0072B3", linewidth=line.get_linewidth())
    assert any("coincide unmarked" in fault for fault in faults_of([picture]))
    assert any("alike in grey" in fault for fault in faults_of([picture]))
    funnel = drawn(case_run)["funnel"]
    funnel.figure.legends[0].legend_handles[0].set_facecolor("#1F5F95")
    assert any("alike in grey" in fault for fault in faults_of([funnel]))
    assert any("no number" in fault for fault in faults_of([replace(funnel, alt="words")]))


@pytest.mark.parametrize(("before", "n", "said"), [(2.0, 9, ""), (2.0, 10, " (−50 %)"), (0.0, 100, "")])
def test_a_share_is_lost_of_twenty_agents_or_more(before, n, said):
    subject = SimpleNamespace(lang="en", comparison=SimpleNamespace(n=n))
    assert drop(subject, before, before / 2) == said


def test_small_in_the_file_and_right_in_the_numbers(case_run, comparison):
    """A path is told corner from corner: the last place must be where it was."""
    picture = drawn(case_run)["adoption"]
    text = as_svg(picture)
    assert len(text) < 200_000
    assert "<metadata>" not in text
    line = curves_of(picture.figure.axes[0])[1]
    x, y = line.axes.transData.transform(line.get_xydata()[-1]) * 72 / picture.figure.dpi
    y = picture.figure.get_figheight() * 72 - y
    ends = []
    for data in re.findall(r' d="(M[^"A-KN-Za-km-y]+l[^"MmzQC]+)"', text):
        numbers = [float(found) for found in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", data)]
        ends.append((sum(numbers[::2]), sum(numbers[1::2])))
    assert min(abs(a - x) + abs(b - y) for a, b in ends) < 0.2


def test_one_pair_is_drawn_without_an_interval(renamed_run):
    assert list(drawn(renamed_run(SHORT[:2], 1))) == PICTURES


@pytest.mark.parametrize("weeks", [20, 40])
def test_a_short_horizon_is_drawn_all_the_same(short_run, weeks):
    pictures = drawn(short_run(weeks))
    assert list(pictures) == PICTURES
    said = [text.get_text() for text in texts_of(pictures["channels"].figure)]
    assert any(f"weeks {weeks - 7}-{weeks}" in text for text in said)


@pytest.mark.parametrize(
    "module", [style, naming, differences, adoption, narrowing, stages, svg], ids=lambda module: module.__name__
)
def test_examples_in_the_documentation(module):
    found = doctest.testmod(module)
    assert (found.attempted > 0, found.failed) == (True, 0)

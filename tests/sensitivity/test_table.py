"""Rows, CSV, notes and figures of a report, in both languages."""

import csv
from itertools import combinations

import numpy as np
import pytest
from drawn import faults_of

from getok.analysis.figures.placing import Placed, leader, placed
from getok.analysis.figures.sensitivity import draw_sensitivity, sensitivity_picture
from getok.analysis.sensitivity import (
    Method,
    analyse,
    latin_hypercube,
    morris_design,
    note_lines,
    saltelli_design,
    table_rows,
    write_table,
)
from getok.analysis.sensitivity.table import leading, rows_of, share
from getok.simulation.scenario.parameters import BY_NAME
from getok.simulation.scenario.wording.parameters import parameter_text
from getok.simulation.texts.catalogue import SENSITIVITY_WORDS
from getok.simulation.texts.numbers import number

KEY = "packs_per_week"
NAMES = ("trust_near_members", "weak_ties_within", "owner_start_carry_probability", "n_shops_per_household", "e", "f")
RANGES = np.tile([0.0, 1.0], (6, 1))
LANGS = ("en", "id")


def model(points, seed):
    return points @ np.array([9.0, 5.0, 4.5, 0.3, 0.0, 0.0]) + 6 * points[:, 0] * points[:, 1] + seed


def noise(points, seed):
    return np.random.default_rng(seed).normal(size=len(points))


DESIGNS = {
    Method.MORRIS: lambda: morris_design(NAMES, RANGES, 12, 1),
    Method.SOBOL: lambda: saltelli_design(NAMES, RANGES, 128, 1, second_order=True),
    Method.PAWN: lambda: latin_hypercube(NAMES, RANGES, 200, 1),
    Method.DELTA: lambda: latin_hypercube(NAMES, RANGES, 200, 1),
}
every_method = pytest.mark.parametrize("method", list(DESIGNS))
in_both = pytest.mark.parametrize("lang", LANGS)


@pytest.fixture
def report_of(ran):
    def report(method, n_replicates=4, function=model):
        design = DESIGNS[method]()
        return analyse(ran(design, function, n_replicates), design, KEY, method=method)

    return report


@every_method
def test_rows_are_ordered_by_rank_and_the_dummy_is_last(report_of, method):
    report = report_of(method)
    for e in report.estimates:
        rows = [row for row in rows_of(report) if row.index == e.index]
        ranked = [row for row in rows if row.rank is not None]
        assert [row.rank for row in ranked] == list(range(1, len(ranked) + 1))
        assert rows[: len(ranked)] == ranked
        assert not any(row.above_noise_floor for row in rows[len(ranked) :])
        assert [abs(row.estimate) for row in ranked] == sorted((abs(row.estimate) for row in ranked), reverse=True)
    assert rows_of(report)[0].parameter.startswith(NAMES[0])
    assert rows_of(report)[0].replicates_low <= rows_of(report)[0].replicates_high


@every_method
def test_the_csv_file_reads_back(report_of, method, tmp_path):
    report = report_of(method)
    path = write_table([report, report], tmp_path / "new" / "sensitivity.csv")
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    rows = rows_of(report)
    assert len(read) == 2 * len(rows)
    for got, row in zip(read, rows, strict=False):
        assert (got["outcome"], got["of"], got["scenario"], got["method"]) == (KEY, "level", "base", method.value)
        assert float(got["estimate"]) == row.estimate
        assert float(got["floor"]) == row.floor
        assert got["rank"] == ("" if row.rank is None else str(row.rank))
        assert got["above_noise_floor"] == ("true" if row.above_noise_floor else "false")
    assert [one.name for one in path.parent.iterdir()] == ["sensitivity.csv"]


@in_both
@every_method
def test_the_table_for_reading(report_of, method, lang):
    head, rows = table_rows(report_of(method), lang)
    assert all(len(row) == len(head) for row in rows)
    assert {SENSITIVITY_WORDS[lang]["yes"], SENSITIVITY_WORDS[lang]["no"], ""} >= {row[-2] for row in rows}
    assert {row[-1] for row in rows} == {parameter_text(p, lang) if p in BY_NAME else "" for p, *_ in rows}
    assert any(row[0] == SENSITIVITY_WORDS[lang]["dummy"] for row in rows)


@in_both
def test_notes_say_what_cannot_be_told(report_of, lang):
    words = SENSITIVITY_WORDS[lang]
    assert words["note.one_seed"] in note_lines(report_of(Method.MORRIS, n_replicates=1), lang)
    many = note_lines(report_of(Method.MORRIS), lang)
    assert words["note.one_seed"] not in many
    assert any(NAMES[0] in line and "e, f" not in line for line in many)
    assert words["note.inert"].format(names="e, f") in many
    assert not any(words["note.inert"][:15] in line for line in note_lines(report_of(Method.PAWN), lang))
    everything = report_of(Method.MORRIS, function=lambda p, s: p.sum(axis=1))
    assert words["note.floor_all"] in note_lines(everything, lang)
    nothing = report_of(Method.PAWN, function=lambda p, s: np.random.default_rng(s).normal(size=len(p)))
    assert words["note.floor_none"] in note_lines(nothing, lang)


def test_too_few_base_points_are_told(ran):
    """With four base points first-order indices may add up to more than all."""
    said = set()
    for seed in range(20):
        design = saltelli_design(NAMES, RANGES, 4, seed)
        report = analyse(ran(design, model), design, KEY)
        impossible = report.of("S1").estimate.sum() > 1.05
        assert impossible == any("cannot be above 100 %" in line for line in note_lines(report, "en"))
        said.add(bool(impossible))
    assert said == {True, False}


def test_small_shares_are_not_written_as_nothing():
    assert share(0.001, "en") == "less than 1 %"
    assert share(0.001, "id") == "kurang dari 1 %"
    assert share(0.0, "en") == "0 %"
    assert share(0.12, "id") == "12 %"


@in_both
@every_method
@pytest.mark.parametrize("function", [model, noise], ids=["some above", "none above"])
def test_figures_are_measured_as_all_others_are(report_of, method, function, lang):
    report = report_of(method, function=function)
    picture = sensitivity_picture(report, "a sweep with a long name " * 4, lang)
    assert faults_of([picture]) == []
    assert "N = " in "".join(text.get_text() for text in picture.figure.texts)


@in_both
@every_method
def test_the_text_alternative_says_finding_index_and_floor(report_of, method, lang):
    report = report_of(method)
    title, _, rest = sensitivity_picture(report, "sweep", lang).alt.partition(". ")
    e = leading(report)
    first = int(np.argmax(np.where(e.dummy, -1, np.abs(e.estimate))))
    assert NAMES[first] in title
    for value in (e.estimate[first], e.low[first], e.high[first], e.floor[first]):
        assert number(float(value), lang, 1 if abs(value) >= 10 else 2) in rest


@every_method
def test_the_same_report_gives_the_same_bytes(report_of, method, tmp_path):
    files = [draw_sensitivity(report_of(method), "sweep", tmp_path / str(k), "en") for k in range(2)]
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]
    assert files[0][0].stem == f"sensitivity_{method.value}_packs_per_week_base"


def test_names_that_crowd_do_not_collide():
    rng = np.random.default_rng(1)
    spots = np.r_[rng.normal([3, 2], 0.15, (20, 2)), [[6, 3], [0.1, 0.1], [7.1, 3.4]]]
    found = placed(spots, range(23), [0.9] * 23, (7.2, 3.5))
    boxes = [box for box in found if box is not None]
    assert len(boxes) >= 8
    marks = [Placed(x - 0.06, y - 0.06, 0.12, 0.12, far=False) for x, y in spots]
    assert not any(a.touches(b) for a, b in combinations(boxes, 2))
    assert not any(a.touches(b) for a in boxes for b in marks)
    assert all(0 <= b.x <= 7.2 - b.width and 0 <= b.y <= 3.5 - b.height for b in boxes)
    for spot, box in zip(spots, found, strict=True):
        others = [other for other in boxes if other is not box]
        assert box is None or not any(piece.touches(other) for piece in leader(spot, box) for other in others)

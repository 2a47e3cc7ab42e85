"""Figures over parameter sets, and all fifteen scenarios of the library: measured as all others are."""

from dataclasses import replace

import numpy as np
import pytest
from drawn import faults_of

from getok.analysis.compare import compare
from getok.analysis.decide import decide
from getok.analysis.ensemble import Ensemble
from getok.analysis.figures import pictures_of, sweep_map
from getok.analysis.figures.decision import pictures_of_decision
from getok.analysis.figures.narrowing import MOST, draw_narrowing
from getok.analysis.figures.saving import as_svg
from getok.analysis.figures.spans import spans_of
from getok.analysis.figures.sweep import draw_sweep, sweep_pictures
from getok.simulation.texts.numbers import amount, number

ALL = [
    "baseline_reflection",
    "capital_only",
    "early_exit",
    "everything",
    "halal_delayed",
    "implemented_2019",
    "legality_only",
    "no_broker",
    "online_only",
    "partners_only",
    "self_paid_halal",
    "shock_incident",
    "supermarket_entry",
    "training_only",
    "weak_facilitator",
]


@pytest.fixture(scope="module")
def fifteen(tmp_path_factory, library, compute):
    """All scenarios of the case over two replicates."""
    return compute(tmp_path_factory.mktemp("runs") / "fifteen", [library(name) for name in ALL], 2)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_fifteen_scenarios_have_room(fifteen, lang):
    pictures = pictures_of(fifteen, compare(fifteen), lang)
    assert faults_of(pictures) == []
    sizes = {picture.name: len(as_svg(picture)) for picture in pictures}
    assert max(sizes.values()) < 200_000, sizes
    assert sum(sizes.values()) < 2_000_000, sizes


def ensemble(n_scenarios, n_points=120, grid=False):
    rng = np.random.default_rng(5)
    points = rng.random((n_points, 3))
    if grid:
        points[:, :2] = np.floor(points[:, :2] * 4) / 4
    levels = np.r_[0.0, rng.uniform(0, 6, n_scenarios - 1)]
    values = 20 + levels[:, None, None] * points[None, :, :1] + rng.normal(0, 1, (n_scenarios, n_points, 3))
    names = tuple(f"a_programme_with_a_name_of{k:02d}" for k in range(n_scenarios))
    outcomes = {"packs_per_week": values, "active_buyers": values, "cost_public_rupiah": 1e6 * values}
    outcomes["cost_total_rupiah"] = outcomes["cost_public_rupiah"]
    ranges = np.array([[0.0, 1.0]] * 3)
    return Ensemble(names, ("buyers.lambda", "shops.w_L", "phi"), points, ranges, outcomes)


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("n_scenarios", [2, 4, 15])
def test_decisions_have_room(n_scenarios, lang):
    assert faults_of(pictures_of_decision(decide(ensemble(n_scenarios)), lang)) == []


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("parameters", [("phi",), ("buyers.lambda", "shops.w_L")])
@pytest.mark.parametrize(("n_scenarios", "grid"), [(1, False), (2, True), (15, False)])
def test_sweeps_have_room(n_scenarios, grid, parameters, lang):
    picture = draw_sweep(ensemble(n_scenarios, grid=grid), "packs_per_week", parameters, lang)
    assert faults_of([picture]) == []


def test_a_map_shows_the_means_of_its_cells():
    e = ensemble(2, grid=True)
    image = draw_sweep(e, "packs_per_week", ("buyers.lambda", "shops.w_L"), "en").figure.axes[0].images[0].get_array()
    here = (e.points[:, 0] == 0.75) & (e.points[:, 1] == 0.25)
    assert image[1, 3] == pytest.approx(e.differences("packs_per_week")[0][here].mean())


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_map_is_told_with_its_ends_and_the_luck_of_seeds(lang):
    e = ensemble(2, grid=True)
    picture = draw_sweep(e, "packs_per_week", ("buyers.lambda", "shops.w_L"), lang)
    table = picture.figure.axes[0].images[0].get_array()
    for value in (table.min(), table.max()):
        assert amount(float(value), "packs", lang, signed=True) in picture.alt
    row, column = np.unravel_index(int(table.argmax()), table.shape)
    assert f"{number(column / 4, lang, 2)} / {number(row / 4, lang, 2)}" in picture.alt
    differences = e.differences("packs_per_week")[0]
    cell = (e.points[:, 0] * 16 + e.points[:, 1] * 4).astype(int)
    errors = [
        np.sqrt((differences[cell == k].var(axis=1, ddof=1) / 3).sum()) / (cell == k).sum() for k in np.unique(cell)
    ]
    assert sweep_map.luck_of(differences, *(spans_of(e.column(p), 0, 1) for p in e.parameters[:2])) == pytest.approx(
        np.median(errors)
    )
    assert amount(float(np.median(errors)), "packs", lang) in picture.alt


@pytest.mark.parametrize(("n_parameters", "n_scenarios", "n"), [(1, 3, 1), (2, 3, 2), (2, 1, 1), (3, 3, 0)])
def test_a_sweep_has_lines_or_a_map_for_each_but_the_baseline(n_parameters, n_scenarios, n):
    e = ensemble(n_scenarios, grid=True)
    e = replace(
        e, parameters=e.parameters[:n_parameters], points=e.points[:, :n_parameters], ranges=e.ranges[:n_parameters]
    )
    pictures = sweep_pictures(e, "packs_per_week", "en")
    assert len({picture.name for picture in pictures}) == len(pictures) == n
    again = sweep_pictures(e, "packs_per_week", "en")
    assert [as_svg(one) for one in pictures] == [as_svg(one) for one in again]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_narrowing_shows_the_narrowest_first(lang):
    rng = np.random.default_rng(2)
    names = [f"theme.parameter_{k}" for k in range(15)]
    prior = rng.random((500, 15))
    kept = prior[:60].copy()
    kept[:, 4] = 0.4 + 0.1 * kept[:, 4]
    kept[:, 9] = 0.6 + 0.3 * kept[:, 9]
    picture = draw_narrowing(names, prior, kept, np.array([[0.0, 1.0]] * 15), lang)
    assert faults_of([picture]) == []
    shown = [text.get_text() for text in picture.figure.axes[0].get_yticklabels()]
    assert shown[:2] == [names[4], names[9]]
    assert len(shown) == MOST
    assert "10 %" in picture.alt
    with pytest.raises(ValueError, match="nothing to draw"):
        draw_narrowing(names, prior, kept[:0], np.array([[0.0, 1.0]] * 15), lang)

"""From an ensemble to a report: levels and differences, what is refused, the same by seed."""

import importlib
import subprocess
import sys
from dataclasses import fields, replace

import numpy as np
import pytest

from getok.analysis.ensemble import Ensemble
from getok.analysis.sensitivity import Method, analyse, latin_hypercube, morris_design, saltelli_design
from getok.analysis.sensitivity.library import salib
from getok.simulation.errors import UsageError

NAMES = ("reach", "trust", "price")
RANGES = np.array([[0.0, 1.0], [0.0, 1.0], [1000.0, 3000.0]])
KEY = "packs_per_week"


def baseline(points, seed):
    return 50 * points[:, 0] + 10 * points[:, 2] / 1000 + 20 * seed


def partners(points, seed):
    """Adds 10 trust, whatever else."""
    return baseline(points, seed) + 10 * points[:, 1]


def legality(points, seed):
    return baseline(points, seed) + 6 * points[:, 0] + 8 * points[:, 1]


SCENARIOS = {"baseline": baseline, "partners": partners, "legality": legality}


def test_a_difference_depends_on_other_parameters_than_the_level(ran):
    design = morris_design(NAMES, RANGES, 12, 1)
    ensemble = ran(design, SCENARIOS, distinct=True)
    level = analyse(ensemble, design, KEY, scenario="partners")
    added = analyse(ensemble, design, KEY, of="difference", scenario="partners")
    other = analyse(ensemble, design, KEY, of="difference", scenario="legality")
    assert level.of("mu_star").estimate == pytest.approx([50, 10, 20, 0], abs=1e-9)
    assert added.of("mu_star").estimate == pytest.approx([0, 10, 0, 0], abs=1e-9)
    assert other.of("mu_star").estimate == pytest.approx([6, 8, 0, 0], abs=1e-9)
    assert added.shares.seeds == pytest.approx(0, abs=1e-12)
    assert level.shares.seeds > 0.3


def test_sobol_of_a_difference_of_a_linear_toy_scenario(ran):
    design = saltelli_design(NAMES, RANGES, 512, 1)
    report = analyse(ran(design, SCENARIOS), design, KEY, of="difference", scenario="legality")
    for index in ("S1", "ST"):
        e = report.of(index)
        exact = np.array([0.36, 0.64, 0, 0])
        assert (e.low <= exact + 1e-9).all()
        assert (exact <= e.high + 1e-9).all()


def test_the_only_other_scenario_need_not_be_named(ran):
    design = morris_design(NAMES, RANGES, 4, 1)
    ensemble = ran(design, {"baseline": baseline, "partners": partners})
    assert analyse(ensemble, design, KEY, of="difference").question.scenario == "partners"
    assert analyse(ensemble, design, KEY).question.scenario == "baseline"


def changed(ensemble, **parts):
    return Ensemble(**({one.name: getattr(ensemble, one.name) for one in fields(ensemble)} | parts))


@pytest.mark.parametrize("method", [Method.SOBOL, Method.PAWN, Method.DELTA])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_one_missing_run_is_refused(ran, method, bad):
    design = saltelli_design(NAMES, RANGES, 64, 1)
    ensemble = ran(design, SCENARIOS)
    values = ensemble.values[KEY].copy()
    values[1, 7, 2] = bad
    broken = changed(ensemble, values={KEY: values})
    with pytest.raises(UsageError, match=r"missing in 1 of 1536 runs \(1 of 384 points\).*run what is missing first"):
        analyse(broken, design, KEY, scenario="partners", method=method)
    with pytest.raises(UsageError, match="missing"):
        analyse(broken, design, KEY, of="difference", scenario="partners", method=method)
    analyse(broken, design, KEY, method=method)  # the baseline is whole


def test_a_missing_run_of_the_baseline_is_missing_in_the_difference(ran):
    design = morris_design(NAMES, RANGES, 4, 1)
    ensemble = ran(design, SCENARIOS)
    values = ensemble.values[KEY].copy()
    values[0, 0, 0] = np.nan
    with pytest.raises(UsageError, match="missing in 1 of"):
        analyse(changed(ensemble, values={KEY: values}), design, KEY, of="difference", scenario="partners")


def test_runs_of_another_design_are_refused(ran):
    design, other = morris_design(NAMES, RANGES, 4, 1), morris_design(NAMES, RANGES, 4, 2)
    with pytest.raises(UsageError, match="the runs are not those of the design: "):
        analyse(ran(other, SCENARIOS), design, KEY)
    shuffled = ran(design, SCENARIOS)
    with pytest.raises(UsageError, match="the runs are not those of the design: "):
        analyse(changed(shuffled, points=shuffled.points[::-1]), design, KEY)
    with pytest.raises(UsageError, match=r"20 rows \(16 distinct points\); the runs have 25 points"):
        analyse(ran(morris_design(NAMES, RANGES, 5, 1), SCENARIOS), design, KEY)
    with pytest.raises(UsageError, match="the runs vary a, trust, price"):
        analyse(changed(shuffled, parameters=("a", "trust", "price")), design, KEY)


def test_whole_numbers_may_have_been_rounded(ran):
    design = morris_design(("n_outlets", "trust", "price"), np.array([[1, 9], [0, 1], [0, 1]], dtype=float), 4, 1)
    ensemble = ran(design, SCENARIOS)
    points = ensemble.points.copy()
    points[:, 0] = np.rint(points[:, 0])
    assert (points != ensemble.points).any()
    analyse(changed(ensemble, points=points), design, KEY)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"outcome": "sales"}, "no outcome 'sales'; there are: packs_per_week"),
        ({"scenario": "nothing"}, "no scenario 'nothing'; there are: baseline, partners, legality"),
        ({"of": "difference"}, "needs another scenario: partners, legality"),
        ({"of": "difference", "scenario": "baseline"}, "needs another scenario"),
    ],
)
def test_questions_that_cannot_be_answered(ran, asked, said):
    design = morris_design(NAMES, RANGES, 4, 1)
    with pytest.raises(UsageError, match=said):
        analyse(ran(design, SCENARIOS), design, **({"outcome": KEY} | asked))


@pytest.mark.parametrize("level", [0.0, 123456.7])
def test_an_outcome_that_never_varies_is_refused(ran, level):
    design = saltelli_design(NAMES, RANGES, 16, 1)
    ensemble = ran(design, lambda p, s: np.full(len(p), level) + 3 * s)
    with pytest.raises(UsageError, match="the same at all 96 points"):
        analyse(ensemble, design, KEY)


@pytest.mark.parametrize(
    ("make", "method"),
    [
        (lambda: morris_design(NAMES, RANGES, 20, 1), Method.MORRIS),
        (lambda: saltelli_design(NAMES, RANGES, 64, 1), Method.SOBOL),
        (lambda: latin_hypercube(NAMES, RANGES, 100, 1), Method.PAWN),
        (lambda: latin_hypercube(NAMES, RANGES, 100, 1), Method.DELTA),
    ],
    ids=list(Method),
)
def test_the_same_by_seed_and_without_the_global_state(ran, make, method):
    design = make()
    ensemble = ran(design, lambda p, s: p[:, 0] ** 2 * p[:, 1] + s)
    state = np.random.get_state()[1].copy()  # noqa: NPY002 - that nobody touches it is the point

    def intervals(seed):
        e = analyse(ensemble, design, KEY, method=method, seed=seed).estimates[0]
        return np.r_[e.estimate, e.low, e.high, e.floor]

    assert np.array_equal(intervals(0), intervals(0))
    assert not np.array_equal(intervals(0), intervals(1))
    assert np.array_equal(state, np.random.get_state()[1])  # noqa: NPY002


def test_without_salib_the_message_says_what_to_install(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)

    monkeypatch.setattr("getok.analysis.sensitivity.library.import_module", missing)
    with pytest.raises(UsageError, match=r"pip install 'getok\[sensitivity\]'"):
        salib("sample.sobol")
    monkeypatch.undo()
    assert importlib.import_module("SALib.sample.sobol") is salib("sample.sobol")


def test_neither_salib_nor_pandas_is_imported_before_it_is_needed():
    code = "import sys, getok.analysis.sensitivity; assert not {'SALib', 'pandas', 'matplotlib'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_question_keeps_its_words(ran):
    design = morris_design(NAMES, RANGES, 4, 1)
    report = analyse(ran(design, SCENARIOS), design, KEY, of="difference", scenario="partners")
    assert replace(report).question.baseline == "baseline"
    assert (report.n_points, report.n_replicates) == (16, 4)

"""The patterns that come straight from the paper hold at the defaults: the guard of every change of the model."""

import pytest

from getok.analysis.patterns import CATALOGUE, Evidence, Strength, conclusion, judge, must_fail, scenarios_for
from getok.analysis.read import open_run
from getok.simulation.experiment.design import make_plan
from getok.simulation.experiment.run import execute
from getok.simulation.scenario.load import load_scenario

MUST = tuple(pattern for pattern in CATALOGUE if pattern.strength is Strength.MUST)
SEEDS = 100


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    scenarios = scenarios_for(MUST, lambda name: load_scenario(name).scenario)
    report = execute(make_plan(scenarios, seed=1, replicates=SEEDS), tmp_path_factory.mktemp("must") / "run", 2)
    assert report.n_ok == report.n_runs == len(scenarios) * SEEDS
    run = open_run(report.folder)
    return judge(MUST, Evidence(run, run.paired_replicates()))


def test_which_patterns_are_must():
    assert [pattern.id for pattern in MUST] == ["P01", *(f"P{k:02}" for k in range(5, 16)), "P18", "P21"]


@pytest.mark.parametrize("pattern", MUST, ids=lambda pattern: pattern.id)
def test_must_pattern_holds_over_100_seeds(verdicts, pattern):
    verdict = next(verdict for verdict in verdicts if verdict.id == pattern.id)
    said = verdict.said("en")
    assert verdict.holds, f"{said.statement} Measured: {said.measured}. Expected: {said.expected}."


def test_conclusion_counts_what_holds(verdicts):
    n = len(MUST) - len(must_fail(verdicts))
    assert f"over {SEEDS} replicates: {n} of {len(MUST)} must patterns hold" in conclusion(verdicts, SEEDS)

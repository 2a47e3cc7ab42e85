"""Sweeps as files: the library can be read, every fault is told where it stands."""

import pytest

from getok.simulation.errors import ScenarioError
from getok.simulation.sweep.designs import DesignKind
from getok.simulation.sweep.sweep_file import library, load_sweep

AXES = ("influence_weight", "pending_share", "mou_weight", "trust_rw", "verbal_weight")
GRID = ", ".join(f"{name}: {{from: 0.1, to: 0.2, steps: 100}}" for name in AXES)
WIDE = ", ".join(f"p{k}: [1]" for k in range(1001))
HEAD = "schema: 1\nname: mine\nscenarios: [baseline_reflection, implemented_2019]\n"


def load(tmp_path, text, head=HEAD):
    file = tmp_path / "mine.yaml"
    file.write_text(head + text, encoding="utf-8")
    return load_sweep(str(file))


@pytest.mark.parametrize("name", sorted(file.stem for file in library().glob("*.yaml")))
def test_the_library_can_be_read(name):
    sweep = load_sweep(name)
    assert sweep.name == name
    assert (sweep.points is None) == (sweep.design in {DesignKind.MORRIS, DesignKind.SALTELLI})
    assert sweep.points is None or len(sweep.points) > 1


def test_declared_ranges_are_the_default_of_a_draw(tmp_path):
    sweep = load(tmp_path, "design: latin_hypercube\nsamples: 4\nparameters: {pending_share: declared}\n")
    assert sweep.points.ranges.tolist() == [[0.0, 1.0]]
    assert (sweep.replicates, sweep.seed, sweep.tables) == (20, 1, ("summary",))


def test_a_grid_takes_values_and_steps(tmp_path):
    text = "design: grid\nparameters: {pending_share: [0, 1], facilitator.last: {from: 10, to: 30, steps: 3}}\n"
    assert load(tmp_path, text).points.values[:, 1].tolist() == [10, 20, 30] * 2


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("design: grid\nparameters: {pending_shar: [0, 1]}\n", "5:14", "did you mean 'pending_share'"),
        ("design: grid\nparameters: {pending_share: []}\n", "5:14", "no values"),
        ("design: grid\nparameters: {pending_share: [0, 2]}\n", "5:14", "impossible"),
        ("design: grid\nparameters: {pending_share: declared}\n", "5:14", "write the values"),
        ("design: grid\nparameters: {pending_share: {from: 0, to: 1}}\n", "5:14", "needs steps"),
        ("design: grid\n", "1:1", "name what varies"),
        ("design: sobol\nsamples: 8\nparameters: {mou_weight: {from: 0.3, to: 0.1}}\n", "6:14", "empty range"),
        ("design: sobol\nsamples: 8\nparameters: {mou_weight: [0.1]}\n", "6:14", "draws from a range"),
        ("design: sobol\nsamples: 0\nparameters: {mou_weight: declared}\n", "5:1", "at least 1"),
        ("design: sobol\nparameters: {mou_weight: declared}\n", "1:1", "how many points"),
        ("design: sobol\nsamples: 8\nparameters: {facilitator.visits: declared}\n", "6:14", "no range is declared"),
        ("design: sobol\nsamples: 8\nparameters: {mou_weight: wide}\n", "6:14", "write 'declared'"),
        ("design: list\n", "1:1", "has points"),
        ("design: list\npoints: [{mou_weight: 0.1}, {pending_share: 1}]\n", "5:1", "the same parameters"),
        ("design: list\npoints: [{mou_weight: 0.1}]\nparameters: {mou_weight: [1]}\n", "6:1", "has points instead"),
        ("design: spiral\nparameters: {mou_weight: [0.1]}\n", "4:1", "spiral"),
        ("design: grid\nparameters: {agencies.halal.colour: [1]}\n", "5:14", "no setting of a service"),
        ("design: grid\nparameters: {agencies.hala.fee: [1]}\n", "5:14", "did you mean 'halal'"),
        ("design: grid\nparameters: {agencies.halal.acceptance: [1.5]}\n", "5:14", "impossible"),
        ("design: grid\ntables: [sumary]\nparameters: {mou_weight: [0.1]}\n", "5:10", "did you mean 'summary'"),
        ("design: grid\nreplicates: 0\nparameters: {mou_weight: [0.1]}\n", "5:1", "at least 1"),
        ("design: sobol\nsamples: 30\nparameters: {mou_weight: declared}\n", "5:1", "write 16 or 32"),
        ("design: grid\nparameters: {n_trial_cycles: [3.74]}\n", "5:14", "write 3 or 4"),
        ("design: grid\nparameters: {cycle_weeks: {from: 1, to: 4, steps: 3}}\n", "5:14", "2.5 is no whole number"),
        ("design: sobol\nsamples: 8\nparameters: {cycle_weeks: {from: 1.5, to: 4}}\n", "6:14", "no whole number"),
        ("design: grid\nparameters: {agencies.halal.payer: [group]}\n", "5:14", "scenarios of their own"),
        (f"design: grid\nparameters: {{{GRID}}}\n", "5:1", "10000000000 points are too many"),
        ("design: saltelli\nsamples: 65536\nparameters: {mou_weight: declared}\n", "5:1", "points are too many"),
        ("design: sobol\nsamples: 1000000000000\nparameters: {mou_weight: declared}\n", "5:1", "at most"),
        (f"design: grid\nparameters: {{{WIDE}}}\n", "5:1", "at most 1000"),
        ("design: grid\nspeed: 3\nparameters: {mou_weight: [0.1]}\n", "5:1", "speed"),
    ],
)
def test_a_fault_is_told_where_it_stands(text, place, told, tmp_path):
    with pytest.raises(ScenarioError) as error:
        load(tmp_path, text)
    problems = error.value.problems
    assert any(problem.where.endswith(f"mine.yaml:{place}") for problem in problems), [p.where for p in problems]
    assert any(told in f"{problem.key} {problem.what}" for problem in problems), [p.what for p in problems]


def test_a_scenario_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ScenarioError, match="no scenario of this name"):
        load(tmp_path, "design: grid\nparameters: {mou_weight: [0.1]}\n", HEAD.replace("implemented_2019", "nowhere"))


def test_a_sweep_that_is_not_there_is_told():
    with pytest.raises(ScenarioError, match="no sweep of this name"):
        load_sweep("pending_by_mo")
    with pytest.raises(ScenarioError, match="no such file"):
        load_sweep("nowhere.yaml")


def test_steps_are_written_without_the_dust_of_binary_fractions(tmp_path):
    text = "design: grid\nparameters: {pending_share: {from: 0.05, to: 0.95, steps: 5}}\n"
    assert load(tmp_path, text).points.values[:, 0].tolist() == [0.05, 0.275, 0.5, 0.725, 0.95]


def test_a_sweep_over_what_a_scenario_has_observed_is_refused(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "schema: 1\nname: own\nextends: baseline_reflection\nquestion: {id: a, en: b}\n"
        "observed: {price_rupiah: Rp 4 000}\n",
        encoding="utf-8",
    )
    head = HEAD.replace("implemented_2019", str(own))
    with pytest.raises(ScenarioError, match="own has observed it"):
        load(tmp_path, "design: grid\nparameters: {price_rupiah: [3000, 5000]}\n", head)

import pytest

from getok.cli.app import main
from getok.simulation.scenario.points import Points
from getok.simulation.sweep.designs import latin_hypercube

SWEEP = """schema: 1
name: small
scenarios: [baseline_reflection, training_only]
design: {design}
samples: {samples}
parameters: {{pending_share: declared, door_visit_rate: declared, trial_probability: declared}}
replicates: 2
"""


@pytest.fixture
def sets(tmp_path, monkeypatch):
    """Four parameter sets around the defaults, as a file."""
    monkeypatch.chdir(tmp_path)
    points: Points = latin_hypercube({"pending_share": (0.3, 0.7), "door_visit_rate": (8.0, 16.0)}, 4, 1)
    path = tmp_path / "sets.parquet"
    path.write_bytes(points.to_bytes())
    return path


@pytest.fixture
def sweep_file(sets):
    """Write the file of a small sweep."""

    def write(design="morris", samples=2, replace=("", "")):
        path = sets.with_name("small.yaml")
        path.write_text(SWEEP.format(design=design, samples=samples).replace(*replace), encoding="utf-8")
        return path

    return write


FROM_SETS = {
    "compare": ("compare", "baseline_reflection", "training_only", "--no-figures"),
    "plan": ("plan", "--budget", "Rp 2 000 000", "--from", "training_only"),
}


@pytest.fixture(params=["sensitivity", "plan", "compare"])
def command(request, sweep_file):
    """Give a command that decides over parameter sets, with further options; by default in the folder ``run``."""
    given = FROM_SETS.get(request.param) or ("sensitivity", str(sweep_file()))
    usual = {"--over": "sets.parquet", "--sets": "2", "-r": "2"} if request.param in FROM_SETS else {}

    def carry_out(*more):
        options = {**usual, "--out": "run"}
        return main([*given, *more, *(part for pair in options.items() if pair[0] not in more for part in pair)])

    carry_out.name = request.param
    return carry_out

"""Small real runs and the reports made of them, shared by all tests of reports."""

import pytest

from getok.analysis.read import open_run
from getok.cli.app import main
from getok.reporting import ReportOptions, material, rendered
from getok.simulation.experiment.design import make_plan
from getok.simulation.experiment.run import execute
from getok.simulation.scenario.load import load_scenario
from getok.simulation.sweep.designs import latin_hypercube

NAMES = ("baseline_reflection", "training_only", "implemented_2019")


@pytest.fixture(scope="session")
def make_run(tmp_path_factory):
    """Compute scenarios of the library into a folder."""

    def make(*names, replicates=3, **changes):
        folder = tmp_path_factory.mktemp("runs") / "+".join(names)
        plan = make_plan([load_scenario(name).scenario for name in names], seed=1, replicates=replicates, **changes)
        assert execute(plan, folder, 1).n_ok == len(names) * replicates
        return folder

    return make


@pytest.fixture(scope="session")
def case(make_run):
    """Folder of three scenarios over three replicates."""
    return make_run(*NAMES, command=("getok", "run", *NAMES, "-r", "3"))


@pytest.fixture(scope="session")
def over(tmp_path_factory):
    """Folder of two scenarios over four parameter sets."""
    folder = tmp_path_factory.mktemp("over")
    points = latin_hypercube({"pending_share": (0.3, 0.7), "door_visit_rate": (8.0, 16.0)}, 4, 1)
    (folder / "sets.parquet").write_bytes(points.to_bytes())
    arguments = ["compare", *NAMES[:2], "--over", str(folder / "sets.parquet"), "-r", "2", "--no-figures"]
    assert main([*arguments, "--out", str(folder / "run")]) == 0
    return folder / "run"


@pytest.fixture(scope="session")
def made(case, over):
    """What the report of both folders is made from, by language."""
    again = "getok report case over"
    return {lang: material([case, over], ReportOptions(lang, with_png=True), again) for lang in ("en", "id")}


@pytest.fixture(scope="session")
def pages(made):
    """The HTML page by language."""
    return {lang: rendered(one, ())[".html"].decode() for lang, one in made.items()}


@pytest.fixture(scope="session")
def opened(case):
    """The run over seeds, opened."""
    return open_run(case)

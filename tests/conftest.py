"""What all tests share: modules beside this one are importable by name; one small real run."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from getok.analysis.compare import compare
from getok.analysis.read import open_run
from getok.simulation.experiment.design import make_plan
from getok.simulation.experiment.run import execute
from getok.simulation.scenario.load import load_scenario

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("untimed")

LIBRARY = ("baseline_reflection", "legality_only", "implemented_2019")
REPLICATES = 6


def computed(folder, scenarios, replicates=REPLICATES):
    """Compute scenarios into a folder and open it."""
    report = execute(make_plan(scenarios, seed=1, replicates=replicates), folder, 1)
    assert report.n_ok == report.n_runs
    return open_run(folder)


@pytest.fixture(scope="session")
def compute():
    """Compute scenarios into a folder and open it."""
    return computed


@pytest.fixture(scope="session")
def library():
    """Scenarios of the library by name."""
    return lambda name: load_scenario(name).scenario


@pytest.fixture(scope="session")
def case_run(tmp_path_factory, library):
    """Three scenarios of the case over six replicates."""
    return computed(tmp_path_factory.mktemp("runs") / "case", [library(name) for name in LIBRARY])


@pytest.fixture(scope="session")
def comparison(case_run):
    """What the run says."""
    return compare(case_run)


@pytest.fixture(scope="session")
def renamed_run(tmp_path_factory, library):
    """Make a run in which the scenarios of the case bear other names."""
    made = {}

    def make(names, replicates=REPLICATES):
        if (names, replicates) not in made:
            stories = [replace(library(LIBRARY[k % 3]), name=name) for k, name in enumerate(names)]
            made[names, replicates] = computed(tmp_path_factory.mktemp("runs") / "named", stories, replicates)
        return made[names, replicates]

    return make


@pytest.fixture(scope="session")
def short_run(tmp_path_factory, library):
    """Make a run of two scenarios over a horizon of so many weeks; what happens later is left out of the programme."""

    def make(weeks):
        stories = [
            replace(library(name), horizon_weeks=weeks, observation_week=min(16, weeks), name=name)
            for name in ("baseline_reflection", "implemented_2019")
        ]
        return computed(tmp_path_factory.mktemp("runs") / f"short_{weeks}", stories, 3)

    return make

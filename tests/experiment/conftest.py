import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from getok.simulation.experiment.design import make_plan
from getok.simulation.experiment.engine import Engine
from getok.simulation.scenario.load import load_scenario

# What only some tests need is imported by their fixtures: processes that are started by tests import this file too.

HERE = Path(__file__).parent
FAKE = Engine("fake_engine:simulate", "fake_engine:burn_in", "fake_engine:is_compiled")

PLAIN = replace(load_scenario("baseline_reflection").scenario, name="quiet", horizon_weeks=20, observation_week=2)


def scenarios(*names):
    return [replace(PLAIN, name=name, horizon_weeks=10 + len(name)) for name in names]


@pytest.fixture(autouse=True)
def fake(monkeypatch):
    """The stand-in is importable here and, because the search path travels, in workers."""
    monkeypatch.syspath_prepend(str(HERE))
    yield FAKE
    sys.modules.pop("fake_engine", None)


@pytest.fixture
def plan():
    def make(replicates=5, names=("quiet", "busy"), seed=1):
        return make_plan(scenarios(*names), seed=seed, replicates=replicates, command=("getok", "run"))

    return make


@pytest.fixture
def dask(tmp_path):
    from dask_cluster import Dask  # noqa: PLC0415

    found = Dask(tmp_path)
    yield found
    found.end()


@pytest.fixture
def whole(tmp_path, plan, fake):
    """Digest of the same plan in this process, or in some, without any interruption."""
    from getok.analysis.read import open_run, table_digest  # noqa: PLC0415
    from getok.simulation.experiment.run import execute  # noqa: PLC0415

    def make(replicates, processes=1):
        execute(plan(replicates), tmp_path / "whole", processes, engine=fake)
        return table_digest(open_run(tmp_path / "whole"))

    return make


MADE = {}


@pytest.fixture
def folder(tmp_path, tmp_path_factory, plan, fake, monkeypatch):
    """A run in many shards, made by parts, with one failed run and one that failed at first; made once, then copied."""
    from stored_runs import make as make_stored  # noqa: PLC0415

    if "out" not in MADE:
        MADE["out"] = make_stored(tmp_path_factory.mktemp("made") / "out", plan, fake, monkeypatch)
    monkeypatch.setenv("FAKE_RAISE", "busy/3")
    return shutil.copytree(MADE["out"], tmp_path / "out")

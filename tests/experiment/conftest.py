import sys
from dataclasses import replace
from pathlib import Path

import pytest

from simulation.experiment.design import make_plan
from simulation.experiment.engine import Engine
from simulation.scenario.resolved import Community, Facilitator, Scenario
from simulation.scenario.text import Text

HERE = Path(__file__).parent
FAKE = Engine("fake_engine:simulate", "fake_engine:burn_in", "fake_engine:is_compiled")

PLAIN = Scenario(
    name="quiet",
    question=Text("Apa?", "What?"),
    parents=(),
    horizon_weeks=3,
    burn_in_weeks=1,
    observation_week=2,
    start_year=2019,
    community=Community(),
    parameters={},
    outlets=(),
    services=(),
    facilitator=Facilitator(1.0, 1, 3),
    programme=(),
    shocks=(),
    assumptions=(),
)


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

"""A community of one size, measured in a process of its own: ``python -m benchmarks.one_size '{"n_rw": 23}'``.

Prints one line of JSON. A fresh process, so that its peak memory is that of this community alone.
"""

import json
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass, field

from benchmarks.communities import sized
from benchmarks.comparison import seconds
from benchmarks.memory import peak_bytes
from benchmarks.stream import Stream
from getok.simulation.community.generate import build_world
from getok.simulation.draws import replicate_key
from getok.simulation.engine import Simulation

BLOCK = 13
"""Weeks between two looks at the clock; passes over the ties take place in between."""


@dataclass(frozen=True, slots=True)
class Size:
    """What is to be measured: neighbourhoods, weeks, groups (None: as in the city), passes over the ties, builds."""

    n_rw: int
    weeks: int
    n_groups: int | None = None
    parameters: dict[str, float] = field(default_factory=dict)
    stream: bool = False
    builds: int = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found: counts, seconds by block of weeks, seconds of passes by block, peak bytes.

    ``builds`` are for the community alone, ``ready`` for another one and its burn-in; ``institutions`` are
    the seconds of programme and agencies among the seconds of the weeks.
    """

    n_buyers: int
    n_ties: int
    n_groups: int
    builds: list[float]
    ready: float
    weeks: list[float]
    institutions: float
    passes: list[float]
    peak: int

    @property
    def build(self):
        """Median seconds to build the community."""
        return statistics.median(self.builds)

    @property
    def seconds(self):
        """Seconds of all weeks."""
        return sum(self.weeks)


class Timed:
    """Institutions with a stopwatch."""

    def __init__(self, institutions):
        self.institutions, self.seconds = institutions, 0.0

    def __getattr__(self, name):
        return getattr(self.institutions, name)

    def step(self, *arguments):
        """Step the institutions, and note how long it took."""
        self.seconds += seconds(lambda: self.institutions.step(*arguments))


def measure(size):
    """Measure in this process: the community, its burn-in, and its weeks in blocks."""
    warm_up()
    scenario = sized(size.n_rw, size.n_groups, **size.parameters)
    builds = [seconds(lambda: build_world(scenario, replicate_key(1, 0))) for _ in range(size.builds)]
    alive = []
    ready = seconds(lambda: alive.append(Simulation(scenario, 1, 0)))
    (simulation,) = alive
    simulation.institutions = clock = Timed(simulation.institutions)
    stream = Stream(simulation.world) if size.stream else None
    weeks, passes = [], []
    while simulation.world.week < size.weeks:
        n = min(BLOCK, size.weeks - simulation.world.week)
        weeks.append(seconds(lambda n=n: simulation.advance(n)))
        if stream is not None:
            passes.append(stream.passes(n))
    n_buyers, n_ties = len(simulation.world.buyers), len(simulation.world.tie_to)
    n_groups = len(simulation.world.groups)
    return Measured(n_buyers, n_ties, n_groups, builds, ready, weeks, clock.seconds, passes, peak_bytes())


def warm_up():
    """Load or compile the week, on a community of two neighbourhoods."""
    Simulation(sized(2), 1, 0).advance(2)


def measure_apart(size):
    """Measure in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.one_size", json.dumps(asdict(size))]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")  # noqa: S603 - this program
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    print(json.dumps(asdict(measure(Size(**json.loads(sys.argv[1]))))))

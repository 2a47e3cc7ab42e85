"""How long one replicate of the case takes, once warm, on one core: community, burn-in, two years, all tables.

Run with ``python benchmarks/replicate.py``. Prints the median of single replicates and what it is made of.
"""

import statistics
import time

from getok.simulation.engine import Simulation, burn_in, simulate
from getok.simulation.scenario.load import load_scenario

REPLICATES = 200


def milliseconds(function, times=REPLICATES):
    """Median time of a call by replicate."""
    taken = []
    for replicate in range(times):
        start = time.perf_counter()
        function(replicate)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def main():
    """Measure and print."""
    scenario = load_scenario("implemented_2019").scenario
    simulate(scenario, 1, 0)
    whole = milliseconds(lambda r: simulate(scenario, 1, r))
    before = milliseconds(lambda r: burn_in(scenario, 1, r))
    snapshots = [burn_in(scenario, 1, r) for r in range(REPLICATES)]
    forked = milliseconds(lambda r: simulate(scenario, 1, r, snapshots[r]))
    lived = Simulation(scenario, 1, 0)
    lived.advance(scenario.horizon_weeks)
    tables = milliseconds(lambda _: lived.tables())
    print(f"one replicate of {scenario.name}, all tables    {whole:6.2f} ms   {1000 / whole:5.0f} a second")
    print(f"  community and burn-in (shared by scenarios)     {before:6.2f} ms")
    print(f"  104 weeks from a fork, all tables               {forked:6.2f} ms")
    print(f"    of which tables                               {tables:6.2f} ms")


if __name__ == "__main__":
    main()

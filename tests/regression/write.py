"""Write down what five scenarios give, so that no result changes unnoticed: ``python tests/regression/write.py``."""

import json
from pathlib import Path

from getok.simulation.engine import burn_in, simulate
from getok.simulation.scenario.load import load_scenario

STORED = Path(__file__).with_name("summary.json")
SCENARIOS = ("baseline_reflection", "implemented_2019", "no_broker", "shock_incident", "everything")
SEED = 1
REPLICATES = range(4)
OUTCOMES = ("packs_total", "active_buyers", "carrying_outlets_52", "aware_outside_by_buyer", "cost_public_rupiah")


def sums_now():
    """Sums of the outcomes over the replicates, by scenario."""
    scenarios = [load_scenario(name).scenario for name in SCENARIOS]
    sums = {name: dict.fromkeys(OUTCOMES, 0) for name in SCENARIOS}
    for replicate in REPLICATES:
        snapshot = burn_in(scenarios[0], SEED, replicate)
        for scenario in scenarios:
            summary = simulate(scenario, SEED, replicate, snapshot)["summary"].columns
            for outcome in OUTCOMES:
                sums[scenario.name][outcome] += summary[outcome].sum().item()
    return sums


def sums_stored():
    """What is written down."""
    return json.loads(STORED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    STORED.write_text(json.dumps(sums_now(), indent=2) + "\n", encoding="utf-8", newline="\n")

"""Invariances that no other test holds: processes and resume with the real engine, monotone lives on random networks.

Order of storage, strangers, forks and interventions that never fire: tests/properties, tests/determinism and
tests/engine. Trust, papers, words and thresholds of whole worlds: tests/properties/test_metamorphic.py.
"""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from getok.analysis.read import open_run, table_digest
from getok.cli import main
from getok.simulation.state import TRUST_ONE, Stage
from verification.graphs import from_pairs
from verification.targets.bass import knowing_world
from verification.targets.thresholds import adopted, threshold_world
from verification.worlds import BUYING, People, entered, live, make_world

RANDOM = settings(
    max_examples=150, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
SCENARIO = "baseline_reflection"
WEEKS = 15


def digest_of(folder, replicates, processes):
    command = ["run", SCENARIO, "-r", str(replicates), "--processes", str(processes), "--out", str(folder)]
    assert main(command) == 0
    return table_digest(open_run(folder))


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """Digest of three replicates, lived one after another in one process."""
    return digest_of(tmp_path_factory.mktemp("runs") / "alone", 3, 1)


def test_two_processes_write_the_bytes_of_one(tmp_path, alone):
    assert digest_of(tmp_path / "two", 3, 2) == alone


def test_a_run_resumed_writes_the_bytes_of_one_at_once(tmp_path, alone):
    first = digest_of(tmp_path / "grown", 1, 1)
    assert first != alone
    assert digest_of(tmp_path / "grown", 3, 1) == alone


@st.composite
def networks(draw):
    """A random network of 2 to 60 people, and a generator for what they are like."""
    n = draw(st.integers(2, 60))
    luck = np.random.default_rng(draw(st.integers(0, 2**32)))
    n_pairs = draw(st.integers(0, 3 * n))
    return luck.integers(0, n, size=(n_pairs, 2)), n, luck


def more_pairs(pairs, n, luck):
    return np.concatenate([pairs, luck.integers(0, n, size=(5, 2))])


@RANDOM
@given(networks(), st.sampled_from(["account", "words", "ties", "seeds"]))
def test_more_of_what_informs_never_delays_knowledge(network, what):
    """Only information moves, and whoever knows speaks for ever: equal draws, and every hazard only grows."""
    pairs, n, luck = network
    graph, seeds = from_pairs(n, pairs), luck.random(n) < 0.2
    usual = {"alone": 0.02, "a_tie": 0.1, "first": seeds}
    helped = dict(usual)
    if what == "account":
        helped["alone"] = 0.1
    elif what == "words":
        helped["a_tie"] = 0.3
    elif what == "seeds":
        helped["first"] = seeds | (luck.random(n) < 0.2)
    better = from_pairs(n, more_pairs(pairs, n, luck)) if what == "ties" else graph
    worlds = knowing_world(graph, **usual), knowing_world(better, **helped)
    for world in worlds:
        live(world, WEEKS)
    weeks, helped_weeks = (entered(world, Stage.KNOWLEDGE) for world in worlds)
    assert np.all(helped_weeks <= weeks)


@RANDOM
@given(networks())
def test_more_trust_in_neighbours_never_delays_knowledge(network):
    pairs, n, luck = network
    graph = from_pairs(n, pairs)
    trust = luck.integers(0, TRUST_ONE, len(graph.to))
    more = np.minimum(TRUST_ONE, trust + luck.integers(0, TRUST_ONE // 2, len(graph.to)))
    seeds = luck.random(n) < 0.3
    worlds = [knowing_world(graph, 0.0, 0.2, first=seeds, tie_trust=t) for t in (trust, more)]
    for world in worlds:
        live(world, WEEKS)
    assert np.all(entered(worlds[1], Stage.KNOWLEDGE) <= entered(worlds[0], Stage.KNOWLEDGE))


@RANDOM
@given(networks(), st.sampled_from(["thresholds", "seeds", "trust"]))
def test_lower_thresholds_more_seeds_or_trust_never_delay_adoption(network, what):
    pairs, n, luck = network
    graph, thresholds, seeds = from_pairs(n, pairs), luck.random(n), luck.random(n) < 0.2
    trust = luck.random(n + 1) * 0.4
    world, helped = (threshold_world(graph, thresholds, seeds) for _ in range(2))
    if what == "thresholds":
        helped.buyers["threshold"] -= luck.random(n + 1) * 0.3
    elif what == "seeds":
        helped = threshold_world(graph, thresholds, seeds | (luck.random(n) < 0.2))
    world.buyer_trust[:] = helped.buyer_trust[:] = trust
    if what == "trust":
        helped.buyer_trust += luck.random(n + 1) * 0.3
    for one in (world, helped):
        one.buyer_trust_prior[:] = one.buyer_trust
        live(one, WEEKS)
    assert np.all(adopted(helped) <= adopted(world))


KIND = BUYING | {
    "word_adopter_probability": 0.3,
    "word_aware_probability": 0.05,
    "persuasion_probability": 0.5,
    "influence_weight": 0.6,
    "buyer_legality_weight": 0.5,
    "trial_probability": 0.4,
    "buy_online_probability": 0.5,
    "confirm_probability": 0.5,
    "word_trust_gain_rate": 0.2,
}


@RANDOM
@given(networks(), st.sampled_from(["threshold", "trust", "legality"]))
def test_the_whole_way_is_monotone_without_discontinuance(network, what):
    """From hearing to confirmation, with words that build trust; nobody rejects, is disappointed or lapses."""
    pairs, n, luck = network
    stage = np.where(luck.random(n) < 0.2, Stage.CONFIRMATION, Stage.UNAWARE)
    graph = from_pairs(n, pairs)
    people = People(stage=stage, threshold=0.2 + 0.6 * luck.random(n), trust=luck.random(n) * 0.5)
    world, helped = make_world(graph, people, KIND), make_world(graph, people, KIND)
    if what == "legality":
        helped.groups["legality"] = 0.6
    else:
        changed = helped.buyer_trust if what == "trust" else helped.buyers["threshold"]
        changed += luck.random(n + 1) * 0.3 * (1 if what == "trust" else -1)
        helped.buyer_trust_prior[:] = helped.buyer_trust
    for _ in range(WEEKS):
        live(world, 1)
        live(helped, 1)
        assert np.all(helped.buyers["stage"] >= world.buyers["stage"])

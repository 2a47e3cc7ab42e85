"""Target 9: random thresholds on shares reach whom live edges reach, enumerated."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from verification.graphs import Graph, copies, from_pairs
from verification.result import Check, Mark, Plot, Result, distribution_check, series
from verification.targets.thresholds import SHARED_MAPPING, adopted, threshold_world
from verification.worlds import live

GRAPHS = {
    "eight buyers": [(0, 1), (0, 2), (1, 2), (1, 3), (2, 4), (3, 4), (3, 5), (4, 6), (5, 6), (5, 7), (6, 7)],
    "star with a tail": [(0, 1), (0, 2), (0, 3), (3, 4), (4, 5), (0, 5)],
}


def small_graph(pairs: list[tuple[int, int]]) -> tuple[Graph, NDArray[np.int64]]:
    """A graph and unequal whole trusts, one for each tie."""
    graph = from_pairs(int(np.max(pairs)) + 1, np.array(pairs, dtype=np.int64))
    return graph, 1 + (np.arange(len(graph.to)) * 7) % 5


def enumerate_sets(graph: Graph, trust: NDArray[np.int64], seed: int) -> NDArray[np.float64]:
    """Probability of every final set (as bits): each buyer listens to one neighbour, drawn by trust."""
    chances = np.zeros(2**graph.n)
    choices = [range(graph.start[i], graph.start[i + 1]) for i in range(graph.n)]
    total = [trust[ties.start : ties.stop].sum() for ties in choices]
    for ties in itertools.product(*choices):
        chance = float(np.prod([trust[e] / total[i] for i, e in enumerate(ties)]))
        reached = {seed}
        for _ in range(graph.n):
            reached |= {i for i, e in enumerate(ties) if int(graph.to[e]) in reached}
        chances[sum(1 << i for i in reached)] += chance
    return chances


def simulated_sets(graph: Graph, trust: NDArray[np.int64], seed: int, times: int) -> NDArray[np.int64]:
    """How often every final set was reached by the engine, thresholds uniform in (0, 1]."""
    thresholds = 1.0 - np.random.default_rng(9).random(graph.n * times)
    seeds = np.tile(np.arange(graph.n) == seed, times)
    world = threshold_world(copies(graph, times), thresholds, seeds, np.tile(trust, times))
    live(world, graph.n)
    reached = (adopted(world) <= graph.n).reshape(times, graph.n)
    return np.bincount(reached @ (1 << np.arange(graph.n)), minlength=2**graph.n)


def run(*, full: bool = True) -> Result:
    """Reach the target; the quick run has fewer copies."""
    times = 100_000 if full else 30_000
    checks: list[Check] = []
    drawn = []
    for style, (name, pairs) in enumerate(GRAPHS.items()):
        graph, trust = small_graph(pairs)
        meant, seen = enumerate_sets(graph, trust, 0), simulated_sets(graph, trust, 0, times)
        checks.append(distribution_check(f"final sets, {name}, R = {times:,}; chi-square", [(seen, meant * times)]))
        has = (np.arange(2**graph.n)[:, None] >> np.arange(graph.n)) & 1
        who = np.arange(graph.n)
        drawn.append(series(name, Mark.SIMULATED, who, seen @ has / times, style=style))
        drawn.append(series(name, Mark.FORMULA, who, meant @ has, style=style))
    return Result(
        number=9,
        slug="live_edge",
        name="Linear threshold = live edges",
        source="Kempe, Kleinberg & Tardos 2003",
        mapping=SHARED_MAPPING + " Thresholds uniform; trust differs between ties, so the share is weighted by trust.",
        checks=tuple(checks),
        plot=Plot("buyer (0 is the seed)", "share of replicates in which it adopts", tuple(drawn)),
        note="Every choice of one live tie a buyer is enumerated; copies of the graph live in one world.",
    )

"""EoN: percolation, and simple contagion in continuous time."""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from verification.graphs import Graph, complete, ring, seeds_in_each
from verification.peers.comparing import (
    SAME_GRAPH,
    SAME_P,
    SAME_SEEDS,
    Sample,
    continuous_checks,
    networkx_graph,
    one_graph_point,
    our_cascades,
    quietly,
    the_same_graph,
    two_samples,
)
from verification.result import Check, Mark, Series, series
from verification.targets.bass import INSIDE, OUTSIDE
from verification.targets.logistic import RATE

EON = "EoN"


def compare_cascades() -> tuple[list[Check], list[Series]]:
    """Mean share reached on one graph, as in target 5."""
    times = 200
    seeds = seeds_in_each(SAME_GRAPH, times, SAME_SEEDS, seed=35).reshape(times, -1)
    luck, net = np.random.default_rng(36), networkx_graph(the_same_graph())
    with quietly():
        import EoN

        sizes = [EoN.basic_discrete_SIR(net, SAME_P, np.flatnonzero(s).tolist(), rng=luck)[3][-1] for s in seeds]
    theirs = np.array(sizes) / SAME_GRAPH
    statistic = f"share reached on one graph, N = {SAME_GRAPH:,}, p = {SAME_P}, R = 200 and {times}"
    return [two_samples(statistic, our_cascades(200), theirs, EON)], [one_graph_point(theirs, "one graph, EoN", 1)]


def telling(
    graph: Graph, alone: float, a_tie: float, first: NDArray[np.bool_], times: int, shown: Sample, seed: int
) -> Sample:
    """Share who know at these times, in continuous time, shape (times, len(shown)); nobody forgets."""
    alone_graph, by_word = nx.DiGraph(), nx.DiGraph()
    alone_graph.add_nodes_from("UK")
    if alone > 0.0:
        alone_graph.add_edge("U", "K", rate=alone)
    by_word.add_edge(("K", "U"), ("K", "K"), rate=a_tie)
    luck, net, out = np.random.default_rng(seed), networkx_graph(graph), []
    status = {i: "K" if knows else "U" for i, knows in enumerate(first.tolist())}
    with quietly():
        import EoN

        for _ in range(times):
            t, knowing = EoN.fast_simple_contagion(
                net, alone_graph, by_word, status, ("K",), tmax=float(shown[-1]) + 0.5, rng=luck
            )
            out.append(knowing[np.searchsorted(t, shown, side="right") - 1] / graph.n)
    return np.array(out)


def compare_telling(
    graph: Graph, alone: float, a_tie: float, known: int, shown: Sample, times: tuple[int, int], seed: int
) -> tuple[list[Check], list[Series]]:
    """Two clocks of the engine, extrapolated, against continuous time; ``times`` are our replicates and theirs."""
    first = np.arange(graph.n) < known
    theirs = telling(graph, alone, a_tie, first, times[1], shown, seed)
    checks = continuous_checks(graph, alone, a_tie, first, times[0], theirs, shown)
    return checks, [series(f"EoN, N = {graph.n:,}", Mark.OTHER, shown, theirs.mean(axis=0), style=1)]


def compare_logistic() -> tuple[list[Check], list[Series]]:
    """Target 4 in a crowd of two hundred; one in twenty knows at first, as there."""
    n = 200
    return compare_telling(complete(n), 0.0, RATE / (n - 1), n // 20, np.array([4.0, 8.0, 12.0]), (100, 100), 41)


def compare_bass() -> tuple[list[Check], list[Series]]:
    """Target 2 in a crowd of two hundred."""
    n = 200
    return compare_telling(complete(n), OUTSIDE, INSIDE / (n - 1), 0, np.array([5.0, 10.0, 20.0]), (100, 100), 42)


def compare_circle() -> tuple[list[Check], list[Series]]:
    """Target 3 on a circle of a thousand."""
    return compare_telling(ring(1000), OUTSIDE, INSIDE / 2.0, 0, np.array([5.0, 10.0, 20.0]), (100, 100), 43)

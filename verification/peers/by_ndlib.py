"""NDlib: its threshold model and its independent cascades."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verification.graphs import Graph, complete, copies, poisson, ring, seeds_in_each
from verification.peers.comparing import (
    SAME_GRAPH,
    SAME_P,
    SAME_SEEDS,
    Sample,
    networkx_graph,
    one_graph_point,
    our_cascades,
    quietly,
    the_same_graph,
    two_samples,
)
from verification.result import Check, Mark, Series, equal_check, series
from verification.targets.live_edge import GRAPHS, small_graph
from verification.targets.thresholds import adopters, normal_thresholds, threshold_world

NDLIB = "NDlib"


def ndlib_thresholds(graph: Graph, thresholds: Sample, seeds: NDArray[np.bool_], n_weeks: int) -> NDArray[np.int64]:
    """Adopters at the end of weeks 0 to n_weeks by NDlib's threshold model."""
    with quietly():
        from ndlib.models import epidemics
        from ndlib.models.ModelConfig import Configuration

        model = epidemics.ThresholdModel(networkx_graph(graph))
        config = Configuration()
        config.add_model_initial_configuration("Infected", np.flatnonzero(seeds).tolist())
        for i, threshold in enumerate(thresholds.tolist()):
            config.add_node_configuration("threshold", i, threshold)
        model.set_initial_status(config)
        steps = model.iteration_bunch(n_weeks + 1)
    return np.array([step["node_count"][1] for step in steps])


def ndlib_cascades(graph: Graph, p: float, seeds: list[NDArray[np.bool_]]) -> Sample:
    """Share reached by NDlib's independent cascades, once for each set of seeds."""
    with quietly():
        from ndlib.models import epidemics
        from ndlib.models.ModelConfig import Configuration

        net, out = networkx_graph(graph), []
        for r, chosen in enumerate(seeds):
            model = epidemics.IndependentCascadesModel(net, seed=r)
            config = Configuration()
            config.add_model_initial_configuration("Infected", np.flatnonzero(chosen).tolist())
            for pair in graph.pairs.tolist():
                config.add_edge_configuration("threshold", tuple(pair), p)
            model.set_initial_status(config)
            counts = model.iteration(node_status=False)["node_count"]
            while counts[1] > 0:
                counts = model.iteration(node_status=False)["node_count"]
            out.append(counts[2] / graph.n)
    return np.array(out)


def equal_weeks(
    name: str, graph: Graph, thresholds: Sample, seeds: NDArray[np.bool_], n_weeks: int
) -> tuple[Check, NDArray[np.int64]]:
    """No luck is left once thresholds are given, so both curves are equal; the check and NDlib's curve."""
    ours = adopters(threshold_world(graph, thresholds, seeds), n_weeks)
    theirs = ndlib_thresholds(graph, thresholds, seeds, n_weeks)
    statistic = f"weeks of {n_weeks} with another count, {name}; {theirs[-1]:,} adopt"
    return equal_check(statistic, (ours != theirs).sum(), 0, NDLIB), theirs


def compare_crowd() -> tuple[list[Check], list[Series]]:
    """Granovetter's crowd of target 6, of three hundred; the one that stays small is drawn."""
    n, n_weeks, checks, curves = 300, 30, [], []
    nobody = np.zeros(n, dtype=bool)
    for spread in (0.12, 0.125):
        thresholds = normal_thresholds(n, spread)
        check, theirs = equal_weeks(f"crowd, s = {spread}, N = {n}", complete(n), thresholds, nobody, n_weeks)
        checks.append(check)
        curves.append(theirs / n)
    return checks, [series(f"s = 0.12, N = {n}, NDlib", Mark.OTHER, np.arange(n_weeks + 1)[::5], curves[0][::5])]


def compare_random() -> tuple[list[Check], list[Series]]:
    """One threshold for all, and random ones, on Poisson graphs, as in target 7."""
    n, checks = 2000, []
    graph, seeds = poisson(n, 6.0, seed=21), seeds_in_each(n, 1, 20, seed=23)
    for name, thresholds in (
        ("threshold .18", np.full(n, 0.18)),
        ("random thresholds", np.random.default_rng(22).uniform(0.0, 0.5, n)),
    ):
        checks.append(equal_weeks(f"{name}, Poisson graph, N = {n:,}", graph, thresholds, seeds, 40)[0])
    return checks, []


def compare_ring() -> tuple[list[Check], list[Series]]:
    """The complex contagion of target 8."""
    n, reach, needed, n_weeks = 400, 4, 2, 30
    seeds = np.arange(n) < 2 * reach + 1
    name = f"ring of {n}, r = 4, a = 2"
    check, theirs = equal_weeks(name, ring(n, reach), np.full(n, needed / (2 * reach)), seeds, n_weeks)
    return [check], [series("a = 2, NDlib", Mark.OTHER, np.arange(n_weeks + 1)[5::10], theirs[5::10])]


def compare_small() -> tuple[list[Check], list[Series]]:
    """The small graphs of target 9 in many copies with random thresholds, equal trust on all ties."""
    checks, times = [], 500
    for name, pairs in GRAPHS.items():
        graph, _ = small_graph(pairs)
        many, seeds = copies(graph, times), np.tile(np.arange(graph.n) == 0, times)
        thresholds = 1.0 - np.random.default_rng(24).random(many.n)
        checks.append(equal_weeks(f"{name}, {times} copies, equal trust", many, thresholds, seeds, graph.n)[0])
    return checks, []


def compare_cascades() -> tuple[list[Check], list[Series]]:
    """Mean share reached on one graph, as in target 5."""
    times = 60
    seeds = list(seeds_in_each(SAME_GRAPH, times, SAME_SEEDS, seed=34).reshape(times, -1))
    theirs = ndlib_cascades(the_same_graph(), SAME_P, seeds)
    statistic = f"share reached on one graph, N = {SAME_GRAPH:,}, p = {SAME_P}, R = 200 and {times}"
    return [two_samples(statistic, our_cascades(200), theirs, NDLIB)], [one_graph_point(theirs, "one graph, NDlib", 0)]

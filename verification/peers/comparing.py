"""What comparisons with other programs share."""

from __future__ import annotations

import contextlib
import io
import math
import warnings
from collections.abc import Iterator
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from verification.graphs import Graph, copies, poisson, seeds_in_each
from verification.result import Check, Mark, Rule, Series, series
from verification.targets.bass import knowing_world, rows_of_knowledge
from verification.targets.cascade import cascade, reached

Sample = NDArray[np.float64]

SAME_GRAPH, SAME_P, SAME_SEEDS = 2000, 0.18, 20
"""One graph on which cascades are compared: buyers, transmission, seeds."""


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Keep what other programs print and warn of from the reader; they know nothing of our bars."""
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield


def networkx_graph(graph: Graph) -> Any:  # noqa: ANN401 - networkx ships no types
    """The same graph for NetworkX, all buyers included, in their order."""
    out = nx.Graph()
    out.add_nodes_from(range(graph.n))
    out.add_edges_from(graph.pairs.tolist())
    return out


def two_samples(statistic: str, ours: Sample, theirs: Sample, program: str) -> Check:
    """Compare two means, each of its own replicates."""
    error = math.sqrt(ours.var(ddof=1) / len(ours) + theirs.var(ddof=1) / len(theirs))
    count = min(len(ours), len(theirs))
    return Check(statistic, Rule.MEAN, float(ours.mean()), float(theirs.mean()), error, count, program)


def the_same_graph() -> Graph:
    """The graph on which cascades are compared."""
    return poisson(SAME_GRAPH, 8.0, seed=31)


def our_cascades(times: int) -> Sample:
    """Share reached by the engine, in copies of the one graph, seeds drawn for each copy."""
    seeds = seeds_in_each(SAME_GRAPH, times, SAME_SEEDS, seed=32)
    world = cascade(copies(the_same_graph(), times), seeds, SAME_P, replicate=33)
    return np.asarray(reached(world).reshape(times, -1).mean(axis=1))


def one_graph_point(values: Sample, label: str, style: int) -> Series:
    """Mean share reached, at what the graph has of mean degree x transmission."""
    graph = the_same_graph()
    return series(label, Mark.OTHER, [SAME_P * len(graph.to) / graph.n], [values.mean()], style=style)


def continuous_checks(
    graph: Graph, alone: float, a_tie: float, first: NDArray[np.bool_], times: int, theirs: Sample, shown: Sample
) -> list[Check]:
    """Compare knowledge on two clocks, extrapolated to steps of zero, with a program in continuous time.

    Parameters
    ----------
    alone, a_tie : float
        Hazards in a unit of time.
    theirs : float array, shape (replicates, len(shown))
        Shares who know at the times ``shown`` by the other program.
    """
    runs = {}
    for step in (0.1, 0.05):
        many, replicate = copies(graph, times), round(1000 * step) + 7
        world = knowing_world(many, alone * step, a_tie * step, np.tile(first, times), replicate=replicate)
        rows = rows_of_knowledge(world, round(shown[-1] / step), times) / graph.n
        runs[step] = rows[:, np.round(shown / step).astype(np.int64)]
    found = 2.0 * runs[0.05].mean(axis=0) - runs[0.1].mean(axis=0)
    error = np.sqrt(
        (4.0 * runs[0.05].var(axis=0, ddof=1) + runs[0.1].var(axis=0, ddof=1)) / times
        + theirs.var(axis=0, ddof=1) / len(theirs)
    )
    count = min(times, len(theirs))
    return [
        Check(
            f"share who know at t = {t:g}, steps extrapolated, N = {graph.n:,}, R = {times} and {len(theirs)}",
            Rule.MEAN, float(found[k]), float(theirs[:, k].mean()), float(error[k]), count, "EoN",
        )
        for k, t in enumerate(shown)
    ]  # fmt: skip

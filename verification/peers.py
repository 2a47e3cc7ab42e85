"""Other people's programs on the same graph with the same parameters: NDlib, EoN and starsim."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from verification.graphs import Graph, complete, copies, poisson, ring, seeds_in_each
from verification.result import Check, Mark, Result, Rule, Series, equal_check, series
from verification.targets import epidemic
from verification.targets.bass import knowing_world, rows_of_knowledge
from verification.targets.cascade import cascade, reached
from verification.targets.logistic import RATE
from verification.targets.thresholds import adopters, threshold_world

NAMES = {"ndlib": "NDlib", "EoN": "EoN", "starsim": "starsim"}
Sample = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Peer:
    """What another program gives for one target."""

    program: str
    slug: str
    compare: Callable[[], tuple[list[Check], list[Series]]]


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


# NDlib


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


def compare_thresholds() -> tuple[list[Check], list[Series]]:
    """Random thresholds on a random graph: no luck is left, so the curves are equal week by week."""
    n, n_weeks = 2000, 40
    graph = poisson(n, 6.0, seed=21)
    thresholds = np.random.default_rng(22).uniform(0.0, 0.5, n)
    seeds = seeds_in_each(n, 1, 20, seed=23)
    ours = adopters(threshold_world(graph, thresholds, seeds), n_weeks)
    theirs = ndlib_thresholds(graph, thresholds, seeds, n_weeks)
    statistic = f"weeks with another count, random thresholds, Poisson graph, N = {n:,}"
    checks = [equal_check(statistic, (ours != theirs).sum(), 0, NAMES["ndlib"])]
    checks.append(equal_check("adopters in the end, the same", ours[-1], theirs[-1], NAMES["ndlib"]))
    return checks, []


def compare_ring() -> tuple[list[Check], list[Series]]:
    """The complex contagion of target 8 by NDlib."""
    n, reach, needed, n_weeks = 400, 4, 2, 30
    seeds = np.arange(n) < 2 * reach + 1
    thresholds = np.full(n, needed / (2 * reach))
    graph = ring(n, reach)
    ours = adopters(threshold_world(graph, thresholds, seeds), n_weeks)
    theirs = ndlib_thresholds(graph, thresholds, seeds, n_weeks)
    check = equal_check("weeks with another count, ring, r = 4, a = 2", (ours != theirs).sum(), 0, NAMES["ndlib"])
    return [check], [series("a = 2, NDlib", Mark.OTHER, np.arange(n_weeks + 1)[5::10], theirs[5::10])]


# Percolation


SAME_GRAPH, SAME_P, SAME_SEEDS = 2000, 0.18, 20


def the_same_graph() -> Graph:
    """The graph on which cascades are compared."""
    return poisson(SAME_GRAPH, 8.0, seed=31)


def one_graph_point(values: Sample, label: str, style: int) -> Series:
    """Mean share reached, at what the graph has of mean degree x transmission."""
    graph = the_same_graph()
    return series(label, Mark.OTHER, [SAME_P * len(graph.to) / graph.n], [values.mean()], style=style)


def our_cascades(times: int) -> Sample:
    """Share reached by the engine, in copies of the one graph, seeds drawn for each copy."""
    seeds = seeds_in_each(SAME_GRAPH, times, SAME_SEEDS, seed=32)
    world = cascade(copies(the_same_graph(), times), seeds, SAME_P, replicate=33)
    return np.asarray(reached(world).reshape(times, -1).mean(axis=1))


def compare_cascades_with_ndlib() -> tuple[list[Check], list[Series]]:
    """Mean share reached on one graph."""
    times = 60
    seeds = list(seeds_in_each(SAME_GRAPH, times, SAME_SEEDS, seed=34).reshape(times, -1))
    theirs = ndlib_cascades(the_same_graph(), SAME_P, seeds)
    statistic = f"share reached on one graph, N = {SAME_GRAPH:,}, p = {SAME_P}, R = 200 and {times}"
    point = one_graph_point(theirs, "one graph, NDlib", 0)
    return [two_samples(statistic, our_cascades(200), theirs, NAMES["ndlib"])], [point]


def compare_cascades_with_eon() -> tuple[list[Check], list[Series]]:
    """Mean share reached on one graph."""
    times = 200
    seeds = seeds_in_each(SAME_GRAPH, times, SAME_SEEDS, seed=35).reshape(times, -1)
    luck, net = np.random.default_rng(36), networkx_graph(the_same_graph())
    with quietly():
        import EoN

        theirs = np.array(
            [EoN.basic_discrete_SIR(net, SAME_P, np.flatnonzero(s).tolist(), rng=luck)[3][-1] for s in seeds]
        )
    theirs = theirs / SAME_GRAPH
    statistic = f"share reached on one graph, N = {SAME_GRAPH:,}, p = {SAME_P}, R = 200 and {times}"
    point = one_graph_point(theirs, "one graph, EoN", 1)
    return [two_samples(statistic, our_cascades(200), theirs, NAMES["EoN"])], [point]


# One tells another, continuous time


def compare_telling() -> tuple[list[Check], list[Series]]:
    """The curve of target 4 in a crowd of two hundred: two clocks extrapolated against continuous time."""
    n, first, times, shown = 200, 4, 300, np.array([4.0, 8.0, 12.0])
    runs = {}
    for step in (0.1, 0.05):
        start = np.tile(np.arange(n) < first, times // 3)
        rows = []
        for r in range(3):
            graph = copies(complete(n), times // 3)
            world = knowing_world(graph, 0.0, RATE * step / (n - 1), start, replicate=round(1000 * step) + r)
            rows.append(rows_of_knowledge(world, round(12 / step), times // 3) / n)
        runs[step] = np.concatenate(rows)
    theirs = eon_telling(n, first, times, shown)
    checks = []
    for k, t in enumerate(shown):
        coarse, fine = runs[0.1][:, round(t / 0.1)], runs[0.05][:, round(t / 0.05)]
        error = math.sqrt((coarse.var(ddof=1) + 4.0 * fine.var(ddof=1) + theirs[:, k].var(ddof=1)) / times)
        found = 2.0 * fine.mean() - coarse.mean()
        statistic = f"share who know at t = {t:g}, steps extrapolated, N = {n}, R = {times}"
        checks.append(Check(statistic, Rule.MEAN, found, float(theirs[:, k].mean()), error, times, NAMES["EoN"]))
    return checks, [series("EoN, N = 200", Mark.OTHER, shown, theirs.mean(axis=0))]


def eon_telling(n: int, first: int, times: int, shown: Sample) -> Sample:
    """Share who know at these times by EoN's event-driven simulation without recovery."""
    luck, net, out = np.random.default_rng(41), nx.complete_graph(n), []
    with quietly():
        import EoN

        for _ in range(times):
            t, _, infected, _ = EoN.fast_SIR(net, RATE / (n - 1), 0.0, range(first), tmax=shown[-1] + 1.0, rng=luck)
            out.append(infected[np.searchsorted(t, shown, side="right") - 1] / n)
    return np.array(out)


# starsim


def starsim_sir(times: int, n_weeks: int) -> Sample:
    """The same by starsim's SEIR: latent for three steps, infectious for one and a geometric number of steps.

    A step of starsim is a year here; its hazard a contact is the engine's, -ln(1 - q). Its seeds are latent at first,
    ours have just tried the product, so its clock is behind by two steps.
    """
    n, out = epidemic.ONE_GRAPH, []
    with quietly():
        import starsim as ss
        from scipy import stats

        net = networkx_graph(epidemic.one_graph())
        for r in range(times):
            disease = ss.SEIR(
                beta=ss.peryear(-math.log1p(-epidemic.SPEAKS)),  # a rate: a plain number would become one too
                init_prev=ss.choose_n(epidemic.FIRST),
                dur_exp=ss.constant(epidemic.LATENT),
                dur_inf=ss.Dist(stats.geom(epidemic.LAPSE, loc=1), name="dur_inf"),
                p_death=0.0,
            )
            sim = ss.Sim(
                n_agents=n,
                networks=ss.StaticNet(graph=net),
                diseases=disease,
                dur=n_weeks + epidemic.LATENT,
                rand_seed=r + 1,
                verbose=0,
            )
            sim.run()
            late = np.asarray(sim.results.seir.cum_infections)[epidemic.LATENT - 1 :]
            out.append(late[: n_weeks + 1] + epidemic.FIRST)
    return np.array(out) / n


def compare_sir() -> tuple[list[Check], list[Series]]:
    """Curves and final size of an epidemic with latency and random recovery, on one graph."""
    n_weeks, times = epidemic.N_WEEKS, 80
    ours, theirs = epidemic.curves(200), starsim_sir(times, n_weeks)
    checks = [
        two_samples(
            f"share ever reached by week {week}, one graph, N = {epidemic.ONE_GRAPH:,}, R = 200 and {times}",
            ours[:, week],
            theirs[:, week],
            NAMES["starsim"],
        )
        for week in (6, 12, 20, n_weeks)
    ]
    weeks = np.arange(n_weeks + 1)[6::6]
    return checks, [series("starsim, the same graph", Mark.OTHER, weeks, theirs.mean(axis=0)[6::6])]


PEERS = (
    Peer("EoN", "logistic", compare_telling),
    Peer("ndlib", "cascade", compare_cascades_with_ndlib),
    Peer("EoN", "cascade", compare_cascades_with_eon),
    Peer("starsim", "epidemic", compare_sir),
    Peer("ndlib", "thresholds", compare_thresholds),
    Peer("ndlib", "complex_ring", compare_ring),
)


def present(program: str) -> bool:
    """Whether another program is installed (extra ``verification``)."""
    return importlib.util.find_spec(program) is not None


def with_peers(result: Result) -> Result:
    """A target with what other programs say about it."""
    for peer in PEERS:
        if peer.slug == result.slug and present(peer.program):
            checks, drawn = peer.compare()
            plot = replace(result.plot, series=(*result.plot.series, *drawn))
            result = replace(result, checks=(*result.checks, *checks), plot=plot)
    return result

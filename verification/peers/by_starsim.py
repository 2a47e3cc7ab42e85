"""starsim: its SEIR model of agents on a network."""

from __future__ import annotations

import math

import numpy as np

from verification.peers.comparing import Sample, networkx_graph, quietly, two_samples
from verification.result import Check, Mark, Series, series
from verification.targets import epidemic


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


def compare_epidemic() -> tuple[list[Check], list[Series]]:
    """Curves and final size of an epidemic with latency and random recovery, on one graph."""
    n_weeks, times = epidemic.N_WEEKS, 80
    ours, theirs = epidemic.curves(200), starsim_sir(times, n_weeks)
    checks = [
        two_samples(
            f"share ever reached by week {week}, one graph, N = {epidemic.ONE_GRAPH:,}, R = 200 and {times}",
            ours[:, week],
            theirs[:, week],
            "starsim",
        )
        for week in (6, 12, 20, n_weeks)
    ]
    weeks = np.arange(n_weeks + 1)[6::6]
    return checks, [series("starsim, the same graph", Mark.OTHER, weeks, theirs.mean(axis=0)[6::6])]

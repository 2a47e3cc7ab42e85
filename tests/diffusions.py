"""Small diffusions, made by hand or drawn."""

import numpy as np
from hypothesis import strategies as st

from getok.analysis.measures import Diffusion
from getok.analysis.measures.diffusion import network


def diffusion(times, pairs, n_periods=None, until=None, values=None, **attributes):
    """Times with None for the censored, and pairs of who looks at whom."""
    time = np.array([np.nan if t is None else t for t in times], dtype=float)
    last = n_periods or int(np.nanmax(time))
    source, target = zip(*pairs, strict=True) if pairs else ((), ())
    ties = network(len(times), source, target, values)
    observed = np.full(len(times), last) if until is None else np.array(until)
    ids = tuple(f"p{i}" for i in range(len(times)))
    return Diffusion(ids, time, observed, last, ties, {k: np.array(v) for k, v in attributes.items()})


def relabelled(d, order):
    """The same diffusion with its agents stored in another order."""
    place = np.argsort(order)
    ties = network(d.n, place[d.lookers()], place[d.ties.indices], d.ties.data)
    attributes = {name: values[order] for name, values in d.attributes.items()}
    ids = tuple(d.ids[i] for i in order)
    return Diffusion(ids, d.time[order], d.observed_until[order], d.n_periods, ties, attributes)


@st.composite
def small_diffusions(draw):
    """Up to eight agents, any ties, any times, some censored early."""
    n, n_periods = draw(st.integers(2, 8)), draw(st.integers(2, 6))
    places = st.integers(0, n - 1)
    pairs = draw(st.lists(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1]), max_size=20))
    until = draw(st.lists(st.integers(1, n_periods), min_size=n, max_size=n))
    times = [draw(st.none() | st.integers(1, last)) for last in until]
    times[0], until[0] = draw(st.integers(1, n_periods)), n_periods
    return diffusion(times, pairs, n_periods, until)


def spread_on(ties, rng, chance, n_periods):
    """Live a diffusion: in every period each agent at risk adopts with chance(exposure one period before)."""
    n = ties.shape[0]
    degree = np.maximum(np.diff(ties.indptr), 1)
    time = np.full(n, np.nan)
    adopted = np.zeros(n)
    for period in range(1, n_periods + 1):
        exposed = (ties @ adopted) / degree
        new = np.isnan(time) & (rng.random(n) < chance(exposed))
        time[new] = period
        adopted[new] = 1
    until = np.full(n, n_periods)
    return Diffusion(tuple(f"p{i}" for i in range(n)), time, until, n_periods, ties, {})


def random_ties(n, degree, rng):
    """Everybody looks at so many others, drawn at random."""
    source = np.repeat(np.arange(n), degree)
    target = (source + rng.integers(1, n, size=n * degree)) % n
    ties = network(n, source, target)
    ties.data[:] = 1.0
    return ties

"""Other people's programs on the same graph with the same parameters: NDlib, EoN and starsim."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, replace

from verification.peers import by_eon, by_ndlib, by_starsim
from verification.result import Check, Result, Series


@dataclass(frozen=True, slots=True)
class Peer:
    """What another program gives for one target."""

    program: str
    slug: str
    compare: Callable[[], tuple[list[Check], list[Series]]]


PEERS = (
    Peer("EoN", "bass", by_eon.compare_bass),
    Peer("EoN", "circle", by_eon.compare_circle),
    Peer("EoN", "logistic", by_eon.compare_logistic),
    Peer("ndlib", "cascade", by_ndlib.compare_cascades),
    Peer("EoN", "cascade", by_eon.compare_cascades),
    Peer("ndlib", "thresholds", by_ndlib.compare_crowd),
    Peer("ndlib", "watts", by_ndlib.compare_random),
    Peer("ndlib", "complex_ring", by_ndlib.compare_ring),
    Peer("ndlib", "live_edge", by_ndlib.compare_small),
    Peer("starsim", "epidemic", by_starsim.compare_epidemic),
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

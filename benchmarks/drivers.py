"""The compiled engine against the model in Mesa: how much faster one is than the other, and that both live the same."""

import time
from dataclasses import dataclass, fields

import numpy as np

from benchmarks.communities import lived, ready, sized
from benchmarks.comparison import Comparison, seconds
from getok.simulation.model import CommunityModel
from getok.simulation.model.community import Community
from getok.simulation.scenario.load import load_scenario

HANDED_OVER = 26
"""Week after which both go on from the same world: by then every process has something to do."""

FORKS = 30
"""Times that the engine lives the weeks of a round, so that both are at work about as long as the other."""

BAR_RATE, BAR_REPLICATE = 200_000.0, 1.5
"""Agent-weeks a second of the model in Mesa, at least; seconds of one replicate of the case, at most."""


@dataclass(frozen=True, slots=True)
class Driver:
    """What the model in Mesa takes: seconds of a replicate of the case, and agent-weeks a second in a town."""

    replicate: float
    rate: float


def replicate_seconds(replicates=3):
    """Seconds of a replicate of the case in Mesa, community, burn-in and tables included: the shortest of some."""
    scenario = load_scenario("implemented_2019").scenario
    taken = []
    for replicate in range(replicates):
        start = time.perf_counter()
        model = CommunityModel(scenario, 1, replicate)
        model.run_model()
        model.tables()
        taken.append(time.perf_counter() - start)
    return min(taken)


def speed(n_rw, n_groups, rounds, n_weeks):
    """Let both live the same weeks in turns, count agent-weeks a second, and look whether they came to the same."""
    world = lived(sized(n_rw, n_groups), HANDED_OVER)
    most = 1 + rounds * n_weeks
    model, n = Community(world, most), len(world.buyers)
    worlds = [world.copy() for _ in range(FORKS)]
    forks = [ready(one, most) for one in worlds]
    model.step()
    for live_on in forks:
        live_on(1)  # compiled, and what is worked out once is worked out
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(n * n_weeks / seconds(lambda: [model.step() for _ in range(n_weeks)]))
        ours.append(n * n_weeks * FORKS / seconds(lambda: [live_on(n_weeks) for live_on in forks]))
    refuse_difference(model.world, worlds[0])
    return Comparison(
        f"agent-weeks, {n:,} buyers",
        "the model in Mesa",
        tuple(ours),
        tuple(theirs),
        100.0,
        f"Weeks {HANDED_OVER + 2} to {HANDED_OVER + 1 + rounds * n_weeks} of the programme of 2019, {n_groups} groups "
        f"and {n_rw} neighbourhoods; both start from the same world and end in the same, to the last bit; agencies "
        "rest in both. What a run sets up once (there agents, here tables, room for a week, and what is remembered of "
        "buyers) is not counted.",
    )


def refuse_difference(one, other):
    """Refuse to compare the speed of two programs that do not do the same.

    Raises
    ------
    ValueError
        If any number of two worlds differs.
    """
    for field in fields(one):
        mine, its = (np.asarray(getattr(world, field.name)) for world in (one, other))
        for name in mine.dtype.names or (None,):
            if not np.array_equal(*((mine, its) if name is None else (mine[name], its[name]))):
                raise ValueError(f"engine and model differ in {field.name} {name or ''}")

"""getok against the plain Mesa model: do they agree, and how much faster is one than the other."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import t

from benchmarks.communities import live, lived, ready, sized
from benchmarks.comparison import Comparison, seconds
from benchmarks.plain_mesa.convert import forget, plain_model
from getok.simulation.scenario.load import load_scenario
from getok.simulation.state import Stage

HANDED_OVER = 26
"""Week after which both programs go on from the same world: by then every process has something to do."""

FORKS = 30
"""Times that getok lives the weeks of a round, so that both programs are at work about as long as the other."""

FALSE_ALARM = 0.01
"""Chance that any of the quantities seems to differ where both programs follow the same rules."""

USERS = (Stage.IMPLEMENTATION, Stage.CONFIRMATION)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Means of one quantity in both programs, the standard error of the paired difference, and how many are allowed."""

    what: str
    ours: float
    theirs: float
    difference: float
    standard_error: float
    allowed: float

    @property
    def agrees(self):
        """Whether the difference lies within ``allowed`` standard errors."""
        return abs(self.difference) <= self.allowed * self.standard_error


def agreement(n_replicates, n_weeks):
    """Let both programs live the same weeks from the same worlds of the case; compare what came of it."""
    scenario = load_scenario("implemented_2019").scenario
    ours, theirs = [], []
    for replicate in range(n_replicates):
        world = lived(scenario, HANDED_OVER, replicate=replicate)
        model = plain_model(world, replicate)
        for _ in range(n_weeks):
            model.step()
        theirs.append(model.datacollector.get_model_vars_dataframe().iloc[-1].to_list())
        forget(model)
        ours.append(counts(world, live(world, n_weeks)))
    difference = np.subtract(theirs, ours)
    errors = difference.std(axis=0, ddof=1) / np.sqrt(n_replicates)
    names = ("buyers who know the product", "buyers who use it", "outlets that carry it", "packs sold")
    allowed = float(t.ppf(1.0 - FALSE_ALARM / (2 * len(names)), n_replicates - 1))
    columns = zip(names, np.mean(ours, 0), np.mean(theirs, 0), difference.mean(0), errors, strict=True)
    return [Agreement(name, *(float(number) for number in numbers), allowed) for name, *numbers in columns]


def counts(world, weeks):
    """Aware buyers, users, carrying outlets and packs sold, as the Mesa model collects them."""
    stages = world.buyers["stage"][world.buyers["member_of"] < 0]
    return [
        int(np.count_nonzero(stages != Stage.UNAWARE)),
        int(np.isin(stages, USERS).sum()),
        int(np.isin(world.outlets["stage"], USERS).sum()),
        int(weeks.flows["packs_sold"].sum()),
    ]


def speed(n_rw, n_groups, rounds, n_weeks):
    """Let both programs live the same weeks in turns, and count agent-weeks a second."""
    world = lived(sized(n_rw, n_groups), HANDED_OVER)
    model = plain_model(world, seed=1)
    n = len(world.buyers)
    forks = [ready(world.copy(), 1 + rounds * n_weeks) for _ in range(FORKS)]
    model.step()
    for live_on in forks:
        live_on(1)  # compiled, and what is worked out once is worked out
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(n * n_weeks / seconds(lambda: [model.step() for _ in range(n_weeks)]))
        ours.append(n * n_weeks * FORKS / seconds(lambda: [live_on(n_weeks) for live_on in forks]))
    forget(model)
    return Comparison(
        f"agent-weeks, {n:,} buyers",
        "plain Mesa, same rules",
        tuple(ours),
        tuple(theirs),
        300.0,
        f"Weeks {HANDED_OVER + 2} to {HANDED_OVER + 1 + rounds * n_weeks} of the programme of 2019, {n_groups} groups "
        f"and {n_rw} neighbourhoods; both start from the same world, agencies rest in both. "
        "What a run sets up once (there agents, here tables, room for a week, and what is remembered of buyers) is not "
        "counted.",
    )

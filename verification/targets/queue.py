"""Target 11: an agency with one station and Poisson arrivals is an M/G/1 queue."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from getok.simulation.draws import poisson, replicate_key, stream, uniform
from getok.simulation.institutions.agencies import Agencies
from getok.simulation.institutions.calendar import Calendar
from getok.simulation.interventions.context import Context
from getok.simulation.record.tables import flow_dtype
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import Payer, Scenario, Service, ServiceKind, Step, Triangular
from getok.simulation.state import GROUP, World
from verification.result import Mark, Plot, Result, mean_check, series

DELAY = Triangular(0.5, 1.5, 6.5)
WARM_UP = 600
"""Weeks until the queue has forgotten that it began empty."""

ARRIVALS = 900
"""Purpose of the draws of arrivals: none that the engine uses."""


def service_weeks() -> NDArray[np.float64]:
    """Probability of each number of whole weeks at the station, from 0 on."""
    width = DELAY.high - DELAY.low
    delay = stats.triang((DELAY.mode - DELAY.low) / width, DELAY.low, width)
    edges = np.arange(-0.5, DELAY.high + 1.5)
    return np.diff(delay.cdf(edges))


def waiting_weeks(rate: float) -> float:
    """Mean weeks before the station, by Pollaczek and Khinchine.

    With arrivals once a week in Poisson numbers, whole weeks at the station, and no week lost between two cases, the formula
    holds exactly: waiting for those before in the same week makes up for what the rounding of time takes away.
    """
    weeks, p = np.arange(len(service_weeks())), service_weeks()
    first, second = float(weeks @ p), float(weeks**2 @ p)
    return rate * second / (2.0 * (1.0 - rate * first))


def one_desk() -> Scenario:
    """A scenario whose only agency has one station."""
    station = Service(
        "station",
        "Station",
        "Office",
        ServiceKind.LETTER,
        DELAY,
        1.0,
        0,
        Payer.PUBLIC,
        (Step("at work", 1.0),),
        desks=1,
    )
    return replace(load_scenario("baseline_reflection").scenario, services=(station,), outlets=(), programme=())


def empty_world(key: int, n_groups: int) -> World:
    """Groups, and nothing else: who stands in the queue."""
    world = World(**dict.fromkeys(World.__dataclass_fields__, np.zeros(0)))
    world.week, world.key, world.groups = 0, key, np.zeros(n_groups, GROUP)
    world.groups["key"] = np.arange(n_groups)
    world.service_trust = np.zeros((n_groups, 1))
    world.service_cooperation = np.zeros((n_groups, 1), dtype=np.uint8)
    world.certificates = np.zeros((n_groups, 4), dtype=np.uint8)
    return world


def waited(rate: float, n_weeks: int, replicate: int) -> float:
    """Weeks waited by those who came after the warm-up, a week and unit of rate: its mean is the mean waiting time."""
    scenario, key = one_desk(), replicate_key(11, replicate)
    arrivals = [poisson(uniform(stream(key, ARRIVALS, week), 0), rate) for week in range(1, WARM_UP + n_weeks + 1)]
    world = empty_world(key, sum(arrivals))
    agencies = Agencies(scenario, Calendar(scenario))
    flows = np.zeros(len(world.groups), dtype=flow_dtype())
    group, week = 0, 0
    while week < len(arrivals) or any(station.queue for station in agencies.stations):
        week += 1
        for _ in range(arrivals[week - 1] if week <= len(arrivals) else 0):
            agencies.submit(group, 0, None)
            group += 1
        agencies.step(Context(world, week, flows, scenario.parameters, agencies))
    weeks = [{entry.state: entry.week for entry in case.entries} for case in agencies.cases]
    counted = [case["at work"] - case["submitted"] for case in weeks if case["submitted"] > WARM_UP]
    return sum(counted) / (rate * n_weeks)


def sizes(*, full: bool) -> dict[float, tuple[int, int]]:
    """Weeks and replicates for each load; one of them large enough to find a bias of 2 %."""
    if not full:
        return {0.5: (1500, 16), 0.7: (1500, 16)}
    return {0.3: (3000, 60), 0.5: (6000, 1000), 0.7: (3000, 60), 0.8: (3000, 60)}


def run(*, full: bool = True) -> Result:
    """Reach the target at several loads of the station."""
    plan = sizes(full=full)
    mean = float(np.arange(len(service_weeks())) @ service_weeks())
    found = {
        load: np.array([waited(load / mean, n_weeks, replicate) for replicate in range(replicates)])
        for load, (n_weeks, replicates) in plan.items()
    }
    checks = tuple(
        mean_check(
            f"mean weeks of waiting at load {load:g}, {plan[load][0]} weeks, R = {plan[load][1]}",
            sample,
            waiting_weeks(load / mean),
        )
        for load, sample in found.items()
    )
    curve = np.linspace(0.02, 0.86, 80)
    error = [2.0 * sample.std(ddof=1) / np.sqrt(len(sample)) for sample in found.values()]
    waits = [sample.mean() for sample in found.values()]
    plot = Plot(
        "load of the station",
        "mean weeks of waiting",
        (
            series("Pollaczek-Khinchine", Mark.FORMULA, curve, [waiting_weeks(load / mean) for load in curve]),
            series("engine", Mark.SIMULATED, list(found), waits, error),
        ),
    )
    return Result(
        11,
        "queue",
        "An agency with one station",
        "Pollaczek 1930; Khinchine 1932",
        "one service with one station, every case accepted; groups hand in their papers in Poisson numbers a week",
        checks,
        plot,
        f"The first {WARM_UP} weeks are not counted; who came before the end is waited for.",
    )

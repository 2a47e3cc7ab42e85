"""Communities of any size out of a scenario of the library, and weeks of the engine: the one place that calls it."""

from dataclasses import replace

from getok.simulation.engine import Simulation, run_span
from getok.simulation.scenario.load import load_scenario
from getok.simulation.week.arrays import no_log, scratch_for, weeks_for

RW_A_GROUP = 1560 / 500
"""Neighbourhoods for each group in the city."""

HOUSEHOLDS_RW = 430
INSTITUTION_POOL = 60


def sized(n_rw, n_groups=None, scenario="implemented_2019", **parameters):
    """Return a scenario with this many neighbourhoods of 430 households, groups as dense as in the city.

    Parameters
    ----------
    n_rw : int
        Neighbourhoods.
    n_groups : int, optional
        Groups.
    parameters : float
        Other values of the scenario's parameters.
    """
    found = load_scenario(scenario).scenario
    values = {
        "n_households_rw": HOUSEHOLDS_RW,
        "n_households_outside": 0,
        "n_institution_pool": INSTITUTION_POOL,
        "weak_ties_within": 3.0,
    }
    groups = n_groups if n_groups is not None else max(1, round(n_rw / RW_A_GROUP))
    community = replace(found.community, n_groups=groups, n_rw=n_rw)
    return replace(found, community=community, parameters={**found.parameters, **values, **parameters})


def rw_for(households):
    """Neighbourhoods that give about this many households and people of institutions together."""
    return max(1, round(households / (HOUSEHOLDS_RW + INSTITUTION_POOL / RW_A_GROUP)))


def lived(scenario, weeks, seed=1, replicate=0):
    """Return the world of a scenario after some weeks, its programme and agencies at work."""
    simulation = Simulation(scenario, seed, replicate)
    simulation.advance(weeks)
    return simulation.world


def ready(world, most_weeks):
    """Set up what a run sets up once; return what lets the world live on without its programme and agencies."""
    weeks, scratch, first = weeks_for(world, most_weeks), scratch_for(world), world.week + 1

    def live_on(n_weeks):
        run_span(world, weeks, scratch, no_log(), world.week + n_weeks, first)
        return weeks

    return live_on


def live(world, n_weeks):
    """Let a world live some weeks without its programme and agencies; return the weekly tables."""
    return ready(world, n_weeks)(n_weeks)

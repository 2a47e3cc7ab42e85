"""The diffusion in one replicate of a run, week by week.

Tables of a run tell buyers at a few weeks only. A replicate is a function of scenario, seed and number, so it is lived
again, and checked against what the run stored.
"""

from __future__ import annotations

import numpy as np

from getok.analysis.measures.diffusion import Diffusion, network
from getok.analysis.read import Run
from getok.replaying import assert_as_stored
from getok.simulation.engine import Simulation
from getok.simulation.names import CATEGORY_NAMES, STAGE_NAMES, ZONE_NAMES
from getok.simulation.state import NEVER, World


def diffusion_of(run: Run, scenario: str, replicate: int, stage: str) -> Diffusion:
    """First weeks of all buyers in a stage, and their social ties with the value of trust at the start.

    Period 1 is the state before the burn-in (who starts in the stage or beyond it); each week after it is one period.

    Raises
    ------
    StoreError
        If the replicate, lived again, is not what the run stored.
    """
    played = run.scenario(scenario)
    simulation = Simulation(played, run.seed, replicate)
    simulation.advance(played.horizon_weeks)
    assert_as_stored(run, scenario, replicate, simulation)
    return diffusion_in(simulation.world, STAGE_NAMES.index(stage), played.burn_in_weeks)


def diffusion_in(world: World, stage: int, burn_in_weeks: int) -> Diffusion:
    """Diffusion of a stage in a world as it is now."""
    buyers, entry = world.buyers, world.buyer_entry[:, stage].astype(np.float64)
    n, n_periods = len(buyers), world.week + burn_in_weeks + 1
    time = np.where(entry == NEVER, np.nan, entry + burn_in_weeks + 1)
    looks = np.repeat(np.arange(n), np.diff(world.tie_start))
    trust = np.maximum(world.tie_trust_prior.astype(np.float64), 1.0)
    ties = network(n, looks, world.tie_to, trust / trust.max() if trust.size else None)
    attributes = {
        "zone": np.array(ZONE_NAMES)[buyers["zone"]],
        "block": buyers["block"].copy(),
        "group": np.where(buyers["group"] >= 0, buyers["group"], buyers["catchment"]),
        "member": (buyers["member_of"] >= 0).astype(np.int64),
        "category": np.array(CATEGORY_NAMES)[buyers["category"]],
    }
    ids = tuple(f"buyer {i}" for i in range(n))
    return Diffusion(ids, time, np.full(n, n_periods, dtype=np.int64), n_periods, ties, attributes)

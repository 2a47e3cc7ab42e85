"""Worlds whose parameters reduce the engine to a known process, and the one place where the engine is called.

A world here has one group with one member, whose household stands apart without ties and comes last; an online account
that is open and, where somebody may buy, packs for everybody. What a target does not ask for is switched off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from getok.simulation.community.parameters_record import parameters_record
from getok.simulation.draws import replicate_key
from getok.simulation.scenario.parameters import PARAMETERS
from getok.simulation.state import (
    BUYER,
    GROUP,
    MAX_SHELF_LIFE,
    MEMBER,
    N_STAGES,
    N_ZONES,
    NEVER,
    OUTLET,
    PIPELINE_WEEKS,
    TRUST_ONE,
    Outlets,
    Records,
    Stage,
    World,
)
from getok.simulation.week.arrays import arrays_of, no_log, scratch_for, weeks_for
from getok.simulation.week.schedule import run_weeks
from verification.graphs import Graph

HALF = TRUST_ONE // 2
"""Trust of one half: the hazard of a word along such a tie is the plain one."""

SEED = 2019

QUIET = {
    "word_adopter_probability": 0.0,
    "word_aware_probability": 0.0,
    "shelf_probability": 0.0,
    "online_reach_probability": 0.0,
    "persuasion_probability": 0.0,
    "influence_weight": 0.0,
    "buyer_legality_weight": 0.0,
    "buyer_quality_weight": 0.0,
    "trial_probability": 0.0,
    "confirm_probability": 0.0,
    "lapse_probability": 0.0,
    "reject_probability": 0.0,
    "reconsider_probability": 0.0,
    "reconsider_convinced_probability": 0.0,
    "react_probability": 0.0,
    "good_base_probability": 1.0,
    "good_quality_weight": 0.0,
    "discontinue_probability": 0.0,
    "discontinue_confirmed_share": 1.0,
    "buy_online_probability": 0.0,
    "implementing_share": 1.0,
    "packs_mean": 1.0,
    "trust_gain_rate": 0.0,
    "trust_loss_rate": 0.0,
    "word_trust_gain_rate": 0.0,
    "word_trust_loss_rate": 0.0,
    "bad_word_probability": 0.0,
    "trust_drift_rate": 0.0,
    "door_visit_rate": 0.0,
    "self_effort_rate": 0.0,
    # Packs for everybody: the plan is fixed, capacity and cash have no end, a pack costs one rupiah.
    "plan_margin": 1.0,
    "forecast_smoothing": 0.0,
    "shelf_life_weeks": float(MAX_SHELF_LIFE),
    "capacity_member_packs": 1e8,
    "price_rupiah": 1.0,
    "handling_rupiah": 0.0,
    "online_fee_share": 0.0,
}
"""Every process off, and packs for whoever asks."""

BUYING = {"trial_probability": 1.0, "buy_online_probability": 1.0, "implementing_share": 1.0}
"""Whoever decides tries in the same week, and buys in every week after it."""


@dataclass(frozen=True, slots=True)
class People:
    """What buyers are like at the start; a single value holds for all.

    Attributes
    ----------
    stage : array_like
        :class:`~simulation.state.Stage` of each.
    threshold, trust : array_like
        Attitude needed to decide; trust in the group.
    tie_trust : array_like
        Fixed-point trust of the owner of each tie in the neighbour.
    """

    stage: ArrayLike = Stage.UNAWARE
    threshold: ArrayLike = 0.0
    trust: ArrayLike = 0.0
    tie_trust: ArrayLike = HALF


def people_of(graph: Graph, people: People) -> Records:
    """Buyers of a network, and the member's household behind them."""
    n = graph.n
    buyers: Records = np.zeros(n + 1, dtype=BUYER)
    buyers["key"] = np.arange(n + 1)
    for nobody in ("group", "member_of", "source", "source_tie", "met_member", "generation"):
        buyers[nobody] = -1
    buyers["met_week"] = buyers["last_purchase"] = NEVER
    buyers["hop"] = -1
    buyers["online"] = 1
    buyers["stage"][:n], buyers["threshold"][:n] = people.stage, people.threshold
    aware = buyers["stage"] != Stage.UNAWARE
    buyers["group"] = np.where(aware, 0, -1)
    buyers["generation"] = np.where(aware, 1, -1)
    buyers["signal"] = np.where(np.isin(buyers["stage"], (Stage.IMPLEMENTATION, Stage.CONFIRMATION)), 2, aware)
    home = buyers[n : n + 1]
    home["stage"], home["signal"], home["generation"] = Stage.CONFIRMATION, 2, 0
    home["member_of"] = home["group"] = 0
    return buyers


def trust_of(graph: Graph, people: People) -> NDArray[np.float64]:
    """Trust of each buyer in the group; the member's household, which comes last, needs none."""
    trust = np.zeros(graph.n + 1)
    trust[: graph.n] = people.trust
    return trust


def expose(buyers: Records, graph: Graph, trust: NDArray[np.int32]) -> None:
    """Add up everybody's trust in neighbours by what they show."""
    signal, owner, exact = buyers["signal"][graph.to], graph.owner, trust.astype(np.float64)
    for name, counted in (
        ("exposure_all", np.ones(len(trust), dtype=bool)),
        ("exposure_adopters", signal == 2),
        ("exposure_aware", signal == 1),
    ):
        sums = np.bincount(owner[counted], weights=exact[counted], minlength=graph.n)
        buyers[name][: graph.n] = sums.astype(np.int64)


def the_group(n_buyers: int) -> Records:
    """A group that has packs for everybody."""
    group: Records = np.zeros(1, dtype=GROUP)
    group["member_stop"] = group["outlet_stop"] = group["block_stop"] = 1
    group["equipment"] = group["season"] = group["price_rupiah"] = 1
    group["smoothed_demand"] = 2.0 * n_buyers + 100.0
    group["cash_rupiah"] = 10**15
    group["good_probability"] = -1.0
    group["first_sale_week"] = NEVER
    return group


def the_member(household: int) -> Records:
    """The member, who does nothing."""
    member: Records = np.zeros(1, dtype=MEMBER)
    member["buyer"] = household
    return member


def the_account() -> Records:
    """The online account, open from the start."""
    outlet: Records = np.zeros(1, dtype=OUTLET)
    outlet["kind"], outlet["stage"] = Outlets.ONLINE, Stage.CONFIRMATION
    for name in OUTLET.names or ():
        if name.endswith(("_week", "_until")) and name != "cycle_week":
            outlet[name] = NEVER
    return outlet


def entries(stages: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Weeks of first entry: only the stage in which somebody starts counts as entered, before the first week."""
    entry = np.full((len(stages), N_STAGES), NEVER, dtype=np.int16)
    entry[np.arange(len(stages)), stages] = 0
    return entry


def make_world(graph: Graph, people: People, parameters: Mapping[str, float], replicate: int = 0) -> World:
    """A world at week 0.

    Parameters
    ----------
    parameters : mapping
        What differs from :data:`QUIET`; may lie outside the ranges that a scenario file allows.
    replicate : int
        Which luck.
    """
    defaults = {parameter.name: parameter.default for parameter in PARAMETERS}
    unknown = set(parameters) - set(defaults)
    if unknown:
        raise ValueError(f"no such parameters: {sorted(unknown)}")
    buyers = people_of(graph, people)
    trust = np.empty(len(graph.to), dtype=np.int32)
    trust[:] = people.tie_trust
    expose(buyers, graph, trust)
    n = len(buyers)
    confidence = trust_of(graph, people)
    counts = np.zeros((2, N_ZONES, N_STAGES), dtype=np.int32)
    counts[0, 0] = np.bincount(buyers["stage"][:-1], minlength=N_STAGES)
    entered_so_far = counts.copy()
    entered_so_far[:, :, Stage.UNAWARE] = 0  # where everybody begins is not counted
    return World(
        week=0,
        key=replicate_key(SEED, replicate),
        parameters=parameters_record(defaults | QUIET | dict(parameters)),
        buyers=buyers,
        members=the_member(n - 1),
        groups=the_group(n),
        outlets=the_account(),
        buyer_trust=confidence,
        buyer_trust_prior=confidence.copy(),
        buyer_entry=entries(buyers["stage"]),
        member_entry=np.full((1, N_STAGES), NEVER, dtype=np.int16),
        outlet_entry=np.full((1, N_STAGES), NEVER, dtype=np.int16),
        tie_start=np.append(graph.start, graph.start[-1]),
        tie_to=graph.to,
        tie_mirror=graph.mirror,
        tie_trust=trust,
        tie_trust_prior=trust.copy(),
        tie_cooperation=np.zeros(len(trust), dtype=np.uint8),
        tie_since=np.zeros(len(trust), dtype=np.int16),
        patron_start=np.zeros(n + 1, dtype=np.int32),
        patron_outlet=np.empty(0, dtype=np.int32),
        patron_trust=np.empty(0, dtype=np.float32),
        block_start=np.array([0, n], dtype=np.int32),
        block_buyer=np.arange(n, dtype=np.int32),
        stock=np.zeros((1, MAX_SHELF_LIFE), dtype=np.int32),
        shelf=np.zeros((1, MAX_SHELF_LIFE), dtype=np.int32),
        receivable=np.zeros((1, PIPELINE_WEEKS), dtype=np.int64),
        certificates=np.zeros((1, 4), dtype=np.uint8),
        service_trust=np.empty((1, 0)),
        service_cooperation=np.empty((1, 0), dtype=np.uint8),
        payouts=np.zeros((1, 8), dtype=np.int64),
        buyer_stages=counts,
        buyer_entries=entered_so_far,
    )


def live(world: World, n_weeks: int) -> NDArray[np.int64]:
    """Let the engine live some weeks; return buyers in each stage at the end of each, shape (n_weeks, N_STAGES)."""
    first, last = world.week + 1, world.week + n_weeks
    weeks = weeks_for(world, n_weeks)
    run_weeks(arrays_of(world), weeks, no_log(), scratch_for(world), world.key, first, last, first)
    world.week = last
    if weeks.flows["unserved_direct"].any():
        raise ValueError("the group ran out of packs, so the process is not the one that was meant")
    return weeks.buyers[:, 0, 0, :].astype(np.int64)


def live_until_still(world: World, span: int = 20, most: int = 5000) -> int:
    """Let the engine live until a whole span of weeks changes no stage; return the weeks lived."""
    while world.week < most:
        counts = live(world, span)
        if np.all(counts == counts[0]):
            return world.week
    raise ValueError(f"still moving after {most} weeks")


def stages(world: World) -> NDArray[np.uint8]:
    """Stage of every buyer, the member's household apart."""
    return np.asarray(world.buyers["stage"][:-1])


def entered(world: World, stage: Stage) -> NDArray[np.int64]:
    """Week in which every buyer first entered a stage; 0 at the start, a large number if never."""
    week = world.buyer_entry[:-1, stage].astype(np.int64)
    return np.where(week == NEVER, 1_000_000, week)


def curve(weeks: NDArray[np.int64], n_weeks: int, n_copies: int = 1) -> NDArray[np.int64]:
    """Buyers who had entered by the end of each week 0..n_weeks, shape (n_copies, n_weeks + 1)."""
    grid = weeks.reshape(n_copies, -1)
    counts = np.zeros((n_copies, n_weeks + 2), dtype=np.int64)
    copy = np.repeat(np.arange(n_copies), grid.shape[1])
    np.add.at(counts, (copy, np.minimum(grid.ravel(), n_weeks + 1)), 1)
    return np.asarray(np.cumsum(counts, axis=1)[:, : n_weeks + 1])

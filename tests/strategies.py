"""Random worlds for Hypothesis, all in one place.

Hypothesis draws the shape of a world, its extreme parameters and one number; the bulk (trust, stages, stock) comes from
a generator seeded by that number. So worlds are quick to make, and shrink to few agents and plain parameters.
"""

import random
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from getok.simulation.community.parameters_record import parameters_record
from getok.simulation.model.community import Community
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
    CertificateState,
    Cooperation,
    Outlets,
    Source,
    Stage,
    World,
)

BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
DEFAULTS = {parameter.name: parameter.default for parameter in PARAMETERS}
CAN_BE_CERTAIN = [name for name, parameter in BY_NAME.items() if parameter.unit in {"probability", "share"}]
FORWARD = (Stage.UNAWARE, Stage.KNOWLEDGE, Stage.PERSUASION, Stage.DECISION, Stage.IMPLEMENTATION, Stage.CONFIRMATION)
CARRYING = (Stage.IMPLEMENTATION, Stage.CONFIRMATION)
OUTLET_WEEKS = [name for name in OUTLET.names if name.endswith(("_week", "_until")) and name != "cycle_week"]


@dataclass(frozen=True)
class Shape:
    """How large a world is, and how its network looks."""

    n_buyers: int
    n_members: tuple  # for each group
    kinds: tuple  # for each group, the kinds of its outlets
    density: float  # share of pairs that are tied
    week: int  # last week lived


def shapes(min_groups=1, max_groups=3, max_buyers=40, weeks=(-3, 40), kinds=Outlets):
    """Shapes of one to three groups, without ties, with some, and with all."""
    outlets = st.lists(st.sampled_from(kinds), max_size=6).map(tuple)

    def of_groups(n_groups):
        members = st.tuples(*[st.integers(1, 3)] * n_groups)
        outlets_of = st.tuples(*[outlets] * n_groups)
        buyers = st.integers(3 * n_groups + 1, max_buyers)
        density = st.sampled_from((0.15, 0.0, 0.05, 0.3, 1.0))
        return st.builds(Shape, buyers, members, outlets_of, density, st.integers(*weeks))

    return st.integers(min_groups, max_groups).flatmap(of_groups)


@st.composite
def parameter_sets(draw, **fixed):
    """Parameters anywhere in their ranges, some at the ends of a range, some probabilities 0 or 1."""
    luck = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - no secret
    somewhere = draw(st.booleans())
    values = {name: anywhere(parameter, luck) for name, parameter in BY_NAME.items()} if somewhere else dict(DEFAULTS)
    ends = draw(st.dictionaries(st.sampled_from(sorted(BY_NAME)), st.sampled_from(("low", "high")), max_size=8))
    certain = draw(st.dictionaries(st.sampled_from(CAN_BE_CERTAIN), st.sampled_from((0.0, 1.0)), max_size=4))
    values |= {name: getattr(BY_NAME[name], end) for name, end in ends.items()}
    return values | certain | fixed


def anywhere(parameter, luck):
    value = luck.uniform(parameter.low, parameter.high)
    return float(round(value)) if parameter.is_whole else value


@st.composite
def worlds(draw, shape=None, parameters=None):
    """A world between two weeks, in a state that the model could have reached."""
    return build(
        draw(shapes() if shape is None else shape),
        draw(parameter_sets() if parameters is None else parameters),
        draw(st.integers(0, 2**32)),
    )


# Building


def build(shape, parameters, seed):
    """Fill a world of this shape."""
    luck = random.Random(seed)  # noqa: S311 - no secret
    groups, members, outlets = build_groups(shape, parameters, luck)
    buyers, buyer_trust, prior = build_buyers(shape, luck)
    blocks = build_blocks(shape, groups, buyers, luck)
    tie_start, tie_to, tie_mirror = build_ties(shape, buyers["key"], luck)
    n_groups, n_outlets = len(groups), len(outlets)
    trust = np.array([fixed(luck) for _ in tie_to], dtype=np.int32)
    patron_start, patron_outlet = build_patronage(shape, n_outlets, luck)
    world = World(
        week=shape.week,
        key=luck.getrandbits(63),
        parameters=parameters_record(parameters),
        buyers=buyers,
        members=members,
        groups=groups,
        outlets=outlets,
        buyer_trust=buyer_trust,
        buyer_trust_prior=prior,
        buyer_entry=np.full((len(buyers), N_STAGES), NEVER, dtype=np.int16),
        member_entry=np.full((len(members), N_STAGES), NEVER, dtype=np.int16),
        outlet_entry=np.full((n_outlets, N_STAGES), NEVER, dtype=np.int16),
        tie_start=tie_start,
        tie_to=tie_to,
        tie_mirror=tie_mirror,
        tie_trust=trust.copy(),
        tie_trust_prior=trust,
        tie_cooperation=np.zeros(len(tie_to), dtype=np.uint8),
        tie_since=np.zeros(len(tie_to), dtype=np.int16),
        patron_start=patron_start,
        patron_outlet=patron_outlet,
        patron_trust=np.full(len(patron_outlet), 0.5, dtype=np.float32),
        block_start=blocks[0],
        block_buyer=blocks[1],
        stock=np.array([packs(luck, 3) for _ in range(n_groups)], dtype=np.int32).reshape(n_groups, MAX_SHELF_LIFE),
        shelf=np.zeros((n_outlets, MAX_SHELF_LIFE), dtype=np.int32),
        receivable=np.zeros((n_outlets, PIPELINE_WEEKS), dtype=np.int64),
        certificates=np.array([[luck.choice((0, 1, 2, 2)) for _ in range(4)] for _ in groups], dtype=np.uint8),
        service_trust=np.full((n_groups, 1), 0.5),
        service_cooperation=np.zeros((n_groups, 1), dtype=np.uint8),
        payouts=np.array([[luck.randrange(200_000) for _ in range(8)] for _ in groups], dtype=np.int64),
        buyer_stages=np.zeros((n_groups + 1, N_ZONES, N_STAGES), dtype=np.int32),
        buyer_entries=np.zeros((n_groups + 1, N_ZONES, N_STAGES), dtype=np.int32),
    )
    let_members_live_somewhere(world, luck)
    let_members_adopt(world, luck)
    let_owners_adopt(world, luck)
    let_buyers_adopt(world, luck)
    fill_counters(world)
    return world


def number(luck, low=0.0, high=1.0):
    """A number between two bounds, often one of them."""
    return luck.choice((low, high)) if luck.random() < 0.15 else luck.uniform(low, high)


def fixed(luck):
    return round(number(luck) * TRUST_ONE)


def packs(luck, most):
    return [luck.randint(0, most) if luck.random() < 0.4 else 0 for _ in range(MAX_SHELF_LIFE)]


def build_groups(shape, parameters, luck):
    n_groups = len(shape.kinds)
    groups, members = np.zeros(n_groups, GROUP), np.zeros(sum(shape.n_members), MEMBER)
    outlets = np.zeros(sum(map(len, shape.kinds)), OUTLET)
    groups["key"] = np.arange(n_groups)
    groups["member_stop"] = np.cumsum(shape.n_members)
    groups["outlet_stop"] = np.cumsum([len(kinds) for kinds in shape.kinds])
    groups["member_start"][1:], groups["outlet_start"][1:] = groups["member_stop"][:-1], groups["outlet_stop"][:-1]
    for g, group in enumerate(groups):
        members["group"][group["member_start"] : group["member_stop"]] = g
        mine = outlets[group["outlet_start"] : group["outlet_stop"]]
        mine["group"], mine["kind"], mine["key"] = g, shape.kinds[g], 1000 * g + np.arange(len(mine))
        give_means(group, parameters, luck)
    return groups, members, outlets


def give_means(group, parameters, luck):
    for name, low, high in (("quality", 0.0, 1.0), ("packaging", 0.0, 1.0), ("equipment", 1.0, 6.0)):
        group[name] = number(luck, low, high)
    group["quality_start"], group["packaging_start"] = parameters["quality_start"], parameters["packaging_start"]
    group["legality"], group["smoothed_demand"] = number(luck), luck.uniform(0.0, 30.0)
    group["cash_rupiah"] = luck.choice((0, luck.randrange(2_000_000)))
    group["carry_rupiah"] = luck.choice((0, luck.randrange(-300_000, 300_000)))
    group["debt_rupiah"] = luck.choice((0, luck.randrange(1_000_000)))
    group["repayment_rupiah"] = luck.choice((0, luck.randrange(50_000)))
    group["price_rupiah"] = parameters["price_rupiah"]
    group["season"], group["good_probability"] = luck.choice((1.0, 1.0, 0.5, 2.0)), luck.choice((-1.0, -1.0, 0.25, 0.0))
    group["income_baseline"] = luck.choice((0.0, luck.uniform(0.0, 200_000.0)))
    group["direct_demand"], group["first_sale_week"] = luck.randrange(20), NEVER
    for name in ("selection_made", "session_mapping", "session_selection", "tasks_done", "facilitated"):
        group[name] = luck.randrange(2)


def build_buyers(shape, luck):
    """Unaware people with keys that are not their places, their trust, and where it drifts to."""
    n, n_groups = shape.n_buyers, len(shape.kinds)
    trust, prior = np.zeros(n), np.zeros(n)
    buyers = np.zeros(n, BUYER)
    buyers["key"] = luck.sample(range(10 * n), n)
    for name in ("group", "member_of", "source", "source_tie", "met_member", "generation"):
        buyers[name] = -1
    buyers["met_week"] = buyers["last_purchase"] = NEVER
    for i, buyer in enumerate(buyers):
        buyer["threshold"] = number(luck, 0.01, 1.2)
        trust[i], prior[i] = number(luck), number(luck)
        buyer["catchment"] = luck.randrange(-1, n_groups)
        buyer["zone"], buyer["category"], buyer["online"] = luck.randrange(3), luck.randrange(5), luck.randrange(2)
        buyer["hop"] = luck.randrange(-1, 5)
    return buyers, trust, prior


def build_blocks(shape, groups, buyers, luck):
    """Two blocks for each RW of a group and one for everybody else; some may be empty."""
    n_blocks = 2 * len(groups) + 1
    buyers["block"] = [luck.randrange(n_blocks) for _ in buyers]
    groups["block_start"] = 2 * np.arange(len(groups))
    groups["block_stop"] = groups["block_start"] + 2
    people = [i for block in range(n_blocks) for i in range(len(buyers)) if buyers["block"][i] == block]
    start = np.searchsorted(np.sort(buyers["block"]), np.arange(n_blocks + 1))
    return start.astype(np.int32), np.array(people, dtype=np.int32)


def build_ties(shape, keys, luck):
    """Symmetric ties, those of a buyer in the order of the neighbours' keys."""
    n = shape.n_buyers
    tied = [[False] * n for _ in range(n)]
    for i in range(n):
        for j in range(i):
            tied[i][j] = tied[j][i] = luck.random() < shape.density
    neighbours = [sorted((j for j in range(n) if tied[i][j]), key=lambda j: keys[j]) for i in range(n)]
    place = {pair: e for e, pair in enumerate((i, j) for i in range(n) for j in neighbours[i])}
    start = np.concatenate([[0], np.cumsum([len(some) for some in neighbours])])
    to = np.array([j for some in neighbours for j in some], dtype=np.int32)
    mirror = np.array([place[j, i] for i, j in place], dtype=np.int32)
    return start.astype(np.int64), to, mirror


def build_patronage(shape, n_outlets, luck):
    used = [luck.sample(range(n_outlets), luck.randint(0, min(3, n_outlets))) for _ in range(shape.n_buyers)]
    start = np.concatenate([[0], np.cumsum([len(some) for some in used])])
    return start.astype(np.int32), np.array([o for some in used for o in some], dtype=np.int32)


# Lives so far


def has_been(entry, stages, week, luck):
    """Enter stages in order, in weeks up to the present one."""
    weeks = sorted(luck.randint(week - 30, week) for _ in stages)
    for stage, when in zip(stages, weeks, strict=True):
        entry[stage] = when


def way_to(stage, luck):
    """Stages on the way to a stage."""
    if stage == Stage.REJECTED:
        return [*FORWARD[:3], stage]
    if stage == Stage.DISCONTINUED:
        return [*FORWARD[: luck.choice((5, 6))], stage]
    return list(FORWARD[: stage + 1])


def let_members_live_somewhere(world, luck):
    """Members' households know and praise the product from the start."""
    homes = luck.sample(range(len(world.buyers)), len(world.members))
    for member, home in zip(world.members, homes, strict=True):
        buyer = world.buyers[home]
        member["buyer"], member["key"], member["skill"] = home, buyer["key"], 0.5
        buyer["member_of"] = buyer["group"] = member["group"]
        buyer["stage"], buyer["signal"], buyer["generation"] = Stage.CONFIRMATION, 2, 0
        has_been(world.buyer_entry[home], FORWARD, world.week, luck)


def let_members_adopt(world, luck):
    for m, member in enumerate(world.members):
        member["stage"] = luck.choice((*FORWARD, Stage.DISCONTINUED))
        member["attended_selection"] = luck.randrange(2)
        has_been(world.member_entry[m], way_to(member["stage"], luck), world.week, luck)


def let_owners_adopt(world, luck):
    for o, outlet in enumerate(world.outlets):
        for name in OUTLET_WEEKS:
            outlet[name] = NEVER
        exits = {Outlets.ONLINE: (), Outlets.SUPERMARKET: (Stage.DISCONTINUED,)}
        outlet["stage"] = luck.choice((*FORWARD, *exits.get(outlet["kind"], (Stage.REJECTED, Stage.DISCONTINUED))))
        has_been(world.outlet_entry[o], way_to(outlet["stage"], luck), world.week, luck)
        outlet["threshold"] = luck.uniform(0.2, 0.8)
        outlet["trust"], outlet["trust_start"] = number(luck), number(luck)
        outlet["cooperation"] = luck.randrange(4)
        outlet["cooperation_goal"] = luck.randint(int(outlet["cooperation"]), 3)
        outlet["selected"], outlet["standing_offer"] = luck.randrange(2), luck.randrange(2)
        outlet["n_meetings"] = outlet["standing_offer"] * luck.randint(1, 2)
        outlet["gate_weeks"], outlet["n_asking"] = luck.randrange(5), luck.randrange(3)
        outlet["lot"], outlet["failed_deliveries"] = luck.randint(1, 20), luck.randrange(2)
        if outlet["stage"] == Stage.DISCONTINUED:
            outlet["drop_week"] = world.week - luck.randrange(60)
        if luck.random() < 0.1:
            outlet["closed_until"] = world.week + luck.randrange(5)
        if luck.random() < 0.2:
            outlet["hold_until"] = world.week + luck.randrange(5)
        if outlet["stage"] in CARRYING:
            let_outlet_sell(world, o, luck)
        if outlet["kind"] == Outlets.SUPERMARKET:
            world.receivable[o] = [luck.choice((0, 0, luck.randrange(100_000))) for _ in range(PIPELINE_WEEKS)]


def let_outlet_sell(world, o, luck):
    outlet = world.outlets[o]
    cycle = int(world.parameters["cycle_weeks"][0])
    outlet["cycle_week"] = luck.randrange(cycle)
    outlet["cycles_done"], outlet["cycles_empty"] = luck.randrange(8), luck.randrange(3)
    if outlet["kind"] != Outlets.ONLINE:
        world.shelf[o] = packs(luck, 2)
        outlet["sold"] = luck.randrange(6)
        outlet["sold_rupiah"] = outlet["sold"] * world.groups["price_rupiah"][outlet["group"]]
        outlet["delivered"] = luck.choice((0, world.shelf[o].sum() + outlet["sold"]))


def let_buyers_adopt(world, luck):
    for i, buyer in enumerate(world.buyers):
        if buyer["member_of"] >= 0:
            continue
        stage = Stage.UNAWARE if luck.random() < 0.4 else luck.choice(tuple(Stage)[1:])
        has_been(world.buyer_entry[i], way_to(stage, luck), world.week, luck)
        if stage == Stage.UNAWARE:
            continue
        buyer["stage"], buyer["generation"] = stage, luck.randrange(1, 6)
        buyer["group"] = luck.randrange(len(world.groups))
        buyer["signal"] = 2 if stage in CARRYING else 1
        first, stop = world.tie_start[i : i + 2].tolist()
        if stop > first and luck.random() < 0.6:
            tie = luck.randrange(first, stop)
            buyer["source_tie"], buyer["source"], buyer["source_kind"] = tie, world.tie_to[tie], Source.BUYER
            world.tie_trust[tie] = fixed(luck)
        if Stage.IMPLEMENTATION in way_to(stage, luck):
            buyer["last_purchase"] = world.week - luck.randrange(12)


def fill_counters(world):
    """Make everything that the engine keeps up to date agree with a count."""
    world.outlets["n_regulars"] = np.bincount(world.patron_outlet, minlength=len(world.outlets))
    counted = Community(world, 1).world
    for name in ("exposure_adopters", "exposure_aware", "exposure_all"):
        world.buyers[name] = counted.buyers[name]
    world.buyer_stages[:] = counted.buyer_stages
    world.buyer_entries[:] = counted.buyer_entries
    world.outlets["n_regular_adopters"] = counted.outlets["n_regular_adopters"]


# What institutions do between two spans


def disturb(world, seed):
    """Change what processes 1 to 3 may change: sessions, meetings, papers, money, shocks."""
    luck = random.Random(seed)  # noqa: S311 - no secret
    for g, group in enumerate(world.groups):
        for name in ("session_mapping", "session_selection", "tasks_done", "facilitated", "selection_made"):
            group[name] = luck.choice((group[name], luck.randrange(2)))
        group["good_probability"] = luck.choice((-1.0, -1.0, 0.25))
        group["season"] = luck.choice((1.0, 1.0, 0.3, 3.0))
        group["legality"] = luck.choice((group["legality"], number(luck)))
        group["packaging"] = luck.choice((group["packaging"], 1.0))
        group["price_rupiah"] = luck.choice((group["price_rupiah"], 0, luck.randrange(2_000, 12_000)))
        group["cash_rupiah"] += luck.choice((0, 5_000_000))
        group["equipment"] += luck.choice((0.0, 0.6))
        world.certificates[g, luck.randrange(4)] = luck.choice(tuple(CertificateState))
    for outlet in world.outlets:
        what = luck.randrange(8)
        if what == 0:
            outlet["closed_until"] = world.week + luck.randint(1, 4)
        elif what == 1:
            outlet["selected"] = 1
        elif what in {2, 3}:
            outlet["n_meetings"] += 1
            outlet["standing_offer"], outlet["meeting_week"] = 1, world.week
            outlet["cooperation_goal"] = max(outlet["cooperation_goal"], Cooperation.VERBAL)
        elif what == 4:
            outlet["cooperation_goal"], outlet["hold_until"] = Cooperation.MOU, NEVER
            outlet["mou_week"] = world.week
    if luck.random() < 0.2:
        world.buyer_trust *= np.where((world.buyers["group"] >= 0) & (world.buyers["member_of"] < 0), 0.7, 1.0)

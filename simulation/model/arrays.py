"""Between agents and arrays: agents are settled out of a world's arrays, and what they are is written back there.

A community is generated as arrays, institutions and tables read arrays, and the engine is compared in arrays.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from getok.simulation.model.buyers import CHANNELS
from getok.simulation.state import N_STAGES, N_ZONES, NEVER, Outlets, Records, Stage, World

if TYPE_CHECKING:
    from getok.simulation.model.community import Community

FIXED = {
    "buyers": {"group", "catchment", "member_of", "source_tie", "met_member"},
    "members": {"group", "buyer"},
    "outlets": {"group"},
    "groups": set[str](),
}
"""Fields that say who belongs to whom: attributes of these names, where there are any, are agents."""

COUNTED = {"exposure_adopters", "exposure_aware", "exposure_all", "n_regular_adopters"}
"""Fields that the engine keeps up to date, and that are counted here."""

SEEN = {"stage", "last_purchase", "group"}
"""What institutions and the weekly table look at of buyers, besides their trust."""


def states(records: Records) -> list[dict[str, Any]]:
    """Fields of every record as plain numbers, and its index."""
    names = records.dtype.names or ()
    columns = [records[name].tolist() for name in names]
    return [{"index": i, **dict(zip(names, row, strict=True))} for i, row in enumerate(zip(*columns, strict=True))]


def one_of(agents: list[Any], index: int) -> Any:  # noqa: ANN401 - whoever they are
    """Return an agent by its index; nobody for -1."""
    return agents[index] if index >= 0 else None


def index_of(agent: Any) -> int:  # noqa: ANN401 - whoever it is
    """Index of an agent; -1 for nobody."""
    return -1 if agent is None else int(agent.index)


# From arrays to agents


def settle(model: Community, world: World) -> None:
    """Fill a model with the agents of a world, tied to each other as they are there."""
    model.buyers = [model.buyer_class(model, **state) for state in states(world.buyers)]
    model.members = [model.member_class(model, **state) for state in states(world.members)]
    model.groups = [model.group_class(model, **state) for state in states(world.groups)]
    model.shop_owners = [model.shop_owner_class(model, **state) for state in states(world.outlets)]
    people = world.block_buyer.tolist()
    starts = world.block_start.tolist()
    model.blocks = [[model.buyers[i] for i in people[first:stop]] for first, stop in pairwise(starts)]
    _settle_groups(model, world)
    _settle_owners(model, world)
    _settle_members(model, world)
    _settle_buyers(model, world)
    model.customers = [buyer for buyer in model.buyers if buyer.member_of is None]


def _settle_groups(model: Community, world: World) -> None:
    for group, record in zip(model.groups, world.groups, strict=True):
        group.members = model.members[record["member_start"] : record["member_stop"]]
        group.outlets = model.shop_owners[record["outlet_start"] : record["outlet_stop"]]
        group.blocks = model.blocks[record["block_start"] : record["block_stop"]]
        group.stock = world.stock[group.index].tolist()
        group.certificates = world.certificates[group.index].tolist()
        group.payouts = world.payouts[group.index].tolist()
        group.account = None


def _settle_owners(model: Community, world: World) -> None:
    for owner, record in zip(model.shop_owners, world.outlets, strict=True):
        owner.group = model.groups[record["group"]]
        owner.stage = Stage(owner.stage)
        owner.entry = world.outlet_entry[owner.index]
        owner.shelf = world.shelf[owner.index].tolist()
        owner.receivable = world.receivable[owner.index].tolist()
        owner.on_display = False


def _settle_members(model: Community, world: World) -> None:
    for member, record in zip(model.members, world.members, strict=True):
        member.group = model.groups[record["group"]]
        member.household = model.buyers[record["buyer"]]
        member.stage = Stage(member.stage)
        member.entry = world.member_entry[member.index]


def _settle_buyers(model: Community, world: World) -> None:
    starts, to = world.tie_start.tolist(), world.tie_to.tolist()
    trust, prior = world.tie_trust.tolist(), world.tie_trust_prior.tolist()
    model.ties = [
        model.tie_class(e, model.buyers[who], *trusts)
        for e, (who, *trusts) in enumerate(zip(to, trust, prior, strict=True))
    ]
    patron, outlets = world.patron_start.tolist(), world.patron_outlet.tolist()
    links = {name: world.buyers[name].tolist() for name in FIXED["buyers"]}
    for i, buyer in enumerate(model.buyers):
        buyer.trust, buyer.trust_prior = float(world.buyer_trust[i]), float(world.buyer_trust_prior[i])
        buyer.stage = Stage(buyer.stage)
        buyer.entry = world.buyer_entry[i]
        for name in ("group", "catchment", "member_of"):
            setattr(buyer, name, one_of(model.groups, links[name][i]))
        buyer.met_member = one_of(model.members, links["met_member"][i])
        buyer.source_tie = one_of(model.ties, links["source_tie"][i])
        buyer.ties = model.ties[starts[i] : starts[i + 1]]
        buyer.patronised = [model.shop_owners[o] for o in outlets[patron[i] : patron[i + 1]]]
        shops = [outlet for outlet in buyer.patronised if outlet.kind != Outlets.ONLINE]
        buyer.shops = sorted(shops, key=lambda outlet: CHANNELS[Outlets(outlet.kind)])


# From agents to arrays


def write_few(model: Community, world: World) -> None:
    """Write members, groups and outlets, all of them."""
    for kind, agents in (("members", model.members), ("groups", model.groups), ("outlets", model.shop_owners)):
        records = getattr(world, kind)
        for name in records.dtype.names:
            if name not in FIXED[kind] and name not in COUNTED:
                records[name] = [getattr(agent, name) for agent in agents]
    for group in model.groups:
        for name in ("stock", "certificates", "payouts"):
            getattr(world, name)[group.index] = getattr(group, name)
    for owner in model.shop_owners:
        for name in ("shelf", "receivable"):
            getattr(world, name)[owner.index] = getattr(owner, name)


def write_seen(model: Community, world: World) -> None:
    """Write what institutions and the weekly table look at of buyers."""
    buyers = world.buyers
    buyers["stage"] = [buyer.stage for buyer in model.buyers]
    buyers["last_purchase"] = [buyer.last_purchase for buyer in model.buyers]
    buyers["group"] = [-1 if buyer.group is None else buyer.group.index for buyer in model.buyers]
    world.buyer_trust[:] = [buyer.trust for buyer in model.buyers]


def write_all(model: Community, world: World) -> None:
    """Write everything, and count what the engine keeps up to date."""
    write_few(model, world)
    write_seen(model, world)
    for name in set(world.buyers.dtype.names or ()) - COUNTED - SEEN:
        values: Iterable[Any] = [getattr(buyer, name) for buyer in model.buyers]
        world.buyers[name] = [index_of(one) for one in values] if name in FIXED["buyers"] else values
    world.tie_trust[:] = [tie.trust for tie in model.ties]
    if model.buyers:
        exposures = np.array([buyer.exposures() for buyer in model.buyers])
        for place, name in enumerate(("exposure_adopters", "exposure_aware", "exposure_all")):
            world.buyers[name] = exposures[:, place]
    world.outlets["n_regular_adopters"] = regular_adopters(model)
    world.buyer_stages[:] = count_stages(model, world)
    world.buyer_entries[:] = count_entries(model, world)


def read_institutions(model: Community, world: World) -> None:
    """Take over what institutions changed: of groups, outlets and members, papers, and trust."""
    for kind, agents in (("groups", model.groups), ("outlets", model.shop_owners)):
        records = getattr(world, kind)
        for name in set(records.dtype.names) - FIXED[kind] - COUNTED - {"stage"}:
            for agent, value in zip(agents, records[name].tolist(), strict=True):
                setattr(agent, name, value)
    for group, papers in zip(model.groups, world.certificates.tolist(), strict=True):
        group.certificates = papers
        group.visible_gain = group.quality_gain()
    for buyer, trust in zip(model.buyers, world.buyer_trust.tolist(), strict=True):
        buyer.trust = trust


# What is counted


def regular_adopters(model: Community) -> list[int]:
    """For every outlet, regulars who use the product of its group."""
    counts = [0] * len(model.shop_owners)
    for buyer in model.customers:
        if buyer.uses:
            for outlet in buyer.patronised:
                counts[outlet.index] += outlet.group is buyer.group
    return counts


def places(model: Community, world: World) -> Any:  # noqa: ANN401 - an array of places
    """Row of the tables that counts each buyer (its group, else its catchment, else elsewhere), and who is counted."""
    buyers = world.buyers
    place = np.where(buyers["group"] >= 0, buyers["group"], buyers["catchment"])
    return np.where(place >= 0, place, len(model.groups)), buyers["member_of"] < 0


def count_stages(model: Community, world: World) -> Any:  # noqa: ANN401 - an array
    """Buyers by place, zone and stage, shape (n_groups + 1, N_ZONES, N_STAGES)."""
    place, counted = places(model, world)
    found = np.zeros((len(model.groups) + 1, N_ZONES, N_STAGES), dtype=np.int32)
    np.add.at(found, (place[counted], world.buyers["zone"][counted], world.buyers["stage"][counted]), 1)
    return found


def count_entries(model: Community, world: World) -> Any:  # noqa: ANN401 - an array
    """First entries by place, zone and stage; everybody starts unaware, so that stage is not counted."""
    place, counted = places(model, world)
    found = np.zeros((len(model.groups) + 1, N_ZONES, N_STAGES), dtype=np.int32)
    entered = (world.buyer_entry[counted] != NEVER).astype(np.int32)
    entered[:, Stage.UNAWARE] = 0
    np.add.at(found, (place[counted], world.buyers["zone"][counted]), entered)
    return found

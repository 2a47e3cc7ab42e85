"""The world as plain objects that point at each other (model.md section 2), and how to get there from arrays."""

from itertools import pairwise

from getok.simulation.record.tables import flow_dtype
from getok.simulation.state import NEVER, TRUST_ONE, Stage


class Record:
    """An object with the fields of a record of the world's arrays as attributes."""

    def __init__(self, record, index=0):
        self.index = index
        for name in record.dtype.names:
            setattr(self, name, record[name].item())


class Buyer(Record):
    """A household or a person, with `trust`, `trust_prior`, `entry`, `ties`, `patronised`; no `exposure_*` is read."""


class Member(Record):
    """A member of a group; `home` is her household."""


class Group(Record):
    """A group, with `members`, `outlets`, `stock` by age, `certificates`, `payouts` and the `blocks` of its RW."""


class Outlet(Record):
    """An outlet and its owner, with `shelf` by age and `receivable` by week of payment."""


class Tie:
    """What one buyer thinks of one neighbour: trust in units of 2**-24."""

    def __init__(self, index, to, trust, prior):
        self.index, self.to, self.trust, self.prior = index, to, trust, prior


class World:
    def __init__(self, world):
        self.week = world.week
        self.key = world.key
        self.parameters = Record(world.parameters[0])
        self.buyers = [Buyer(record, i) for i, record in enumerate(world.buyers)]
        self.members = [Member(record, i) for i, record in enumerate(world.members)]
        self.groups = [Group(record, i) for i, record in enumerate(world.groups)]
        self.outlets = [Outlet(record, i) for i, record in enumerate(world.outlets)]
        self.ties = []
        self.blocks = []


def from_world(world):
    """Copy the arrays of a world into objects; nothing is shared."""
    reference = World(world)
    copy_groups(reference, world)
    copy_outlets(reference, world)
    copy_members(reference, world)
    copy_buyers(reference, world)
    return reference


def one_of(agents, index):
    return agents[index] if index >= 0 else None


def copy_groups(reference, world):
    starts = world.block_start.tolist()
    people = world.block_buyer.tolist()
    for first, stop in pairwise(starts):
        reference.blocks.append([reference.buyers[i] for i in people[first:stop]])
    for group in reference.groups:
        group.members = reference.members[group.member_start : group.member_stop]
        group.outlets = reference.outlets[group.outlet_start : group.outlet_stop]
        group.blocks = reference.blocks[group.block_start : group.block_stop]
        group.stock = world.stock[group.index].tolist()
        group.certificates = world.certificates[group.index].tolist()
        group.payouts = world.payouts[group.index].tolist()


def copy_outlets(reference, world):
    for outlet in reference.outlets:
        outlet.group = reference.groups[outlet.group]
        outlet.entry = world.outlet_entry[outlet.index].tolist()
        outlet.shelf = world.shelf[outlet.index].tolist()
        outlet.receivable = world.receivable[outlet.index].tolist()


def copy_members(reference, world):
    for member in reference.members:
        member.group = reference.groups[member.group]
        member.home = reference.buyers[member.buyer]
        member.entry = world.member_entry[member.index].tolist()


def copy_buyers(reference, world):
    for buyer in reference.buyers:
        i = buyer.index
        buyer.trust, buyer.trust_prior = float(world.buyer_trust[i]), float(world.buyer_trust_prior[i])
        buyer.entry = world.buyer_entry[i].tolist()
        for name in ("group", "catchment", "member_of"):
            setattr(buyer, name, one_of(reference.groups, getattr(buyer, name)))
        buyer.met_member = one_of(reference.members, buyer.met_member)
        buyer.ties = []
        for e in range(int(world.tie_start[i]), int(world.tie_start[i + 1])):
            to = reference.buyers[int(world.tie_to[e])]
            buyer.ties.append(Tie(e, to, int(world.tie_trust[e]), int(world.tie_trust_prior[e])))
        reference.ties += buyer.ties
        first, stop = int(world.patron_start[i]), int(world.patron_start[i + 1])
        buyer.patronised = [reference.outlets[o] for o in world.patron_outlet[first:stop].tolist()]
    for buyer in reference.buyers:
        buyer.source_tie = one_of(reference.ties, buyer.source_tie)


class Flow:
    """What one group did in one week: every column of the weekly table's flows and states."""

    def __init__(self):
        for name in flow_dtype().names:
            setattr(self, name, 0)


class WeeklyRow:
    """One week of the tables: a flow for each group, and counts by stage."""

    def __init__(self, world):
        self.flows = [Flow() for _ in world.groups]
        self.buyers = []  # [group or elsewhere][zone][stage]
        self.buyer_entries = []  # [group or elsewhere][stage]
        self.owners = []  # [group][stage]
        self.owner_entries = []
        self.members = []
        self.member_entries = []
        self.carrying = []  # [outlet]

    def flow(self, group):
        return self.flows[group.index]


class Tables:
    def __init__(self, world):
        self.rows = []
        self.refusals = [[0, 0, 0] for _ in world.outlets]  # [outlet][reason]


def uses(agent):
    """Adopters are in implementation or confirmation."""
    return agent.stage in {Stage.IMPLEMENTATION, Stage.CONFIRMATION}


def enter(agent, stage, week):
    """The one stage machine (7.0): a stage is entered, and the first time is remembered."""
    agent.stage = int(stage)
    if agent.entry[stage] == NEVER:
        agent.entry[stage] = week


def exposures(buyer):
    """Trust in neighbours who use the product, who know but do not use it, and in all neighbours.

    Somebody who deals with a group counts the users and the aware of that group only. Neighbours are seen as they were
    at the end of last week.
    """
    adopters = aware = everybody = 0
    for tie in buyer.ties:
        everybody += tie.trust
        if buyer.group is not None and tie.to.group is not buyer.group:
            continue
        if tie.to.signal == 2:
            adopters += tie.trust
        elif tie.to.signal == 1:
            aware += tie.trust
    return adopters, aware, everybody


def in_halves(exposure):
    """Sum of trust / 0.5."""
    return exposure / (0.5 * TRUST_ONE)

"""From getok's arrays to Mesa's agents, so that both programs start from the same community in the same week."""

from itertools import pairwise

import mesa

from benchmarks.plain_mesa.buyers import Buyer, Home
from benchmarks.plain_mesa.groups import Group
from benchmarks.plain_mesa.members import Member
from benchmarks.plain_mesa.model import PlainModel
from benchmarks.plain_mesa.outlets import Outlet
from getok.simulation.state import NEVER, TRUST_ONE, Stage

ORDINARY_TRUST = 0.5 * TRUST_ONE


def plain_model(world, seed):
    """Return a Mesa model of a world as it stands."""
    record = world.parameters[0]
    model = PlainModel({name: record[name].item() for name in record.dtype.names}, world.week, seed)
    groups = groups_of(model, world)
    people = people_of(model, world, groups)
    model.blocks = [
        [people[i] for i in world.block_buyer[first:stop]] for first, stop in pairwise(world.block_start.tolist())
    ]
    add_members(model, world, groups, people)
    add_outlets(model, world, groups, people)
    return model


def forget(model):
    """Let go of a model: Mesa 3.3 counts agents in a dictionary that would keep every model alive."""
    model.remove_all_agents()
    getattr(mesa.Agent, "_ids", {}).pop(model, None)  # Mesa 3.5 counts in the model itself


def first_weeks(entries):
    """Weeks of first entry by stage."""
    return {stage: week for stage, week in zip(Stage, entries.tolist(), strict=True) if week != NEVER}


def groups_of(model, world):
    """Groups with their stock, papers and payouts."""
    return [
        Group(model, record, world.stock[g].tolist(), world.certificates[g].tolist(), world.payouts[g].tolist())
        for g, record in enumerate(world.groups)
    ]


def person_of(model, world, i):
    """One buyer, or a member's household."""
    record, entered = world.buyers[i], first_weeks(world.buyer_entry[i])
    if record["member_of"] >= 0:
        return Home(model, record, entered)
    return Buyer(model, record, entered, float(world.buyer_trust[i]), float(world.buyer_trust_prior[i]))


def people_of(model, world, groups):
    """Buyers and members' households, with their neighbours."""
    people = [person_of(model, world, i) for i in range(len(world.buyers))]
    start, to = world.tie_start.tolist(), world.tie_to.tolist()
    trust = (world.tie_trust / ORDINARY_TRUST).tolist()
    prior = (world.tie_trust_prior / ORDINARY_TRUST).tolist()
    for i, (person, record) in enumerate(zip(people, world.buyers, strict=True)):
        person.neighbours = {people[to[e]]: trust[e] for e in range(start[i], start[i + 1])}
        person.signal_group = one_of(groups, record["group"] if record["signal"] else -1)
        if isinstance(person, Buyer):
            person.group = one_of(groups, record["group"])
            person.catchment = one_of(groups, record["catchment"])
            tie = int(record["source_tie"])
            if tie >= 0:
                person.heard_from, person.trust_before = people[to[tie]], prior[tie]
    return people


def one_of(agents, index):
    """Return an agent by its place; nobody for -1."""
    return agents[index] if index >= 0 else None


def add_members(model, world, groups, people):
    """Give every group its members."""
    for m, record in enumerate(world.members):
        group = groups[record["group"]]
        member = Member(model, record, first_weeks(world.member_entry[m]), group, people[record["buyer"]])
        group.members.append(member)


def add_outlets(model, world, groups, people):
    """Outlets, and who uses them: each buyer tries shops first, then institutions, then supermarkets."""
    outlets = []
    for o, record in enumerate(world.outlets):
        group = groups[record["group"]]
        entries, shelf, owed = world.outlet_entry[o], world.shelf[o].tolist(), world.receivable[o].tolist()
        outlets.append(Outlet(model, record, first_weeks(entries), group, shelf, owed))
        group.outlets.append(outlets[-1])
    for person, (first, stop) in zip(people, pairwise(world.patron_start.tolist()), strict=True):
        if isinstance(person, Buyer):
            person.outlets = [outlets[o] for o in world.patron_outlet[first:stop].tolist()]
            person.outlets.sort(key=lambda outlet: outlet.kind)
            for outlet in person.outlets:
                outlet.regulars.append(person)

"""Whether the engine's arrays say exactly what the reference says, field by field."""

import math

from reference.books import count_buyers, count_entries, count_regular_adopters
from reference.people import exposures

from getok.simulation.state import BUYER, GROUP, MEMBER, OUTLET


def index_of(thing):
    """A number stays; nobody is -1; anybody else is known by place."""
    if thing is None:
        return -1
    return thing if isinstance(thing, int | float) else thing.index


def same(expected, found):
    if isinstance(expected, list):
        return len(expected) == len(found) and all(map(same, expected, found))
    return expected == found or (isinstance(expected, float) and math.isnan(expected) and math.isnan(found))


def check(where, expected, found):
    """Compare a list with an array, and name the first place where they differ."""
    found = found.tolist()
    assert len(expected) == len(found), f"{where}: {len(expected)} in the reference, {len(found)} in the engine"
    for place, (mine, its) in enumerate(zip(expected, found, strict=True)):
        assert same(mine, its), f"{where}[{place}]: the reference has {mine!r}, the engine {its!r}"


def check_agents(kind, dtype, agents, records):
    for name in dtype.names:
        check(f"{kind}.{name}", [index_of(getattr(agent, name)) for agent in agents], records[name])


def compare_worlds(reference, world, week):
    """Assert that the world of the engine equals the reference after ``week``."""
    for buyer in reference.buyers:
        buyer.exposure_adopters, buyer.exposure_aware, buyer.exposure_all = exposures(buyer)
    for outlet, regulars in zip(reference.outlets, count_regular_adopters(reference), strict=True):
        outlet.n_regular_adopters = regulars
    at = f"after week {week}: "
    check_agents(at + "buyers", BUYER, reference.buyers, world.buyers)
    check(at + "buyer_trust", [buyer.trust for buyer in reference.buyers], world.buyer_trust)
    check(at + "buyer_trust_prior", [buyer.trust_prior for buyer in reference.buyers], world.buyer_trust_prior)
    check_agents(at + "members", MEMBER, reference.members, world.members)
    check_agents(at + "groups", GROUP, reference.groups, world.groups)
    check_agents(at + "outlets", OUTLET, reference.outlets, world.outlets)
    check(at + "buyer_entry", [buyer.entry for buyer in reference.buyers], world.buyer_entry)
    check(at + "member_entry", [member.entry for member in reference.members], world.member_entry)
    check(at + "outlet_entry", [outlet.entry for outlet in reference.outlets], world.outlet_entry)
    check(at + "tie_trust", [tie.trust for tie in reference.ties], world.tie_trust)
    check(at + "stock", [group.stock for group in reference.groups], world.stock)
    check(at + "shelf", [outlet.shelf for outlet in reference.outlets], world.shelf)
    check(at + "receivable", [outlet.receivable for outlet in reference.outlets], world.receivable)
    check(at + "certificates", [group.certificates for group in reference.groups], world.certificates)
    check(at + "payouts", [group.payouts for group in reference.groups], world.payouts)
    check(at + "buyer_stages", count_buyers(reference), world.buyer_stages)
    check(at + "buyer_entries", count_entries(reference), world.buyer_entries)


def compare_tables(tables, weeks, first_week):
    """Assert that the engine's weekly tables equal those of the reference."""
    for place, row in enumerate(tables.rows):
        at = f"week {first_week + place}: "
        for name in weeks.flows.dtype.names:
            check(at + f"flows.{name}", [getattr(flow, name) for flow in row.flows], weeks.flows[place][name])
        for name in ("buyers", "buyer_entries", "owners", "owner_entries", "members", "member_entries", "carrying"):
            check(at + name, getattr(row, name), getattr(weeks, name)[place])
    check("refusals", tables.refusals, weeks.refusals)

"""A generated community has the shape that its parameters promise."""

from dataclasses import replace
from functools import cache

import networkx as nx
import numpy as np
import pytest

from getok.simulation.community.generate import build_world
from getok.simulation.community.people import CATEGORY_SHARES
from getok.simulation.draws import replicate_key
from getok.simulation.errors import ScenarioError
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.resolved import Community
from getok.simulation.state import NEVER, TRUST_ONE, Stage, Zone

CASE = load_scenario("baseline_reflection").scenario


@cache
def world_of(replicate=0, community=Community(), **parameters):  # noqa: B008 - frozen
    scenario = replace(CASE, parameters=CASE.parameters | parameters, community=community)
    return build_world(scenario, replicate_key(1, replicate))


def owners_of(world):
    return np.repeat(np.arange(len(world.buyers)), np.diff(world.tie_start))


def edges(world):
    return set(zip(owners_of(world).tolist(), world.tie_to.tolist(), strict=True))


def graph(world):
    g = nx.Graph()
    g.add_nodes_from(range(len(world.buyers)))
    g.add_edges_from(edges(world))
    return g


def patrons(world, outlet):
    buyer = np.repeat(np.arange(len(world.buyers)), np.diff(world.patron_start))
    return buyer[world.patron_outlet == outlet]


def place(outlet_id):
    return [outlet.id for outlet in CASE.outlets].index(outlet_id)


# Ties


@pytest.mark.parametrize("replicate", range(3))
def test_people_know_about_seven_others(replicate):
    world = world_of(replicate)
    assert len(world.buyers) == 420 + 300 + 150
    assert 7.2 < len(world.tie_to) / len(world.buyers) < 7.6


def test_neighbours_know_one_another():
    """The ring makes friends of friends friends: a random graph with this degree has a clustering of under 0.01."""
    g = graph(world_of())
    n, m = g.number_of_nodes(), g.number_of_edges()
    by_chance = nx.average_clustering(nx.gnm_random_graph(n, m, seed=1))
    assert nx.average_clustering(g) > 0.3 > 20 * by_chance


@pytest.mark.parametrize("community", [Community(), Community(n_groups=3, n_rw=5)])
def test_every_tie_is_seen_from_both_ends(community):
    world = world_of(community=community)
    owner, to, mirror = owners_of(world), world.tie_to, world.tie_mirror
    assert np.array_equal(mirror[mirror], np.arange(len(to)))
    assert np.array_equal(to[mirror], owner)
    assert np.array_equal(owner[mirror], to)
    assert np.all(mirror != np.arange(len(to)))


def test_ties_stand_in_the_order_of_keys_without_doubles():
    world = world_of()
    owner, to = owners_of(world), world.tie_to
    assert np.all(owner != to)
    same_owner = owner[1:] == owner[:-1]
    keys = world.buyers["key"][to]
    assert np.all(keys[1:][same_owner] > keys[:-1][same_owner])


def test_both_directions_of_a_tie_have_trust_of_their_own():
    world = world_of()
    trust = world.tie_trust / TRUST_ONE
    assert np.all((trust > 0.0) & (trust <= 1.0))
    assert np.corrcoef(trust, trust[world.tie_mirror])[0, 1] == pytest.approx(0.0, abs=0.08)
    assert trust.mean() == pytest.approx(0.5, abs=0.01)
    assert trust.std() == pytest.approx(np.sqrt(0.05), abs=0.01)  # Beta(2, 2)


def test_exposure_is_the_sum_of_trust():
    world = world_of()
    owner, trust = owners_of(world), world.tie_trust.astype(np.int64)
    for name, counted in (("exposure_all", True), ("exposure_adopters", world.buyers["signal"][world.tie_to] == 2)):
        total = np.zeros(len(world.buyers), dtype=np.int64)
        np.add.at(total, owner, np.where(counted, trust, 0))
        assert np.array_equal(world.buyers[name], total)


@pytest.mark.parametrize("replicate", range(3))
def test_hop_is_the_shortest_way_to_a_member(replicate):
    world = world_of(replicate)
    homes = set(world.members["buyer"].tolist())
    way = nx.multi_source_dijkstra_path_length(graph(world), homes, weight=None)
    expected = [way.get(i, -1) for i in range(len(world.buyers))]
    assert world.buyers["hop"].tolist() == expected


def test_nobody_within_reach_of_a_member_is_at_hop_minus_one():
    world = world_of(weak_ties_within=0.0, weak_ties_across=0.0, n_member_extra_ties=0)
    hop, block = world.buyers["hop"], world.buyers["block"]
    with_members = np.isin(block, block[world.members["buyer"]])
    assert np.array_equal(hop >= 0, with_members)
    assert (hop < 0).any()


# Members


def test_members_and_officers_are_counted():
    world = world_of()
    homes = world.members["buyer"]
    assert len(set(homes.tolist())) == len(homes) == 10
    assert world.members["officer"].sum() == 3
    assert np.all(world.buyers["zone"][homes] == Zone.RW)
    assert np.array_equal(np.flatnonzero(world.buyers["member_of"] >= 0), np.sort(homes))
    assert np.all(world.buyers["stage"][homes] == Stage.CONFIRMATION)
    assert np.all(np.delete(world.buyers["stage"], homes) == Stage.UNAWARE)
    assert np.all(world.members["stage"] == Stage.UNAWARE)
    assert np.all(world.buyer_entry[homes, : Stage.CONFIRMATION + 1] == -26)
    assert np.all(np.delete(world.buyer_entry, homes, axis=0)[:, 1:] == NEVER)


def test_members_know_more_people():
    world = world_of()
    degree = np.diff(world.tie_start)
    homes = world.members["buyer"]
    assert degree[homes].mean() > np.delete(degree, homes).mean() + 4


# Patronage


def test_each_named_warung_has_its_share_of_the_rw():
    """420 households use 2 of 20 warungs each: 42 a warung on average."""
    counts = [len(patrons(world_of(r), o)) for r in range(12) for o in range(4)]
    assert np.mean(counts) == pytest.approx(420 * 2 / 20, rel=0.06)
    assert min(counts) < np.mean(counts) < max(counts)


def test_institutions_have_their_people():
    world = world_of()
    zone = world.buyers["zone"]
    assert np.array_equal(patrons(world, place("pusdiktek")), np.flatnonzero(zone == Zone.INSTITUTION))
    for outlet, n in (("paud", 40), ("bri", 30)):
        who = patrons(world, place(outlet))
        assert len(set(who.tolist())) == n
        assert np.all(zone[who] == Zone.RW)
    assert len(patrons(world, place("online"))) == 0
    who = patrons(world, place("borma"))
    assert len(who) / (420 + 300) == pytest.approx(0.3, abs=0.05)
    assert np.all(zone[who] != Zone.INSTITUTION)


def test_regulars_are_patrons_without_members():
    world = world_of()
    for o, outlet in enumerate(world.outlets):
        assert outlet["n_regulars"] == np.sum(world.buyers["member_of"][patrons(world, o)] < 0)


def test_nobody_uses_a_shop_twice():
    world = world_of(n_warungs=5, n_shops_per_household=4)
    buyer = np.repeat(np.arange(len(world.buyers)), np.diff(world.patron_start))
    pairs = list(zip(buyer.tolist(), world.patron_outlet.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    shops = np.bincount(buyer[world.patron_outlet < 4], minlength=420)[:420]
    assert set(shops.tolist()) == {3, 4}


# Character


def test_categories_have_rogers_shares_and_thresholds():
    worlds = [world_of(r) for r in range(6)]
    category = np.concatenate([world.buyers["category"] for world in worlds])
    threshold = np.concatenate([world.buyers["threshold"] for world in worlds])
    shares = np.bincount(category, minlength=5) / len(category)
    assert shares == pytest.approx(CATEGORY_SHARES, abs=0.025)
    names = ("innovator", "early_adopter", "early_majority", "late_majority", "laggard")
    means = [threshold[category == c].mean() for c in range(5)]
    assert means == pytest.approx([CASE.parameters[f"threshold_{name}"] for name in names], abs=0.02)
    assert means == sorted(means)


def test_trust_falls_with_distance_from_members():
    worlds = [world_of(r) for r in range(6)]
    buyers = np.concatenate([world.buyers for world in worlds])
    near = (buyers["hop"] == 1) & (buyers["zone"] == Zone.RW)
    far_in_rw = (buyers["hop"] > 1) & (buyers["zone"] == Zone.RW)
    outside = (buyers["hop"] > 1) & (buyers["zone"] != Zone.RW)
    trust = np.concatenate([world.buyer_trust for world in worlds])
    means = [trust[who].mean() for who in (near, far_in_rw, outside)]
    assert means == pytest.approx([0.5, 0.43, 0.35], abs=0.02)
    assert np.array_equal(trust, np.concatenate([world.buyer_trust_prior for world in worlds]))


# Luck


def test_the_same_key_makes_the_same_community():
    one = world_of(4)
    other = build_world(CASE, replicate_key(1, 4))
    assert one.buyers.tobytes() == other.buyers.tobytes()
    for name in ("buyer_trust", "tie_to", "tie_trust", "patron_outlet", "members", "outlets"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes()


def test_another_key_makes_another():
    assert edges(world_of(0)) != edges(world_of(1))


def test_more_trust_never_lowers_anybody():
    low, high = world_of(trust_rw=0.35), world_of(trust_rw=0.5)
    assert np.all(high.buyer_trust >= low.buyer_trust)
    raised = high.buyer_trust > low.buyer_trust
    assert np.array_equal(raised, (low.buyers["zone"] == Zone.RW) & (low.buyers["hop"] != 1))


def test_a_larger_share_online_only_adds_users():
    few, many = world_of(online_share=0.1).buyers["online"], world_of(online_share=0.3).buyers["online"]
    assert np.all(many >= few)
    assert many.sum() > few.sum()


@pytest.mark.parametrize("name", ["weak_ties_within", "weak_ties_across"])
def test_more_weak_ties_keep_those_there_are(name):
    few, more = edges(world_of(**{name: 0.5})), edges(world_of(**{name: 1.5}))
    assert few < more


def test_ties_across_join_different_parts_of_the_kelurahan():
    nothing_else = {"n_ring_neighbours": 0, "weak_ties_within": 0.0, "n_member_extra_ties": 0}
    world = world_of(weak_ties_across=2.0, community=Community(n_groups=2, n_rw=3), **nothing_else)
    owner, b = owners_of(world), world.buyers
    unit = np.searchsorted([420, 840, 1260, 1560, 1860, 2010], np.arange(len(b)), side="right")
    assert np.all(unit[owner] != unit[world.tie_to])
    assert len(world.tie_to) / len(b) == pytest.approx(2.0, abs=0.02)


def test_the_ring_does_not_need_luck():
    ring = edges(world_of(weak_ties_within=0.0, weak_ties_across=0.0, n_member_extra_ties=0))
    assert all(ring < edges(world_of(r)) for r in range(3))
    assert len(ring) == 870 * 6


def test_another_supermarket_share_leaves_everybody_elses_shop():
    one, other = world_of(supermarket_share=0.1), world_of(supermarket_share=0.6)
    assert edges(one) == edges(other)
    borma = place("borma")
    assert set(patrons(one, borma)) < set(patrons(other, borma))
    for o in range(len(one.outlets)):
        assert o == borma or np.array_equal(patrons(one, o), patrons(other, o))


# Many groups, and none to speak of


def test_three_groups_in_five_neighbourhoods():
    world = world_of(community=Community(n_groups=3, n_rw=5))
    b = world.buyers
    assert len(b) == 5 * 420 + 3 * (300 + 150)
    for g in range(3):
        mine = b["catchment"] == g
        assert [int(np.sum(mine & (b["zone"] == zone))) for zone in Zone] == [420, 300, 150]
        group = world.groups[g]
        members = world.members[group["member_start"] : group["member_stop"]]
        assert len(members) == 10
        assert members["officer"].sum() == 3
        assert np.all(b["catchment"][members["buyer"]] == g)
        assert np.all(b["zone"][members["buyer"]] == Zone.RW)
        blocks = np.arange(group["block_start"], group["block_stop"])
        assert np.array_equal(np.flatnonzero(np.isin(b["block"], blocks)), np.flatnonzero(mine & (b["zone"] == 0)))
        assert np.all(world.outlets["group"][group["outlet_start"] : group["outlet_stop"]] == g)
    elsewhere = b["catchment"] == -1
    assert elsewhere.sum() == 2 * 420
    assert np.all(b["zone"][elsewhere] == Zone.OUTSIDE)
    assert np.all(np.diff(world.patron_start)[elsewhere] == 0)
    assert world.buyer_stages.sum() == len(b) - 30
    assert world.buyer_stages[3].sum() == 2 * 420


def test_everybody_shops_at_home():
    world = world_of(community=Community(n_groups=3, n_rw=5))
    buyer = np.repeat(np.arange(len(world.buyers)), np.diff(world.patron_start))
    assert np.array_equal(world.buyers["catchment"][buyer], world.outlets["group"][world.patron_outlet])


def test_fewer_neighbourhoods_than_groups_are_refused():
    with pytest.raises(ScenarioError, match="1 RW for 3 groups; groups cannot share an RW yet"):
        world_of(community=Community(n_groups=3, n_rw=1))


def test_another_neighbourhood_leaves_the_first_groups_ring_alone():
    one, two = world_of(community=Community(n_rw=1)), world_of(community=Community(n_rw=2))
    assert np.array_equal(one.members["buyer"], two.members["buyer"])
    assert np.array_equal(one.buyers["threshold"][:420], two.buyers["threshold"][:420])


@pytest.mark.parametrize(
    "sizes",
    [
        {"n_households_outside": 0},
        {"n_institution_pool": 0},
        {"n_households_outside": 0, "n_institution_pool": 0},
        {"n_households_rw": 1, "n_households_outside": 0, "n_institution_pool": 0},
        {"n_households_rw": 2, "n_households_outside": 1, "n_institution_pool": 1},
        {"n_households_rw": 5, "n_rt": 7, "n_households_outside": 3, "n_institution_pool": 0},
        {"n_households_rw": 12, "n_rt": 1, "n_ring_neighbours": 20},
        {"n_members": 0, "n_officers": 0},
        {"n_ring_neighbours": 0, "weak_ties_within": 0.0, "weak_ties_across": 0.0, "n_member_extra_ties": 0},
    ],
    ids=str,
)
def test_small_worlds_are_worlds(sizes):
    world = world_of(**{name: float(value) for name, value in sizes.items()})
    p = CASE.parameters | sizes
    assert len(world.buyers) == p["n_households_rw"] + p["n_households_outside"] + p["n_institution_pool"]
    assert len(world.members) == min(p["n_members"], p["n_households_rw"])
    assert np.all(owners_of(world) != world.tie_to)
    assert world.block_start[-1] == len(world.buyers)
    assert np.array_equal(world.tie_mirror[world.tie_mirror], np.arange(len(world.tie_to)))
    for o in range(len(world.outlets)):
        assert len(set(patrons(world, o).tolist())) == len(patrons(world, o))

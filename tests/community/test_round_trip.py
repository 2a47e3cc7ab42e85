"""A network that is exported and imported again is the same network; a real one, or a map drawn by hand, lives."""

import csv
import io
import random
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
import numpy as np
import pytest

from getok.simulation.community.export import ties_of_world, write_csv, write_graphml
from getok.simulation.community.generate import build_world
from getok.simulation.draws import replicate_key
from getok.simulation.engine import simulate
from getok.simulation.errors import ScenarioError
from getok.simulation.names import CATEGORY_NAMES, ZONE_NAMES
from getok.simulation.scenario.load import load_scenario
from getok.simulation.scenario.network_files import key_of
from getok.simulation.scenario.resolved import Community
from getok.simulation.state import TRUST_ONE, Cooperation, World

HERE = Path(__file__).parent
MAP = HERE / "map"
FARMERS = HERE.parents[2] / "shared" / "data" / "brfarmers"
CASE = load_scenario("implemented_2019").scenario
KEY = replicate_key(1, 0)
SCENARIO = """schema: 1
name: again
extends: implemented_2019
question: {id: "Sama saja?", en: "Is it the same?"}
horizon: 20 weeks
community: {kind: imported, nodes: nodes.csv, ties: ties.csv}
"""


def scenario_of(nodes, ties, base=CASE):
    return replace(base, community=Community("imported", 1, 1, nodes, ties))


def written(path, text=SCENARIO):
    (path / "again.yaml").write_text(text, encoding="utf-8")
    return path / "again.yaml"


def lines(*rows):
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def by_key(world, field):
    values = world.buyers[field] if field in world.buyers.dtype.names else getattr(world, field)
    return dict(zip(world.buyers["key"].tolist(), values.tolist(), strict=True))


def ties_by_key(world, values):
    """Value of every directed tie, by the keys of its ends."""
    key = world.buyers["key"]
    owner = np.repeat(np.arange(len(key)), np.diff(world.tie_start))
    pairs = zip(key[owner].tolist(), key[world.tie_to].tolist(), strict=True)
    return dict(zip(pairs, values.tolist(), strict=True))


def shops_by_key(world):
    """Trust in every outlet used, by the keys of buyer and outlet."""
    buyer = np.repeat(world.buyers["key"], np.diff(world.patron_start)).tolist()
    outlet = world.outlets["key"][world.patron_outlet].tolist()
    return dict(zip(zip(buyer, outlet, strict=True), world.patron_trust.tolist(), strict=True))


# There and back


@pytest.fixture(scope="module")
def there_and_back(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    world = build_world(CASE, KEY)
    write_csv(world, CASE, folder / "nodes.csv", folder / "ties.csv")
    loaded = load_scenario(written(folder))
    assert loaded.scenario.community.kind == "imported"
    return world, build_world(loaded.scenario, replicate_key(2, 5)), loaded.scenario


def test_people_come_back(there_and_back):
    """Exactly: numbers are written in their shortest exact form. Luck of another seed shows what was not written."""
    world, again, _ = there_and_back
    for field in (
        "buyer_trust",
        "buyer_trust_prior",
        "threshold",
        "zone",
        "category",
        "online",
        "hop",
        "stage",
        "exposure_all",
    ):
        assert by_key(again, field) == by_key(world, field), field
    assert np.array_equal(again.buyers["catchment"], world.buyers["catchment"])
    assert np.array_equal(again.block_start, world.block_start)


def test_ties_and_trust_come_back(there_and_back):
    """Exactly, because trust is a whole number of 2**-24 and decimals of a double keep it: no tolerance is needed."""
    world, again, _ = there_and_back
    for field in ("tie_trust", "tie_trust_prior", "tie_cooperation"):
        assert ties_by_key(again, getattr(again, field)) == ties_by_key(world, getattr(world, field)), field
    assert np.array_equal(again.tie_mirror[again.tie_mirror], np.arange(len(again.tie_to)))
    keys = again.buyers["key"][again.tie_to]
    for start, stop in zip(again.tie_start[:-1], again.tie_start[1:], strict=True):
        assert np.all(np.diff(keys[start:stop]) > 0)


def test_members_shops_and_owners_come_back(there_and_back):
    world, again, _ = there_and_back
    officers = [
        dict(zip(w.members["key"].tolist(), w.members["officer"].tolist(), strict=True)) for w in (again, world)
    ]
    assert officers[0] == officers[1]
    assert shops_by_key(again) == shops_by_key(world)
    for field in (
        "threshold",
        "trust",
        "trust_start",
        "kind",
        "cooperation",
        "cooperation_goal",
        "n_regulars",
        "stage",
    ):
        assert np.array_equal(again.outlets[field], world.outlets[field]), field
    assert np.array_equal(again.service_trust, world.service_trust)
    assert np.array_equal(again.service_cooperation, world.service_cooperation)
    for field in ("block_start", "block_stop", "member_stop", "outlet_stop", "cash_rupiah"):
        assert np.array_equal(again.groups[field], world.groups[field]), field


def test_what_came_back_lives_the_same_life(there_and_back):
    """Under the same luck a network that was exported and imported sells the same packs in the same weeks."""
    scenario = there_and_back[2]
    tables, lived = simulate(scenario, 1, 0), simulate(replace(CASE, horizon_weeks=20), 1, 0)
    assert len(tables["weekly"]) == scenario.horizon_weeks == 20
    assert tables["weekly"].columns["packs_sold"].sum() > 0
    for name, values in tables["weekly"].columns.items():
        assert values == pytest.approx(lived["weekly"].columns[name], rel=1e-9), name


def test_a_threshold_above_one_comes_back():
    """Few laggards are drawn above 1; the export of their community has to be read, too."""
    harsh = replace(CASE, parameters=CASE.parameters | {"threshold_laggard": 0.95, "threshold_sd": 0.1})
    world = build_world(harsh, KEY)
    assert world.buyers["threshold"].max() > 1.0
    again = build_world(scenario_of(*texts_of(world)), 1)
    assert by_key(again, "threshold") == by_key(world, "threshold")


def texts_of(world, scenario=CASE):
    """The two files of a world, as texts."""
    with TemporaryDirectory() as folder:
        paths = Path(folder, "nodes.csv"), Path(folder, "ties.csv")
        write_csv(world, scenario, *paths)
        nodes, ties = (path.read_text(encoding="utf-8") for path in paths)
    return nodes, ties


def test_exporting_again_writes_the_same(there_and_back):
    world, again, scenario = there_and_back
    first, second = texts_of(world), texts_of(again, scenario)
    assert [sorted(text.splitlines()) for text in first] == [sorted(text.splitlines()) for text in second]


# Order, and strangers


@pytest.fixture(scope="module")
def small():
    nodes = (MAP / "nodes.csv").read_text(encoding="utf-8")
    return nodes, (MAP / "ties.csv").read_text(encoding="utf-8")


def shuffled(text, seed):
    head, *rows = text.splitlines()
    random.Random(seed).shuffle(rows)  # noqa: S311 - no secret
    return "\n".join([head, *rows]) + "\n"


def same(one, other):
    """Two worlds in the same places."""
    for field in fields(World):
        if field.name != "parameters":
            mine, theirs = getattr(one, field.name), getattr(other, field.name)
            assert np.array_equal(mine, theirs), field.name


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_lines_changes_nothing(small, seed):
    nodes, ties = small
    one = scenario_of(nodes, ties)
    other = scenario_of(shuffled(nodes, seed), shuffled(ties, seed + 10))
    same(build_world(one, KEY), build_world(other, KEY))
    lives = [simulate(scenario, 1, 0)["weekly"].columns for scenario in (one, other)]
    assert all(np.array_equal(values, lives[1][name]) for name, values in lives[0].items())


def test_the_order_of_lines_of_a_whole_community_changes_nothing(there_and_back):
    nodes, ties = there_and_back[2].community.nodes_csv, there_and_back[2].community.ties_csv
    same(there_and_back[1], build_world(scenario_of(shuffled(nodes, 1), shuffled(ties, 2)), replicate_key(2, 5)))


def test_a_stranger_changes_nobody_else(small):
    nodes, ties = small
    one = build_world(scenario_of(nodes, ties), KEY)
    other = build_world(scenario_of(nodes + "b77,household,,rw,RT 09,,,,\n", ties), KEY)
    assert set(by_key(other, "key")) - set(by_key(one, "key")) == {77}
    for field in ("buyer_trust", "threshold", "category", "online", "hop"):
        mine, theirs = by_key(one, field), by_key(other, field)
        assert {key: theirs[key] for key in mine} == mine, field
    assert ties_by_key(other, other.tie_trust) == ties_by_key(one, one.tie_trust)
    assert by_key(other, "hop")[77] == -1


# Shapes


def test_people_without_ties_live():
    people = [("m1", "member"), *((f"b{i}", "household") for i in range(2, 10))]
    scenario = scenario_of(lines(("id", "kind"), *people), "source,target,kind\n")
    world = build_world(scenario, 1)
    assert len(world.tie_to) == 0
    assert by_key(world, "hop") == {1: 0} | dict.fromkeys(range(2, 10), -1)
    weekly = simulate(replace(scenario, horizon_weeks=20), 1, 0)["weekly"].columns
    assert weekly["heard_buyer"].sum() == 0


def test_everybody_knows_everybody():
    people = [("m0", "member"), *((f"b{i}", "household") for i in range(1, 12))]
    names = [name for name, _ in people]
    ties = [(a, b, "social") for i, a in enumerate(names) for b in names[i + 1 :]]
    scenario = scenario_of(lines(("id", "kind"), *people), lines(("source", "target", "kind"), *ties))
    world = build_world(scenario, 1)
    assert np.all(np.diff(world.tie_start) == 11)
    assert sorted(world.buyers["hop"].tolist()) == [0] + [1] * 11
    assert len(simulate(replace(scenario, horizon_weeks=20), 1, 0)["weekly"]) == 20


@pytest.mark.skipif(
    not FARMERS.is_dir(), reason="the farmers' network lies beside the checkout only where it was fetched"
)
def test_farmers_of_brazil_build():
    with (FARMERS / "nodes.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)][:200]
    with (FARMERS / "edges.csv").open(encoding="utf-8", newline="") as file:
        named = {(row["src"], row["dst"]) for row in csv.DictReader(file)}
    known = sorted((a, b) for a, b in named if {a, b} <= set(ids))
    people = [(name, "member" if i < 10 else "household") for i, name in enumerate(ids)]
    ties = [(a, b, "social") for a, b in known]
    scenario = scenario_of(lines(("id", "kind"), *people), lines(("source", "target", "kind"), *ties))
    world = build_world(scenario, KEY)
    assert len(world.buyers) == 200
    assert len(world.tie_to) == 2 * len({frozenset(pair) for pair in known}) > 400
    assert simulate(replace(scenario, horizon_weeks=10), 1, 0)["weekly"].columns["packs_sold"].sum() > 0


# The map drawn by hand


@pytest.fixture(scope="module")
def mapped():
    return load_scenario(MAP / "scenario.yaml").scenario


def of(world, name):
    with (MAP / "nodes.csv").open(encoding="utf-8", newline="") as file:
        assert name in {row["id"] for row in csv.DictReader(file)}
    return int(np.flatnonzero(world.buyers["key"] == key_of(name))[0])


def trust_between(world, one, other):
    i, j = of(world, one), of(world, other)
    row = slice(world.tie_start[i], world.tie_start[i + 1])
    (e,) = np.flatnonzero(world.tie_to[row] == j)
    return world.tie_trust[row][e] / TRUST_ONE


def test_the_map_says_what_was_written(mapped):
    world = build_world(mapped, KEY)
    b = world.buyers
    assert len(b) == 15
    assert world.members["officer"].tolist() == [1, 1, 0]
    tuti = of(world, "tuti")
    assert world.buyer_trust[tuti] == world.buyer_trust_prior[tuti] == 0.7
    assert b["threshold"][of(world, "asep")] == 0.35
    assert CATEGORY_NAMES[b["category"][of(world, "rina")]] == "innovator"
    assert ZONE_NAMES[b["zone"][of(world, "nia")]] == "institution"
    assert [b["online"][of(world, name)] for name in ("tuti", "dewi")] == [1, 0]
    assert world.outlets["trust"][:2].tolist() == [0.6, 0.3]
    assert world.outlets["cooperation"][:2].tolist() == [Cooperation.INFORMAL, Cooperation.NONE]
    assert world.outlets["n_regulars"].tolist() == [2, 2, 0, 0, 3, 0, 0, 0, 0]


def test_a_tie_told_once_counts_both_ways_and_told_twice_each_way(mapped):
    world = build_world(mapped, KEY)
    assert trust_between(world, "sri", "tuti") == pytest.approx(0.8, abs=1 / TRUST_ONE)
    assert trust_between(world, "tuti", "sri") == pytest.approx(0.7, abs=1 / TRUST_ONE)
    assert trust_between(world, "neni", "dewi") == trust_between(world, "dewi", "neni")
    drawn = trust_between(world, "tuti", "dewi"), trust_between(world, "dewi", "tuti")
    assert drawn[0] != drawn[1]


def test_what_was_told_is_the_same_under_any_luck_and_the_rest_is_drawn(mapped):
    one, other = build_world(mapped, 1), build_world(mapped, 2)
    told, drawn = of(one, "tuti"), of(one, "lilis")
    assert one.buyer_trust[told] == other.buyer_trust[told]
    assert one.buyer_trust[drawn] != other.buyer_trust[drawn]


def test_the_map_lives_and_is_exported(mapped, tmp_path):
    tables = simulate(mapped, 1, 0)
    assert len(tables["weekly"]) == mapped.horizon_weeks
    assert tables["reach"].columns["n"].sum() == 12 * len(set(tables["reach"].columns["week"].tolist()))
    world = build_world(mapped, KEY)
    write_csv(world, mapped, tmp_path / "nodes.csv", tmp_path / "ties.csv")
    again = build_world(load_scenario(written(tmp_path)).scenario, KEY + 1)
    assert sorted(again.buyer_trust) == sorted(world.buyer_trust)
    assert len(again.tie_to) == len(world.tie_to) == 2 * 13


def test_a_missing_file_is_found_before_anything_runs(tmp_path):
    with pytest.raises(ScenarioError, match=r"there is no (such )?file"):
        load_scenario(written(tmp_path))


# GraphML


@pytest.mark.parametrize("n_groups", [1, 2])
def test_graphml_holds_the_whole_typed_network(tmp_path, n_groups):
    scenario = replace(CASE, community=Community(n_groups=n_groups, n_rw=n_groups))
    world = build_world(scenario, KEY)
    write_graphml(world, scenario, tmp_path / "network.graphml")
    graph = nx.read_graphml(tmp_path / "network.graphml")
    n_services = len(scenario.services)
    assert graph.number_of_nodes() == len(world.buyers) + len(world.outlets) + n_groups + n_services
    kinds = [kind for _, _, kind in graph.edges(data="kind")]
    expected = {
        "social": len(world.tie_to),
        "patronage": len(world.patron_outlet),
        "supply": len(world.outlets),
        "service": n_groups * n_services,
    }
    assert {kind: kinds.count(kind) for kind in set(kinds)} == expected
    assert sum(expected.values()) == graph.number_of_edges() == sum(1 for _ in ties_of_world(world, scenario))
    for _, _, tie in graph.edges(data=True):
        assert 0.0 <= tie["trust"] <= 1.0
        assert tie["cooperation"] in {"none", "informal", "verbal", "mou"}
    assert all("kind" in node for _, node in graph.nodes(data=True))
    members = [kind for _, kind in graph.nodes(data="kind") if kind in {"member", "officer"}]
    assert members.count("officer") == 3 * n_groups
    assert len(members) == 10 * n_groups

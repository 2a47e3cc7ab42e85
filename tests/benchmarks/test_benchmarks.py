"""The benchmarks run, keep their books, and need no other program; nothing is timed here."""

import gc
import subprocess
import sys
import weakref
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks import peers
from benchmarks.communities import live, lived, sized
from benchmarks.comparison import human
from benchmarks.growth import Growth, Point, grown
from benchmarks.one_size import Size, measure
from benchmarks.page import met, table
from benchmarks.plain_mesa.buyers import Buyer
from benchmarks.plain_mesa.convert import forget, plain_model
from benchmarks.plain_mesa.groups import Group
from benchmarks.plain_mesa.outlets import Outlet
from getok.simulation.scenario.load import load_scenario
from getok.simulation.state import Stage

FORWARD = (Stage.UNAWARE, Stage.KNOWLEDGE, Stage.PERSUASION, Stage.DECISION, Stage.IMPLEMENTATION, Stage.CONFIRMATION)
PEERS = ("starsim", "ndlib", "cynetdiff")


@pytest.fixture(scope="module")
def world():
    """Two groups in six neighbourhoods, after half a year of the programme."""
    return lived(sized(6, 2), 26)


@pytest.fixture
def model(world):
    model = plain_model(world, 3)
    yield model
    forget(model)


def packs(group):
    return sum(group.stock) + sum(sum(outlet.shelf) for outlet in group.outlets)


def test_the_mesa_model_starts_in_the_same_world(world, model):
    buyers = world.buyers[world.buyers["member_of"] < 0]
    agents = list(model.agents_by_type[Buyer])
    assert [agent.stage for agent in agents] == buyers["stage"].tolist()
    here = world.buyers["member_of"] < 0
    assert [agent.trust for agent in agents] == world.buyer_trust[here].tolist()
    assert [agent.trust_prior for agent in agents] == world.buyer_trust_prior[here].tolist()
    assert [agent.trust for agent in agents] != [agent.trust_prior for agent in agents]
    seen = [agent.look_around() for agent in agents]
    users, aware, everybody = (list(column) for column in zip(*seen, strict=True))
    half = 1 << 23
    assert users == pytest.approx(buyers["exposure_adopters"] / half)
    assert aware == pytest.approx(buyers["exposure_aware"] / half)
    assert everybody == pytest.approx(buyers["exposure_all"] / half)
    assert [len(outlet.regulars) for outlet in model.agents_by_type[Outlet]] == world.outlets["n_regulars"].tolist()


@pytest.mark.parametrize("life", [8, 2])
def test_packs_are_conserved_every_week(model, life):
    model.p.shelf_life_weeks = life  # in two weeks many packs spoil
    groups = list(model.agents_by_type[Group])
    before = [packs(group) for group in groups]
    for _ in range(16):
        model.step()
        for group, at_first in zip(groups, before, strict=True):
            assert at_first + group.produced == group.sold + group.spoiled + packs(group)
            assert min(*group.stock, group.cash_rupiah) >= 0
    assert sum(group.sold for group in groups) > 0
    assert sum(outlet.sold for outlet in model.agents_by_type[Outlet]) > 0
    assert life > 2 or sum(group.spoiled for group in groups) > 0


def test_stages_are_entered_in_order(model):
    for _ in range(16):
        model.step()
    for buyer in model.agents_by_type[Buyer]:
        entered = buyer.first_weeks
        assert buyer.stage in entered
        reached = [stage for stage in FORWARD if stage in entered]
        assert reached == list(FORWARD[: len(reached)])
        assert all(entered[one] <= entered[other] for one, other in pairwise(reached))
        assert 0.0 <= buyer.trust <= 1.0
    aware = model.datacollector.get_model_vars_dataframe()["aware"].to_list()
    assert aware == sorted(aware)
    assert aware[-1] > aware[0]


def test_models_are_let_go(world):
    model = plain_model(world, 1)
    gone = weakref.ref(model)
    forget(model)
    del model
    gc.collect()
    assert gone() is None


def test_both_programs_live_alike(world):
    """Loosely: means over few replicates of the case; the benchmark itself looks closer."""
    scenario = load_scenario("implemented_2019").scenario
    ours, theirs = [], []
    for replicate in range(4):
        start = lived(scenario, 26, replicate=replicate)
        model = plain_model(start, replicate)
        for _ in range(20):
            model.step()
        theirs.append(sum(group.sold for group in model.agents_by_type[Group]))
        forget(model)
        ours.append(int(live(start, 20).flows["packs_sold"].sum()))
    assert sum(theirs) == pytest.approx(sum(ours), rel=0.1)


def test_a_size_is_measured():
    found = measure(Size(4, 15, n_groups=1, stream=True))
    assert (found.n_buyers, found.n_groups, len(found.weeks)) == (4 * 430 + 60, 1, 2)
    assert min(*found.weeks, *found.passes, found.build, found.peak) > 0.0


def test_exponents():
    points = [Point(x, 3.0 * x**1.5, 0.0, 0.0, None) for x in (10, 100, 1000)]
    assert isinstance(grown("households", points), Growth)
    assert grown("households", points).exponent == pytest.approx(1.5)


def test_numbers_are_short():
    assert [human(rate) for rate in (0.5, 999.9, 999_960.0, 41_234_567.0)] == ["0.5", "1 k", "1 M", "41.2 M"]


def test_tables_and_bars():
    assert table(("a", "b"), [(1, 2)]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
    assert met(False) == "**not reached**"


def test_peers_that_are_missing_are_left_out(monkeypatch, capsys):
    for name in PEERS:
        monkeypatch.setitem(sys.modules, name, None)
    for name in [name for name in sys.modules if name.startswith(tuple(f"{peer}." for peer in PEERS))]:
        monkeypatch.setitem(sys.modules, name, None)
    assert peers.prepared(None, 1) == []
    assert capsys.readouterr().out.count("left out: ") == len(peers.PEERS)


def test_the_program_starts_without_peers():
    code = f"import sys, benchmarks.__main__; sys.exit(bool({set(PEERS)} & set(sys.modules)))"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=root).returncode == 0

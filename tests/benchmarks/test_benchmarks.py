"""The benchmarks run, keep their books, and need no other program; nothing is timed here."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import peers
from benchmarks.communities import lived, sized
from benchmarks.comparison import human
from benchmarks.drivers import refuse_difference, speed
from benchmarks.growth import Growth, Point, grown
from benchmarks.one_size import Size, measure
from benchmarks.page import met, table

PEERS = ("starsim", "ndlib", "cynetdiff")


@pytest.fixture(scope="module")
def world():
    """Two groups in six neighbourhoods, after half a year of the programme."""
    return lived(sized(6, 2), 26)


def test_engine_and_model_live_the_same_weeks():
    found = speed(2, 1, 2, 2)
    assert len(found.ours) == len(found.theirs) == 2
    assert min(*found.ours, *found.theirs) > 0.0


def test_programs_that_differ_are_not_compared(world):
    other = world.copy()
    refuse_difference(world, other)
    other.outlets["trust"][0] += 2.0**-50
    with pytest.raises(ValueError, match="differ in outlets trust"):
        refuse_difference(world, other)


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

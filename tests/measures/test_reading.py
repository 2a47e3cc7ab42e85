"""Two CSV files become a diffusion, or a message that says what is wrong, where, and what to do."""

import numpy as np
import pytest

from getok.analysis.measures import Columns, Conventions, Watched, read_diffusion
from getok.simulation.errors import ScenarioError

NODES = "id,toa,adopted,village,note\na,1,1,10,x\nb,3,1,10,\nc,4,0,11,y\nd,,0,11,\n"
EDGES = "src,dst,village\na,b,10\na,b,10\nb,a,10\nc,a,11\nc,c,11\nd,zz,11\nzz,a,12\n"


@pytest.fixture
def read(tmp_path):
    def reader(nodes=NODES, edges=EDGES, **options):
        for name, text in (("nodes.csv", nodes), ("edges.csv", edges)):
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return read_diffusion(tmp_path / "nodes.csv", tmp_path / "edges.csv", **options)

    return reader


def test_what_is_read_and_what_is_left_out(read):
    reading = read()
    d, counts = reading.diffusion, reading.counts
    assert d.ids == ("a", "b", "c", "d")
    np.testing.assert_array_equal(d.time, [1, 3, np.nan, np.nan])
    assert d.n_periods == 3
    assert d.observed_until.tolist() == [3, 3, 3, 3]
    assert d.ties.toarray().tolist() == [[0, 2, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    assert (counts.people, counts.lines, counts.self_ties, counts.unknown) == (4, 7, 1, 2)
    assert (counts.merged, counts.ties, counts.censored, counts.isolates) == (1, 3, 2, 1)
    assert d.attributes["village"].tolist() == [10, 10, 11, 11]
    assert d.attributes["note"].tolist() == ["x", "", "y", ""]
    assert set(d.attributes) == {"village", "note"}


def test_order_of_lines_does_not_matter(read):
    head, *lines = NODES.splitlines()
    other = read("\n".join([head, *reversed(lines)])).diffusion
    assert other.ids == ("d", "c", "b", "a")
    assert dict(zip(other.ids, other.degree.tolist(), strict=True)) == {"a": 1, "b": 1, "c": 1, "d": 0}


def test_censoring_without_a_mark(read):
    nodes = "id,toa\na,1\nb,3\nc,5\nd,\n"
    assert read(nodes).counts.censored == 1
    censored = read(nodes, conventions=Conventions(censored_at=5)).diffusion
    np.testing.assert_array_equal(censored.time, [1, 3, np.nan, np.nan])
    assert (censored.n_periods, censored.observed_until.tolist()) == (4, [4, 4, 4, 4])


def test_who_was_watched_for_a_shorter_time_is_censored_earlier(read):
    nodes, edges = "id,toa,adopted\na,1,1\nb,5,1\nc,3,0\nd,99,0\n", "src,dst\na,b\n"
    through = read(nodes, edges)
    assert (through.diffusion.n_periods, through.diffusion.observed_until.tolist()) == (5, [5, 5, 3, 5])
    assert "watched_through" in [one.key for one in through.remarks]
    before = read(nodes, edges, conventions=Conventions(watched=Watched.BEFORE))
    assert before.diffusion.observed_until.tolist() == [5, 5, 2, 5]
    assert "watched_before" in [one.key for one in before.remarks]


def test_years_are_counted_from_the_first(read):
    d = read("id,toa\na,1946\nb,1948\nc,1950\n", "src,dst\na,b\n", conventions=Conventions(1946, 1950)).diffusion
    np.testing.assert_array_equal(d.time, [1, 3, np.nan])
    assert d.n_periods == 4


def test_values_of_ties_are_added(read):
    edges = "who,whom,hours\na,b,1.5\na,b,2\nb,a,1\n"
    d = read(edges=edges, columns=Columns(source="who", target="whom", value="hours")).diffusion
    assert d.ties.toarray()[0, 1] == 3.5


def test_a_mark_of_byte_order_and_windows_lines_are_read(read):
    nodes = ("\ufeff" + NODES).replace("\n", "\r\n")
    assert read(nodes).diffusion.ids == ("a", "b", "c", "d")


FAULTS = {
    "id twice": (NODES + "a,2,1,10,\n", EDGES, r"nodes.csv:6:1  id  'a' stands in line 2, too; every person needs"),
    "id empty": (NODES + ",2,1,10,\n", EDGES, "nodes.csv:6:1  id  '' is empty"),
    "no column": ("id,when\na,1\n", EDGES, "toa  this column is missing; there are: id, when"),
    "no edge column": (
        NODES,
        "source,dst\na,b\n",
        "which columns say who looks at whom.*are: source, dst",
    ),
    "column twice": ("id,toa,toa\na,1,1\n", EDGES, "toa  this column stands more than once"),
    "no number": ("id,toa\na,soon\n", EDGES, "nodes.csv:2:3  toa  'soon' is not a whole number"),
    "half a period": ("id,toa\na,1.5\n", EDGES, "'1.5' is not a whole number"),
    "infinite": ("id,toa\na,inf\n", EDGES, "'inf' is not a whole number"),
    "too early": (
        "id,toa\na,0\nb,2\n",
        EDGES,
        "0 .1 of 2 lines. may be the first period .say",
    ),
    "mark": ("id,toa,adopted\na,1,2\nb,1,\n", EDGES, r"(?s)nodes.csv:2:5  adopted.*nodes.csv:3:5  adopted.*2 errors"),
    "adopted, no time": ("id,toa,adopted\na,,1\n", EDGES, "is empty although 'adopted' is 1"),
    "nobody": ("id,toa,adopted\na,3,0\n", EDGES, "nobody adopted"),
    "no people": ("id,toa\n", EDGES, "no line after the head"),
    "empty file": ("", EDGES, "id  this column is missing; there are: none"),
    "short line": ("id,toa\na,1\nb\n", EDGES, "nodes.csv:3  has 1 cells, the head has 2"),
    "not text": (b"id,toa\na\xff,1\n", EDGES, "not UTF-8 at byte"),
    "other ids": (NODES, "src,dst\n1,2\n2,3\n", r"src, dst  no line joins two people.*\(2 lines\)"),
    "no edges": (NODES, "src,dst\n", r"no line joins two people.*\(0 lines\)"),
    "scrambled": (NODES, EDGES.replace("c,a,11", "c,a,10"), r"village  agrees .* for 5 of 6 lines; .*not.*same people"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_place(read, fault):
    nodes, edges, message = FAULTS[fault]
    with pytest.raises(ScenarioError, match=message):
        read(nodes, edges)


@pytest.mark.parametrize("value", ["0", "-1", ""])
def test_a_tie_needs_a_value_above_zero(read, value):
    with pytest.raises(ScenarioError, match=r"edges.csv:2:5  hours  must be above 0"):
        read(edges=f"src,dst,hours\na,b,{value}\n", columns=Columns(value="hours"))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ScenarioError, match="there is no such file"):
        read_diffusion(tmp_path / "nodes.csv", tmp_path / "edges.csv")

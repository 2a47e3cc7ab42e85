"""Nothing is read in silence: years, codes, survival data and other columns are told, or stop the command."""

import csv
import json
import re
import time

import numpy as np
import pytest
from diffusions import diffusion
from leaks import leaks

from getok.analysis.measures import Columns, Conventions, read_diffusion
from getok.analysis.measures.cautions import cautions_of
from getok.analysis.measures.hazard import hazard
from getok.analysis.measures.regression import hazard_regression
from getok.analysis.measures.remarks import Counted, Remark
from getok.analysis.measures.summary import Settings, measure
from getok.cli import main
from getok.simulation.errors import ScenarioError
from getok.simulation.texts.catalogue import REMARK_WORDS

RING = "src,dst\na,b\nb,c\nc,d\nd,a\n"
QUICK = ("--permutations", "20", "--rewirings", "20", "--no-figures")
TIMES = (1, 1, 2, 3, 3, 4, 5, 5, 6, 6)


@pytest.fixture
def read(tmp_path):
    def reader(people, ties=RING, **options):
        (tmp_path / "people.csv").write_bytes(people.encode())
        (tmp_path / "ties.csv").write_bytes(ties.encode())
        return read_diffusion(tmp_path / "people.csv", tmp_path / "ties.csv", **options)

    return reader


@pytest.fixture
def command(tmp_path, capsys):
    def caller(people, *arguments, ties=RING, output="out"):
        (tmp_path / "people.csv").write_bytes(people.encode())
        (tmp_path / "ties.csv").write_bytes(ties.encode())
        names = [str(tmp_path / name) for name in ("people.csv", "ties.csv")]
        code = main(["measure", *names, *QUICK, "--output", str(tmp_path / output), *arguments])
        return code, capsys.readouterr()

    return caller


def keys(reading):
    return [one.key for one in reading.remarks]


def people_with(*codes, column="toa"):
    lines = [f"p{i},{t}" for i, t in enumerate((*TIMES, *codes))]
    return f"id,{column}\n" + "\n".join(lines) + "\n"


PEERS = "src,dst\n" + "".join(f"p{i},p{(i + 1) % 10}\n" for i in range(10))

YEARS = "id,toa\na,1948\nb,1950\nc,\nd,1952\n"


def test_calendar_years_are_counted_from_the_earliest_and_that_is_said(read):
    reading = read(YEARS)
    d = reading.diffusion
    np.testing.assert_array_equal(d.time, [1, 3, np.nan, 5])
    assert (d.n_periods, reading.first, reading.not_adopted) == (5, 1948, (Counted("empty", 1),))
    assert {"periods", "first_taken", "not_adopted"} <= set(keys(reading))
    told = read(YEARS, conventions=Conventions(first_period=1946))
    np.testing.assert_array_equal(told.diffusion.time, [3, 5, np.nan, 7])
    assert "first_empty" in keys(told)
    assert "first_taken" not in keys(told)


@pytest.mark.parametrize(("times", "first"), [((2, 3, 5), 1), ((12, 20, 30), 1), ((46, 50, 64), 46), ((0, 1, 3), 0)])
def test_where_counting_begins(read, times, first):
    people = "id,toa\n" + "".join(f"{name},{when}\n" for name, when in zip("abc", times, strict=True))
    reading = read(people, conventions=Conventions(first_period=0 if first == 0 else None))
    assert reading.first == first
    np.testing.assert_array_equal(reading.diffusion.time, np.array(times) - first + 1)


SURVIVAL = "id,toa,adopted\na,1,1\nb,2,1\nc,2,0\nd,2,0\n"


@pytest.mark.parametrize(
    "people",
    [
        SURVIVAL,
        "id,toa,event\na,1,TRUE\nb,2,TRUE\nc,2,FALSE\nd,2,FALSE\n",
        "id,toa,censored\na,1,0\nb,2,0\nc,2,1\nd,2,1\n",
        "id,toa,Status\na,1,1\nb,2,1\nc,2,0\nd,2,0\n",
    ],
)
def test_survival_data_are_watched_through_the_time_and_that_is_said(read, people):
    reading = read(people)
    assert reading.diffusion.observed_until.tolist() == [2, 2, 2, 2]
    np.testing.assert_allclose(hazard(reading.diffusion).values, [1 / 4, 1 / 3])
    assert "watched_through" in keys(reading)
    assert {"mark", "mark_inverted"} & set(keys(reading))
    assert Counted("marked", 2) in reading.not_adopted


def test_a_status_that_marks_nothing_is_an_attribute(read):
    reading = read("id,toa,status\na,1,single\nb,2,wed\nc,,wed\nd,2,wed\n")
    assert reading.diffusion.attributes["status"].tolist() == ["single", "wed", "wed", "wed"]
    assert reading.diffusion.adopted.sum() == 3


STOPS = {
    "a code of six digits": (people_with(999999), "999999 .1 of 11 lines. is 999993 periods .*--never 999999"),
    "99": (
        people_with(99, 99),
        "99 .2 of 12 lines. is 93 periods from .*--never 99; if it is a time, say --censored-at 100",
    ),
    "two codes": (people_with(98, 99), "98 .1 of 12 lines. is 92 periods"),
    "-9": (people_with(-9), "-9 .1 of 11 lines. is before any period; .*--never -9"),
    "0": (people_with(0), "0 .1 of 11 lines. may be the first period .say --first-period 0. or stand for those"),
    "1 before years": ("id,toa\na,1\nb,1948\nc,1950\nd,1952\n", "1 .1 of 4 lines. is 1947 periods from the next time"),
    "a date in digits": (people_with(20190105), "20190105 .1 of 11 lines. looks like a date"),
    "a date": ("id,toa\na,2019-01-05\nb,2019-02-05\n", "'2019-01-05' is a date; number the periods"),
    "a word": (people_with("unknown"), "'unknown' is not a whole number; leave it empty .*--never 'unknown'"),
    "thousands of periods": (
        "id,toa\n" + "".join(f"p{i},{1 + 300 * i}\n" for i in range(30)),
        "at most 5000 are measured",
    ),
    "no column": (people_with(column="when"), "toa  this column is missing; there are: id, when; .*--toa COLUMN"),
    "status 1 and 2": ("id,toa,status\na,1,2\nb,2,1\nc,3,2\n", "status  has 1, 2: if it says who adopted, write 1"),
    "two marks": ("id,toa,adopted,event\na,1,1,1\nb,2,0,0\n", "event  adopted and event may both say who adopted"),
    "disadoption": ("id,toa,tod\na,1,3\nb,2,\n", "tod  would change what is measured: a person is one line"),
    "a second time": ("id,toa,time\na,1,1\nb,2,1\n", "time  would change what is measured"),
    "never and adopted": ("id,toa,adopted\na,1,1\nb,never,1\n", "says never although 'adopted' is 1"),
}


@pytest.mark.parametrize("fault", STOPS)
def test_what_may_be_something_else_stops(read, fault):
    people, message = STOPS[fault]
    start = time.perf_counter()
    with pytest.raises(ScenarioError, match=message):
        read(people, PEERS)
    assert time.perf_counter() - start < 5


def test_ties_that_come_and_go_stop_or_are_ignored_by_name(read):
    ties = "src,dst,time\na,b,1\nb,c,2\n"
    with pytest.raises(ScenarioError, match=r"ties.csv:1  time  would change what is measured: ties are"):
        read(YEARS, ties)
    assert Remark("ignored", {"names": ["time"]}) in read(YEARS, ties, ignore=("time",)).remarks


@pytest.mark.parametrize("code", ["999999", "99", "-9", "0", "never", "NA", "", "belum", "x"])
def test_a_code_that_is_named_means_not_adopted_and_is_counted(read, code):
    never = () if code in {"never", "NA", "", "belum"} else (code,)
    reading = read(people_with(code, code), PEERS, conventions=Conventions(never=never))
    assert reading.diffusion.n_periods == 6
    assert int(reading.diffusion.adopted.sum()) == 10
    assert [one.n for one in reading.not_adopted] == [2]


def test_a_time_far_away_is_a_time_if_it_is_said_when_times_end(read):
    reading = read(people_with(99), PEERS, conventions=Conventions(censored_at=100))
    assert (reading.diffusion.n_periods, int(reading.diffusion.adopted.sum())) == (99, 11)


def test_columns_that_are_not_used_are_told(read):
    reading = read("id,toa,age\na,1,30\nb,2,40\n", "source,target,weight\na,b,2\n")
    assert reading.spare == ("age", "weight")
    assert Remark("recognised", {"names": ["source", "target"]}) in reading.remarks
    assert Remark("people_spare", {"names": ["age"]}) in reading.remarks
    assert Remark("ties_spare", {"names": ["weight"]}) in reading.remarks


TABLES = {
    "write.csv of R": (
        '"","id","toa"\n"1","a",1\n"2","b",2\n"3","c",NA\n',
        '"","from","to"\n"1","a","b"\n"2","c","a"\n',
    ),
    "write.table": ('"id" "toa"\n"1" "a" 1\n"2" "b" 2\n"3" "c" NA\n', '"ego" "alter"\n"1" "a" "b"\n"2" "c" "a"\n'),
    "Excel": ("\ufeffid;toa\r\na;1\r\nb;2\r\nc;\r\n", "src;dst\r\na;b\r\nc;a\r\n"),
    "tabs": ("ID\ttoa\na\t1\nb\t2\nc\t\n", "source\ttarget\na\tb\nc\ta\n"),
}


@pytest.mark.parametrize("program", TABLES)
def test_what_other_programs_write_is_read_alike(read, program):
    d = read(*TABLES[program]).diffusion
    assert d.ids == ("a", "b", "c")
    np.testing.assert_array_equal(d.time, [1, 2, np.nan])
    assert d.ties.toarray().tolist() == [[0, 1, 0], [0, 0, 0], [1, 0, 0]]


def test_columns_and_names_of_rows_can_be_named(command):
    people, ties = '"","year"\n"a",1\n"b",2\n"c",3\n', "x,y\na,b\nb,c\n"
    code, told = command(people, "--id", "row.names", "--toa", "year", "--from", "x", "--to", "y", "--json", ties=ties)
    assert code == 0
    said = json.loads(told.out)
    assert said["reading"]["columns"] == {
        "id": "row.names", "time": "year", "adopted": None, "source": "x", "target": "y", "value": None,
    }  # fmt: skip
    assert read_columns(Columns()) == [None] * 6


def read_columns(columns):
    return [columns.id, columns.time, columns.adopted, columns.source, columns.target, columns.value]


def test_ties_with_a_decimal_comma_keep_their_value(read):
    d = read("id;toa\na;1\nb;2\n", "src;dst;hours\na;b;1,5\nb;a;2,25\n", columns=Columns(value="hours")).diffusion
    assert d.ties.toarray().tolist() == [[0, 1.5], [2.25, 0]]


def test_the_command_says_how_it_read_in_both_languages_and_in_json(command):
    _, english = command(YEARS)
    assert "column toa: periods 1948 to 1952 (5); 3 adopted, 1 did not while watched" in english.out
    assert "src looks at dst, directed as written" in english.out
    assert "lag 1: exposure counts" in english.out
    _, indonesian = command(YEARS, "--lang", "id", "--mutual")
    assert "kolom toa: periode 1948 sampai 1952 (5)" in indonesian.out
    assert "src dan dst saling melihat (--mutual)" in indonesian.out
    _, data = command(YEARS, "--json")
    reading = json.loads(data.out)["reading"]
    assert (reading["first"], reading["last"], reading["periods"]) == (1948, 1952, 5)
    assert (reading["adopted"], reading["not_adopted"]) == (3, {"empty": 1})
    assert {"periods", "first_taken", "ties_directed", "lag"} <= {one["key"] for one in reading["said"]}


def test_a_cross_section_has_no_p_value_without_a_caution(command):
    n = 40
    people = "id,toa,adopted\n" + "".join(f"p{i},1,{int(i < n // 2)}\n" for i in range(n))
    ties = "src,dst\n" + "".join(
        f"p{i},p{(i + k) % (n // 2) + (i // (n // 2)) * (n // 2)}\n" for i in range(n) for k in (1, 2)
    )
    code, told = command(people, "--lag", "0", "--json", ties=ties)
    assert code == 0
    said = json.loads(told.out)
    assert {one["key"] for one in said["cautions"]} == {"caution.lag_zero", "caution.one_period"}
    rows = {row["key"]: row for row in said["measures"]}
    for link in ("logit", "cloglog"):
        assert rows[link]["p"] is None
        assert "no hazard regression at lag 0" in rows[link]["reason"]
    _, shown = command(people, "--lag", "0", ties=ties)
    assert "Be careful" in shown.out
    assert "not that adoption spread between them" in shown.out


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ((*TIMES, 20, 20, 20), True),
        ((*TIMES, *[7] * 12), True),
        ((*TIMES, 7), False),
        ((*TIMES, 7, 7, None), False),
        ((*TIMES, 7, 7, 7), False),
    ],
)
def test_a_last_period_in_which_all_who_were_left_adopt_is_a_caution(times, found):
    d = diffusion(times, [(0, 1)])
    assert ("caution.last_all" in [one.key for one in cautions_of(d, lag=1)]) is found


def test_ties_that_name_strangers_are_a_caution(read):
    reading = read(YEARS, RING + "a,q1\na,q2\n")
    told = [one.key for one in cautions_of(reading.diffusion, lag=1, counts=reading.counts)]
    assert "caution.unknown" in told
    assert "caution.few" in told


def test_few_adoptions_have_no_p_value():
    d = diffusion([1, 2, 2, 3, 3, None, None, None], [(1, 0), (2, 3), (3, 0), (4, 1), (5, 6), (6, 7), (7, 5)])
    rows = {row.key: row for row in measure(d, Settings(permutations=0, rewirings=0))}
    assert np.isnan(rows["logit"].p)
    assert rows["logit"].reason.key in {"regression_few", "regression_separates"}


def test_a_network_that_cannot_be_rewired_has_no_test():
    d = diffusion([1, 2, 3, None], [(0, 1), (1, 0)])
    rows = {row.key: row for row in measure(d, Settings(permutations=20, rewirings=20))}
    assert rows["structure_threshold"].reason.key == "structure_rigid"
    assert np.isnan(rows["structure_threshold"].p)


def test_four_thousand_people_with_strange_ids_end_at_once(read):
    people = "id,toa\n" + "".join(f"person{i},{i % 9 + 1}\n" for i in range(4000))
    ties = "src,dst\n" + "".join(f"preson{i},preson{i + 1}\n" for i in range(20000))
    start = time.perf_counter()
    with pytest.raises(ScenarioError, match="no line joins two people"):
        read(people, ties)
    assert time.perf_counter() - start < 5


def test_names_in_brackets_are_printed_as_they_are(command):
    code, told = command("id,toa,village\na,1,[/b]\nb,2,[red]x\nc,3,[/b]\nd,2,y\n", "--by", "village")
    assert code == 0
    assert "adopted of village = [/b]" in told.out
    assert "adopted of village = [red]x" in told.out


def test_the_answer_stands_before_what_cannot_be_written(command, tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    code, told = command(YEARS, output="taken/x")
    assert code == 2
    assert "mean threshold" in told.out
    assert "is a file where a folder is needed" in told.err


def test_every_remark_is_indonesian():
    for key, text in REMARK_WORDS["id"].items():
        assert not leaks(re.sub(r"--[a-z-]+( before| row.names)?", "", text)), key


class TestFarmers:
    """The farmers' years, and their code for never taken as a time."""

    @pytest.fixture
    def rows(self, farmers_files):
        with farmers_files[0].open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_years_give_the_known_coefficient(self, rows, farmers_files, tmp_path):
        path = tmp_path / "years.csv"
        years = [1945 + int(row["toa"]) if row["adopted"] == "1" else "" for row in rows]
        lines = [f"{row['id']},{row['village']},{year}" for row, year in zip(rows, years, strict=True)]
        path.write_text("id,village,toa\n" + "\n".join(lines) + "\n", encoding="utf-8")
        reading = read_diffusion(path, farmers_files[1])
        assert (reading.first, reading.diffusion.n_periods) == (1946, 19)
        fit = hazard_regression(reading.diffusion, groups=reading.diffusion.groups("village")[1])
        assert fit.coefficient == pytest.approx(0.702, abs=0.0005)

    def test_a_code_for_never_one_period_after_the_last_is_a_caution(self, rows, farmers_files, tmp_path):
        path = tmp_path / "coded.csv"
        path.write_text("id,toa\n" + "".join(f"{row['id']},{row['toa']}\n" for row in rows), encoding="utf-8")
        d = read_diffusion(path, farmers_files[1]).diffusion
        assert Remark("caution.last_all", {"n": 152, "last": "20"}) in list(cautions_of(d, lag=1))

"""Tables as spreadsheets, R and getok write them are read alike, or refused with file, line and column."""

import numpy as np
import pytest

from getok.simulation.delimited import ROW_NAMES, numbers_of, parse_delimited, read_delimited
from getok.simulation.errors import ScenarioError

ROWS = [["a", "1"], ["b", "2"]]
AS_WRITTEN = {
    "comma": "id,toa\na,1\nb,2\n",
    "semicolon": "id;toa\na;1\nb;2\n",
    "tab": "id\ttoa\na\t1\nb\t2\n",
    "blank": "id  toa\na    1\nb    2\n",
    "quoted": '"id","toa"\n"a","1"\n"b","2"\n',
    "byte order mark and Windows": "\ufeffid,toa\r\na,1\r\nb,2\r\n",
    "old Macintosh": "id,toa\ra,1\rb,2\r",
    "Excel says what parts": "sep=;\nid;toa\na;1\nb;2\n",
    "empty columns and lines of a spreadsheet": "id;toa;;\na;1;;\n;;;\nb;2;;\n;;;\n",
    "empty lines before the head": "\n\nid,toa\na,1\nb,2\n",
}


@pytest.mark.parametrize("how", AS_WRITTEN)
def test_the_same_table_however_it_was_written(tmp_path, how):
    path = tmp_path / "t.csv"
    path.write_bytes(AS_WRITTEN[how].encode())
    table = read_delimited(path, ("id", "toa"))
    assert table.header == ("id", "toa")
    assert table.rows == ROWS


@pytest.mark.parametrize(
    "text",
    [
        '"","id","toa"\n"1","a",1\n"2","b",2\n',
        '"id" "toa"\n"1" "a" 1\n"2" "b" 2\n',
        '"id";"toa"\n"1";"a";1\n"2";"b";2\n',
    ],
    ids=["write.csv", "write.table", "write.table, semicolons"],
)
def test_names_of_rows_written_by_r_are_a_column(text):
    table = parse_delimited(text, "t.csv", ("id", "toa"))
    assert table.header == (ROW_NAMES, "id", "toa")
    assert table.column(ROW_NAMES) == ["1", "2"]
    assert [row[1:] for row in table.rows] == ROWS


NUMBERS = {
    "decimal comma beside thousands": (["12,5", "1.200", "8"], [12.5, 1200, 8]),
    "decimal point beside thousands": (["12.5", "1,200", "8"], [12.5, 1200, 8]),
    "three decimals beside others": (["2.5", "1.200"], [2.5, 1.2]),
    "a zero before the mark": (["0.125", "1.200"], [0.125, 1.2]),
    "both marks in one cell": (["1.234,5", "2"], [1234.5, 2]),
    "either": (["1.200", "8"], [None, 8]),
    "either, with a comma": (["1,200", "8"], [None, 8]),
    "two marks for one thing": (["12,5", "12.5"], [None, 12.5]),
    "other things": (["1_000", "inf", "nan", "", "x", "1e3", "\u0661"], [None, None, None, None, None, 1000, None]),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_what_the_decimal_mark_is_one_cell_shows_for_all(case):
    cells, expected = NUMBERS[case]
    assert numbers_of(cells) == expected


def test_a_number_that_may_be_one_of_two_is_refused_at_its_place():
    table = parse_delimited("week;packs\n1;1.200\n2;8\n", "sales.csv")
    with pytest.raises(ScenarioError, match=r"sales.csv:2:3  packs  '1.200' may be 1200, or a number with three"):
        table.numbers("packs")
    assert parse_delimited("week;packs\n1;1.200\n2;8,5\n", "s").numbers("packs").tolist() == [1200, 8.5]


def test_a_column_of_numbers_and_a_column_of_words():
    table = parse_delimited("a,b\n1,x\nNA,2\n", "t")
    np.testing.assert_array_equal(table.values("a"), [1, np.nan])
    assert table.values("b").tolist() == ["x", "2"]


FAULTS = {
    "a decimal comma between commas": (
        "id,toa,x\na,1,1,5\nb,2,1,5\n",
        r"t.csv:2  has 4 cells, the head has 3 \(parted by commas",
    ),
    "short": ("id;toa\na;1\nb\n", r"t.csv:3  has 1 cells, the head has 2 \(parted by semicolons\)"),
    "a column without a name": ("id,,toa\na,x,1\n", r"t.csv:1  a column has no name"),
    "a column twice": ("id,id,toa\na,x,1\n", r"t.csv:1  id  this column stands more than once"),
    "a column missing": ("id,when\na,1\n", r"t.csv:1  toa  this column is missing; there are: id, when"),
    "a quotation mark too many": ('id,toa\n"a"b,1\n', r"t.csv:2  is not delimited text: .*; look for a quotation mark"),
    "nothing": ("", r"id  this column is missing; there are: none"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_place(fault):
    text, message = FAULTS[fault]
    with pytest.raises(ScenarioError, match=message):
        parse_delimited(text, "t.csv", ("id", "toa"))


def test_the_column_of_a_fault_is_where_its_cell_begins():
    table = parse_delimited('id;note;toa\na;"x;y";soon\n', "t.csv")
    with pytest.raises(ScenarioError, match=r"t.csv:2:9  toa  'soon' is not a whole number"):
        table.numbers("toa", whole=True)


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted():
    table = parse_delimited("id,toa\n" + "".join(f"p{i},x\n" for i in range(5000)), "t.csv")
    with pytest.raises(ScenarioError, match="and 4980 more faults like these") as caught:
        table.numbers("toa")
    assert len(caught.value.problems) == 21


def test_a_million_columns_are_refused_at_once():
    with pytest.raises(ScenarioError, match="has 1000000 columns; at most 1000 are read"):
        parse_delimited(",".join(map(str, range(1_000_000))) + "\n", "t.csv")
